/* Pictures of pavilions: see picture.h. */
#include "service/picture.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/vec.h"

static_assert(PICTURE_DIGEST_CHARS == 2 * crypto_hash_sha256_BYTES, "a digest is SHA-256");

static void digest_of(struct str bytes, char digest[PICTURE_DIGEST_CHARS + 1]) {
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, (const unsigned char *)bytes.ptr, bytes.len);
    sodium_bin2hex(digest, PICTURE_DIGEST_CHARS + 1, hash, sizeof(hash));
}

enum err picture_keep(struct store *store, struct str bytes, char digest[PICTURE_DIGEST_CHARS + 1],
                      struct errinfo *info) {
    digest_of(bytes, digest);
    return store_put_content(store, str_of(digest), bytes, info);
}

bool picture_is_digest(struct str text) {
    for (size_t i = 0; i < text.len; i++)
        if (!((text.ptr[i] >= '0' && text.ptr[i] <= '9') ||
              (text.ptr[i] >= 'a' && text.ptr[i] <= 'f')))
            return false;
    return text.len == PICTURE_DIGEST_CHARS;
}

/* Adding --------------------------------------------------------------------------------------- */

/* What is looked up before a picture is added. */
struct search {
    const struct picture_request *request;
    struct str digest;
    int64_t edition, pavilion, picture;
    bool ambiguous;
    char known[ERR_TEXT_MAX - 40]; /* names of the edition's pavilions */
};

static enum err look_at_edition(void *ctx, int64_t id, const struct store_value *v,
                                struct errinfo *info) {
    struct search *s = ctx;
    struct str wanted = s->request->edition;
    if (wanted.len > 0 ? str_equal(v[EDITION_CODE].text, wanted) : v[EDITION_CURRENT].integer != 0)
        s->edition = id;
    return ERR_OK;
}

static enum err look_at_pavilion(void *ctx, int64_t id, const struct store_value *v,
                                 struct errinfo *info) {
    struct search *s = ctx;
    struct str wanted = s->request->pavilion;
    size_t used = strlen(s->known);
    snprintf(s->known + used, sizeof(s->known) - used, "%s%.*s", used > 0 ? ", " : "",
             STR_ARG(v[PAVILION_NAME_EN].text));
    bool named = str_equal_nocase(v[PAVILION_NAME_EN].text, wanted) ||
                 str_equal(v[PAVILION_NAME_ZH].text, wanted) ||
                 str_equal_nocase(v[PAVILION_CODE].text, wanted);
    if (!named || wanted.len == 0)
        return ERR_OK;
    s->ambiguous = s->pavilion != 0;
    s->pavilion = id;
    return ERR_OK;
}

static enum err look_at_picture(void *ctx, int64_t id, const struct store_value *v,
                                struct errinfo *info) {
    struct search *s = ctx;
    if (str_equal(v[PICTURE_DIGEST].text, s->digest))
        s->picture = id;
    return ERR_OK;
}

static enum err find_pavilion(struct store_reader *reader, struct search *s, struct errinfo *info) {
    enum err code = store_scan(reader, TABLE_EDITION, look_at_edition, s, info);
    if (code == ERR_OK && s->edition == 0) {
        code = err_set(info, ERR_NOT_FOUND, "there is no edition \"%.*s\"",
                       STR_ARG(s->request->edition));
        err_hint(info, "'fairlead edition DB' lists them.");
    }
    if (code == ERR_OK)
        code = store_scan_equal(reader, TABLE_PAVILION, PAVILION_EDITION_ID, store_int(s->edition),
                                look_at_pavilion, s, info);
    if (code == ERR_OK && (s->pavilion == 0 || s->ambiguous)) {
        code = err_set(info, ERR_NOT_FOUND, "%s \"%.*s\"",
                       s->ambiguous ? "more than one pavilion is meant by" : "there is no pavilion",
                       STR_ARG(s->request->pavilion));
        err_hint(info, "Pavilions: %s.", s->known[0] != '\0' ? s->known : "none");
    }
    return code;
}

static enum err write_picture(struct store *store, const struct search *s,
                              const struct picture *picture, int64_t *id, struct errinfo *info) {
    const struct picture_request *r = s->request;
    struct store_cell cells[PICTURE_COLUMNS] = {
        {PICTURE_PAVILION_ID, store_int(s->pavilion)},
        {PICTURE_DIGEST, store_text(s->digest)},
        {PICTURE_FORMAT, store_text(str_of(picture_format_name(picture->format)))},
        {PICTURE_WIDTH, store_int(picture->width)},
        {PICTURE_HEIGHT, store_int(picture->height)},
    };
    const struct store_cell said[] = {{PICTURE_ALT_EN, store_text(r->alt_en)},
                                      {PICTURE_ALT_ZH, store_text(r->alt_zh)},
                                      {PICTURE_CREDIT, store_text(r->credit)},
                                      {PICTURE_POSITION, store_ref(r->position)}};
    uint32_t count = 5;
    /* What is not said this time stays as it was. */
    for (size_t i = 0; i < sizeof(said) / sizeof(said[0]); i++)
        if (said[i].value.kind != STORE_NULL)
            cells[count++] = said[i];
    *id = s->picture;
    return s->picture != 0 ? store_update(store, TABLE_PICTURE, s->picture, cells, count, info)
                           : store_insert(store, TABLE_PICTURE, cells, count, id, info);
}

static enum err add(struct store *store, struct search *s, struct str bytes,
                    const struct picture *picture, int64_t *id, struct errinfo *info) {
    char digest[PICTURE_DIGEST_CHARS + 1];
    struct store_reader *reader = store_reader_of(store);
    s->pavilion = s->request->pavilion_id;
    enum err code = s->pavilion > 0 ? ERR_OK : find_pavilion(reader, s, info);
    if (code == ERR_OK)
        code = picture_keep(store, bytes, digest, info);
    s->digest = str_of(digest);
    if (code == ERR_OK)
        code = store_scan_equal(reader, TABLE_PICTURE, PICTURE_PAVILION_ID, store_int(s->pavilion),
                                look_at_picture, s, info);
    if (code == ERR_OK && s->picture == 0 && s->request->alt_en.len == 0 &&
        s->request->alt_zh.len == 0) {
        code = err_set(info, ERR_INPUT, "it is not said what the picture shows");
        err_hint(
            info,
            "Describe it in English or Chinese for people who do not see it (--alt-en, --alt-zh).");
    }
    return code == ERR_OK ? write_picture(store, s, picture, id, info) : code;
}

enum err picture_put(struct store *store, const struct picture_request *request, struct str bytes,
                     const struct picture *picture, int64_t *id, struct errinfo *info) {
    struct search s = {.request = request};
    return add(store, &s, bytes, picture, id, info);
}

enum err picture_add(struct store *store, const struct picture_request *request, int64_t *id,
                     struct errinfo *info) {
    struct search s = {.request = request};
    struct store_batch batch = {.kind = "edit",
                                .actor = request->actor,
                                .note = str_of(request->path),
                                .at_ms = request->at_ms};
    struct picture picture;
    struct buf bytes;
    int64_t batch_id;
    enum err code = picture_load_clean(request->path, &bytes, &picture, info);
    if (code != ERR_OK)
        return code;
    code = store_begin(store, &batch, &batch_id, info);
    if (code != ERR_OK)
        goto done;
    code = add(store, &s, buf_str(&bytes), &picture, id, info);
    if (code == ERR_OK)
        code = store_commit(store, info);
    else
        store_rollback(store);
done:
    buf_release(&bytes);
    return code;
}

enum err picture_remove(struct store *store, int64_t id, struct str actor, int64_t at_ms,
                        struct errinfo *info) {
    struct store_batch batch = {
        .kind = "edit", .actor = actor, .note = STR("picture removed"), .at_ms = at_ms};
    int64_t batch_id;
    enum err code = store_begin(store, &batch, &batch_id, info);
    if (code != ERR_OK)
        return code;
    code = store_delete(store, TABLE_PICTURE, id, info);
    if (code == ERR_OK)
        return store_commit(store, info);
    store_rollback(store);
    return code;
}

/* Checking ------------------------------------------------------------------------------------- */

struct noted {
    int64_t id;
    struct str digest, format;
    int64_t width, height;
};

struct checking {
    struct arena arena;
    VEC(struct noted)
    pictures;
};

static enum err note_picture(void *ctx, int64_t id, const struct store_value *v,
                             struct errinfo *info) {
    struct checking *c = ctx;
    struct noted noted = {.id = id,
                          .digest = arena_copy(&c->arena, v[PICTURE_DIGEST].text),
                          .format = arena_copy(&c->arena, v[PICTURE_FORMAT].text),
                          .width = v[PICTURE_WIDTH].integer,
                          .height = v[PICTURE_HEIGHT].integer};
    bool ok = noted.digest.ptr != NULL && noted.format.ptr != NULL && vec_push(&c->pictures, noted);
    return ok ? ERR_OK : err_memory(info);
}

/* What is wrong with a picture's bytes, or NULL. */
static const char *fault_of(const struct noted *noted, struct str bytes) {
    char digest[PICTURE_DIGEST_CHARS + 1];
    struct picture picture;
    digest_of(bytes, digest);
    if (!str_equal_c(noted->digest, digest))
        return "its bytes are not those of its digest";
    if (picture_read(bytes, &picture, NULL) != ERR_OK ||
        !str_equal_c(noted->format, picture_format_name(picture.format)) ||
        noted->width != picture.width || noted->height != picture.height)
        return "its bytes are not the picture that the record tells of";
    return NULL;
}

enum err picture_check(struct store_reader *reader, store_finding_fn *fn, void *ctx,
                       struct errinfo *info) {
    enum { NOTED_BYTES_MAX = 64 << 20 };
    struct checking c = {.pictures = {0}};
    struct buf bytes;
    arena_init(&c.arena, NOTED_BYTES_MAX);
    buf_init(&bytes, PICTURE_BYTES_MAX);
    enum err code = store_scan(reader, TABLE_PICTURE, note_picture, &c, info);
    for (size_t i = 0; i < c.pictures.len && code == ERR_OK; i++) {
        const struct noted *noted = &c.pictures.at[i];
        char finding[160];
        buf_clear(&bytes);
        code = store_get_content(reader, noted->digest, &bytes, info);
        const char *fault = code == ERR_NOT_FOUND ? "its bytes are missing: import it again"
                            : code == ERR_OK      ? fault_of(noted, buf_str(&bytes))
                                                  : NULL;
        code = code == ERR_NOT_FOUND ? ERR_OK : code;
        snprintf(finding, sizeof(finding), "picture %lld: %s", (long long)noted->id,
                 fault != NULL ? fault : "");
        if (fault != NULL)
            fn(ctx, finding);
    }
    vec_free(&c.pictures);
    buf_release(&bytes);
    arena_release(&c.arena);
    return code;
}
