/* Private to the participant's routes (my_*.c): what a profile and a registration share. */
#ifndef FAIRLEAD_API_MY_PARTS_H
#define FAIRLEAD_API_MY_PARTS_H

#include "api/my.h"
#include "service/profiles.h"

/* An entry of what is looked for, as it is sent, and the struct it is read into. */
struct api_seek_body {
    struct str kind, node, unit, by_day, note;
    int64_t quantity;
};
extern const struct api_body api_body_seek;

/* The rows that were read as `api_body_seek`, in the call's arena. */
enum err api_make_seeks(struct api_call *call, const struct api_body_rows *rows,
                        const struct profile_seek **out, struct errinfo *info) ERR_CHECK;

/* Adds the faults of a document to those of the call. */
void api_tell_profile_faults(struct api_call *call, const struct profile_faults *faults);

#endif
