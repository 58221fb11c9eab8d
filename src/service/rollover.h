/*
 * Roll-over: an edition into the next. The organiser says what comes along; everything else starts
 * empty.
 *
 * What was true of one edition is a guess about the next one. So offers and needs come along as
 * inferred, with their origin as evidence, unless the organiser asks to keep their basis; published
 * numbers (areas' sizes, exhibitors, participants) stay behind; the register of the new edition is
 * not complete. A lead exhibitor leads its partners again where both come along.
 *
 * Running it again into the same edition adds what is missing and changes nothing that is there.
 *
 * Thread rule: as the store that is handed in.
 */
#ifndef FAIRLEAD_SERVICE_ROLLOVER_H
#define FAIRLEAD_SERVICE_ROLLOVER_H

#include "model/kinds.h"
#include "service/access.h"
#include "store/store.h"

enum rollover_exhibitors {
    ROLLOVER_NOBODY,
    ROLLOVER_LISTED, /* the exhibitors in the list */
    ROLLOVER_OTHERS, /* all but those in the list */
};

struct rollover_request {
    struct str from;       /* code of an edition */
    struct str into;       /* code of the next one; made when it is not there */
    struct str name_en;    /* of a new edition; empty = as before */
    struct str name_zh;    /* the same */
    bool make_current;     /* the new edition is shown from now on */
    bool areas, pavilions; /* pavilions with their texts and pictures */
    enum rollover_exhibitors exhibitors;
    const int64_t *list; /* ids of exhibitors of `from` */
    uint32_t list_count;
    uint32_t types;             /* bit per enum exhibitor_type that comes along; 0 = all */
    enum attendance attendance; /* how sure it is that they come: ATTENDANCE_SIGNED = they return */
    bool offers, needs;
    bool keep_basis; /* declared stays declared */
};

struct rollover_outcome {
    int64_t edition_id;
    bool edition_made;
    uint32_t areas, pavilions, texts, pictures, exhibitors, statements; /* brought along */
    uint32_t there; /* exhibitors that were there already */
};

/*
 * Does it inside the open batch (kind "rollover"). ERR_DENIED without RIGHT_EDITION_WRITE and
 * RIGHT_REGISTER_WRITE everywhere; ERR_NOT_FOUND for an edition or a listed exhibitor that is not
 * there; ERR_INPUT for a code that is none, or the same edition twice. O(records of the edition).
 */
enum err rollover(struct store *store, const struct access *access,
                  const struct rollover_request *request, struct rollover_outcome *out,
                  struct errinfo *info) ERR_CHECK;

#endif
