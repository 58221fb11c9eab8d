/*
 * Kinds: the closed lists of the domain, each value with its code, its names and its spellings.
 *
 * A kind is an enum whose values index a constant table. Value 0 is "not known" in every kind; its
 * code is empty, and it is never counted as one of the others. Codes are stable: they stand in the
 * store, in files and in addresses. Names are for people.
 *
 * Thread rule: constants only, any thread.
 */
#ifndef FAIRLEAD_MODEL_KINDS_H
#define FAIRLEAD_MODEL_KINDS_H

#include "base/err.h"
#include "base/str.h"

/* Size of a firm; institutions (ministries, associations, pavilions) have none. */
enum size_class { SIZE_UNKNOWN, SIZE_SMALL, SIZE_MEDIUM, SIZE_LARGE, SIZE_INSTITUTION };

/* How an organisation takes part (ISO 25639-1: main exhibitor by contract, co-exhibitor and
 * represented company through another one). */
enum exhibitor_type {
    EXHIBITOR_UNKNOWN,
    EXHIBITOR_DIRECT,
    EXHIBITOR_CO,
    EXHIBITOR_REPRESENTED,
    EXHIBITOR_PAVILION,
    EXHIBITOR_INSTITUTION,
};

/* Place of a node in one chain. */
enum stage { STAGE_UNKNOWN, STAGE_UPSTREAM, STAGE_MIDSTREAM, STAGE_DOWNSTREAM };

/* What a node is to one chain. */
enum node_role { ROLE_UNKNOWN, ROLE_CORE, ROLE_SHARED, ROLE_TOOL, ROLE_SERVICE };

enum node_kind {
    NODE_UNKNOWN,
    NODE_MATERIAL,
    NODE_COMPONENT,
    NODE_EQUIPMENT,
    NODE_PRODUCT,
    NODE_SERVICE,
};

enum link_kind { LINK_UNKNOWN, LINK_ESSENTIAL, LINK_OPTIONAL, LINK_CAPITAL };

/* How we know that an exhibitor offers or needs a node; never mixed silently. */
enum basis { BASIS_UNKNOWN, BASIS_DECLARED, BASIS_INFERRED, BASIS_CONFIRMED };

enum side { SIDE_UNKNOWN, SIDE_OFFER, SIDE_NEED };

/* Where the facts about an exhibitor's offer come from. */
enum offer_basis {
    OFFER_BASIS_UNKNOWN,
    OFFER_REPORTED,
    OFFER_REPORTED_WEAK,
    OFFER_COMMON_KNOWLEDGE
};

/* How sure it is that an exhibitor was there. */
enum attendance {
    ATTENDANCE_UNKNOWN,
    ATTENDANCE_REPORTED,
    ATTENDANCE_CONFIRMED_BEFORE,
    ATTENDANCE_SIGNED,
    ATTENDANCE_LISTED,
    ATTENDANCE_MENTIONED,
};

enum figure_state { FIGURE_UNKNOWN, FIGURE_ANNOUNCED, FIGURE_CONFIRMED, FIGURE_CLOSING };

/* How a reported number is to be read. */
enum qualifier {
    QUALIFIER_UNKNOWN,
    QUALIFIER_EXACT,
    QUALIFIER_OVER,
    QUALIFIER_ABOUT,
    QUALIFIER_EXPECTED
};

enum area_kind { AREA_UNKNOWN, AREA_CHAIN, AREA_SERVICES, AREA_ZONE };

/* What is claimed to be shown for the first time where. */
enum debut { DEBUT_UNKNOWN, DEBUT_WORLD, DEBUT_CHINA, DEBUT_EXPO };

/* Whose group stand a pavilion is. */
enum pavilion_kind {
    PAVILION_UNKNOWN,
    PAVILION_GUEST_COUNTRY,
    PAVILION_GUEST_PROVINCE,
    PAVILION_COUNTRY,
    PAVILION_REGION, /* several countries, or an international organisation */
    PAVILION_PROVINCE,
    PAVILION_INDUSTRY,
    PAVILION_CLUSTER,
    PAVILION_COLLECTIVE, /* an association's stand for firms */
};

/* What a text of a pavilion is about. */
enum pavilion_section {
    SECTION_UNKNOWN,
    SECTION_INTRODUCTION,
    SECTION_INDUSTRIES,
    SECTION_RESOURCES,
    SECTION_CULTURE,
    SECTION_LANDSCAPES,
    SECTION_BRAND,
};

enum programme_kind {
    PROGRAMME_UNKNOWN,
    PROGRAMME_CEREMONY,
    PROGRAMME_CONFERENCE,
    PROGRAMME_FORUM,
    PROGRAMME_ROUND_TABLE,
    PROGRAMME_MATCHMAKING,
    PROGRAMME_LAUNCH,
    PROGRAMME_PROMOTION,
    PROGRAMME_SIGNING,
    PROGRAMME_PRESS,
    PROGRAMME_REPORT,
    PROGRAMME_OPENING_HOURS,
    PROGRAMME_OTHER,
};

/* How sure an event is (RFC 5545, STATUS of VEVENT). */
enum programme_state { STATE_UNKNOWN, STATE_TENTATIVE, STATE_CONFIRMED, STATE_CANCELLED };

enum time_of_day {
    TIME_UNKNOWN,
    TIME_MORNING,
    TIME_NOON,
    TIME_AFTERNOON,
    TIME_EVENING,
    TIME_ALL_DAY,
};

/* Home of an organisation under the rule of the edition (see foreign.h). */
enum origin { ORIGIN_UNKNOWN, ORIGIN_DOMESTIC, ORIGIN_FOREIGN };

/* How far the work on a gap is, or on one who could fill it. */
enum case_state { CASE_UNKNOWN, CASE_TO_INVITE, CASE_INVITED, CASE_WON, CASE_GIVEN_UP };

/* What a participant looks for. */
enum seek_kind {
    SEEK_UNKNOWN,
    SEEK_SUPPLIER,
    SEEK_CUSTOMER,
    SEEK_JOINT_DEVELOPMENT,
    SEEK_JOINT_PRODUCTION,
    SEEK_SCENARIO, /* an end use in which what it offers is tried or shown */
    SEEK_SERVICE,
    SEEK_INVESTMENT,   /* to give or to find */
    SEEK_DISTRIBUTION, /* to sell for others, or to be sold by them */
};

/* How a condition on partners binds. */
enum strength { STRENGTH_UNKNOWN, STRENGTH_MUST, STRENGTH_NICE, STRENGTH_NEVER };

enum condition_kind {
    CONDITION_UNKNOWN,
    CONDITION_COUNTRY,
    CONDITION_REGION,
    CONDITION_SIZE,
    CONDITION_LANGUAGE,
    CONDITION_CERTIFICATE,
    CONDITION_ORGANISATION, /* one by name */
};

/* How far a round of suggestions is: drafts are seen by organisers alone. */
enum round_state { ROUND_UNKNOWN, ROUND_DRAFT, ROUND_RELEASED, ROUND_CLOSED };

/* How far a match is. The first waits for answers, the second and the last stand, the others have
 * ended. */
enum pair_state {
    PAIR_UNKNOWN,
    PAIR_SUGGESTED,
    PAIR_MUTUAL,
    PAIR_DECLINED,
    PAIR_EXPIRED,
    PAIR_WITHDRAWN,
    PAIR_HANDED, /* in the timetable */
};

/* What one side says to a match. */
enum pair_answer { ANSWER_UNKNOWN, ANSWER_NONE, ANSWER_ACCEPTED, ANSWER_DECLINED, ANSWER_LATER };

struct kind_word {
    const char *code;      /* "co-exhibitor" */
    const char *name_en;   /* "Co-exhibitor" */
    const char *name_zh;   /* "联合参展" */
    const char *spellings; /* further spelling keys (see spelling.h), separated by blanks */
};

struct kind {
    const char *name; /* "exhibitor type" */
    const struct kind_word *words;
    uint32_t count;
};

extern const struct kind kind_size, kind_exhibitor_type, kind_stage, kind_node_role, kind_node,
    kind_link, kind_basis, kind_side, kind_offer_basis, kind_attendance, kind_figure_state,
    kind_qualifier, kind_area, kind_debut, kind_pavilion, kind_section, kind_programme, kind_state,
    kind_time_of_day, kind_origin;
extern const struct kind kind_gap;        /* enum chain_gap_kind + 1 */
extern const struct kind kind_case_state; /* enum case_state */
extern const struct kind kind_participant, kind_participant_state;
extern const struct kind kind_seek;      /* enum seek_kind */
extern const struct kind kind_strength;  /* enum strength */
extern const struct kind kind_condition; /* enum condition_kind */
extern const struct kind kind_wish_state, kind_agreement, kind_pair_origin, kind_decline;
extern const struct kind kind_round_state; /* enum round_state */
extern const struct kind kind_pair_state;  /* enum pair_state */
extern const struct kind kind_answer;      /* enum pair_answer */
extern const struct kind kind_area_basis, kind_novelty, kind_name;

/* Every kind, for tests and help; ends with NULL. */
extern const struct kind *const kind_all[];

/* Code and names of a value; those of "not known" when it is out of range. */
const char *kind_code(const struct kind *kind, uint32_t value);
const char *kind_name_en(const struct kind *kind, uint32_t value);
const char *kind_name_zh(const struct kind *kind, uint32_t value);

/* The value with exactly this code, or 0. */
uint32_t kind_of_code(const struct kind *kind, struct str code);

/*
 * Reads what a person wrote: a code, a name in English or Chinese, or one of the spellings, alone
 * or both names together ("大型 Large"). A blank (see spelling_is_blank) is 0. ERR_INPUT with the
 * words that are understood when it is none of them. O(len + words of the kind).
 */
enum err kind_parse(const struct kind *kind, struct str text, uint32_t *value,
                    struct errinfo *info) ERR_CHECK;

#endif
