/* Names of firms as keys: see import_names.h. */
#include "service/import_names.h"

#include "model/spelling.h"
#include "text/fold.h"

enum { NAME_BYTES_MAX = 16 * 1200 };

void name_faces_init(struct name_faces *f) {
    buf_init(&f->exact, NAME_BYTES_MAX);
    buf_init(&f->core, NAME_BYTES_MAX);
    buf_init(&f->folded, NAME_BYTES_MAX);
}

void name_faces_release(struct name_faces *f) {
    buf_release(&f->exact);
    buf_release(&f->core);
    buf_release(&f->folded);
}

/* Legal forms and the words that firms add without becoming others, as the registers of the usual
 * countries abbreviate them (ISO 20275 lists them all). */
static const char *const forms[] = {
    "co",
    "ltd",
    "limited",
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "company",
    "llc",
    "plc",
    "gmbh",
    "mbh",
    "ag",
    "kg",
    "kgaa",
    "se",
    "sa",
    "sas",
    "sarl",
    "spa",
    "srl",
    "nv",
    "bv",
    "ab",
    "as",
    "a",
    "s",
    "asa",
    "oy",
    "oyj",
    "aps",
    "pte",
    "pty",
    "pvt",
    "private",
    "bhd",
    "sdn",
    "kk",
    "jsc",
    "pjsc",
    "ooo",
    "zrt",
    "kft",
    "nyrt",
    "doo",
    "holding",
    "holdings",
    "group",
    "groupe",
    "gruppe",
    "industries",
    "technologies",
    "the",
    "l",
    "p",
    "lp",
    "llp",
    "public",
    "joint",
    "stock",
    "shareholding",
    "share",
    "and",
    "de",
    "cv",
    "ltda",
    "eood",
    "sp",
    "z",
    "o",
    "n",
    "v",
    "b",
    "c",
};

static bool is_form(struct str word) {
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
        if (str_equal_c(word, forms[i]))
            return true;
    return false;
}

static struct str without_han_form(struct str text) {
    static const char *const tails[] = {
        "股份有限公司", "有限责任公司", "有限公司", "集团公司", "总公司",
        "公司",         "集团",         "股份",     "控股",     "株式会社",
        "股份有限公司", "有限責任公司", "集團",     "控股集团"};
    for (size_t i = 0; i < sizeof(tails) / sizeof(tails[0]);) {
        struct str tail = str_of(tails[i]);
        if (text.len >= tail.len + 6 && str_ends(text, tail)) {
            text = str_sub(text, 0, text.len - tail.len);
            i = 0;
        } else {
            i++;
        }
    }
    return text;
}

static struct str last_word(struct str text) {
    size_t from = text.len;
    while (from > 0 && strchr(" .,&-/()'", text.ptr[from - 1]) == NULL)
        from--;
    return str_sub(text, from, text.len);
}

/* Without legal forms at the end of a folded name, again and again. */
static struct str without_forms(struct str text) {
    for (;;) {
        while (text.len > 0 && strchr(" .,&-/()'", text.ptr[text.len - 1]) != NULL)
            text.len--;
        struct str word = last_word(text);
        if (word.len == 0 || word.len == text.len || !is_form(word))
            break;
        text.len -= word.len;
    }
    return without_han_form(text);
}

enum err name_faces_make(struct name_faces *f, struct str name, struct errinfo *info) {
    buf_clear(&f->exact);
    buf_clear(&f->core);
    buf_clear(&f->folded);
    if (name.len > SPELLING_BYTES_MAX)
        return ERR_OK;
    enum err code = spelling_key(name, &f->exact, info);
    if (code == ERR_OK)
        code = text_fold_plain(name, &f->folded, info);
    if (code == ERR_OK)
        code = spelling_key(without_forms(buf_str(&f->folded)), &f->core, info);
    return code;
}

/* The first bracket of either width: where it opens, its content and where it ends. */
static bool find_bracket(struct str name, size_t *open, struct str *inside) {
    static const char *const pairs[][2] = {{"(", ")"}, {"（", "）"}, {"[", "]"}, {"【", "】"}};
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        struct str left = str_of(pairs[i][0]), right = str_of(pairs[i][1]);
        size_t from = str_find(name, left);
        if (from == SIZE_MAX)
            continue;
        struct str rest = str_sub(name, from + left.len, name.len);
        size_t to = str_find(rest, right);
        if (to == SIZE_MAX)
            continue;
        *open = from;
        *inside = str_sub(rest, 0, to);
        return true;
    }
    return false;
}

uint32_t name_faces_cut(struct str name, struct str faces[NAME_FACES_MAX]) {
    uint32_t count = 0;
    faces[count++] = name;
    size_t slash = str_find(name, STR(" / "));
    if (slash != SIZE_MAX) {
        faces[count++] = str_trim(str_sub(name, 0, slash));
        faces[count++] = str_trim(str_sub(name, slash + 3, name.len));
        return count;
    }
    size_t open;
    struct str inside;
    if (find_bracket(name, &open, &inside)) {
        struct str before = str_trim(str_sub(name, 0, open));
        if (before.len > 0)
            faces[count++] = before;
        if (inside.len > 0)
            faces[count++] = str_trim(inside);
    }
    return count;
}
