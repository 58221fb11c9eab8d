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
    [API_PROBLEM_LONG_ADDRESS] =
        {"address-too-long", 414, "The address is too long", "地址过长",
         "An address may have 8,192 bytes. Ask for fewer fields, or use fewer filters at a time.",
         "地址最长为 8192 字节。请减少所选字段，或减少同时使用的筛选条件。"},
    [API_PROBLEM_INVALID_BODY] =
        {"invalid-body", 422, "The body is not as the address takes it", "请求正文无效",
         "\"errors\" lists everything that is wrong, each with the field it is about. Nothing was "
         "written.",
         "errors 列出全部错误及所涉字段。未写入任何内容。"},
    [API_PROBLEM_MEDIA_TYPE] =
        {"media-type", 415, "The address takes bodies of another type", "不支持的正文类型",
         "Content-Type says what a body is: application/json, or for a file the type that the "
         "OpenAPI document names.",
         "Content-Type 须说明正文类型：application/json，或 OpenAPI 文档中为文件列出的类型。"},
    [API_PROBLEM_SIGN_IN] =
        {"sign-in", 401, "Sign in first", "请先登录",
         "The address is for people with an account. Sign in by POST /api/v1/session, or send a "
         "token as \"Authorization: Bearer\". A session that was ended or is too old counts no "
         "longer.",
         "此地址需要账号。请通过 POST /api/v1/session 登录，或以 Authorization: Bearer "
         "发送令牌。已结束或过期的会话不再有效。"},
    [API_PROBLEM_DENIED] = {"denied", 403, "Your roles do not allow this", "当前角色无此权限",
                            "The detail names what is missing. An administrator gives roles.",
                            "detail 说明缺少的权限。角色由管理员授予。"},
    [API_PROBLEM_FORGED] =
        {"forged", 403, "The request does not come from the desk", "请求并非来自工作台",
         "A write with a session's cookie carries the session's \"csrf\" as X-CSRF-Token and "
         "comes from a page of this site. GET /api/v1/session tells it.",
         "使用会话 cookie 写入时，须以 X-CSRF-Token 发送会话的 csrf，且须来自本站页面。可由 GET "
         "/api/v1/session 取得。"},
    [API_PROBLEM_PASSWORD] =
        {"change-password", 403, "Choose a password of your own first", "请先设置自己的密码",
         "The password of this account was given by somebody else and serves once: change it by "
         "POST /api/v1/session/password.",
         "此账号的密码由他人设置，仅供首次登录：请通过 POST /api/v1/session/password 修改。"},
    [API_PROBLEM_CONFLICT] =
        {"conflict", 409, "Somebody else changed this meanwhile", "内容已被他人修改",
         "Nothing was written. \"conflicts\" gives for each field what it was, what it is now, "
         "what you wanted, and who changed it when. Choose, and send it with the new revision.",
         "未写入任何内容。conflicts 列出各字段的原值、现值、您的值以及修改者和时间。"
         "请选定后连同新版本号再次发送。"},
    [API_PROBLEM_IN_USE] =
        {"in-use", 409, "Other records refer to this one", "仍被其他记录引用",
         "Nothing was deleted. \"referrers\" lists the records that stand in the way; those that "
         "the record owns go with it when the operation says \"cascade\".",
         "未删除任何内容。referrers 列出引用它的记录；操作带有 cascade "
         "时，从属于它的记录会一并删除。"},
    [API_PROBLEM_METHOD] = {"method-not-allowed", 405, "The address takes other methods",
                            "此地址不接受该请求方法",
                            "The header Allow lists the methods that the address answers.",
                            "响应头 Allow 列出此地址接受的请求方法。"},
    [API_PROBLEM_TOO_LARGE] = {"too-large", 413, "The body is too large", "请求正文过大",
                               "The OpenAPI document tells how large a file may be.",
                               "OpenAPI 文档说明了文件大小上限。"},
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
    [API_PROBLEM_UNAVAILABLE] =
        {"unavailable", 503, "The server cannot answer this now", "服务器暂时无法处理",
         "It is being restarted, or others ask for too much at present. Nothing was changed: try "
         "again after the seconds that Retry-After says.",
         "服务器正在重启，或当前请求过多。未更改任何内容，请按 Retry-After 给出的秒数后重试。"},
    [API_PROBLEM_DISK] =
        {"disk", 507, "The disk of the server is full or fails", "服务器磁盘已满或出现故障",
         "Nothing was saved; what was saved before is safe and can be read. Whoever runs the "
         "server makes room; its log says what the disk reports.",
         "未保存任何内容；此前已保存的内容完好，仍可读取。请服务器管理员清理磁盘空间，"
         "详情见服务器日志。"},
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
    case ERR_DENIED:
        return API_PROBLEM_DENIED;
    case ERR_CONFLICT:
        return API_PROBLEM_CONFLICT;
    case ERR_STOPPED:
        return API_PROBLEM_UNAVAILABLE;
    case ERR_IO:
        return API_PROBLEM_DISK;
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

static void write_more(struct json_out *json, const struct api_call *call) {
    if (call->problem_param != NULL)
        json_key_text(json, "parameter", str_of(call->problem_param));
    if (call->problem_more.len > 0) {
        buf_add_char(json->out, ',');
        buf_add_str(json->out, call->problem_more);
    }
    if (call->faults == 0)
        return;
    json_key(json, "errors");
    json_open_list(json);
    for (uint32_t i = 0; i < call->faults; i++) {
        json_open(json);
        json_key_text(json, "field", call->fault[i].field);
        json_key_text(json, "message", call->fault[i].message);
        if (call->fault[i].message_zh.len > 0)
            json_key_text(json, "message_zh", call->fault[i].message_zh);
        json_close(json);
    }
    json_close_list(json);
}

void api_problem_write(struct http_reply *reply, enum api_problem_kind kind,
                       const struct errinfo *info, const struct api_call *call) {
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
    if (call != NULL)
        write_more(&json, call);
    json_close(&json);
    buf_release(&detail);
}
