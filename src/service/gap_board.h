/*
 * The gap board: every gap of an edition's chains, and what organisers do about it.
 *
 * Gaps are facts of the view; the work on them stands in the store (gap_case, gap_candidate, edited
 * through edit.h like any record). The board joins the two. A case whose gap is no gap any more is
 * told as closed, so that somebody can say "won" or look again; a gap nobody has taken up has no
 * case. Who could fill a gap is suggested by the chain engine with its reason; a suggestion becomes
 * a candidate once an organiser writes it down.
 *
 * Ownership: everything in the caller's arena, borrowing texts of the view. Thread rule: pure
 * reading; any thread with a reader of its own.
 */
#ifndef FAIRLEAD_SERVICE_GAP_BOARD_H
#define FAIRLEAD_SERVICE_GAP_BOARD_H

#include "base/json.h"
#include "exchange/list.h"
#include "model/kinds.h"
#include "service/access.h"
#include "service/view.h"

struct gap_board_candidate {
    int64_t id;       /* of gap_candidate; 0 = only suggested */
    int64_t revision; /* to name when it is changed; 0 = only suggested */
    int64_t organisation_id;
    struct str name_en, name_zh;
    struct str country;        /* code; may be empty */
    bool exhibits;             /* in this edition */
    enum case_state state;     /* CASE_UNKNOWN = only suggested */
    struct str note;           /* the organiser's */
    struct str why_en, why_zh; /* the engine's reason; empty where it has none */
};

struct gap_board_row {
    uint32_t chain, node; /* of the view; chain VIEW_NONE = of the catalogue */
    enum chain_gap_kind kind;
    enum chain_gap_state state; /* CHAIN_GAP_ABSENT = closed: there is a case, but no gap now */
    uint32_t waiting;
    double importance;
    int64_t case_id;  /* 0 = nobody has taken it up */
    int64_t revision; /* of the case */
    enum case_state work;
    int64_t owner_id; /* account; 0 = nobody */
    struct str owner; /* empty without RIGHT_PERSON_READ in the chain */
    struct str note;
    const struct gap_board_candidate *candidates; /* written down first, then suggested */
    uint32_t candidate_count;
};

struct gap_board_query {
    uint32_t chain;       /* of the view; VIEW_NONE = all */
    bool cases_only;      /* gaps that somebody has taken up, closed ones too */
    uint32_t suggestions; /* a gap, at most GAP_BOARD_SUGGESTIONS_MAX; 0 = none */
};

enum { GAP_BOARD_SUGGESTIONS_MAX = 20 };

struct gap_board {
    struct gap_board_row *rows; /* by chain; gaps by importance, then closed cases */
    uint32_t count;
    uint32_t open, closed;            /* of the rows: gaps, and cases without a gap */
    uint32_t work[CASE_GIVEN_UP + 1]; /* rows by state of the work; [CASE_UNKNOWN] not taken up */
};

/*
 * Loads the board of the view's edition for whoever asks: chains outside their place are left out.
 * ERR_DENIED without RIGHT_GAP_READ. O(gaps + cases), and a candidate search a gap where
 * suggestions are wanted.
 */
enum err gap_board_load(struct store_reader *reader, const struct view *view,
                        const struct access *access, const struct gap_board_query *query,
                        struct arena *arena, struct gap_board *out, struct errinfo *info) ERR_CHECK;

/* Members of an open object: "rows", "open", "closed", "work". */
void gap_board_json(struct json_out *j, const struct view *view, const struct gap_board *board);

/* Whom to invite: one row a candidate written down whose state and whose case's state is to-invite
 * or invited, under headers in the given language; for CSV and XLSX (list_write). */
void gap_board_invitations(const struct view *view, const struct gap_board *board, enum lang lang,
                           struct list *list);

#endif
