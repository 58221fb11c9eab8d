/* How fast editions are generated: rows and bytes a second, and the memory that takes. */
#include <stdio.h>
#include <sys/resource.h>

#include "base/clock.h"
#include "service/sample/catalogue.h"

struct total {
    uint64_t rows, bytes;
};

static enum err count(void *ctx, enum sample_sheet sheet, struct str record, struct errinfo *info) {
    struct total *total = ctx;
    total->rows++;
    total->bytes += record.len;
    return ERR_OK;
}

static enum err measure(const struct sample_catalogue *catalogue, uint32_t exhibitors,
                        uint32_t partners, struct errinfo *info) {
    struct sample_options options = {
        .seed = 1, .exhibitors = exhibitors, .partners = partners, .edition = 2024};
    struct total total = {0, 0};
    struct rusage usage;
    int64_t start = clock_monotonic_ns();
    enum err code = sample_generate(
        &options, catalogue, (struct sample_sink){.write = count, .ctx = &total}, NULL, info);
    double seconds = (double)(clock_monotonic_ns() - start) / 1e9;
    getrusage(RUSAGE_SELF, &usage);
    printf("%10u %10u %12llu %9.3f %12.0f %9.0f %9ld\n", exhibitors, partners,
           (unsigned long long)total.rows, seconds, (double)total.rows / seconds,
           (double)total.bytes / 1e6 / seconds, usage.ru_maxrss / 1024);
    return code;
}

int main(void) {
    static const uint32_t sizes[][2] = {{620, 400}, {100000, 0}, {1000000, 0}};
    struct sample_catalogue catalogue;
    struct arena arena;
    struct errinfo info;
    char words[1200];
    arena_init(&arena, SAMPLE_CATALOGUE_BYTES_MAX);
    enum err code = sample_catalogue_load(&catalogue, &arena, &info);
    printf("%10s %10s %12s %9s %12s %9s %9s\n", "exhibitors", "partners", "rows", "s", "rows/s",
           "MB/s", "MiB peak");
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]) && code == ERR_OK; i++)
        code = measure(&catalogue, sizes[i][0], sizes[i][1], &info);
    if (code != ERR_OK) {
        err_format(&info, words, sizeof(words));
        fprintf(stderr, "%s\n", words);
    }
    arena_release(&arena);
    return code == ERR_OK ? 0 : 1;
}
