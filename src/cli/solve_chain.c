/* Measures alone: see solve_chain.h. Names are kept in an arena, numbered in the order in which
 * they come, and the engine gets arrays of numbers. */
#include "cli/solve_chain.h"

#include <math.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/vec.h"
#include "engine/chain/trophic.h"
#include "engine/chain/upstreamness.h"
#include "exchange/table_read.h"

/* A network of a million nodes with ten million links as text. */
static const struct table_options options = {
    .limits = {.rows = UINT64_C(100000000), .bytes = UINT64_C(8000000000), .columns = 20000},
};
static const size_t names_bytes_max = (size_t)4 << 30;

/* Texts numbered in the order in which they come. */
struct names {
    struct arena *arena;
    struct str_map number;
    VEC(struct str)
    name;
};

/* The number of `name`, a new one when it is new; MAP_NONE when memory is short. */
static uint32_t number_of(struct names *names, struct str name) {
    uint32_t number = str_map_get(&names->number, name);
    if (number != MAP_NONE)
        return number;
    struct str copy = arena_copy(names->arena, name);
    number = (uint32_t)names->name.len;
    if (copy.ptr == NULL || !vec_push(&names->name, copy) ||
        !str_map_put(&names->number, copy, number))
        return MAP_NONE;
    return number;
}

static void names_release(struct names *names) {
    str_map_release(&names->number);
    vec_free(&names->name);
}

static enum err read_number(const char *path, const struct table_row *row, uint32_t column,
                            double *value, struct errinfo *info) {
    struct str cell = column < row->count ? str_trim(row->cells[column]) : (struct str){"", 0};
    if (str_to_double(cell, value) && isfinite(*value))
        return ERR_OK;
    enum err err = err_set(info, ERR_INPUT, "\"%.*s\" is not a number",
                           cell.len < 80 ? (int)cell.len : 80, cell.ptr);
    err_hint(info, "Write it with digits and a point, for example 12.5");
    err_at(info, path, row->line, (long)column + 1);
    return err;
}

/* The column with this header, or UINT32_MAX. */
static uint32_t find_column(const struct table_row *header, const char *name) {
    for (uint32_t i = 0; i < header->count; i++)
        if (str_equal_nocase(str_trim(header->cells[i]), str_of(name)))
            return i;
    return UINT32_MAX;
}

static enum err need_column(const char *path, const struct table_row *header, const char *name,
                            const char *format, uint32_t *column, struct errinfo *info) {
    *column = find_column(header, name);
    if (*column != UINT32_MAX)
        return ERR_OK;
    enum err err = err_set(info, ERR_INPUT, "there is no column \"%s\"", name);
    err_hint(info, "Expected the columns %s", format);
    err_at(info, path, header->line, 0);
    return err;
}

static enum err read_header(const char *path, struct table **table, struct table_row *row,
                            struct errinfo *info) {
    bool end = false;
    enum err err = table_open(path, &options, table, info);
    if (err == ERR_OK)
        err = table_next(*table, row, &end, info);
    if (err == ERR_OK && end) {
        err = err_set(info, ERR_INPUT, "the file is empty");
        err_at(info, path, 0, 0);
    }
    return err;
}

/* Whether a row has nothing in it. */
static bool is_blank(const struct table_row *row) {
    for (uint32_t i = 0; i < row->count; i++)
        if (str_trim(row->cells[i]).len > 0)
            return false;
    return true;
}

static void print_name(FILE *out, struct str name) {
    for (size_t i = 0; i < name.len; i++)
        fputc(strchr("\t\r\n", name.ptr[i]) != NULL ? ' ' : name.ptr[i], out);
}

/* 12 decimals, and no "-0.000000000000". */
static void print_value(FILE *out, double value) {
    fprintf(out, "\t%.12f", fabs(value) < 5e-13 ? 0.0 : value);
}

static enum err finish(FILE *out, struct errinfo *info) {
    return fflush(out) == 0 && !ferror(out) ? ERR_OK : err_errno(info, "write", "the result");
}

/* ---- links ---- */

struct network {
    struct str name;
    struct names nodes;
    VEC(uint32_t)
    supplier;
    VEC(uint32_t)
    customer;
    VEC(double)
    weight;
};

struct networks {
    struct arena arena;
    struct names names;
    VEC(struct network)
    at;
};

static void networks_release(struct networks *networks) {
    for (size_t i = 0; i < networks->at.len; i++) {
        struct network *network = &networks->at.at[i];
        names_release(&network->nodes);
        vec_free(&network->supplier);
        vec_free(&network->customer);
        vec_free(&network->weight);
    }
    vec_free(&networks->at);
    names_release(&networks->names);
    arena_release(&networks->arena);
}

/* Where the link columns are; UINT32_MAX = not there. */
struct link_columns {
    uint32_t graph, supplier, customer, weight;
};

static struct network *network_of(struct networks *networks, struct str name) {
    uint32_t number = number_of(&networks->names, name);
    if (number == MAP_NONE)
        return NULL;
    if (number == networks->at.len) {
        struct network fresh = {.name = networks->names.name.at[number],
                                .nodes = {.arena = &networks->arena}};
        if (!vec_push(&networks->at, fresh))
            return NULL;
    }
    return &networks->at.at[number];
}

static enum err add_link(const char *path, const struct table_row *row, struct link_columns column,
                         struct networks *networks, struct errinfo *info) {
    double weight = 1;
    struct str end[2];
    for (int i = 0; i < 2; i++) {
        uint32_t at = i == 0 ? column.supplier : column.customer;
        end[i] = at < row->count ? str_trim(row->cells[at]) : (struct str){"", 0};
        if (end[i].len == 0) {
            enum err err =
                err_set(info, ERR_INPUT, "the link has no %s", i == 0 ? "supplier" : "customer");
            err_at(info, path, row->line, (long)at + 1);
            return err;
        }
    }
    enum err err =
        column.weight != UINT32_MAX ? read_number(path, row, column.weight, &weight, info) : ERR_OK;
    if (err == ERR_OK && weight <= 0) {
        err = err_set(info, ERR_INPUT, "the weight %g is not positive", weight);
        err_at(info, path, row->line, (long)column.weight + 1);
    }
    if (err != ERR_OK)
        return err;
    struct network *network = network_of(
        networks, column.graph < row->count ? str_trim(row->cells[column.graph]) : STR("-"));
    if (network == NULL)
        return err_memory(info);
    uint32_t supplier = number_of(&network->nodes, end[0]);
    uint32_t customer = number_of(&network->nodes, end[1]);
    if (supplier == MAP_NONE || customer == MAP_NONE || !vec_push(&network->supplier, supplier) ||
        !vec_push(&network->customer, customer) || !vec_push(&network->weight, weight))
        return err_memory(info);
    return ERR_OK;
}

static enum err read_links(const char *path, struct networks *networks, struct errinfo *info) {
    static const char format[] = "supplier, customer and, if wanted, graph and weight";
    struct table *table = NULL;
    struct table_row row;
    struct link_columns column = {UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX};
    bool end = false;
    enum err err = read_header(path, &table, &row, info);
    if (err == ERR_OK)
        err = need_column(path, &row, "supplier", format, &column.supplier, info);
    if (err == ERR_OK)
        err = need_column(path, &row, "customer", format, &column.customer, info);
    if (err == ERR_OK) {
        column.graph = find_column(&row, "graph");
        column.weight = find_column(&row, "weight");
    }
    while (err == ERR_OK) {
        err = table_next(table, &row, &end, info);
        if (err != ERR_OK || end)
            break;
        if (!is_blank(&row))
            err = add_link(path, &row, column, networks, info);
    }
    table_close(table);
    return err;
}

static enum err print_levels(const struct network *network, FILE *out, struct errinfo *info) {
    struct trophic_network links = {
        .nodes = (uint32_t)network->nodes.name.len,
        .links = network->supplier.len,
        .supplier = network->supplier.at,
        .customer = network->customer.at,
        .weight = network->weight.at,
    };
    struct trophic_result result;
    double *level = mem_new(links.nodes, sizeof(*level));
    if (level == NULL)
        return err_memory(info);
    enum err err = trophic_levels(&links, NULL, level, NULL, &result, info);
    for (uint32_t i = 0; i < links.nodes && err == ERR_OK; i++) {
        print_name(out, network->name);
        fputc('\t', out);
        print_name(out, network->nodes.name.at[i]);
        print_value(out, level[i]);
        print_value(out, result.incoherence);
        fputc('\n', out);
    }
    mem_free(level);
    return err;
}

enum err solve_trophic(const char *path, FILE *out, struct errinfo *info) {
    struct networks networks = {0};
    arena_init(&networks.arena, names_bytes_max);
    networks.names.arena = &networks.arena;
    enum err err = read_links(path, &networks, info);
    if (err == ERR_OK)
        fputs("graph\tnode\ttrophic_level\tF0\n", out);
    for (size_t i = 0; i < networks.at.len && err == ERR_OK; i++)
        err = print_levels(&networks.at.at[i], out, info);
    if (err == ERR_OK)
        err = finish(out, info);
    networks_release(&networks);
    return err;
}

/* ---- input-output table ---- */

enum total { EXPORTS, IMPORTS, INVENTORY, OUTPUT, TOTALS };

static const char *const total_name[TOTALS] = {"exports", "imports", "inventory", "output"};

struct sectors {
    struct arena arena;
    struct names headers; /* number = column */
    struct names names;   /* sectors; number = row */
    uint32_t name_column;
    uint32_t total_column[TOTALS];
    VEC(double)
    total[TOTALS];
    VEC(uint32_t)
    seller;
    VEC(uint32_t)
    buyer;
    VEC(double)
    value;
};

static void sectors_release(struct sectors *s) {
    names_release(&s->headers);
    names_release(&s->names);
    for (int i = 0; i < TOTALS; i++)
        vec_free(&s->total[i]);
    vec_free(&s->seller);
    vec_free(&s->buyer);
    vec_free(&s->value);
    arena_release(&s->arena);
}

static enum err read_headers(const char *path, const struct table_row *header, struct sectors *s,
                             struct errinfo *info) {
    static const char format[] =
        "sector, one for each sector, exports, imports, inventory and output";
    enum err err = need_column(path, header, "sector", format, &s->name_column, info);
    for (int i = 0; i < TOTALS && err == ERR_OK; i++)
        err = need_column(path, header, total_name[i], format, &s->total_column[i], info);
    for (uint32_t i = 0; i < header->count && err == ERR_OK; i++) {
        uint32_t number = number_of(&s->headers, str_trim(header->cells[i]));
        if (number == MAP_NONE)
            return err_memory(info);
        if (number != i) {
            err = err_set(info, ERR_INPUT, "two columns have the same header");
            err_at(info, path, header->line, (long)i + 1);
        }
    }
    return err;
}

/* First time through: the sectors, each with a column of its own. */
static enum err add_sector(const char *path, const struct table_row *row, struct sectors *s,
                           struct errinfo *info) {
    uint32_t expected = (uint32_t)s->names.name.len;
    struct str name =
        s->name_column < row->count ? str_trim(row->cells[s->name_column]) : (struct str){"", 0};
    uint32_t number = number_of(&s->names, name);
    if (number == MAP_NONE)
        return err_memory(info);
    bool has_column = str_map_get(&s->headers.number, name) != MAP_NONE;
    if (number == expected && has_column)
        return ERR_OK;
    enum err err =
        err_set(info, ERR_INPUT, "sector \"%.*s\" %s", name.len < 80 ? (int)name.len : 80, name.ptr,
                number != expected ? "comes twice" : "has no column of its own");
    err_at(info, path, row->line, (long)s->name_column + 1);
    return err;
}

/* Second time through: the numbers. A blank use is none. */
static enum err add_uses(const char *path, const struct table_row *row, struct sectors *s,
                         struct errinfo *info) {
    uint32_t seller = (uint32_t)s->total[0].len;
    for (uint32_t i = 0; i < row->count && i < s->headers.name.len; i++) {
        double value = 0;
        uint32_t buyer = str_map_get(&s->names.number, s->headers.name.at[i]);
        if (buyer == MAP_NONE || str_trim(row->cells[i]).len == 0)
            continue;
        enum err err = read_number(path, row, i, &value, info);
        if (err != ERR_OK)
            return err;
        if (value != 0 && (!vec_push(&s->seller, seller) || !vec_push(&s->buyer, buyer) ||
                           !vec_push(&s->value, value)))
            return err_memory(info);
    }
    for (int i = 0; i < TOTALS; i++) {
        double value = 0;
        enum err err = read_number(path, row, s->total_column[i], &value, info);
        if (err != ERR_OK)
            return err;
        if (!vec_push(&s->total[i], value))
            return err_memory(info);
    }
    return ERR_OK;
}

typedef enum err row_reader(const char *path, const struct table_row *row, struct sectors *s,
                            struct errinfo *info);

/* Gives every row that is not blank to `read`. */
static enum err read_rows(const char *path, struct table *table, row_reader *read,
                          struct sectors *s, struct errinfo *info) {
    struct table_row row;
    bool end = false;
    enum err err = ERR_OK;
    while (err == ERR_OK) {
        err = table_next(table, &row, &end, info);
        if (err != ERR_OK || end)
            break;
        if (!is_blank(&row))
            err = read(path, &row, s, info);
    }
    return err;
}

static enum err read_sectors(const char *path, struct sectors *s, struct errinfo *info) {
    struct table *table = NULL;
    struct table_row header;
    bool end = false;
    enum err err = read_header(path, &table, &header, info);
    if (err == ERR_OK)
        err = read_headers(path, &header, s, info);
    if (err == ERR_OK)
        err = read_rows(path, table, add_sector, s, info);
    if (err == ERR_OK)
        err = table_rewind(table, info);
    if (err == ERR_OK)
        err = table_next(table, &header, &end, info);
    if (err == ERR_OK)
        err = read_rows(path, table, add_uses, s, info);
    table_close(table);
    return err;
}

/* Trophic levels of the positive uses, which are put in front. */
static enum err measure_levels(struct sectors *s, double *level, struct trophic_result *result,
                               struct errinfo *info) {
    size_t positive = 0;
    for (size_t i = 0; i < s->value.len; i++)
        if (s->value.at[i] > 0) {
            s->seller.at[positive] = s->seller.at[i];
            s->buyer.at[positive] = s->buyer.at[i];
            s->value.at[positive++] = s->value.at[i];
        }
    struct trophic_network network = {
        .nodes = (uint32_t)s->names.name.len,
        .links = positive,
        .supplier = s->seller.at,
        .customer = s->buyer.at,
        .weight = s->value.at,
    };
    return trophic_levels(&network, NULL, level, NULL, result, info);
}

static enum err print_measures(struct sectors *s, FILE *out, struct errinfo *info) {
    uint32_t sectors = (uint32_t)s->names.name.len;
    struct upstreamness_table table = {
        .sectors = sectors,
        .uses = s->value.len,
        .seller = s->seller.at,
        .buyer = s->buyer.at,
        .value = s->value.at,
        .output = s->total[OUTPUT].at,
        .exports = s->total[EXPORTS].at,
        .imports = s->total[IMPORTS].at,
        .inventory = s->total[INVENTORY].at,
    };
    struct trophic_result result;
    double *up = mem_new(sectors, 3 * sizeof(*up));
    if (up == NULL)
        return err_memory(info);
    double *down = up + sectors, *level = down + sectors;
    enum err err = upstreamness_measure(&table, NULL, up, down, info);
    if (err == ERR_OK)
        err = measure_levels(s, level, &result, info);
    if (err == ERR_OK)
        fprintf(out, "# F0 %.12f\nsector\tupstreamness\tdownstreamness\ttrophic_level\n",
                result.incoherence);
    for (uint32_t i = 0; i < sectors && err == ERR_OK; i++) {
        print_name(out, s->names.name.at[i]);
        print_value(out, up[i]);
        print_value(out, down[i]);
        print_value(out, level[i]);
        fputc('\n', out);
    }
    mem_free(up);
    return err;
}

enum err solve_upstreamness(const char *path, FILE *out, struct errinfo *info) {
    struct sectors s = {0};
    arena_init(&s.arena, names_bytes_max);
    s.headers.arena = s.names.arena = &s.arena;
    enum err err = read_sectors(path, &s, info);
    if (err == ERR_OK)
        err = print_measures(&s, out, info);
    if (err == ERR_OK)
        err = finish(out, info);
    sectors_release(&s);
    return err;
}
