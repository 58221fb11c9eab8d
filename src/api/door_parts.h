/* Private to what strangers may do (desk_session.c, my_registration.c): who knocks, and how the
 * door's refusals are told. */
#ifndef FAIRLEAD_API_DOOR_PARTS_H
#define FAIRLEAD_API_DOOR_PARTS_H

#include "api/route.h"
#include "service/door.h"

/* Who asks, for the door. */
struct door_visit api_door_visit(const struct api_call *call);

/* A reader; ERR_DENIED where a page of another site sent this: what strangers may do they may not
 * be made to do. */
enum err api_door_open(struct api_call *call, struct store_reader **reader,
                       struct errinfo *info) ERR_CHECK;

/* How the door's refusals are told. `member` is what ERR_INPUT is about. */
enum err api_door_tell(struct api_call *call, enum err code, const char *member, int64_t wait_ms,
                       struct errinfo *info) ERR_CHECK;

#endif
