/* Reports of an import: see import_report.h. */
#include "service/import_report.h"

#include "base/json.h"
#include "engine/names/names.h"
#include "service/finding_words.h"

enum { CHINESE_BYTES_MAX = 8192 };

static const struct sheet_kind *kind_of(const struct import_plan *plan) {
    return sheet_kind_of(plan->map.sheet);
}

static struct str header_of(const struct import_plan *plan, uint32_t column) {
    return column < plan->map.column_count ? plan->map.columns[column].header : STR("");
}

/* Chinese -------------------------------------------------------------------------------------- */

/* A sentence of a finding in Chinese, too, under a key of its own; nothing when it has none. */
void import_zh_json(const char *key, struct str english, struct json_out *j) {
    struct buf chinese;
    buf_init(&chinese, CHINESE_BYTES_MAX);
    if (finding_words_zh(english, &chinese))
        json_key_text(j, key, buf_str(&chinese));
    buf_release(&chinese);
}

static void reasons_zh_json(uint32_t reasons, struct json_out *j) {
    struct buf chinese;
    buf_init(&chinese, CHINESE_BYTES_MAX);
    names_say_reasons(reasons, true, &chinese);
    json_key_text(j, "reason_zh", buf_str(&chinese));
    buf_release(&chinese);
}

/* JSON ----------------------------------------------------------------------------------------- */

static void place_json(const struct import_finding *f, struct json_out *j) {
    json_key_i64(j, "record", f->record);
    json_key_i64(j, "line", f->line);
}

static void of_json(const struct import_finding *f, struct json_out *j) {
    json_key(j, "of");
    if (f->of_record > 0)
        json_i64(j, f->of_record);
    else
        json_none(j);
    if (f->of_record > 0)
        json_key_i64(j, "of_line", f->of_line);
    if (f->of_id > 0)
        json_key_i64(j, "of_id", f->of_id);
    if (f->of_name.len > 0)
        json_key_text(j, "of_name", f->of_name);
}

static void cell_json(const struct import_plan *plan, const struct import_finding *f,
                      struct json_out *j) {
    place_json(f, j);
    json_key_text(j, "column", header_of(plan, f->column));
    json_key_text(j, "value", f->value);
    json_key_text(j, "expected", f->expected);
    json_key_text(j, "field", str_of(sheet_field_name(kind_of(plan), f->field)));
    json_key_text(j, "message", f->message);
    import_zh_json("message_zh", f->message, j);
    import_zh_json("expected_zh", f->expected, j);
    if (f->column < plan->map.column_count)
        json_key_i64(j, "column_number", (int64_t)f->column + 1);
}

void import_finding_json(const struct import_plan *plan, const struct import_finding *f,
                         struct json_out *j) {
    json_open(j);
    if (f->kind == FINDING_ERROR || f->kind == FINDING_WARNING) {
        cell_json(plan, f, j);
    } else {
        place_json(f, j);
        if (f->kind != FINDING_SKIP)
            of_json(f, j);
        if (f->kind == FINDING_DUPLICATE) {
            json_key(j, "score");
            /* Two digits say all that the score knows. */
            json_double(j, (double)(int)(f->score * 100 + 0.5F) / 100);
        }
        if (f->kind == FINDING_CONFLICT) {
            json_key(j, "fields");
            json_open_list(j);
            for (uint32_t field = 0; field < EXHIBITOR_FIELDS; field++)
                if ((f->fields >> field & 1) != 0)
                    json_text(j, str_of(sheet_field_name(kind_of(plan), field)));
            json_close_list(j);
        }
        json_key_text(j, "reason", f->message);
        if (f->kind == FINDING_DUPLICATE)
            reasons_zh_json(f->reasons, j);
        else
            import_zh_json("reason_zh", f->message, j);
        import_zh_json("expected_zh", f->expected, j);
        if (f->value.len > 0)
            json_key_text(j, "value", f->value);
        if (f->expected.len > 0)
            json_key_text(j, "expected", f->expected);
    }
    json_close(j);
}

static void findings_json(const struct import_plan *plan, const char *key,
                          enum import_finding_kind kind, struct json_out *j) {
    json_key(j, key);
    json_open_list(j);
    for (size_t i = 0; i < plan->findings.len; i++)
        if (plan->findings.at[i].kind == kind)
            import_finding_json(plan, &plan->findings.at[i], j);
    json_close_list(j);
}

void import_columns_json(const struct import_plan *plan, struct json_out *j) {
    json_key(j, "columns");
    json_open_list(j);
    for (uint32_t c = 0; c < plan->map.column_count; c++) {
        const struct header_column *column = &plan->map.columns[c];
        json_open(j);
        json_key_text(j, "header", column->header);
        json_key_text(j, "field", str_of(sheet_field_name(kind_of(plan), column->field)));
        json_key_text(j, "how", str_of(header_how_name(column->how)));
        json_close(j);
    }
    json_close_list(j);
}

static void changes_json(const struct import_plan *plan, struct json_out *j) {
    json_key(j, "changes");
    json_open_list(j);
    for (size_t i = 0; i < plan->changes.len; i++) {
        const struct import_change *c = &plan->changes.at[i];
        json_open(j);
        json_key_i64(j, "record", plan->rows.at[c->row].record);
        json_key_text(j, "field", str_of(sheet_field_name(kind_of(plan), c->field)));
        if (c->edition_code.len > 0)
            json_key_text(j, "edition", c->edition_code);
        json_key_text(j, "before", c->before);
        json_key_text(j, "after", c->after);
        json_close(j);
    }
    json_close_list(j);
}

static void sheet_json(const struct import_part *part, bool named, struct json_out *json) {
    const struct import_plan *plan = &part->plan;
    json_open(json);
    if (named)
        json_key_text(json, "file", str_of(part->name));
    json_key_text(json, "sheet", str_of(kind_of(plan)->name));
    json_key_i64(json, "records", (int64_t)plan->records);
    json_key_i64(json, "hidden", (int64_t)plan->hidden);
    json_key_i64(json, "new", (int64_t)plan->counts[IMPORT_NEW]);
    json_key_i64(json, "changed", (int64_t)plan->counts[IMPORT_CHANGED]);
    json_key_i64(json, "unchanged", (int64_t)plan->counts[IMPORT_UNCHANGED]);
    findings_json(plan, "errors", FINDING_ERROR, json);
    findings_json(plan, "skipped", FINDING_SKIP, json);
    findings_json(plan, "conflicts", FINDING_CONFLICT, json);
    findings_json(plan, "duplicates", FINDING_DUPLICATE, json);
    findings_json(plan, "warnings", FINDING_WARNING, json);
    json_key_i64(json, "not_listed", (int64_t)plan->dropped);
    json_key_i64(json, "header_line", plan->header_line);
    import_columns_json(plan, json);
    changes_json(plan, json);
    json_close(json);
}

enum err import_report_json(const struct import_outcome *outcome, struct buf *out,
                            struct errinfo *info) {
    struct json_out json;
    bool several = outcome->part_count != 1;
    json_init(&json, out);
    if (several) {
        json_open(&json);
        json_key(&json, "sheets");
        json_open_list(&json);
    }
    for (uint32_t i = 0; i < outcome->part_count; i++)
        sheet_json(&outcome->parts[i], several, &json);
    if (several) {
        json_close_list(&json);
        json_close(&json);
    }
    return buf_error(out, info);
}

/* Text ----------------------------------------------------------------------------------------- */

static void columns_text(const struct import_plan *plan, FILE *out) {
    for (uint32_t c = 0; c < plan->map.column_count; c++) {
        const struct header_column *column = &plan->map.columns[c];
        const char *field = sheet_field_name(kind_of(plan), column->field);
        if (column->how == HEADER_GUESS)
            fprintf(out, "  column %u \"%.*s\" is read as %s: correct it with --map if wrong\n",
                    c + 1, STR_ARG(column->header), field);
        else if (column->how == HEADER_DOUBLE)
            fprintf(out, "  column %u \"%.*s\" is left out: another column gives the same\n", c + 1,
                    STR_ARG(column->header));
        else if (column->how == HEADER_AMBIGUOUS || column->how == HEADER_UNKNOWN)
            fprintf(out,
                    "  column %u \"%.*s\" is not understood: name it with --map \"%.*s=field\"\n",
                    c + 1, STR_ARG(column->header), STR_ARG(column->header));
    }
}

static void finding_text(const struct import_plan *plan, const struct import_finding *f,
                         FILE *out) {
    fprintf(out, "  record %u, line %u", f->record, f->line);
    if (f->column < plan->map.column_count)
        fprintf(out, ", column \"%.*s\"", STR_ARG(header_of(plan, f->column)));
    fprintf(out, ": %.*s", STR_ARG(f->message));
    if (f->kind == FINDING_CONFLICT || f->kind == FINDING_DUPLICATE) {
        if (f->value.len > 0)
            fprintf(out, ": \"%.*s\"", STR_ARG(f->value));
        if (f->of_record > 0)
            fprintf(out, " and record %u, line %u", f->of_record, f->of_line);
        else if (f->of_id > 0)
            fprintf(out, " and organisation %lld of the database", (long long)f->of_id);
        if (f->kind == FINDING_DUPLICATE)
            fprintf(out, " (%.2f)", (double)f->score);
    }
    fputc('\n', out);
    if (f->expected.len > 0)
        fprintf(out, "      %.*s\n", STR_ARG(f->expected));
}

static void findings_text(const struct import_plan *plan, const char *title,
                          enum import_finding_kind kind, uint32_t limit, FILE *out) {
    uint64_t count = 0;
    for (size_t i = 0; i < plan->findings.len; i++) {
        if (plan->findings.at[i].kind != kind)
            continue;
        if (count++ == 0)
            fprintf(out, "%s:\n", title);
        if (count <= limit)
            finding_text(plan, &plan->findings.at[i], out);
    }
    if (count > limit)
        fprintf(out, "  and %llu more\n", (unsigned long long)(count - limit));
}

static void sheet_text(const struct import_part *part, uint32_t limit, FILE *out) {
    const struct import_plan *plan = &part->plan;
    if (part->name != NULL)
        fprintf(out, "%s: ", part->name);
    fprintf(out, "%llu records of %s:", (unsigned long long)plan->records, kind_of(plan)->name);
    for (int i = 0; i < IMPORT_CLASSES; i++)
        if (plan->counts[i] > 0 || i <= IMPORT_UNCHANGED)
            fprintf(out, "%s %llu %s", i > 0 ? "," : "", (unsigned long long)plan->counts[i],
                    import_class_name((enum import_class)i));
    fputc('\n', out);
    if (plan->hidden > 0)
        fprintf(out, "  records in rows that the spreadsheet hides: %llu\n",
                (unsigned long long)plan->hidden);
    columns_text(plan, out);
    findings_text(plan, "Wrong", FINDING_ERROR, limit, out);
    findings_text(plan, "In conflict", FINDING_CONFLICT, limit, out);
    findings_text(plan, "Probably the same firm", FINDING_DUPLICATE, limit, out);
    findings_text(plan, "To look at", FINDING_WARNING, limit, out);
    findings_text(plan, "Skipped", FINDING_SKIP, limit, out);
    if (plan->dropped > 0)
        fprintf(out, "%llu further findings are not listed\n", (unsigned long long)plan->dropped);
}

void import_report_text(const struct import_outcome *outcome, uint32_t limit, FILE *out) {
    for (uint32_t i = 0; i < outcome->part_count; i++)
        sheet_text(&outcome->parts[i], limit, out);
}
