/*
 * Any bytes as a file of weighted pairs: what is accepted has its ends inside, no loop and finite
 * weights, and every refusal has words.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "exchange/edges.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char path[] = "/tmp/fairlead-edges-XXXXXX";
    int fd = mkstemp(path);
    if (fd < 0 || write(fd, data, size) != (ssize_t)size)
        abort();
    close(fd);
    struct edges edges;
    struct errinfo info;
    errinfo_init(&info);
    enum err err = edges_read(path, &edges, &info);
    if (err != ERR_OK && info.message[0] == '\0')
        __builtin_trap();
    for (uint32_t e = 0; err == ERR_OK && e < edges.count; e++)
        if (edges.u[e] >= edges.vertex_count || edges.v[e] >= edges.vertex_count ||
            !isfinite(edges.weight[e]))
            __builtin_trap();
    if (err == ERR_OK)
        edges_release(&edges);
    unlink(path);
    return 0;
}
