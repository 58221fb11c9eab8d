/* The sheet of exhibits of a generated edition: see parts.h. */
#include <stdio.h>

#include "service/sample/parts.h"

static const char *draw_debut(struct rng *rng) {
    uint32_t at = rng_below(rng, 100); /* 11 of 108 exhibits of the sample were first shown there */
    return at < 10 ? "expo" : at < 13 ? "china" : at < 15 ? "world" : "";
}

/* A claim stands on words or on an address; one in eight comes without any. */
static void add_proof(struct sample_run *run, const char *debut) {
    static const char *const proofs[] = {"declared by the exhibitor",
                                         "registered with the organiser",
                                         "test report of the exhibitor"};
    uint32_t at = rng_below(&run->rng, 8);
    char address[64];
    snprintf(address, sizeof(address), "https://expo.example/debuts/%llu",
             (unsigned long long)run->counts.debuts);
    sample_cell_c(&run->record, debut[0] == '\0' ? ""
                                : at < 3         ? proofs[at]
                                : at < 7         ? address
                                                 : "");
}

enum err sample_exhibit_write(struct sample_run *run, const struct sample_exhibit *exhibit,
                              struct errinfo *info) {
    const struct sample_node *what = &run->catalogue->nodes[exhibit->node];
    const char *debut = draw_debut(&run->rng);
    struct buf *r = &run->record;
    buf_clear(&run->en);
    buf_clear(&run->zh);
    sample_text_exhibit(&run->rng, what, exhibit->index, &run->en, &run->zh);
    sample_cell_c(r, run->edition);
    sample_cell_c(r, exhibit->exhibitor);
    sample_cell_c(r, exhibit->pavilion);
    sample_cell(r, exhibit->field);
    sample_cell(r, buf_str(&run->en));
    sample_cell(r, buf_str(&run->zh));
    sample_cell(r, what->code);
    buf_clear(&run->en);
    buf_clear(&run->zh);
    if (rng_below(&run->rng, 3) == 0)
        sample_text_claim(&run->rng, what->kind, &run->en, &run->zh);
    sample_cell(r, buf_str(&run->en));
    sample_cell(r, buf_str(&run->zh));
    sample_cell_c(r, debut);
    add_proof(run, debut);
    sample_cell_c(r, "reported");
    sample_cell_c(r, run->source);
    run->counts.exhibits++;
    run->counts.debuts += debut[0] != '\0';
    return sample_send(run->sink, SAMPLE_EXHIBITS, r, info);
}
