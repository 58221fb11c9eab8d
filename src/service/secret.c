/* Secrets: see secret.h. All of it is libsodium's; only the form for typing is made here. */
#include "service/secret.h"

#include <assert.h>
#include <sodium.h>

enum { SECRET_BYTES = 32, TYPED_GROUP = 5 };

static_assert(crypto_generichash_BYTES == SECRET_BYTES, "a digest is BLAKE2b-256");

enum err secret_start(struct errinfo *info) {
    if (sodium_init() >= 0)
        return ERR_OK;
    return err_set(info, ERR_IO, "the system gives no random numbers, so nobody can sign in");
}

struct secret secret_new(void) {
    unsigned char bytes[SECRET_BYTES];
    struct secret secret;
    randombytes_buf(bytes, sizeof(bytes));
    sodium_bin2base64(secret.text, sizeof(secret.text), bytes, sizeof(bytes),
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(bytes, sizeof(bytes));
    return secret;
}

void secret_typed(char out[SECRET_TYPED_CHARS + 1]) {
    static const char letters[] = "0123456789abcdefghjkmnpqrstvwxyz";
    for (int i = 0; i < SECRET_TYPED_CHARS; i++)
        out[i] = i % (TYPED_GROUP + 1) == TYPED_GROUP
                     ? '-'
                     : letters[randombytes_uniform(sizeof(letters) - 1)];
    out[SECRET_TYPED_CHARS] = '\0';
}

struct secret_digest secret_digest_of(struct str secret) {
    unsigned char hash[SECRET_BYTES];
    struct secret_digest digest;
    crypto_generichash(hash, sizeof(hash), (const unsigned char *)secret.ptr, secret.len, NULL, 0);
    sodium_bin2hex(digest.text, sizeof(digest.text), hash, sizeof(hash));
    return digest;
}

bool secret_equal(struct str a, struct str b) {
    return a.len == b.len && (a.len == 0 || sodium_memcmp(a.ptr, b.ptr, a.len) == 0);
}

void secret_wipe(void *bytes, size_t len) {
    sodium_memzero(bytes, len);
}
