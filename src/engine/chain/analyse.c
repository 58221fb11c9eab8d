/*
 * The analysis of an edition, in order: refuse bad input, index the graph, sort the claims into
 * tables, and fill the report's parts, each in a file of its own: coverage.c (who offers, live
 * links, gap states), needs.c (needs that follow), places.c (stages, sums, services), finals.c
 * (what hangs on a node), gaps.c (gaps by importance).
 */
#include "engine/chain/chain.h"

#include "base/mem.h"
#include "base/threads.h"
#include "engine/chain/coverage.h"
#include "engine/chain/index.h"
#include "engine/chain/places.h"
#include "engine/chain/table.h"
#include "engine/chain/validate.h"

void chain_report_free(struct chain_report *report) {
    if (report == NULL)
        return;
    mem_free(report->node);
    mem_free(report->link);
    mem_free(report->chain);
    mem_free(report->place);
    mem_free(report->gap);
    mem_free(report->ecosystem);
    chain_table_release(&report->offers_by_exhibitor);
    chain_table_release(&report->offers_by_node);
    chain_table_release(&report->needs_by_exhibitor);
    chain_table_release(&report->needs_by_node);
    chain_index_free(report->index);
    mem_free(report);
}

struct tables_work {
    struct chain_report *report;
    struct chain_table *stated; /* needs of the register by exhibitor */
    bool done[2];
};

/* Item 0: the tables of offers. Item 1: the register's needs. */
static void build_tables(void *ctx, size_t from, size_t to, uint32_t worker) {
    struct tables_work *work = ctx;
    struct chain_report *report = work->report;
    const struct chain_register *reg = report->input.reg;
    uint32_t nodes = report->input.graph->nodes;
    for (size_t item = from; item < to; item++) {
        struct chain_table stated_by_node = {0};
        struct chain_table *by_node = item == 0 ? &report->offers_by_node : &stated_by_node;
        struct chain_table *by_exhibitor = item == 0 ? &report->offers_by_exhibitor : work->stated;
        work->done[item] = chain_table_by_node(item == 0 ? &reg->offers : &reg->needs,
                                               reg->exhibitors, nodes, by_node) &&
                           chain_table_turn(by_node, reg->exhibitors, by_exhibitor);
        chain_table_release(&stated_by_node);
    }
}

static enum err cover(struct chain_report *report, const struct job *job, struct errinfo *info) {
    struct chain_table stated = {0};
    struct tables_work work = {.report = report, .stated = &stated};
    threads_for(job_threads(job), 2, 1, build_tables, &work);
    enum err err = work.done[0] && work.done[1] ? ERR_OK : err_memory(info);
    if (err == ERR_OK)
        err = chain_cover_offers(report, job, info);
    if (err == ERR_OK) {
        chain_cover_links(report);
        err = chain_follow_needs(report, &stated, job, info);
    }
    if (err == ERR_OK) {
        chain_cover_needs(report, job);
        chain_judge_gaps(report);
    }
    chain_table_release(&stated);
    return err;
}

enum err chain_analyse(const struct chain_input *input, const struct job *job,
                       struct chain_report **out, struct errinfo *info) {
    enum err err = chain_validate(input, info);
    if (err != ERR_OK)
        return err;
    struct chain_report *report = mem_new(1, sizeof(*report));
    if (report == NULL)
        return err_memory(info);
    report->input = *input;
    report->index = chain_index_new(input);
    report->node = mem_new(input->graph->nodes, sizeof(*report->node));
    report->link = mem_new(input->graph->links, sizeof(*report->link));
    if (report->index == NULL || report->node == NULL || report->link == NULL)
        err = err_memory(info);
    if (err == ERR_OK)
        err = cover(report, job, info);
    if (err == ERR_OK)
        err = chain_fill_places(report, job, info);
    if (err == ERR_OK)
        err = chain_rank_gaps(report, info);
    if (err != ERR_OK) {
        chain_report_free(report);
        return err;
    }
    *out = report;
    return ERR_OK;
}

struct chain_positions chain_places_of(const struct chain_report *report, uint32_t node) {
    struct chain_span span = chain_span(report->index->place_offset, report->index->place, node);
    return (struct chain_positions){span.at, span.count};
}

uint32_t chain_of_place(const struct chain_report *report, uint32_t position) {
    uint32_t low = 0, high = report->input.chains;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (report->chain[middle].place_first <= position)
            low = middle;
        else
            high = middle;
    }
    return low;
}
