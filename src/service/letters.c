/* Letters: see letters.h. "{link}" stands for the address. */
#include "service/letters.h"

static const struct {
    const char *subject[LANGS], *text[LANGS];
} letters[LETTERS] = {
    [LETTER_SIGN_IN] =
        {{"Your link to sign in", "您的登录链接"},
         {"this link signs you in at the expo, once and within 15 minutes:\n\n"
          "{link}\n\n"
          "If you did not ask for it, leave it alone: without the link nobody gets in.\n",
          "请点击以下链接登录展会平台。链接 15 分钟内有效，且只能使用一次：\n\n"
          "{link}\n\n"
          "如果这不是您本人的操作，请忽略本邮件：没有此链接，任何人都无法登录。\n"}},
    [LETTER_INVITE] =
        {{"Your account for the expo", "您的展会平台账号已开通"},
         {"an account at the expo was made for you. Choose your password within three "
          "days:\n\n"
          "{link}\n\n"
          "If you do not know what this is about, leave it alone.\n",
          "您的展会平台账号已开通，请在三天内设置密码：\n\n"
          "{link}\n\n"
          "如果您不了解此事，请忽略本邮件。\n"}},
    [LETTER_PASSWORD] =
        {{"Choose a new password", "重设密码"},
         {"with this link you choose a new password for the expo, within three days:\n\n"
          "{link}\n\n"
          "If you did not ask for it, leave it alone: your password stays as it is.\n",
          "请在三天内点击以下链接，重设您的展会平台密码：\n\n"
          "{link}\n\n"
          "如果这不是您本人的操作，请忽略本邮件：您的密码不会改变。\n"}},
    [LETTER_CHANGED] =
        {{"Your password was changed", "您的密码已修改"},
         {"the password of your account at the expo was changed, and all other sessions "
          "ended.\n\n"
          "If it was not you, ask an administrator at once, or choose a new password here:\n\n"
          "{link}\n",
          "您的展会平台账号密码已修改，其他设备上的登录均已失效。\n\n"
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
    [LETTER_SUGGESTED] =
        {{"Partners are suggested to you", "为您推荐的合作伙伴已发布"},
         {"partners for your organisation are suggested, each with the reasons. Accept or decline "
          "them here:\n\n"
          "{link}\n\n"
          "Nothing is agreed until both sides have accepted. You get this mail because you allowed "
          "it; take that back on the same pages.\n",
          "为贵单位推荐的合作伙伴已发布，并附推荐理由。请在此同意或婉拒：\n\n"
          "{link}\n\n"
          "双方均同意后，对接才会确定。您收到本邮件是因为您同意接收提醒，可随时在同一页面取消。"
          "\n"}},
    [LETTER_REMINDER] =
        {{"Suggested partners wait for your answer", "推荐的合作伙伴正在等待您的答复"},
         {"the time to answer the partners suggested to you ends soon. Those without your answer "
          "are "
          "here:\n\n"
          "{link}\n\n"
          "What is not answered in time can be suggested to others. You get this mail because you "
          "allowed it; take that back on the same pages.\n",
          "推荐对接的答复期限即将截止。尚未答复的推荐请见：\n\n"
          "{link}\n\n"
          "逾期未答复的推荐可能转给其他单位。您收到本邮件是因为您同意接收提醒，可随时在同一页面取消"
          "。\n"}},
    [LETTER_REQUESTED] =
        {{"Somebody asks to meet you", "有单位申请与您对接"},
         {"another participant of the expo asks to meet your organisation. Who it is and what it "
          "says is here:\n\n"
          "{link}\n\n"
          "You get this mail because you allowed it; take that back on the same pages.\n",
          "有参与方申请与贵单位对接，对方信息与留言请见：\n\n"
          "{link}\n\n"
          "您收到本邮件是因为您同意接收提醒，可随时在同一页面取消。\n"}},
    [LETTER_MUTUAL] =
        {{"Both sides have accepted", "双方已同意对接"},
         {"a partner and your organisation have both accepted to meet. Whom to write to, as far as "
          "the persons allow it, is here:\n\n"
          "{link}\n\n"
          "You get this mail because you allowed it; take that back on the same pages.\n",
          "贵单位与合作伙伴已双方同意对接。经本人授权的联系人信息请见：\n\n"
          "{link}\n\n"
          "您收到本邮件是因为您同意接收提醒，可随时在同一页面取消。\n"}},
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
