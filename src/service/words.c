/* Words for what the chain engine says: see words.h. */
#include "service/words.h"

#include "model/lang.h"

const char *words_gap(enum chain_gap_kind kind) {
    static const char *const words[CHAIN_GAP_KINDS] = {
        [CHAIN_GAP_NO_EXHIBITOR] = "no exhibitor",
        [CHAIN_GAP_ONLY_INFERRED] = "offers are only inferred",
        [CHAIN_GAP_ONE_SOURCE] = "one source",
        [CHAIN_GAP_ONE_COUNTRY] = "one country or region",
        [CHAIN_GAP_NO_SMALL_FIRM] = "no small or medium firm",
        [CHAIN_GAP_NO_FOREIGN] = "no foreign firm",
        [CHAIN_GAP_NO_DOMESTIC] = "no domestic firm",
    };
    return kind < CHAIN_GAP_KINDS ? words[kind] : "unknown";
}

const char *words_gap_code(enum chain_gap_kind kind) {
    static const char *const words[CHAIN_GAP_KINDS] = {
        [CHAIN_GAP_NO_EXHIBITOR] = "no-exhibitor",   [CHAIN_GAP_ONLY_INFERRED] = "only-inferred",
        [CHAIN_GAP_ONE_SOURCE] = "one-source",       [CHAIN_GAP_ONE_COUNTRY] = "one-country",
        [CHAIN_GAP_NO_SMALL_FIRM] = "no-small-firm", [CHAIN_GAP_NO_FOREIGN] = "no-foreign",
        [CHAIN_GAP_NO_DOMESTIC] = "no-domestic",
    };
    return kind < CHAIN_GAP_KINDS ? words[kind] : "unknown";
}

const char *words_stage(enum chain_stage stage) {
    static const char *const words[CHAIN_STAGES] = {"upstream", "midstream", "downstream",
                                                    "unknown"};
    return stage < CHAIN_STAGES ? words[stage] : "unknown";
}

const char *words_role(enum chain_role role) {
    static const char *const words[CHAIN_ROLES] = {"core", "shared", "tool", "service"};
    return role < CHAIN_ROLES ? words[role] : "unknown";
}

const char *words_link(enum chain_link_kind kind) {
    static const char *const words[CHAIN_LINK_KINDS] = {"essential", "optional", "capital"};
    return kind < CHAIN_LINK_KINDS ? words[kind] : "unknown";
}

const char *words_basis(enum chain_basis basis) {
    static const char *const words[CHAIN_BASES] = {"inferred", "declared", "confirmed"};
    return basis < CHAIN_BASES ? words[basis] : "unknown";
}

void words_certainty(const struct view *view, enum chain_gap_state state, struct buf *out) {
    if (state == CHAIN_GAP_STATED) {
        buf_add_c(out, "stated");
        return;
    }
    if (state != CHAIN_GAP_NOT_IN_REGISTER) {
        buf_add_c(out, state == CHAIN_GAP_UNKNOWN ? "not known" : "no gap");
        return;
    }
    const struct view_figure *contracted = view_contracted(view);
    if (contracted == NULL) {
        buf_printf(out, "not in the register (%u exhibitors known)", view->exhibitors);
        return;
    }
    bool exact = str_equal_c(contracted->qualifier, "exact");
    buf_printf(out, "not in the register (%u of %.*s%s%.*s exhibitors known)", view->exhibitors,
               STR_ARG(exact ? STR("") : contracted->qualifier), exact ? "" : " ",
               STR_ARG(contracted->value));
}

const struct view_organisation *words_candidate_name(const struct view *view,
                                                     const struct chain_candidate *candidate) {
    uint32_t organisation = candidate->exhibitor != CHAIN_NONE
                                ? view->exhibitor[candidate->exhibitor].organisation
                                : candidate->organisation;
    return &view->organisation[organisation];
}

void words_candidate(const struct view *view, const struct chain_candidate *candidate,
                     struct buf *out) {
    struct str node = view->node[candidate->evidence].name_en;
    switch ((enum chain_reason)candidate->reason) {
    case CHAIN_REASON_OFFERED_EARLIER:
        buf_printf(out, "offered it at the edition of %.*s",
                   STR_ARG(view->edition[candidate->edition].code));
        break;
    case CHAIN_REASON_LEADER_PARTNER:
        buf_printf(out, "partner of %.*s, which needs it",
                   STR_ARG(view_name_en(view_organisation_of(view, candidate->lead))));
        break;
    case CHAIN_REASON_ALTERNATIVE:
        buf_printf(out, "offers an alternative, %.*s", STR_ARG(node));
        break;
    case CHAIN_REASON_SAME_OUTPUT:
        buf_printf(out, "offers %.*s for the same product", STR_ARG(node));
        break;
    case CHAIN_REASON_INPUT:
        buf_printf(out, "offers an input of it, %.*s", STR_ARG(node));
        break;
    case CHAIN_REASON_OUTPUT:
        buf_printf(out, "offers what it goes into, %.*s", STR_ARG(node));
        break;
    case CHAIN_REASONS:
        break;
    }
}

void words_candidate_zh(const struct view *view, const struct chain_candidate *candidate,
                        struct buf *out) {
    struct str node = LANG_PICK(LANG_ZH, &view->node[candidate->evidence], name).text;
    switch ((enum chain_reason)candidate->reason) {
    case CHAIN_REASON_OFFERED_EARLIER:
        buf_printf(out, "%.*s 届曾提供", STR_ARG(view->edition[candidate->edition].code));
        break;
    case CHAIN_REASON_LEADER_PARTNER:
        buf_printf(
            out, "有此需求的链主%.*s的伙伴",
            STR_ARG(LANG_PICK(LANG_ZH, view_organisation_of(view, candidate->lead), name).text));
        break;
    case CHAIN_REASON_ALTERNATIVE:
        buf_printf(out, "提供可替代环节：%.*s", STR_ARG(node));
        break;
    case CHAIN_REASON_SAME_OUTPUT:
        buf_printf(out, "为同一产品提供%.*s", STR_ARG(node));
        break;
    case CHAIN_REASON_INPUT:
        buf_printf(out, "提供其投入品：%.*s", STR_ARG(node));
        break;
    case CHAIN_REASON_OUTPUT:
        buf_printf(out, "提供其下游产品：%.*s", STR_ARG(node));
        break;
    case CHAIN_REASONS:
        break;
    }
}
