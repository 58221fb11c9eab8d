/*
 * An organisation's card for address books (vCard 4.0). Never of a person: the register has none.
 *
 * What is known in both languages is given in both, as alternatives of one property (RFC 6350,
 * 5.4), the page's language first, because many address books keep the first one only.
 */
#include "exchange/vcard.h"
#include "site/pages.h"
#include "site/parts.h"

enum { OFFERS_IN_NOTE = 8, NOTE_MAX = 4096, ADDRESS_PARTS = 7, ADDRESS_REGION = 4 };

/* Properties in each language; the language is part of them. */
static const char *const full_name[LANGS] = {"FN;ALTID=1;LANGUAGE=en",
                                             "FN;ALTID=1;LANGUAGE=zh-Hans"};
static const char *const organisation_name[LANGS] = {"ORG;ALTID=1;LANGUAGE=en",
                                                     "ORG;ALTID=1;LANGUAGE=zh-Hans"};
static const char *const address[LANGS] = {"ADR;ALTID=1;LANGUAGE=en",
                                           "ADR;ALTID=1;LANGUAGE=zh-Hans"};
static const char *const note[LANGS] = {"NOTE;ALTID=1;LANGUAGE=en",
                                        "NOTE;ALTID=1;LANGUAGE=zh-Hans"};

static struct str name_in(const struct view_organisation *o, enum lang lang) {
    return lang == LANG_EN ? o->name_en : o->name_zh;
}

static void write_address(struct page *page, const struct view_organisation *o, enum lang lang) {
    struct str part[ADDRESS_PARTS] = {{0}};
    if (o->country == VIEW_NONE)
        return;
    if (o->region != VIEW_NONE)
        part[ADDRESS_REGION] = LANG_PICK(lang, &page->view->region[o->region], name).text;
    part[ADDRESS_PARTS - 1] = LANG_PICK(lang, &page->view->country[o->country], name).text;
    vcard_structured(page->out, address[lang], part, ADDRESS_PARTS);
}

/* Where to find it at the expo and what it offers. */
static void write_note(struct page *page, uint32_t exhibitor, enum lang lang) {
    const struct view *view = page->view;
    const struct view_exhibitor *e = &view->exhibitor[exhibitor];
    struct chain_row offers = chain_row(&view->report->offers_by_exhibitor, exhibitor);
    struct buf text;
    buf_init(&text, NOTE_MAX);
    html_write_plain(&text, site_word(lang, WORD_CARD_EXHIBITOR),
                     LANG_PICK(lang, view_this_edition(view), name).text,
                     view_this_edition(view)->starts, view_this_edition(view)->ends);
    if (e->area != VIEW_NONE)
        html_write_plain(&text, "\n%z%z%t", site_word(lang, WORD_AREA), site_word(lang, WORD_COLON),
                         LANG_PICK(lang, &view->area[e->area], name));
    if (e->lead != VIEW_NONE)
        html_write_plain(&text, "\n%z%z%t", site_word(lang, WORD_LEAD), site_word(lang, WORD_COLON),
                         LANG_PICK(lang, view_organisation_of(view, e->lead), name));
    for (size_t i = 0; i < offers.count && i < OFFERS_IN_NOTE; i++)
        html_write_plain(&text, "%z%z%t", i == 0 ? "\n" : site_word(lang, WORD_COMMA),
                         i == 0 ? site_word(lang, WORD_CARD_OFFERS) : "",
                         LANG_PICK(lang, &view->node[offers.at[i].of], name));
    vcard_text(page->out, note[lang], buf_str(&text));
    buf_release(&text);
}

static void write_card(struct page *page, const struct view_organisation *o) {
    const enum lang other = page->lang == LANG_EN ? LANG_ZH : LANG_EN;
    const enum lang order[LANGS] = {page->lang, other};
    vcard_begin(page->out);
    vcard_text(page->out, "KIND", STR("org"));
    for (int i = 0; i < LANGS; i++)
        vcard_text(page->out, full_name[order[i]], name_in(o, order[i]));
    for (int i = 0; i < LANGS; i++)
        if (name_in(o, order[i]).len > 0)
            vcard_structured(page->out, organisation_name[order[i]],
                             (const struct str[]){name_in(o, order[i])}, 1);
    for (int i = 0; i < LANGS; i++)
        write_address(page, o, order[i]);
    vcard_uri(page->out, "URL", o->website);
    if (page->origin.len > 0)
        vcard_uri(page->out, "SOURCE",
                  page_text(page, "%s%s/%s", page->origin, page->base, page->here));
    for (int i = 0; i < LANGS && o->exhibitor != VIEW_NONE; i++)
        write_note(page, o->exhibitor, order[i]);
    vcard_end(page->out);
}

enum err page_card(struct page *page, struct errinfo *info) {
    uint32_t organisation = part_organisation_of(page, page->request->params[2]);
    if (organisation == VIEW_NONE)
        return page_not_found(page, WORD_NO_EXHIBITOR, info);
    write_card(page, &page->view->organisation[organisation]);
    return ERR_OK;
}
