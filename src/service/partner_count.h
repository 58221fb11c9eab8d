/*
 * What a round does for whom: suggestions by group of firms, firms with too few and why, gaps that
 * its pairs close, and the comparison with another set of pairs.
 *
 * Ownership: everything in the caller's arena, texts borrowed from the view. Thread rule: pure.
 */
#ifndef FAIRLEAD_SERVICE_PARTNER_COUNT_H
#define FAIRLEAD_SERVICE_PARTNER_COUNT_H

#include "model/kinds.h"
#include "model/lang.h"
#include "service/partner_round.h"

enum { PARTNER_ENOUGH = 5 }; /* suggestions below which a firm has few */

/* ---- distribution ---- */

enum partner_grouping {
    PARTNER_BY_KIND, /* exhibitor, buyer, ...: both kinds of match are counted apart */
    PARTNER_BY_SIZE,
    PARTNER_BY_ORIGIN, /* domestic or foreign */
    PARTNER_BY_RETURN, /* newcomers */
    PARTNER_BY_AREA,
    PARTNER_BY_COUNTRY,
    PARTNER_GROUPINGS
};

struct partner_group {
    enum partner_grouping by;
    struct str code; /* of the kind, size, area or country; empty = not known */
    struct str name_en, name_zh;
    uint32_t firms;       /* that take part */
    uint32_t without;     /* with no suggestion */
    uint32_t enough;      /* with PARTNER_ENOUGH or more, or as many as they can take */
    uint32_t suggestions; /* of all its firms */
};

/* The stable word of a grouping ("size"). */
const char *partner_grouping_code(enum partner_grouping by);

/* The group of a firm in a grouping, as a number, and code and names of a group whose grouping is
 * set; 0 = not known. */
uint32_t partner_group_number(const struct partner_market *market, uint32_t firm,
                              enum partner_grouping by);
void partner_group_name(const struct view *view, uint32_t number, struct partner_group *group);

/* All groups that have firms, by grouping, the largest first. O(firms log firms). */
enum err partner_count_groups(const struct partner_round *round, struct arena *arena,
                              struct partner_group **groups, uint32_t *count,
                              struct errinfo *info) ERR_CHECK;

/* ---- firms with too few ---- */

enum partner_lack {
    PARTNER_LACK_NOTHING_SAID, /* neither offers nor needs nor seeks */
    PARTNER_LACK_NOBODY,       /* nobody comes into question */
    PARTNER_LACK_FEW,          /* all who come into question are suggested, or took others */
    PARTNER_LACK_OWN_CAP,      /* it can take no more */
    PARTNER_LACKS
};

struct partner_few {
    uint32_t firm, suggestions, in_question; /* in_question: partners that came into question */
    enum partner_lack lack;
};

/* The stable word ("nothing-said"), and the reason in words. */
const char *partner_lack_code(enum partner_lack lack);
const char *partner_lack_words(enum partner_lack lack, enum lang lang);

/* Firms that take part and have fewer than PARTNER_ENOUGH, the fewest first. */
enum err partner_count_few(const struct partner_round *round, struct arena *arena,
                           struct partner_few **few, uint32_t *count,
                           struct errinfo *info) ERR_CHECK;

/* ---- gaps ---- */

/* A node with a gap that somebody waits for, and what the round brings. */
struct partner_gap {
    uint32_t node;
    uint8_t kind;     /* enum chain_gap_kind, the gravest */
    uint32_t waiting; /* firms that need the node */
    uint32_t closed;  /* of them, with a suggested partner that offers it or what stands in */
};

/* The gap nodes of the chain report that firms need, those closed for most first. */
enum err partner_count_gaps(const struct partner_round *round, struct arena *arena,
                            struct partner_gap **gaps, uint32_t *count,
                            struct errinfo *info) ERR_CHECK;

/* ---- comparison ---- */

/* A pair as it is kept: by organisation, the smaller number first. */
struct partner_kept {
    int64_t first_id, second_id;
    int64_t score;         /* millionths */
    enum pair_state state; /* of a released round; PAIR_UNKNOWN = of a draft */
    uint8_t answer[2];     /* enum pair_answer of the first and the second; of a draft unknown */
    uint8_t decline[2];    /* of kind_decline: why it declined; 0 = it did not */
    struct str parts;
};

struct partner_change {
    int64_t organisation_id;
    uint32_t appeared, gone, kept;
};

struct partner_comparison {
    uint32_t appeared, gone, kept; /* pairs */
    struct partner_change *change; /* firms whose list changes, the most first */
    uint32_t changes;
};

/* What `now` changes of `before`; both by first_id, then second_id. What is live stays, although a
 * new round does not suggest it again. O(pairs log pairs). */
enum err partner_compare(const struct partner_kept *before, uint32_t before_count,
                         const struct partner_kept *now, uint32_t now_count, struct arena *arena,
                         struct partner_comparison *out, struct errinfo *info) ERR_CHECK;

#endif
