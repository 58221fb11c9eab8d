/*
 * Names of published figures: what a code of the sheet of figures is called, and its topic.
 *
 * Thread rule: constants only, any thread.
 */
#ifndef FAIRLEAD_MODEL_FIGURE_NAMES_H
#define FAIRLEAD_MODEL_FIGURE_NAMES_H

#include "model/lang.h"

enum figure_topic {
    FIGURE_TOPIC_SIZE,
    FIGURE_TOPIC_EXHIBITORS,
    FIGURE_TOPIC_WORLD,
    FIGURE_TOPIC_VISITORS,
    FIGURE_TOPIC_EVENTS,
    FIGURE_TOPIC_RESULTS,
    FIGURE_TOPIC_OTHER, /* codes that have no name here */
    FIGURE_TOPICS
};

struct figure_name {
    const char *code; /* "exhibitors_contracted" */
    enum figure_topic topic;
    const char *name[LANGS];
};

/* All names by topic, in reading order. */
const struct figure_name *figure_names(size_t *count);

/* The name of a code, or NULL. O(names). */
const struct figure_name *figure_name_of(struct str code);

#endif
