/* Whatever small event the bytes spell, the timetable is the best of all plans, or none exists. */
#include <stdlib.h>

#include "engine/meet/events.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len) {
    struct event event;
    struct meet_plan plan;
    event_spell(&event, bytes, len);
    struct event_best best = event_try_all(&event.in);
    if (meet_solve(&event.in, NULL, &plan, NULL) != ERR_OK || event_wrong(&event.in, &plan) != NULL)
        abort();
    if (best.exists != (plan.status == MEET_OPTIMAL) || plan.placed > best.placed ||
        (best.exists && plan.breaks != best.breaks))
        abort();
    meet_plan_release(&plan);
    return 0;
}
