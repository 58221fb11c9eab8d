/* Problems: see problem.h. */
#include "api/problem.h"

#include <stdio.h>

enum { TYPE_BYTES = 64 };

const struct api_problem api_problems[API_PROBLEMS] = {
    [API_PROBLEM_NOT_FOUND] =
        {"not-found", 404, "There is nothing at this address", "此地址没有内容",
         "The address is not one of the API, or names a record that this edition does not have. "
         "The detail says which. GET /api/v1 lists the addresses.",
         "该地址不属于本接口，或所指记录在本届中不存在，详见 detail。GET /api/v1 列出全部地址。"},
    [API_PROBLEM_UNKNOWN_PARAMETER] =
        {"unknown-parameter", 400, "The address does not take this parameter", "此地址不接受该参数",
         "A parameter that is not known is refused and not left out, because a filter that does "
         "nothing would give a wrong answer. The detail names the nearest one, or all.",
         "未知参数会被拒绝而不是忽略，因为不起作用的筛选会给出错误的结果。detail "
         "给出最接近的参数或全部可用参数。"},
    [API_PROBLEM_INVALID_PARAMETER] =
        {"invalid-parameter", 400, "A parameter has a value that it cannot have", "参数值无效",
         "The value is of the wrong kind, out of its range, given twice, or names something that "
         "this edition does not have. \"parameter\" names the parameter.",
         "参数值类型不符、超出范围、重复给出，或所指内容在本届中不存在。parameter 指明该参数。"},
    [API_PROBLEM_INVALID_CURSOR] =
        {"invalid-cursor", 400, "The cursor does not fit this request", "翻页游标与请求不符",
         "A cursor goes back unchanged to the list it came from, with the same edition and the "
         "same filters. Only limit and fields may differ. It stays good when the data change.",
         "游标须原样用于其来源列表，届次和筛选条件须相同，只有 limit 和 fields "
         "可以不同。数据更新后游标仍然有效。"},
    [API_PROBLEM_MALFORMED] =
        {"malformed-request", 400, "The request is not well formed", "请求格式有误",
         "The server reads no further when a request is not what HTTP asks for: a path with dots, "
         "a header name with a blank, two Host headers. The detail says which.",
         "请求不符合 HTTP 规范时，服务器不再读取，例如路径含有点段、"
         "报头名称含空格或有两个 Host 报头，详见 detail。"},
    [API_PROBLEM_METHOD] = {"method-not-allowed", 405, "The address takes other methods",
                            "此地址不接受该请求方法",
                            "The API is for reading: it answers GET, HEAD and OPTIONS.",
                            "本接口只供读取，接受 GET、HEAD 和 OPTIONS 请求。"},
    [API_PROBLEM_BODY] =
        {"body-not-taken", 413, "Requests with a body are not taken", "不接受带正文的请求",
         "The API is for reading: what is asked for stands in the address, and a body is not read.",
         "本接口只供读取，请求内容全部写在地址中，不读取请求正文。"},
    [API_PROBLEM_LONG_ADDRESS] =
        {"address-too-long", 414, "The address is too long", "地址过长",
         "An address may have 8,192 bytes. Ask for fewer fields, or use fewer filters at a time.",
         "地址最长为 8192 字节。请减少所选字段，或减少同时使用的筛选条件。"},
    [API_PROBLEM_TOO_MANY] =
        {"too-many-requests", 429, "Too many requests", "请求过于频繁",
         "There is a limit of requests for each client. Wait as many seconds as Retry-After says. "
         "To read everything, take the open data: one request a table.",
         "每个客户端的请求次数有限，请按 Retry-After 给出的秒数等待。如需全部数据，请使用开放数据"
         "（每张表一次请求）。"},
    [API_PROBLEM_LARGE_HEAD] =
        {"headers-too-large", 431, "The headers are too large", "报头过大",
         "Address and headers may have 16,384 bytes together, and there may be 100 headers.",
         "地址与报头合计最多 16384 字节，报头最多 100 个。"},
    [API_PROBLEM_INTERNAL] =
        {"internal", 500, "The server failed", "服务器内部错误",
         "The request was fine and the program failed. The cause is in its log.",
         "请求本身没有问题，程序未能完成。原因已记入日志。"},
    [API_PROBLEM_UNKNOWN_METHOD] = {"unknown-method", 501, "The method is not known",
                                    "未知的请求方法",
                                    "The API is for reading: it answers GET, HEAD and OPTIONS.",
                                    "本接口只供读取，接受 GET、HEAD 和 OPTIONS 请求。"},
    [API_PROBLEM_VERSION] = {"http-version", 505, "This version of HTTP is not spoken here",
                             "不支持该 HTTP 版本",
                             "The server speaks HTTP/1.1 and HTTP/1.0; newer versions are spoken "
                             "by a proxy in front of it.",
                             "服务器支持 HTTP/1.1 和 HTTP/1.0，更新的版本由前置代理提供。"},
};

enum api_problem_kind api_problem_of(enum err code) {
    switch (code) {
    case ERR_NOT_FOUND:
        return API_PROBLEM_NOT_FOUND;
    case ERR_INPUT:
    case ERR_LIMIT:
        return API_PROBLEM_INVALID_PARAMETER;
    default:
        return API_PROBLEM_INTERNAL;
    }
}

enum api_problem_kind api_problem_of_status(unsigned status) {
    for (uint32_t kind = API_PROBLEM_NONE + 1; kind < API_PROBLEMS; kind++)
        if (api_problems[kind].status == status && status != 400)
            return kind;
    return status < 500 ? API_PROBLEM_INVALID_PARAMETER : API_PROBLEM_INTERNAL;
}

static void write_detail(struct buf *out, const struct errinfo *info) {
    struct str message = str_of(info->message);
    if (message.len > 0)
        buf_add_char(out, message.ptr[0] >= 'a' && message.ptr[0] <= 'z'
                              ? (char)(message.ptr[0] - 'a' + 'A')
                              : message.ptr[0]);
    if (message.len > 1)
        buf_add_str(out, str_sub(message, 1, message.len));
    if (info->hint[0] != '\0')
        buf_printf(out, ". %s", info->hint);
}

void api_problem_write(struct http_reply *reply, enum api_problem_kind kind,
                       const struct errinfo *info, const char *parameter) {
    const struct api_problem *problem = &api_problems[kind];
    struct json_out json;
    struct buf detail;
    char type[TYPE_BYTES];
    buf_init(&detail, 2 * ERR_TEXT_MAX);
    write_detail(&detail, info);
    buf_clear(&reply->body);
    reply->status = problem->status;
    reply->content_type = "application/problem+json";
    reply->cache = "no-store";
    reply->etag = STR("");
    json_init(&json, &reply->body);
    json_open(&json);
    snprintf(type, sizeof(type), "/api/problems/%s", problem->name);
    json_key_text(&json, "type", str_of(type));
    json_key_text(&json, "title", str_of(problem->title_en));
    json_key_i64(&json, "status", problem->status);
    if (detail.len > 0)
        json_key_text(&json, "detail", buf_str(&detail));
    if (parameter != NULL)
        json_key_text(&json, "parameter", str_of(parameter));
    json_close(&json);
    buf_release(&detail);
}
