/*
 * Passwords: see password.h.
 *
 * The work is libsodium's crypto_pwhash with the INTERACTIVE limits (argon2id, 64 MiB, two passes,
 * above the least that the OWASP cheat sheet on password storage asks: 19 MiB and two passes).
 *
 * What guessing programs try first is caught by shape, not by a long list: hardly any different
 * characters, a short piece repeated, a run along the alphabet, the digits or a row of keys, one of
 * a few well-known words with figures and signs around it, or the account's own address.
 */
#include "service/password.h"

#include <assert.h>
#include <pthread.h>
#include <sodium.h>

#include "base/buf.h"
#include "base/mem.h"
#include "text/fold.h"
#include "text/utf8.h"

static_assert(PASSWORD_KEPT_MAX == crypto_pwhash_STRBYTES, "room for what libsodium writes");

enum {
    DIFFERENT_MIN = 5, /* characters */
    PIECE_MAX = 4,     /* a piece of so many bytes repeated is no password */
    OWN_PART_MIN = 4,  /* shorter parts of an address are found anywhere */
};

struct password_desk {
    pthread_mutex_t lock;
    pthread_cond_t left; /* one has left the counter */
    uint32_t busy, waiting;
    char nobody[PASSWORD_KEPT_MAX]; /* of a password that nobody knows */
};

/* The counter -----------------------------------------------------------------------------------
 */

static enum err enter(struct password_desk *desk, struct errinfo *info) {
    enum err code = ERR_OK;
    pthread_mutex_lock(&desk->lock);
    if (desk->busy >= PASSWORD_AT_ONCE && desk->waiting >= PASSWORD_WAITING_MAX) {
        code = err_set(info, ERR_LIMIT, "too many people sign in at this moment");
        err_hint(info, "Try again in a few seconds.");
    } else {
        desk->waiting++;
        while (desk->busy >= PASSWORD_AT_ONCE)
            pthread_cond_wait(&desk->left, &desk->lock);
        desk->waiting--;
        desk->busy++;
    }
    pthread_mutex_unlock(&desk->lock);
    return code;
}

static void leave(struct password_desk *desk) {
    pthread_mutex_lock(&desk->lock);
    desk->busy--;
    pthread_cond_signal(&desk->left);
    pthread_mutex_unlock(&desk->lock);
}

enum err password_desk_new(struct password_desk **out, struct errinfo *info) {
    struct password_desk *desk = mem_new(1, sizeof(*desk));
    unsigned char unknown[32];
    if (desk == NULL)
        return err_memory(info);
    pthread_mutex_init(&desk->lock, NULL);
    pthread_cond_init(&desk->left, NULL);
    randombytes_buf(unknown, sizeof(unknown));
    enum err code = password_keep(desk, (struct str){(const char *)unknown, sizeof(unknown)},
                                  desk->nobody, info);
    sodium_memzero(unknown, sizeof(unknown));
    if (code == ERR_OK)
        *out = desk;
    else
        password_desk_free(desk);
    return code;
}

void password_desk_free(struct password_desk *desk) {
    if (desk == NULL)
        return;
    pthread_cond_destroy(&desk->left);
    pthread_mutex_destroy(&desk->lock);
    mem_free(desk);
}

enum err password_keep(struct password_desk *desk, struct str password, char out[PASSWORD_KEPT_MAX],
                       struct errinfo *info) {
    enum err code = enter(desk, info);
    if (code != ERR_OK)
        return code;
    int failed =
        crypto_pwhash_str(out, password.ptr, password.len, crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE);
    leave(desk);
    return failed != 0 ? err_memory(info) : ERR_OK;
}

enum err password_check(struct password_desk *desk, struct str kept, struct str password,
                        bool *right, struct errinfo *info) {
    char terminated[PASSWORD_KEPT_MAX];
    bool real = kept.len > 0 && kept.len < sizeof(terminated);
    memcpy(terminated, real ? kept.ptr : desk->nobody, real ? kept.len : sizeof(terminated));
    if (real)
        terminated[kept.len] = '\0';
    enum err code = enter(desk, info);
    if (code != ERR_OK)
        return code;
    int differs = crypto_pwhash_str_verify(terminated, password.ptr, password.len);
    leave(desk);
    *right = real && differs == 0;
    return ERR_OK;
}

/* The rules -------------------------------------------------------------------------------------
 */

static bool has_few_characters(struct str folded) {
    uint32_t seen[DIFFERENT_MIN];
    uint32_t count = 0;
    while (folded.len > 0 && count < DIFFERENT_MIN) {
        uint32_t c = utf8_next(&folded), i = 0;
        while (i < count && seen[i] != c)
            i++;
        if (i == count)
            seen[count++] = c;
    }
    return count < DIFFERENT_MIN;
}

static bool is_repetition(struct str s) {
    for (size_t piece = 1; piece <= PIECE_MAX; piece++) {
        size_t i = piece;
        while (i < s.len && s.ptr[i] == s.ptr[i - piece])
            i++;
        if (i == s.len)
            return true;
    }
    return false;
}

/* Whether each character follows its neighbour in the alphabet or among the digits, round the end
 * and in either direction, for all but two steps. */
static bool is_run(struct str s) {
    size_t up = 0, down = 0, steps = s.len - 1;
    for (size_t i = 1; i < s.len; i++) {
        int step = s.ptr[i] - s.ptr[i - 1];
        up += step == 1 || step == '0' - '9';
        down += step == -1 || step == '9' - '0';
    }
    return up + 2 >= steps || down + 2 >= steps;
}

static bool is_row_of_keys(struct str s) {
    static const char *const rows[] = {"qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn",
                                       "1q2w3e4r5t6y7u8i9o0p",       "qwertyuiop[]asdfghjkl;'",
                                       "qazwsxedcrfvtgbyhnujm",      "azertyuiopqsdfghjklmwxcvbn"};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (str_find(str_of(rows[i]), s) != SIZE_MAX)
            return true;
    return false;
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

/* A well-known word, with whatever figures and signs in front of it and behind. */
static bool is_known_word(struct str folded) {
    static const char *const words[] = {
        "password",      "passwort",  "passw",     "p@ssword",   "p@ssw0rd",    "passw0rd",
        "administrator", "admin",     "welcome",   "fairlead",   "letmein",     "iloveyou",
        "changeme",      "changeit",  "default",   "qwerty",     "qwertyuiop",  "asdfgh",
        "secret",        "organiser", "organizer", "exhibition", "supplychain", "expo",
        "cisce",         "test",      "guest",     "woaini",     "abc",         "mima",
        "guanliyuan",    "zhanhui",   "lianbohui"};
    struct str core = folded;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (str_equal_c(folded, words[i]))
            return true;
    while (core.len > 0 && !is_letter(core.ptr[0]))
        core = str_sub(core, 1, core.len);
    while (core.len > 0 && !is_letter(core.ptr[core.len - 1]))
        core.len--;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        struct str word = str_of(words[i]);
        if (str_equal(core, word))
            return true;
        /* The word twice. */
        if (core.len == 2 * word.len && str_starts(core, word) && str_ends(core, word))
            return true;
    }
    return core.len == 0; /* figures and signs alone */
}

/* Made of the account's own address: what is left without it is too short. */
static bool is_own_address(struct str folded, struct str email) {
    size_t at = str_find(email, STR("@"));
    struct str part = at == SIZE_MAX ? email : str_sub(email, 0, at);
    if (part.len < OWN_PART_MIN || str_find(folded, part) == SIZE_MAX)
        return false;
    return folded.len - part.len < PASSWORD_CHARS_MIN || str_find(folded, email) != SIZE_MAX;
}

static enum err check_folded(struct str folded, struct str email, struct errinfo *info) {
    enum err code = ERR_OK;
    if (has_few_characters(folded) || is_repetition(folded) || is_run(folded))
        code = err_set(info, ERR_INPUT, "this password repeats itself and would be guessed soon");
    else if (is_row_of_keys(folded) || is_known_word(folded))
        code = err_set(info, ERR_INPUT, "this password is among the first that are guessed");
    else if (is_own_address(folded, email))
        code = err_set(info, ERR_INPUT, "this password is made of the account's mail address");
    if (code != ERR_OK)
        err_hint(info, "Four words that have nothing to do with each other do well.");
    return code;
}

enum err password_allowed(struct str password, struct str email, struct errinfo *info) {
    struct buf folded, address;
    if (!utf8_valid(password) || memchr(password.ptr, '\0', password.len) != NULL)
        return err_set(info, ERR_INPUT, "the password is not readable text (UTF-8)");
    if (password.len > PASSWORD_BYTES_MAX)
        return err_set(info, ERR_INPUT, "the password is longer than %d bytes", PASSWORD_BYTES_MAX);
    if (utf8_count(password) < PASSWORD_CHARS_MIN) {
        err_set(info, ERR_INPUT, "the password has fewer than %d characters", PASSWORD_CHARS_MIN);
        err_hint(info, "Four words that have nothing to do with each other do well.");
        return ERR_INPUT;
    }
    /* Folding makes a character up to 18 times longer (Unicode Standard Annex 15). */
    buf_init(&folded, PASSWORD_BYTES_MAX * 18);
    buf_init(&address, PASSWORD_BYTES_MAX * 18);
    enum err code = text_fold(password, &folded, info);
    if (code == ERR_OK)
        code = text_fold(email, &address, info);
    if (code == ERR_OK && folded.len == 0)
        code = err_set(info, ERR_INPUT, "the password is made of blanks alone");
    if (code == ERR_OK)
        code = check_folded(buf_str(&folded), buf_str(&address), info);
    if (folded.ptr != NULL)
        sodium_memzero(folded.ptr, folded.len);
    buf_release(&folded);
    buf_release(&address);
    return code;
}
