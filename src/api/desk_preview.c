/* A text in Markdown as visitors will see it, while it is typed. */
#include "api/desk.h"

#include "service/desk.h"

enum { PREVIEW_BYTES_MAX = 64 << 10 /* what the site draws: MARKDOWN_BYTES_MAX */ };

struct preview_body {
    struct str text;
};
static const struct api_member preview_members[] = {
    API_MEMBER_STR(preview_body, text, true, PREVIEW_BYTES_MAX, "The text, in Markdown"),
};
const struct api_body api_body_preview = {.name = "TextToPreview",
                                          .help = "A text as an editor writes it",
                                          .member = preview_members,
                                          .members = API_COUNT(preview_members)};

enum err api_draw_preview(struct api_call *call, struct errinfo *info) {
    struct preview_body body = {0};
    enum err e = api_body_read(call, &api_body_preview, &body, info);
    call->reply->content_type = "text/html; charset=utf-8";
    return e == ERR_OK
               ? desk_options(call->desk)->draw_markdown(&call->reply->body, body.text, info)
               : e;
}
