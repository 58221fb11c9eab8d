/* The plan's own memory, findings and counts: see import_plan.h. */
#include "service/import_plan.h"

#include "base/mem.h"

/* What a plan may take for texts; 1,000,000 usual rows need about a third of it. */
#define PLAN_BYTES_MAX ((size_t)3 * 1024 * 1024 * 1024)

void import_plan_init(struct import_plan *plan) {
    *plan = (struct import_plan){.default_edition = IMPORT_NONE};
    arena_init(&plan->arena, PLAN_BYTES_MAX);
}

void import_plan_release(struct import_plan *plan) {
    vec_free(&plan->rows);
    vec_free(&plan->nodes);
    vec_free(&plan->inferred);
    vec_free(&plan->findings);
    vec_free(&plan->changes);
    arena_release(&plan->arena);
}

/* A text in a finding, cut to what a person reads in a table. */
static bool keep_text(struct import_plan *plan, struct str *text) {
    enum { SHOWN_BYTES = 600 };
    struct str s = *text;
    if (s.len > SHOWN_BYTES) {
        s.len = SHOWN_BYTES;
        while (s.len > 0 && ((unsigned char)s.ptr[s.len] & 0xC0) == 0x80)
            s.len--;
    }
    *text = s.len > 0 ? arena_copy(&plan->arena, s) : STR("");
    return text->ptr != NULL;
}

enum err import_plan_add(struct import_plan *plan, const struct import_finding *finding,
                         struct errinfo *info) {
    plan->errors += finding->kind == FINDING_ERROR;
    plan->warnings += finding->kind == FINDING_WARNING;
    if (plan->findings.len >= IMPORT_DETAILS_MAX) {
        plan->dropped++;
        return ERR_OK;
    }
    struct import_finding copy = *finding;
    if (!keep_text(plan, &copy.value) || !keep_text(plan, &copy.message) ||
        !keep_text(plan, &copy.expected) || !keep_text(plan, &copy.of_name) ||
        !vec_push(&plan->findings, copy))
        return err_memory(info);
    return ERR_OK;
}

static int by_record(const void *a, const void *b) {
    const struct import_finding *x = a, *y = b;
    if (x->record != y->record)
        return x->record < y->record ? -1 : 1;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return x->column < y->column ? -1 : x->column > y->column;
}

void import_plan_sort(struct import_plan *plan) {
    if (plan->findings.len > 1)
        qsort(plan->findings.at, plan->findings.len, sizeof(*plan->findings.at), by_record);
}

void import_plan_classify(struct import_plan *plan, struct import_exhibitor *row,
                          enum import_class class_of) {
    plan->counts[row->class_of]--;
    plan->counts[class_of]++;
    row->class_of = (uint8_t)class_of;
}

uint32_t import_plan_row(const struct import_plan *plan, uint32_t record) {
    size_t low = 0, high = plan->rows.len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (plan->rows.at[middle].record < record)
            low = middle + 1;
        else
            high = middle;
    }
    return low < plan->rows.len && plan->rows.at[low].record == record ? (uint32_t)low
                                                                       : IMPORT_NONE;
}

bool import_plan_writes(const struct import_exhibitor *row) {
    return row->class_of == IMPORT_NEW || row->class_of == IMPORT_CHANGED ||
           row->class_of == IMPORT_DUPLICATE;
}

const char *import_class_name(enum import_class class_of) {
    static const char *const names[IMPORT_CLASSES] = {"new",     "changed",  "unchanged", "error",
                                                      "skipped", "conflict", "duplicate"};
    return names[class_of];
}
