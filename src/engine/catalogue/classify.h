/*
 * From words to the catalogue: which nodes a text names.
 *
 * An exhibitor writes "wall-climbing inspection robot", "锂离子电池隔膜" or "SiC modules, chassis
 * parts; HS 8507.60", and gets the nodes that are meant, each with a score, the words that decided
 * and, further down the list, the alternatives. English, Chinese and both mixed. A text may name
 * several products: hits are ranked over the whole text, and each that was clearly named is
 * asserted.
 *
 * Score: the chance that a reader who knows the trade would put the node on the text, measured on
 * labelled texts (tests/engine/catalogue/README.md). From CLASSIFY_SURE_FROM on a node is asserted;
 * from CLASSIFY_ASK_FROM on it should be asked about; below that it is only an alternative to
 * offer in a list. Codes of HS and CPC in the text are a hint and never reach an assertion
 * alone.
 *
 * Any catalogue may be given: nothing here knows one. The lexicon is optional general knowledge of
 * language (see enum classify_relation); without it the classifier works, but knows fewer wordings.
 *
 * Life cycle: classifier_new, then per thread classify_scratch_new; any number of classify_text.
 * Thread rule: a classifier never changes and serves any number of threads; a scratch serves one.
 */
#ifndef FAIRLEAD_ENGINE_CATALOGUE_CLASSIFY_H
#define FAIRLEAD_ENGINE_CATALOGUE_CLASSIFY_H

#include "base/err.h"
#include "base/str.h"

enum {
    CLASSIFY_HITS_MAX = 8,
    CLASSIFY_SPANS_MAX = 4,
    CLASSIFY_NODES_MAX = 1000000, /* of a catalogue */
    CLASSIFY_TEXT_MAX = 1 << 20, /* bytes of one text; ten times the longest cell an import takes */
};

#define CLASSIFY_SURE_FROM 0.6F
#define CLASSIFY_ASK_FROM 0.3F

/* A node of the catalogue. Any text may be empty. */
struct classify_node {
    struct str name_en, name_zh;
    struct str synonyms_en, synonyms_zh; /* separated by ";" */
    struct str hs2022, cpc21;            /* codes without dots, separated by blanks */
    struct str kind;                     /* a word such as "equipment"; only compared */
};

/* What a row of the lexicon says. */
enum classify_relation {
    CLASSIFY_SAME,   /* `from` and `to` mean the same: "lorry" and "truck" */
    CLASSIFY_FILLER, /* `from` says nothing about a product: "leading", "solutions", "展台" */
    CLASSIFY_KIND,   /* `from` at the end of a name makes it the kind `to`: "machines", "设备" */
    CLASSIFY_SEEKS,  /* after `from` stands what is wanted, not offered: "looking for" */
    CLASSIFY_WORD,   /* `from` in small letters is an everyday word: "his", whatever HIS is */
    CLASSIFY_SECOND, /* the abbreviation `from` has a second meaning and needs support */
    CLASSIFY_NAMES,  /* `from` alone commonly means the wording `to`: "steel", a steel plate */
    CLASSIFY_ISA,    /* `from` is one of the things that the wording `to` names: "mango", a fruit */
};

struct classify_lexeme {
    enum classify_relation relation;
    struct str from, to; /* `to` is used by SAME, KIND, NAMES and ISA only */
};

/* Bytes [from, to) of the original text. */
struct classify_span {
    uint32_t from, to;
};

struct classify_hit {
    uint32_t node;
    float score;   /* 0 to 1 */
    bool asserted; /* score >= CLASSIFY_SURE_FROM */
    uint32_t span_count;
    struct classify_span spans[CLASSIFY_SPANS_MAX]; /* what decided; ascending, apart */
};

enum classify_verdict {
    CLASSIFY_NOTHING, /* no node reaches CLASSIFY_ASK_FROM */
    CLASSIFY_UNSURE,  /* at least one does, none is asserted: ask */
    CLASSIFY_SURE,    /* at least one node is asserted */
};

struct classify_result {
    enum classify_verdict verdict;
    uint32_t hit_count;
    struct classify_hit hits[CLASSIFY_HITS_MAX]; /* best first */
};

struct classifier;
struct classify_scratch;

/* "same", "filler", "kind", "seeks", "word", "second", "names",
 * "isa": the words of a lexicon file. */
bool classify_relation_of(struct str word, enum classify_relation *out);

/*
 * Builds a classifier; copies what it needs. ERR_LIMIT above CLASSIFY_NODES_MAX or for a name
 * above CLASSIFY_TEXT_MAX, ERR_MEMORY. About linear in the bytes of both inputs.
 */
enum err classifier_new(const struct classify_node *nodes, uint32_t count,
                        const struct classify_lexeme *lexicon, uint32_t lexicon_count,
                        struct classifier **out, struct errinfo *info) ERR_CHECK;
void classifier_free(struct classifier *c);

/* Working memory for this classifier; it grows with the longest text. */
enum err classify_scratch_new(const struct classifier *c, struct classify_scratch **out,
                              struct errinfo *info) ERR_CHECK;
void classify_scratch_free(struct classify_scratch *s);

/*
 * Classifies one text, of any bytes. `prior` may be NULL or hold one factor >= 0 per node (1 =
 * no opinion), for example more for the nodes of the exhibitor's area: it moves scores that are not
 * certain and never creates a hit. ERR_LIMIT above CLASSIFY_TEXT_MAX, ERR_MEMORY; `out` is then
 * untouched. O(bytes) plus the nodes that share words with the text.
 */
enum err classify_text(const struct classifier *c, struct classify_scratch *scratch,
                       struct str text, const float *prior, struct classify_result *out,
                       struct errinfo *info) ERR_CHECK;

#endif
