/* Registering at the door: see door.h. As everywhere there, the caller's thread looks, and one job
 * of the writer looks again and writes. */
#include "service/door_parts.h"
#include "service/registration_links.h"

struct registering {
    const struct door *door;
    const struct door_visit *visit;
    const struct registration *sent;
    struct registration_alike alike;
    struct profile_faults *faults;
    struct door_keys keys;
    bool opens; /* the link is there */
    int64_t wait_ms;
};

/* A try is noted also when the link opens nothing: this job then ends well. */
static enum err finish(void *ctx, struct store *store, struct errinfo *info) {
    struct registering *r = ctx;
    struct registration_link link;
    struct registration_done done;
    struct store_reader *reader = store_reader_of(store);
    enum err e = door_may_try(reader, &r->keys, r->visit->now_ms, &r->wait_ms, info);
    if (e == ERR_OK)
        e = door_note_try(store, &r->keys, r->visit->now_ms, info);
    if (e != ERR_OK)
        return e;
    e = registration_links_look(reader, r->sent->secret, r->visit->now_ms, &link, info);
    r->opens = e == ERR_OK;
    if (!r->opens)
        return e == ERR_DENIED ? ERR_OK : e;
    e = registrations_accept(store, r->sent, &r->alike, r->faults, &done, info);
    return e == ERR_OK && done.account_id != 0
               ? door_let_in(store, r->door, done.account_id, done.made, r->visit->now_ms, info)
               : e;
}

enum err door_register(struct door *door, struct store_reader *reader,
                       const struct door_visit *visit, const struct registration *registration,
                       struct profile_faults *faults, int64_t *wait_ms, struct errinfo *info) {
    struct registration_link link;
    struct mail_address address = {0};
    struct errinfo wrong;
    struct registering r = {.door = door, .visit = visit, .sent = registration, .faults = faults};
    /* A link is for many; the letter of each try is for one. One that is none is told below. */
    enum err e = mail_address_read(registration->email, &address, &wrong);
    r.keys.account =
        throttle_key_of(THROTTLE_MAIL, e == ERR_OK ? str_of(address.text) : registration->secret);
    r.keys.address = throttle_key_of(THROTTLE_MAIL_ADDRESS, visit->address);
    e = door_may_try(reader, &r.keys, visit->now_ms, &r.wait_ms, info);
    if (e == ERR_OK)
        e = registrations_alike(reader, registration, &r.alike, info);
    if (e == ERR_OK)
        e = door_run(door, 0, visit->now_ms, finish, &r, info);
    if (e == ERR_OK && !r.opens)
        e = registration_links_look(reader, registration->secret, visit->now_ms, &link, info);
    *wait_ms = r.wait_ms;
    return e;
}
