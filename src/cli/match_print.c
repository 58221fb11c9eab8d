/* The output of the command match: see match_print.h. */
#include "cli/match_print.h"

#include "base/clock.h"
#include "cli/list_print.h"
#include "service/words.h"

enum { PRINT_BYTES_MAX = 64 << 20, SHOWN_GROUPS = 8, SHOWN_GAPS = 12, SHOWN_FEW = 12 };

static struct str firm_name(const struct partner_market *market, uint32_t firm) {
    return view_name_en(partner_organisation(market, firm));
}

void match_print_head(const struct partner_round *r, double seconds, FILE *out) {
    const struct partner_market *m = r->market;
    fprintf(out, "%u exhibitors and %u visitor organisations; %u pairs come into question.\n",
            m->view->exhibitors, m->firms - m->view->exhibitors, r->edges);
    fprintf(out, "%u pairs, total score %.3f; no plan has more than %.3f (gap %.4f %%%s).\n",
            r->pairs, r->total, r->bound, 100 * partner_round_gap(r),
            r->is_optimal ? ", proved the best" : "");
    fprintf(out, "%s %.3f of the best total (%.2f %%).\n",
            r->is_stable ? "Stability costs" : "Floors cost", r->optimum - r->total,
            r->optimum > 0 ? 100 * (r->optimum - r->total) / r->optimum : 0);
    fprintf(out, "%llu pairs would both rather have each other; ", (unsigned long long)r->blocking);
    if (r->regret > 0)
        fprintf(out, "the largest regret is %.3f, of %.*s.\n", r->regret,
                STR_ARG(firm_name(m, r->regret_firm)));
    else
        fprintf(out, "no firm could do better.\n");
    fprintf(
        out,
        "Floors of small and medium firms and newcomers: %llu places given, %llu are possible.\n",
        (unsigned long long)r->floor_given, (unsigned long long)r->floor_bound);
    fprintf(out, "%.3f s.\n", seconds);
}

static enum err print(const struct list *list, FILE *out, struct errinfo *info) {
    fputc('\n', out);
    return list_print(list, "table", out, info);
}

static enum err print_groups(const struct partner_round *round, struct arena *arena, FILE *out,
                             struct errinfo *info) {
    struct partner_group *group;
    struct list list;
    uint32_t count, shown = 0;
    enum err code = partner_count_groups(round, arena, &group, &count, info);
    if (code != ERR_OK)
        return code;
    list_init(&list);
    list_column(&list, "by", LIST_TEXT);
    list_column(&list, "group", LIST_TEXT);
    list_column(&list, "firms", LIST_NUMBER);
    list_column(&list, "without", LIST_NUMBER);
    list_column(&list, "mean", LIST_NUMBER);
    list_column(&list, "5 or more, %", LIST_NUMBER);
    for (uint32_t g = 0; g < count; g++) {
        shown = g > 0 && group[g].by == group[g - 1].by ? shown + 1 : 0;
        if (shown >= SHOWN_GROUPS)
            continue;
        list_text(&list, str_of(partner_grouping_code(group[g].by)));
        list_text(&list, group[g].name_en);
        list_int(&list, group[g].firms);
        list_int(&list, group[g].without);
        list_double(&list, (double)group[g].suggestions / group[g].firms, 1);
        list_double(&list, 100.0 * group[g].enough / group[g].firms, 0);
    }
    code = print(&list, out, info);
    list_release(&list);
    return code;
}

static enum err print_gaps(const struct partner_round *round, struct arena *arena, FILE *out,
                           struct errinfo *info) {
    const struct view *view = round->market->view;
    struct partner_gap *gap;
    struct list list;
    uint32_t count, closed = 0;
    enum err code = partner_count_gaps(round, arena, &gap, &count, info);
    if (code != ERR_OK)
        return code;
    for (uint32_t g = 0; g < count; g++)
        closed += gap[g].closed > 0;
    fprintf(out, "\nFirms wait for %u nodes with a gap; for %u of them a pair brings a source.\n",
            count, closed);
    list_init(&list);
    list_column(&list, "node", LIST_TEXT);
    list_column(&list, "gap", LIST_TEXT);
    list_column(&list, "firms waiting", LIST_NUMBER);
    list_column(&list, "with a source", LIST_NUMBER);
    for (uint32_t g = 0; g < closed && g < SHOWN_GAPS; g++) {
        list_text(&list, view->node[gap[g].node].name_en);
        list_text(&list, str_of(words_gap((enum chain_gap_kind)gap[g].kind)));
        list_int(&list, gap[g].waiting);
        list_int(&list, gap[g].closed);
    }
    if (closed > 0)
        code = print(&list, out, info);
    list_release(&list);
    return code;
}

static enum err print_few(const struct partner_round *round, struct arena *arena, FILE *out,
                          struct errinfo *info) {
    struct partner_few *few;
    struct list list;
    uint32_t count;
    enum err code = partner_count_few(round, arena, &few, &count, info);
    if (code != ERR_OK)
        return code;
    fprintf(out, "\n%u firms have fewer than %d.\n", count, PARTNER_ENOUGH);
    list_init(&list);
    list_column(&list, "firm", LIST_TEXT);
    list_column(&list, "suggestions", LIST_NUMBER);
    list_column(&list, "in question", LIST_NUMBER);
    list_column(&list, "why", LIST_TEXT);
    for (uint32_t i = 0; i < count && i < SHOWN_FEW; i++) {
        list_text(&list, firm_name(round->market, few[i].firm));
        list_int(&list, few[i].suggestions);
        list_int(&list, few[i].in_question);
        list_text(&list, str_of(partner_lack_words(few[i].lack, LANG_EN)));
    }
    if (count > 0)
        code = print(&list, out, info);
    list_release(&list);
    return code;
}

enum err match_print_effects(const struct partner_round *round, FILE *out, struct errinfo *info) {
    struct arena arena;
    arena_init(&arena, PRINT_BYTES_MAX);
    enum err code = print_groups(round, &arena, out, info);
    if (code == ERR_OK)
        code = print_gaps(round, &arena, out, info);
    if (code == ERR_OK)
        code = print_few(round, &arena, out, info);
    arena_release(&arena);
    return code;
}

void match_print_comparison(const struct view *view, const struct partner_comparison *c,
                            const char *words, FILE *out) {
    fprintf(out, "\nBeside %s: %u pairs stay, %u come, %u go; the lists of %u firms change.\n",
            words, c->kept, c->appeared, c->gone, c->changes);
    for (uint32_t i = 0; i < c->changes && i < SHOWN_FEW; i++) {
        uint32_t o = u64_map_get(&view->organisation_by_id, (uint64_t)c->change[i].organisation_id);
        if (o != MAP_NONE)
            fprintf(out, "  %.*s: %u stay, %u come, %u go\n",
                    STR_ARG(view_name_en(&view->organisation[o])), c->change[i].kept,
                    c->change[i].appeared, c->change[i].gone);
    }
}

enum err match_print_list(const struct partner_round *round, uint32_t firm, enum lang lang,
                          FILE *out, struct errinfo *info) {
    const struct partner_market *market = round->market;
    struct match_finder *finder;
    struct arena arena;
    enum err code = match_finder_new(market->index, &finder, info);
    arena_init(&arena, PRINT_BYTES_MAX);
    for (uint32_t i = round->list_first[firm]; i < round->list_first[firm + 1] && code == ERR_OK;
         i++) {
        const struct partner_place *place = &round->list[i];
        struct partner_reason reason[MATCH_PARTS];
        struct partner_parts parts;
        struct match_score score;
        uint32_t reasons;
        double total = partner_round_score(finder, &round->settings, firm, place->firm, &score);
        partner_parts_of(market, &score, firm, place->firm, &parts);
        code = partner_words(market->view, &parts, PARTNER_TO_FIRST, round->settings.weight, &arena,
                             reason, &reasons, info);
        struct str name = LANG_PICK(lang, partner_organisation(market, place->firm), name).text;
        fprintf(out, "%3u  %.3f  %.*s\n", i - round->list_first[firm] + 1, total, STR_ARG(name));
        for (uint32_t r = 0; r < reasons && code == ERR_OK; r++)
            fprintf(out, "            %.*s%s\n",
                    STR_ARG(lang == LANG_ZH ? reason[r].words_zh : reason[r].words_en),
                    lang == LANG_ZH ? "。" : ".");
        arena_clear(&arena);
    }
    arena_release(&arena);
    match_finder_free(finder);
    return code;
}

enum err match_print_rounds(const struct partner_round_row *rows, uint32_t count,
                            const char *format, FILE *out, struct errinfo *info) {
    struct list list;
    char when[CLOCK_TEXT_MAX];
    list_init(&list);
    list_column(&list, "round", LIST_NUMBER);
    list_column(&list, "state", LIST_TEXT);
    list_column(&list, "name", LIST_TEXT);
    list_column(&list, "pairs", LIST_NUMBER);
    list_column(&list, "score", LIST_NUMBER);
    list_column(&list, "at most", LIST_NUMBER);
    list_column(&list, "made", LIST_TEXT);
    list_column(&list, "answers until", LIST_TEXT);
    for (uint32_t r = 0; r < count; r++) {
        list_int(&list, rows[r].number);
        list_text(&list, str_of(kind_code(&kind_round_state, rows[r].state)));
        list_text(&list, rows[r].name);
        list_int(&list, rows[r].pairs);
        list_double(&list, rows[r].total, 3);
        list_double(&list, rows[r].bound, 3);
        clock_format(rows[r].created_ms, when);
        list_text(&list, str_of(when));
        if (rows[r].answer_by_ms > 0)
            clock_format(rows[r].answer_by_ms, when);
        list_text(&list, rows[r].answer_by_ms > 0 ? str_of(when) : STR(""));
    }
    enum err code = list_print(&list, format, out, info);
    list_release(&list);
    return code;
}

static void print_parts(const struct partner_round *round, const struct partner_why *why,
                        enum lang lang, FILE *out) {
    fprintf(out, "\n%.3f =", why->total);
    for (int p = 0; p < MATCH_PARTS; p++)
        if (why->score.part[p] > 0)
            fprintf(out, " %s %.3f x %.3f (%s)", p == MATCH_RIVALRY ? "-" : "+",
                    round->settings.weight[p], why->score.part[p],
                    lang == LANG_ZH ? partner_part_name((enum match_part)p, LANG_ZH)
                                    : match_part_code((enum match_part)p));
    fputs("\n\n", out);
}

static enum err print_why(const struct partner_round *round, const struct partner_why *why,
                          enum lang lang, struct arena *arena, FILE *out, struct errinfo *info) {
    struct partner_sentence sentence[PARTNER_SENTENCES_MAX];
    struct partner_reason reason[MATCH_PARTS];
    uint32_t sentences = 0, reasons = 0;
    enum err code =
        partner_why_words(round, why, PARTNER_OF_BOTH, arena, sentence, &sentences, info);
    for (uint32_t i = 0; i < sentences && code == ERR_OK; i++)
        fprintf(out, "%.*s\n", STR_ARG(lang == LANG_ZH ? sentence[i].zh : sentence[i].en));
    if (code == ERR_OK)
        code = partner_words(round->market->view, &why->parts, PARTNER_OF_BOTH,
                             round->settings.weight, arena, reason, &reasons, info);
    if (code == ERR_OK && reasons > 0 && why->total > 0)
        print_parts(round, why, lang, out);
    for (uint32_t r = 0; r < reasons && code == ERR_OK; r++)
        fprintf(out, "  %.*s%s\n",
                STR_ARG(lang == LANG_ZH ? reason[r].words_zh : reason[r].words_en),
                lang == LANG_ZH ? "。" : ".");
    return code;
}

enum err match_print_why(const struct partner_round *round, uint32_t first, uint32_t second,
                         enum lang lang, FILE *out, struct errinfo *info) {
    struct partner_why why;
    struct arena arena;
    arena_init(&arena, PRINT_BYTES_MAX);
    enum err code = partner_why_find(round, first, second, &why, info);
    if (code == ERR_OK)
        code = print_why(round, &why, lang, &arena, out, info);
    arena_release(&arena);
    return code;
}

void match_print_settings(const struct partner_settings *settings, FILE *out) {
    fprintf(out, "suggestions_max=%u\nfloor=%u\nanswer_days=%u\n", settings->suggestions_max,
            settings->floor, settings->answer_days);
    for (int p = 0; p < MATCH_PARTS; p++)
        fprintf(out, "%s=%g\n", match_part_code((enum match_part)p), settings->weight[p]);
}
