/*
 * Profiles: what a participant says of itself and of the partners it wants, as one document.
 *
 * It is read and written as a whole, so that what contradicts itself is seen at once. All of it may
 * be left out: offers, needs and the chain still give matches. Only rows that differ are written,
 * so that the log tells what was changed.
 *
 * Offers and needs are the statements of the participant's stand; who has none says what it looks
 * for as seeks. What the participant says is declared. An inferred one that it keeps as inferred
 * stays so, one that it says becomes declared, and one that it leaves out is deleted; what an
 * organiser confirmed stays confirmed as long as the participant does not leave it out.
 *
 * The revision stands for what was read: it changes with every save, and with every change of the
 * offers and needs by an organiser or an import. It is not a count; compare it only for equality.
 *
 * Conditions: of country, region, size and organisation a partner has one, so that several musts of
 * one kind are alternatives; of languages and certificates each must holds; each never holds.
 *
 * Ownership: documents that are read, and faults, belong to the arena given; those that are written
 * are borrowed. Thread rule: that of the store and reader given.
 */
#ifndef FAIRLEAD_SERVICE_PROFILES_H
#define FAIRLEAD_SERVICE_PROFILES_H

#include "base/arena.h"
#include "base/vec.h"
#include "model/kinds.h"
#include "service/access.h"
#include "store/store.h"

/* More than any firm has said; they keep a document within a screen and a save within a moment. */
enum {
    PROFILE_CLAIMS_MAX = 100, /* of each side */
    PROFILE_SEEKS_MAX = 60,
    PROFILE_VOLUMES_MAX = 100,
    PROFILE_CONDITIONS_MAX = 60,
    PROFILE_LANGUAGES_MAX = 20,
    PROFILE_CERTIFICATES_MAX = 30,
    PROFILE_DAYS_MAX = 30,
    PROFILE_MEETINGS_MAX = 200,
    PROFILE_UNIT_MAX = 40, /* bytes, from here on */
    PROFILE_CERTIFICATE_MAX = 120,
    PROFILE_LEADER_MAX = 200,
    PROFILE_NOTE_MAX = 2000,
};
#define PROFILE_QUANTITY_MAX INT64_C(1000000000000)

struct profile_claim {
    struct str node; /* code */
    enum basis basis;
    struct str evidence; /* words of the firm's own text from which it was inferred; read only */
};

struct profile_seek {
    enum seek_kind kind;
    struct str node;  /* code; empty = of anything */
    int64_t quantity; /* 0 = not said */
    struct str unit, by_day, note;
};

struct profile_volume {
    struct str node;
    enum side side;
    int64_t quantity;
    struct str unit;
};

struct profile_condition {
    enum strength strength;
    enum condition_kind kind;
    struct str value;            /* empty for an organisation */
    int64_t organisation_id;     /* 0 for the other kinds */
    struct str name_en, name_zh; /* of that organisation; read only */
};

struct profile_organisation {
    int64_t id;
    struct str name_en, name_zh, country, region, size, website;
};

struct profile {
    int64_t participant_id, edition_id, exhibitor_id; /* read only; 0 = no stand */
    struct str kind;                                  /* read only */
    struct profile_organisation organisation;         /* read only */
    int64_t revision;
    bool is_withdrawn;                     /* takes no part in matching */
    const struct profile_claim *claims[2]; /* offers, needs */
    uint32_t claim_count[2];
    const struct profile_seek *seeks;
    uint32_t seek_count;
    const struct profile_volume *volumes;
    uint32_t volume_count;
    const struct profile_condition *conditions;
    uint32_t condition_count;
    const struct str *languages, *certificates, *days;
    uint32_t language_count, certificate_count, day_count;
    int64_t meetings_max; /* PROFILE_MEETINGS_OPEN = what the edition suggests */
    struct str leader, note;
};

enum { PROFILE_MEETINGS_OPEN = -1, PROFILE_OFFERS = 0, PROFILE_NEEDS = 1 };

/* What is wrong with a document, by its place in it ("seeks[2].node"), in both languages. */
struct profile_fault {
    struct str path;
    struct str words[LANGS];
};

struct profile_faults {
    struct arena *arena; /* the caller's */
    VEC(struct profile_fault)
    list;
    bool short_of_memory; /* private */
};

void profile_faults_release(struct profile_faults *faults);

/* Where a participant lies: its own place, and that of its stand. The chains are the arena's.
 * ERR_NOT_FOUND. */
enum err profile_place(struct store_reader *reader, int64_t participant_id, struct arena *arena,
                       struct access_place *place, struct errinfo *info) ERR_CHECK;

/* Reads the document of a participant. ERR_DENIED without RIGHT_PARTNER_READ in its place;
 * ERR_NOT_FOUND. O(rows of it, log n each). */
enum err profile_read(struct store_reader *reader, const struct access *access,
                      int64_t participant_id, struct arena *arena, struct profile *out,
                      struct errinfo *info) ERR_CHECK;

/*
 * Checks a document as it is for a participant, without writing: adds to `faults` all that is
 * wrong. ERR_OK also with faults. O(rows of it), and O(exhibitors of the edition) where conditions
 * exclude some.
 */
enum err profile_check(struct store_reader *reader, const struct profile *now,
                       const struct profile *said, struct profile_faults *faults,
                       struct errinfo *info) ERR_CHECK;

/*
 * Writes a document inside the open batch. `said->revision` is the one that was read. ERR_INPUT
 * with `faults`: nothing is written; ERR_CONFLICT when it was changed meanwhile; ERR_DENIED
 * without RIGHT_PROFILE_WRITE in its place; ERR_NOT_FOUND. One that says nothing new writes
 * nothing.
 */
enum err profile_write(struct store *store, const struct access *by, int64_t participant_id,
                       const struct profile *said, struct profile_faults *faults,
                       struct errinfo *info) ERR_CHECK;

#endif
