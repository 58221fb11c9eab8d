/*
 * Parts that several pages share: how names, sources, countries, gaps and bases are shown.
 */
#ifndef FAIRLEAD_SITE_PARTS_H
#define FAIRLEAD_SITE_PARTS_H

#include "engine/chain/chain_ask.h"
#include "site/page.h"

/* The same name in the other language, small, where it is known in both. */
void part_beside(struct page *page, struct str en, struct str zh);

/* A name in the page's language, with the other one beside it. */
void part_names(struct page *page, struct str en, struct str zh);

/* Links to an exhibitor, a node and a chain of the page's edition. */
void part_exhibitor(struct page *page, uint32_t exhibitor);
void part_organisation(struct page *page, uint32_t organisation);
void part_node(struct page *page, uint32_t node);
void part_chain(struct page *page, uint32_t chain);

/* The organisation that an address names by its number, or VIEW_NONE. */
uint32_t part_organisation_of(const struct page *page, struct str number);

/* "China, Beijing", or that it is not known. */
void part_place(struct page *page, const struct view_organisation *organisation);

/* The exhibitors of a row of claims as links separated by commas, at most `max` and how many more;
 * those only inferred say so. */
void part_exhibitor_list(struct page *page, struct chain_row row, size_t max);

/* A remark of the register, which has one field for either language: in Chinese when it holds Han
 * characters, else in English. */
struct lang_text part_remark(const struct page *page, struct str text);

/* A list of sources separated by ";": what is an http or https address becomes a link. */
void part_sources(struct buf *out, struct str sources);

/* "32", "over 620", "about 700": a value with its qualifier. */
const char *part_qualifier(const struct page *page, struct str qualifier);

/* "53 of over 600": exhibitors in the register against those contracted as published. */
struct str part_known(struct page *page);

/* What is said of a node that nobody offers: that it is missing, or only not in the register. */
const char *part_nobody(const struct page *page);

/* The sentence that says whether the register is whole. */
void part_register(struct page *page);

/* The words for a code of the chain engine, in the page's language. */
const char *part_stage(const struct page *page, uint8_t stage);
const char *part_basis(const struct page *page, uint8_t basis);
const char *part_gap(const struct page *page, uint8_t kind);

/* Name of a code of the model's kinds for people ("co-exhibitor" -> "Co-exhibitor"). */
struct kind;
const char *part_kind(const struct page *page, const struct kind *kind, struct str code);

/* Whether a node has a place in a chain. */
bool part_stands_in(const struct page *page, uint32_t node, uint32_t chain);

/* What a node lacks, as marks with words: a list, empty when nothing is known to lack. */
void part_gaps(struct page *page, const struct chain_node *node);

/* Opens a section with a heading and an anchor. */
void part_section(struct page *page, const char *id, const char *heading);

#endif
