/*
 * A chain's map for other people's sites: in a frame, or as a picture with its own colours. Links
 * lead back here, out of the frame.
 */
#include "site/chain_map.h"
#include "site/pages.h"

static enum err find_chain(struct page *page, uint32_t *chain, struct errinfo *info) {
    *chain = str_map_get(&page->view->chain_by_code, page->request->params[2]);
    return *chain != MAP_NONE ? ERR_OK : page_not_found(page, WORD_NO_CHAIN, info);
}

enum err page_chain_embed(struct page *page, struct errinfo *info) {
    uint32_t c;
    enum err e = find_chain(page, &c, info);
    if (e != ERR_OK)
        return e;
    const struct view_chain *chain = &page->view->chain[c];
    struct page_frame frame = {.description = PICK(page, chain, summary).text,
                               .section = SECTION_CHAINS,
                               .with_script = true,
                               .is_embedded = true};
    page_title(page, &frame, chain->name_en, chain->name_zh);
    page_begin(page, &frame);
    e = chain_map_write(page, c, CHAIN_MAP_EMBEDDED, info);
    html_write(page->out, "<p><a href=\"%s/chains/%p\">%z</a></p>\n", page->base, chain->code,
               T(page, MAP_FULL));
    page_end(page);
    return e;
}

enum err page_chain_svg(struct page *page, struct errinfo *info) {
    uint32_t c;
    enum err e = find_chain(page, &c, info);
    return e == ERR_OK ? chain_map_write_file(page, c, info) : e;
}
