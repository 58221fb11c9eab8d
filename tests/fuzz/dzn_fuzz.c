/* Any bytes as a file of meetings: what is accepted keeps its bounds, and every refusal has words.
 */
#include <stdlib.h>

#include "exchange/dzn.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct dzn *d) {
    for (uint32_t m = 0; m < d->meetings; m++)
        if (d->member[2 * m] >= d->persons || d->member[2 * m + 1] >= d->persons ||
            d->member[2 * m] == d->member[2 * m + 1] || d->session[m] < DZN_MORNING ||
            d->session[m] > DZN_ANY || d->fixed[m] > d->slots)
            abort();
    for (uint32_t i = 0; i < d->orders; i++)
        if (d->before[i] >= d->meetings || d->after[i] >= d->meetings ||
            d->before[i] == d->after[i])
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct dzn d;
    struct errinfo info;
    errinfo_init(&info);
    enum err code = dzn_read_memory((struct str){(const char *)data, size}, &d, &info);
    if (code == ERR_OK)
        check(&d);
    else if (info.message[0] == '\0')
        abort();
    dzn_release(&d);
    return 0;
}
