/*
 * Import of a large sheet of exhibitors: reading and checking, then the comparison with a store
 * that has none of them, then writing. argv[1] = number of rows (default 200,000).
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "assets/assets.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/rng.h"
#include "service/import.h"
#include "service/seed.h"

static const char *const PATH = "import_bench.db";

static double seconds_since(int64_t start_ns) {
    return (double)(clock_monotonic_ns() - start_ns) / 1e9;
}

static void make_name(struct rng *rng, char *out) {
    static const char *const parts[] = {"ka", "lo",  "mi",  "tan", "ver",
                                        "zu", "shi", "pol", "gra", "den"};
    size_t used = 0;
    for (int i = 0; i < 5; i++)
        used += (size_t)snprintf(out + used, 64 - used, "%s", parts[rng_below(rng, 10)]);
    snprintf(out + used, 64 - used, " %u Ltd.", (unsigned)rng_below(rng, 100000));
}

static void make_sheet(uint32_t rows, struct buf *out) {
    static const char *const countries[] = {"CN", "中国", "USA", "Germany", "日本", "FRA", "U.K."};
    static const char *const areas[] = {"智能汽车链", "Clean Energy Chain", "services",
                                        "绿色农业链展区"};
    struct rng rng;
    char name[64];
    rng_init(&rng, 1);
    buf_add_c(out, "企业名称,Company,国家/地区,展区 Area,届次,规模,展品,offers,website\n");
    for (uint32_t i = 0; i < rows; i++) {
        make_name(&rng, name);
        buf_printf(out,
                   "示例企业%u,%s,%s,%s,\"2023,%s\",大型,\"Ball bearings and pumps, series "
                   "%u\",cmp.bearing,\n",
                   i, name, countries[rng_below(&rng, 7)], areas[rng_below(&rng, 4)],
                   i % 2 == 0 ? "2024" : "2025", i % 1000);
    }
}

static void remove_files(void) {
    static const char *const names[] = {"import_bench.db", "import_bench.db-wal",
                                        "import_bench.db-shm"};
    for (size_t i = 0; i < 3; i++)
        unlink(names[i]);
}

static int run(struct store *store, struct str sheet, bool dry_run) {
    struct import_source source = {.bytes = sheet, .name = "sheet", .sheet = SHEET_EXHIBITORS};
    struct import_request request = {.sources = &source,
                                     .source_count = 1,
                                     .dry_run = dry_run,
                                     .actor = STR("bench"),
                                     .note = STR("bench"),
                                     .at_ms = 1};
    struct import_outcome outcome;
    struct errinfo info;
    struct rusage usage;
    struct job job = {0};
    assets_find(STR("data/model/headers.csv"), &request.headers);
    import_outcome_init(&outcome);
    int64_t start = clock_monotonic_ns();
    enum err code = import_run(store, &request, &outcome, &job, &info);
    double seconds = seconds_since(start);
    getrusage(RUSAGE_SELF, &usage);
    if (code == ERR_OK)
        printf("%-10s %9llu rows %8.2f s %9.0f rows/s %6ld MiB peak %llu changes, %llu errors\n",
               dry_run ? "dry run" : "import", (unsigned long long)outcome.parts[0].plan.records,
               seconds, (double)outcome.parts[0].plan.records / seconds, usage.ru_maxrss / 1024,
               (unsigned long long)outcome.changes,
               (unsigned long long)outcome.parts[0].plan.errors);
    else
        printf("failed: %s\n", info.message);
    import_outcome_release(&outcome);
    return code == ERR_OK ? 0 : 1;
}

int main(int argc, char **argv) {
    uint32_t rows = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 200000;
    struct store *store = NULL;
    struct errinfo info;
    struct buf sheet;
    buf_init(&sheet, (size_t)1 << 31);
    make_sheet(rows, &sheet);
    remove_files();
    int result = 1;
    if (store_create(PATH, &store, &info) == ERR_OK &&
        seed_database(store, STR("bench"), 1, true, NULL, &info) == ERR_OK) {
        result = run(store, buf_str(&sheet), true);
        result |= run(store, buf_str(&sheet), false);
        result |= run(store, buf_str(&sheet), true);
    } else {
        printf("failed: %s\n", info.message);
    }
    store_close(store);
    remove_files();
    buf_release(&sheet);
    return result;
}
