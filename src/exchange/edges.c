/* Reading pairs: the binary forms in large pieces, the texts line by line. */
#include "exchange/edges.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "exchange/edges_text.h"
#include "exchange/input.h"

enum { MAGIC_BYTES = 8, PIECE_BYTES = 1 << 22 };

static const uint64_t file_bytes_max = UINT64_C(16) << 30;

/* What is read next of a binary file. */
struct binary {
    struct input in;
    uint64_t offset;
    struct errinfo *info;
};

static enum err read_into(struct binary *b, void *out, size_t bytes) {
    char *to = out;
    while (bytes > 0) {
        size_t piece = bytes < PIECE_BYTES ? bytes : PIECE_BYTES, got;
        enum err err = input_read(&b->in, b->offset, to, piece, &got, b->info);
        if (err != ERR_OK)
            return err;
        if (got == 0)
            return err_set(b->info, ERR_INPUT, "the file ends too early");
        b->offset += got;
        to += got;
        bytes -= got;
    }
    return ERR_OK;
}

/* Numbers of `size` bytes each, as this machine has them. */
static enum err read_numbers(struct binary *b, void *out, size_t count, size_t size) {
    enum err err = read_into(b, out, count * size);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    for (unsigned char *p = out, *end = p + count * size; err == ERR_OK && p < end; p += size)
        for (size_t i = 0; i < size / 2; i++) {
            unsigned char swap = p[i];
            p[i] = p[size - 1 - i];
            p[size - 1 - i] = swap;
        }
#endif
    return err;
}

static bool edges_reserve(struct edges *e, bool capacities) {
    size_t n = (size_t)e->vertex_count + 1, m = (size_t)e->count + 1;
    e->u = mem_new(m, sizeof(*e->u));
    e->v = mem_new(m, sizeof(*e->v));
    e->weight = mem_new(m, sizeof(*e->weight));
    if (capacities)
        e->capacity = mem_new(n, sizeof(*e->capacity));
    if (e->two_sides) {
        e->score_u = mem_new(m, sizeof(*e->score_u));
        e->score_v = mem_new(m, sizeof(*e->score_v));
    }
    return e->u != NULL && e->v != NULL && e->weight != NULL &&
           (!capacities || e->capacity != NULL) &&
           (!e->two_sides || (e->score_u != NULL && e->score_v != NULL));
}

/* Ends inside their sides, and sums for scores. */
static enum err finish_binary(struct edges *e, struct errinfo *info) {
    uint32_t left = e->two_sides ? e->left_count : e->vertex_count;
    uint32_t right = e->vertex_count - e->left_count;
    for (uint32_t i = 0; i < e->count; i++) {
        if (e->u[i] >= left || e->v[i] >= right)
            return err_set(info, ERR_INPUT, "pair %u joins %u and %u; there are %u and %u", i,
                           e->u[i], e->v[i], left, right);
        if (e->two_sides) {
            e->v[i] += e->left_count;
            e->weight[i] = (double)e->score_u[i] + (double)e->score_v[i];
        } else if (!isfinite(e->weight[i])) {
            return err_set(info, ERR_INPUT, "pair %u (%u and %u) has no finite weight", i, e->u[i],
                           e->v[i]);
        }
    }
    return ERR_OK;
}

static enum err read_binary(struct binary *b, bool two_sides, struct edges *e) {
    uint64_t head[3] = {0};
    b->offset = MAGIC_BYTES;
    enum err err = read_numbers(b, head, two_sides ? 3 : 2, sizeof(*head));
    if (err != ERR_OK)
        return err;
    uint64_t vertices = two_sides && head[1] <= EDGES_VERTICES_MAX ? head[0] + head[1] : head[0];
    uint64_t count = two_sides ? head[2] : head[1];
    if (head[0] > EDGES_VERTICES_MAX || (two_sides && head[1] > EDGES_VERTICES_MAX) ||
        vertices > EDGES_VERTICES_MAX || count > EDGES_MAX)
        return err_set(
            b->info, ERR_LIMIT, "%llu vertices and %llu pairs; at most %d and %d are possible",
            (unsigned long long)vertices, (unsigned long long)count, EDGES_VERTICES_MAX, EDGES_MAX);
    uint64_t bytes = b->offset + (two_sides ? 4 * vertices + 16 * count : 16 * count);
    if (b->in.size != bytes)
        return err_set(b->info, ERR_INPUT, "the file has %llu bytes; its head promises %llu",
                       (unsigned long long)b->in.size, (unsigned long long)bytes);
    e->two_sides = two_sides;
    e->vertex_count = (uint32_t)vertices;
    e->left_count = two_sides ? (uint32_t)head[0] : 0;
    e->count = (uint32_t)count;
    if (!edges_reserve(e, two_sides))
        return err_memory(b->info);
    if (two_sides)
        err = read_numbers(b, e->capacity, vertices, sizeof(*e->capacity));
    if (err == ERR_OK)
        err = read_numbers(b, e->u, count, sizeof(*e->u));
    if (err == ERR_OK)
        err = read_numbers(b, e->v, count, sizeof(*e->v));
    if (err == ERR_OK && two_sides)
        err = read_numbers(b, e->score_u, count, sizeof(*e->score_u));
    if (err == ERR_OK && two_sides)
        err = read_numbers(b, e->score_v, count, sizeof(*e->score_v));
    if (err == ERR_OK && !two_sides)
        err = read_numbers(b, e->weight, count, sizeof(*e->weight));
    return err == ERR_OK ? finish_binary(e, b->info) : err;
}

enum err edges_read(const char *path, struct edges *edges, struct errinfo *info) {
    *edges = (struct edges){0};
    struct binary b = {.info = info};
    enum err err = input_open(&b.in, path, file_bytes_max, info);
    if (err != ERR_OK)
        return err;
    char magic[MAGIC_BYTES] = {0};
    size_t got = 0;
    err = input_read(&b.in, 0, magic, sizeof(magic), &got, info);
    if (err == ERR_OK && memcmp(magic, "RMATGRF1", sizeof(magic)) == 0)
        err = read_binary(&b, false, edges);
    else if (err == ERR_OK && memcmp(magic, "BUYSUP01", sizeof(magic)) == 0)
        err = read_binary(&b, true, edges);
    else if (err == ERR_OK)
        err = edges_read_text(&b.in, edges, info);
    if (err != ERR_OK) {
        edges_release(edges);
        if (info != NULL && err != ERR_MEMORY)
            err_at(info, path, info->line, info->column);
    }
    input_release(&b.in);
    return err;
}

void edges_release(struct edges *edges) {
    mem_free(edges->capacity);
    mem_free(edges->u);
    mem_free(edges->v);
    mem_free(edges->weight);
    mem_free(edges->score_u);
    mem_free(edges->score_v);
    *edges = (struct edges){0};
}

enum err edges_read_capacities(const char *path, uint32_t vertex_count, uint32_t *capacity,
                               struct errinfo *info) {
    struct input in;
    enum err err = input_open(&in, path, file_bytes_max, info);
    if (err != ERR_OK)
        return err;
    err = edges_read_text_capacities(&in, vertex_count, capacity, info);
    if (err != ERR_OK && info != NULL)
        err_at(info, path, info->line, info->column);
    input_release(&in);
    return err;
}
