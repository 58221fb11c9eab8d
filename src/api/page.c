/* The pages of the API for people: see page.h. */
#include "api/page.h"

#include "api/codes.h"
#include "api/data.h"
#include "api/list.h"
#include "api/params.h"
#include "api/problem.h"

enum { EXAMPLE_BYTES_MAX = 300 };

enum word {
    TITLE,
    LEAD,
    BEGIN,
    BEGIN_LIST,
    BEGIN_FIELDS,
    BEGIN_EDITION,
    BEGIN_CHAIN,
    DOCUMENT,
    ADDRESSES,
    DESK,
    DESK_LEAD,
    GIVES,
    TAKES,
    DATA,
    DATA_LEAD,
    TABLE,
    PROBLEMS,
    STATUS,
    OTHER_LANGUAGE,
    HOME,
    ALL_ADDRESSES,
    WORDS
};

static const char *const words[WORDS][LANGS] = {
    [TITLE] = {"The open API", "开放接口"},
    [LEAD] =
        {"What the pages show, for other programs: JSON for questions, whole tables as CSV and "
         "JSON. It needs no key and no registration, and any site may read it from its scripts.",
         "页面展示的全部内容，均可供其他程序使用：查询返回 JSON，整表提供 CSV 与 "
         "JSON。无需密钥，无需注册，任何网站均可用脚本读取。"},
    [BEGIN] = {"Begin here", "从这里开始"},
    [BEGIN_LIST] = {"the first five exhibitors of the current edition", "当前届次的前五家展商"},
    [BEGIN_FIELDS] = {"those of one chain, with three fields only",
                      "某一产业链的展商，只取三个字段"},
    [BEGIN_EDITION] = {"the published figures of one edition", "某一届公布的数字"},
    [BEGIN_CHAIN] = {"a chain with its nodes, links and gaps", "一条产业链的环节、联系与缺口"},
    [DOCUMENT] = {"The whole description for programs is the OpenAPI 3.1 document ",
                  "供程序使用的完整描述见 OpenAPI 3.1 文档 "},
    [ADDRESSES] = {"Addresses", "地址"},
    [DESK] = {"The organiser's desk", "组委会工作台"},
    [DESK_LEAD] = {"For people with an account, and for programs with a token of theirs. What each "
                   "takes is in the OpenAPI document.",
                   "供有账号的人员及持有其令牌的程序使用，参数见 OpenAPI 文档。"},
    [GIVES] = {"What it gives", "内容"},
    [TAKES] = {"Takes", "参数"},
    [DATA] = {"Open data", "开放数据"},
    [DATA_LEAD] = {"Every table of the public part, whole. What the columns mean is described in ",
                   "公开部分的全部表格，完整提供。各列含义见 "},
    [TABLE] = {"Table", "表"},
    [PROBLEMS] = {"Problems", "错误说明"},
    [STATUS] = {"HTTP status", "HTTP 状态码"},
    [OTHER_LANGUAGE] = {"中文", "English"},
    [HOME] = {"To the expo", "返回展会"},
    [ALL_ADDRESSES] = {"The open API and all its addresses", "开放接口及其全部地址"},
};

struct page {
    struct buf *out;
    enum lang lang;
};

static void add(const struct page *page, const char *html) {
    buf_add_c(page->out, html);
}

/* Text with what means something in HTML escaped. */
static void add_text(const struct page *page, const char *text) {
    for (; *text != '\0'; text++)
        switch (*text) {
        case '&':
            add(page, "&amp;");
            break;
        case '<':
            add(page, "&lt;");
            break;
        case '>':
            add(page, "&gt;");
            break;
        case '"':
            add(page, "&quot;");
            break;
        default:
            buf_add_char(page->out, *text);
        }
}

static void add_word(const struct page *page, enum word word) {
    add_text(page, words[word][page->lang]);
}

/* A piece between two pieces of HTML. */
static void add_within(const struct page *page, const char *before, const char *text,
                       const char *after) {
    add(page, before);
    add_text(page, text);
    add(page, after);
}

static void add_link(const struct page *page, const char *path, const char *name) {
    add_within(page, "<a href=\"", path, "\">");
    add_within(page, "", name, "</a>");
}

/* ---- the frame ---- */

static void begin(const struct page *page, const char *title, const char *path) {
    const char *other = lang_code(page->lang == LANG_EN ? LANG_ZH : LANG_EN);
    buf_printf(page->out,
               "<!doctype html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n<title>",
               lang_tag(page->lang));
    add_text(page, title);
    add(page, "</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
              "<meta name=\"color-scheme\" content=\"light dark\">\n"
              "<link rel=\"stylesheet\" href=\"/assets/site.css\">\n"
              "<link rel=\"icon\" href=\"/assets/icon.svg\" type=\"image/svg+xml\">\n");
    add_within(page, "<meta name=\"description\" content=\"", words[LEAD][page->lang], "\">\n");
    add(page, "</head>\n<body>\n<header class=\"top\"><div class=\"wide\">");
    buf_printf(page->out, "<a class=\"brand\" href=\"/%s\">", lang_code(page->lang));
    add_word(page, HOME);
    add_within(page, "</a><a href=\"", path, "?lang=");
    buf_printf(page->out, "%s\" hreflang=\"%s\" lang=\"%s\">", other, other, other);
    add_word(page, OTHER_LANGUAGE);
    add_within(page, "</a></div></header>\n<main class=\"wide\">\n<h1>", title, "</h1>\n");
}

static void end(const struct page *page) {
    add(page, "</main>\n</body>\n</html>\n");
}

static void begin_table(const struct page *page, const char *label, const enum word *columns,
                        size_t count) {
    add_within(page, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"", label,
               "\"><table><thead><tr>");
    for (size_t i = 0; i < count; i++)
        add_within(page, "<th scope=\"col\">", words[columns[i]][page->lang], "</th>");
    add(page, "</tr></thead><tbody>\n");
}

static void end_table(const struct page *page) {
    add(page, "</tbody></table></div>\n");
}

static void add_heading(const struct page *page, enum word word) {
    add_within(page, "<h2>", words[word][page->lang], "</h2>\n");
}

/* ---- the page of the API ---- */

static void add_example(const struct page *page, enum word says, struct str before, struct str code,
                        struct str after) {
    char path[EXAMPLE_BYTES_MAX];
    struct buf text;
    buf_init(&text, sizeof(path) - 1);
    buf_add_str(&text, before);
    api_add_encoded(&text, code);
    buf_add_str(&text, after);
    /* A code too long for an example is no good example. */
    if (buf_error(&text, NULL) == ERR_OK) {
        snprintf(path, sizeof(path), "%.*s", STR_ARG(buf_str(&text)));
        add(page, "<li><code>");
        add_link(page, path, path);
        add_within(page, "</code> ", words[says][page->lang], "</li>\n");
    }
    buf_release(&text);
}

static void add_examples(const struct page *page, const struct view *view) {
    add_heading(page, BEGIN);
    add(page, "<ul>\n");
    add_example(page, BEGIN_LIST, STR("/api/v1/exhibitors?limit=5"), STR(""), STR(""));
    if (view->chains > 0) {
        add_example(page, BEGIN_FIELDS, STR("/api/v1/exhibitors?chain="), view->chain[0].code,
                    STR("&fields=id,name_en,offers"));
        add_example(page, BEGIN_CHAIN, STR("/api/v1/chains/"), view->chain[0].code, STR(""));
    }
    add_example(page, BEGIN_EDITION, STR("/api/v1/figures?edition="), view->edition[0].code,
                STR(""));
    add(page, "</ul>\n<p>");
    add_word(page, DOCUMENT);
    add_link(page, "/api/openapi.json", "/api/openapi.json");
    add(page, "</p>\n");
}

/* The path as a link, with an example of what it needs; one with braces is no link. */
static void add_path(const struct page *page, const struct api_route *route) {
    char target[EXAMPLE_BYTES_MAX];
    snprintf(target, sizeof(target), "%s", route->path);
    for (uint32_t i = 0; route->param[i] != NULL; i++) {
        size_t len = strlen(target);
        if (route->param[i]->is_required)
            snprintf(target + len, sizeof(target) - len, "%s%s=%s",
                     strchr(target, '?') == NULL ? "?" : "&", route->param[i]->name,
                     route->param[i]->example);
    }
    if (strchr(route->path, '{') == NULL && api_route_is_kept(route))
        add_link(page, target, target);
    else
        add_text(page, route->path);
}

/* A list and no table: paths are long, and a phone is narrow. */
static void add_route(const struct page *page, const struct api_route *route) {
    bool is_first = true;
    add(page, "<li><code>");
    if (!api_route_is_kept(route))
        add_within(page, "", api_method_name(route->method), " ");
    add_path(page, route);
    add_within(page, "</code><br>", page->lang == LANG_ZH ? route->summary_zh : route->summary_en,
               "");
    for (uint32_t i = 0; route->param[i] != NULL; i++) {
        if (route->param[i]->place != API_IN_QUERY)
            continue;
        if (is_first)
            add_within(page, "<br><small>", words[TAKES][page->lang], ": ");
        add_within(page, is_first ? "<code>" : ", <code>", route->param[i]->name, "</code>");
        is_first = false;
    }
    add(page, is_first ? "</li>\n" : "</small></li>\n");
}

/* What everybody reads, or what the desk asks for. */
static void add_routes(const struct page *page, bool are_kept) {
    add_heading(page, are_kept ? ADDRESSES : DESK);
    if (!are_kept)
        add_within(page, "<p>", words[DESK_LEAD][page->lang], "</p>\n");
    add(page, "<ul class=\"plain\">\n");
    for (uint32_t i = 0; i < api_routes_count; i++)
        if (api_route_is_kept(&api_routes[i]) == are_kept)
            add_route(page, &api_routes[i]);
    add(page, "</ul>\n");
}

static void add_file(const struct page *page, const char *table, const char *ending) {
    buf_printf(page->out, "<a href=\"/api/v1/data/%s.%s\">%s</a> ", table, ending, ending);
}

static void add_data(const struct page *page) {
    static const enum word columns[] = {TABLE, GIVES, DATA};
    add_heading(page, DATA);
    add(page, "<p>");
    add_word(page, DATA_LEAD);
    add_link(page, "/api/v1/data/datapackage.json", "datapackage.json");
    add(page, "</p>\n");
    begin_table(page, words[DATA][page->lang], columns, API_COUNT(columns));
    for (uint32_t i = 0; i < api_tables_count; i++) {
        const struct api_table *table = &api_tables[i];
        add_within(page, "<tr><th scope=\"row\"><code>", table->name, "</code></th><td>");
        add_text(page, page->lang == LANG_ZH ? table->title_zh : table->title_en);
        add(page, "</td><td>");
        add_file(page, table->name, "csv");
        add_file(page, table->name, "json");
        add(page, "</td></tr>\n");
    }
    end_table(page);
}

static void add_problems(const struct page *page) {
    add_heading(page, PROBLEMS);
    add(page, "<ul>\n");
    for (uint32_t kind = API_PROBLEM_NONE + 1; kind < API_PROBLEMS; kind++) {
        const struct api_problem *problem = &api_problems[kind];
        buf_printf(page->out, "<li>%u <a href=\"/api/problems/%s%s\">", problem->status,
                   problem->name, page->lang == LANG_ZH ? "?lang=zh" : "");
        add_text(page, page->lang == LANG_ZH ? problem->title_zh : problem->title_en);
        add(page, "</a></li>\n");
    }
    add(page, "</ul>\n");
}

static struct page make_page(struct api_call *call) {
    uint32_t lang = kind_of_code(&api_kind_lang, api_call_value(call, &api_param_page_lang));
    call->reply->content_type = "text/html; charset=utf-8";
    return (struct page){&call->reply->body, lang > 0 ? (enum lang)(lang - 1) : LANG_EN};
}

enum err api_draw_page(struct api_call *call, struct errinfo *info) {
    const struct page page = make_page(call);
    begin(&page, words[TITLE][page.lang], "/api");
    add_within(&page, "<p class=\"lead\">", words[LEAD][page.lang], "</p>\n");
    add_examples(&page, call->scope.view);
    add_routes(&page, true);
    add_data(&page);
    add_routes(&page, false);
    add_problems(&page);
    end(&page);
    return ERR_OK;
}

/* ---- the page of a problem ---- */

enum err api_draw_problem_page(struct api_call *call, struct errinfo *info) {
    const struct page page = make_page(call);
    struct str name = api_call_value(call, &api_path_problem);
    char path[80];
    for (uint32_t kind = API_PROBLEM_NONE + 1; kind < API_PROBLEMS; kind++) {
        const struct api_problem *problem = &api_problems[kind];
        if (!str_equal_c(name, problem->name))
            continue;
        snprintf(path, sizeof(path), "/api/problems/%s", problem->name);
        begin(&page, page.lang == LANG_ZH ? problem->title_zh : problem->title_en, path);
        buf_printf(page.out, "<p>%s: %u</p>\n", words[STATUS][page.lang], problem->status);
        add_within(&page, "<p>", page.lang == LANG_ZH ? problem->help_zh : problem->help_en,
                   "</p>\n");
        add(&page, "<p>");
        add_link(&page, page.lang == LANG_ZH ? "/api?lang=zh" : "/api",
                 words[ALL_ADDRESSES][page.lang]);
        add(&page, "</p>\n");
        end(&page);
        return ERR_OK;
    }
    return api_call_problem(
        call, API_PROBLEM_NOT_FOUND, api_path_problem.name,
        err_set(info, ERR_NOT_FOUND, "there is no kind of problem of that name"));
}
