/* Letters: see letters.h. "{link}" stands for the address. */
#include "service/letters.h"

static const struct {
    const char *subject[LANGS], *text[LANGS];
} letters[LETTERS] = {
    [LETTER_SIGN_IN] =
        {{"Your link to sign in", "您的登录链接"},
         {"this link signs you in to the expo's desk, once and within 15 minutes:\n\n"
          "{link}\n\n"
          "If you did not ask for it, leave it alone: without the link nobody gets in.\n",
          "请点击以下链接登录展会工作台。链接 15 分钟内有效，且只能使用一次：\n\n"
          "{link}\n\n"
          "如果这不是您本人的操作，请忽略本邮件：没有此链接，任何人都无法登录。\n"}},
    [LETTER_INVITE] =
        {{"Your account for the expo", "您的展会工作台账号已开通"},
         {"an account for the expo's desk was made for you. Choose your password within three "
          "days:\n\n"
          "{link}\n\n"
          "If you do not know what this is about, leave it alone.\n",
          "您的展会工作台账号已开通，请在三天内设置密码：\n\n"
          "{link}\n\n"
          "如果您不了解此事，请忽略本邮件。\n"}},
    [LETTER_PASSWORD] =
        {{"Choose a new password", "重设密码"},
         {"with this link you choose a new password for the expo's desk, within three days:\n\n"
          "{link}\n\n"
          "If you did not ask for it, leave it alone: your password stays as it is.\n",
          "请在三天内点击以下链接，重设您的展会工作台密码：\n\n"
          "{link}\n\n"
          "如果这不是您本人的操作，请忽略本邮件：您的密码不会改变。\n"}},
    [LETTER_CHANGED] =
        {{"Your password was changed", "您的密码已修改"},
         {"the password of your account for the expo's desk was changed, and all other sessions "
          "ended.\n\n"
          "If it was not you, ask an administrator at once, or choose a new password here:\n\n"
          "{link}\n",
          "您的展会工作台账号密码已修改，其他设备上的登录均已失效。\n\n"
          "如果这不是您本人的操作，请立即联系管理员，或在此重设密码：\n\n"
          "{link}\n"}},
    [LETTER_PARTNER] =
        {{"Find your partners at the expo", "邀请您参与展会供需对接"},
         {"you are invited to look after your organisation's part in the expo: what you offer and "
          "seek, and the partners suggested to you. Open this link within two weeks:\n\n"
          "{link}\n\n"
          "It works once and is meant for you. If you do not know what this is about, leave it "
          "alone.\n",
          "诚邀您代表贵单位参与本届展会的供需对接：完善供给与需求信息，查看为您推荐的合作伙伴。"
          "请在两周内打开以下链接：\n\n"
          "{link}\n\n"
          "链接仅供您本人使用，且只能使用一次。如果您不了解此事，请忽略本邮件。\n"}},
};

struct str letter_subject(enum letter_kind kind, enum lang lang) {
    return str_of(letters[kind].subject[lang]);
}

void letter_write(enum letter_kind kind, enum lang lang, struct str name, struct str link,
                  struct buf *out) {
    static const struct str mark = {"{link}", 6};
    struct str text = str_of(letters[kind].text[lang]);
    size_t at = str_find(text, mark);
    if (lang == LANG_ZH) {
        buf_add_str(out, name);
        buf_add_c(out, name.len > 0 ? "，您好！\n\n" : "您好！\n\n");
    } else {
        buf_add_c(out, name.len > 0 ? "Hello " : "Hello");
        buf_add_str(out, name);
        buf_add_c(out, ",\n\n");
    }
    buf_add_str(out, str_sub(text, 0, at));
    buf_add_str(out, link);
    buf_add_str(out, str_sub(text, at + mark.len, text.len));
}
