/* Assets: see assets.h. The table is made by embed.py at build time. */
#include "assets/assets.h"

extern const struct asset assets_table[];
extern const uint32_t assets_table_len;

uint32_t assets_all(const struct asset **out) {
    *out = assets_table;
    return assets_table_len;
}

bool assets_find(struct str name, struct str *bytes) {
    uint32_t low = 0, high = assets_table_len;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = str_compare(assets_table[middle].name, name);
        if (order == 0) {
            *bytes = assets_table[middle].bytes;
            return true;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}
