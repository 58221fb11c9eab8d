/* Kinds: see kinds.h. The tables are the whole of it. */
#include "model/kinds.h"

#include "model/spelling.h"

static const struct kind_word size_words[] = {
    {"", "Not known", "未知", ""},
    {"small", "Small", "小型",
     "s small小 小 小型企业 小企业 小微 小微企业 小型微型企业 微型 微型企业 micro smallenterprise "
     "smallcompany "
     "smallfirm smallbusiness klein kleinunternehmen petite petiteentreprise"},
    {"medium", "Medium", "中型",
     "m 中 中型企业 中企业 mid midsize midsized mediumsized mediumenterprise mediumsizedenterprise "
     "mediumcompany mittel mittelgross mittleresunternehmen moyenne"},
    {"large", "Large", "大型",
     "l xl 大 大型企业 大企业 大型公司 特大型 特大型企业 big largeenterprise largecompany "
     "largefirm "
     "largescale gross grossunternehmen grande grandeentreprise"},
    {"institution", "Institution", "机构",
     "其他机构 其它机构 机关 事业单位 社会团体 协会 政府 政府机构 institute organisation "
     "organization association "
     "authority government agency publicbody ngo nonprofit verband behorde institutional"},
};

static const struct kind_word exhibitor_type_words[] = {
    {"", "Not known", "未知", ""},
    {"direct", "Direct exhibitor", "直接参展",
     "主展商 主参展商 直接参展商 独立参展 独立参展商 参展商 签约参展商 exhibitor mainexhibitor "
     "main "
     "primary primaryexhibitor directexhibitor leadexhibitor aussteller hauptaussteller "
     "exposant"},
    {"co-exhibitor", "Co-exhibitor", "联合参展",
     "随展 随展商 联合参展商 共同参展 共同参展商 合作参展 链上企业 co coexhibiting coexhibitors "
     "subexhibitor "
     "sharer jointexhibitor partner mitaussteller coexposant"},
    {"represented", "Represented company", "被代表企业",
     "被代理企业 代理 代理参展 代表企业 representedfirm representedcompany represented "
     "additionallyrepresented vertretenesunternehmen zusatzlichvertretenesunternehmen"},
    {"pavilion", "Pavilion", "展团",
     "国家馆 省馆 展馆 国家展团 省级展团 集体展台 组团 组团参展 groupstand collectivestand "
     "grouppavilion "
     "nationalpavilion countrypavilion delegation gemeinschaftsstand pavillon"},
    {"institution", "Institution", "机构",
     "机构参展 其他机构 政府机构 协会 institutional organisation organization association "
     "authority "
     "agency verband institut"},
};

static const struct kind_word stage_words[] = {
    {"", "Not known", "未知", ""},
    {"upstream", "Upstream", "上游", "up"},
    {"midstream", "Midstream", "中游", "mid middle"},
    {"downstream", "Downstream", "下游", "down"},
};

static const struct kind_word node_role_words[] = {
    {"", "Not known", "未知", ""},
    {"core", "Core", "核心", ""},
    {"shared", "Shared", "共用", "通用"},
    {"tool", "Tool", "装备", "工具 tools"},
    {"service", "Service", "服务", "services"},
};

static const struct kind_word node_words[] = {
    {"", "Not known", "未知", ""},
    {"material", "Material", "材料", "materials 原材料 原料"},
    {"component", "Component", "零部件", "components part parts 部件 元件 组件"},
    {"equipment", "Equipment", "设备", "machine machinery 装备"},
    {"product", "Product", "产品", "products finalproduct 成品"},
    {"service", "Service", "服务", "services"},
};

static const struct kind_word link_words[] = {
    {"", "Not known", "未知", ""},
    {"essential", "Essential", "必需", "必要 required"},
    {"optional", "Optional", "可选", "选配"},
    {"capital", "Capital", "资本品", "设备投入 capitalgood capitalgoods"},
};

static const struct kind_word basis_words[] = {
    {"", "Not known", "未知", ""},
    {"declared", "Declared", "自报", "声明 申报"},
    {"inferred", "Inferred", "推断", "推定"},
    {"confirmed", "Confirmed", "已确认", "确认"},
};

static const struct kind_word side_words[] = {
    {"", "Not known", "未知", ""},
    {"offer", "Offers", "供给", "offer 供应"},
    {"need", "Needs", "需求", "need 采购"},
};

static const struct kind_word offer_basis_words[] = {
    {"", "Not known", "未知", ""},
    {"reported", "Reported", "公开报道", "报道"},
    {"reported-weak", "Reported, weak source", "公开报道来源较弱", ""},
    {"common-knowledge", "Common knowledge", "常识", ""},
};

static const struct kind_word attendance_words[] = {
    {"", "Not known", "未知", ""},
    {"reported", "Seen at the show", "现场报道", "attended 已参展"},
    {"confirmed-before", "Named beforehand", "会前确认", "confirmed"},
    {"signed", "Signed, arrival not known", "已签约", "签约"},
    {"listed-low-reliability", "Listed, low reliability", "名单提及可靠性低", "listed"},
    {"mentioned", "Mentioned, own stand uncertain", "报道提及", "提及"},
};

static const struct kind_word figure_state_words[] = {
    {"", "Not known", "未知", ""},
    {"announced", "Announced", "预告", "公布"},
    {"confirmed", "Confirmed", "确认", "已确认"},
    {"closing", "Closing", "闭幕", "闭幕数据 final"},
};

static const struct kind_word qualifier_words[] = {
    {"", "Not known", "未知", ""},
    {"exact", "Exactly", "准确", "恰"},
    {"over", "More than", "超过", "morethan 超 以上 多于 余"},
    {"about", "About", "约", "approximately circa ca 大约 近 nearly almost"},
    {"expected", "Expected", "预计", "planned 计划"},
};

static const struct kind_word area_words[] = {
    {"", "Not known", "未知", ""},
    {"chain", "Chain", "链条", "链 产业链"},
    {"services", "Services", "服务", "service 服务展区"},
    {"zone", "Zone", "专区", "展区"},
};

static const struct kind_word debut_words[] = {
    {"", "Not claimed", "未声明", ""},
    {"world", "World premiere", "全球首发", "global worldfirst worlddebut 全球首展"},
    {"china", "China premiere", "中国首展", "chinadebut chinafirst 中国首发 全国首展"},
    {"expo", "First shown at the expo", "本届首展", "链博会首展 expodebut 首展"},
};

static const struct kind_word pavilion_words[] = {
    {"", "Not known", "未知", ""},
    {"guest-country", "Guest country of honour", "主宾国", "guestcountryofhonor guestofhonour"},
    {"guest-province", "Guest province of honour", "主宾省", "guestprovinceofhonor 主宾省份"},
    {"country-stand", "Country or region stand", "国家/地区展区",
     "countrypavilion nationalpavilion 国家馆 国家展区 国家展团 国家展位"},
    {"region-stand", "Stand of several countries or an organisation", "国际组织及多国展区",
     "国际组织 区域展区 区域组织"},
    {"province-area", "Province area", "省级展区", "provincepavilion 省馆 省级展团 省份展区"},
    {"industry-area", "Industry area", "产业展区", "industrypavilion 产业专区"},
    {"cluster", "Industrial cluster", "产业集群", "clusters 集群"},
    {"collective-stand", "Collective stand", "联合展台",
     "groupstand jointpavilion associationpavilion 集体展台 协会展团 组团"},
};

static const struct kind_word section_words[] = {
    {"", "Not known", "未知", ""},
    {"introduction", "Introduction", "概况", "intro about overview 简介 介绍 概览"},
    {"industries", "Leading industries", "优势产业", "industry 产业 主导产业 支柱产业"},
    {"resources", "Resources", "资源禀赋", "resource 资源"},
    {"culture", "Culture", "人文风采", "文化 人文"},
    {"landscapes", "Landscapes", "自然风光", "landscape scenery nature 风光 景观 风景"},
    {"brand", "Brand", "品牌形象", "brands nationalbrand 品牌 国家品牌"},
};

static const struct kind_word programme_words[] = {
    {"", "Not known", "未知", ""},
    {"ceremony", "Ceremony", "仪式", "ceremonies opening closing 开幕式 闭幕式 典礼"},
    {"conference", "Conference", "大会", "congress meeting 会议 峰会 summit"},
    {"forum", "Forum", "论坛", "forums themeforum 主题论坛"},
    {"round-table", "Round table", "圆桌会", "roundtables 圆桌会议 圆桌"},
    {"matchmaking", "Matchmaking", "对接会", "matching 对接 对接活动 供需对接 供需对接会"},
    {"launch", "Launch", "发布", "launches premiere release 发布会 首发 新品发布"},
    {"promotion", "Promotion", "推介会", "roadshow 推介 路演 推介活动"},
    {"signing", "Signing", "签约", "signings 签约仪式"},
    {"press", "Press conference", "新闻发布会", "briefing 记者会 吹风会"},
    {"report", "Report", "报告发布", "reports 报告"},
    {"opening-hours", "Opening hours", "开放时间", "hours 观众开放"},
    {"other", "Other event", "其他活动", "others event 其他 其它 活动"},
};

static const struct kind_word state_words[] = {
    {"", "Not said", "未说明", ""},
    {"tentative", "Tentative", "待定", "planned 暂定 拟定 拟"},
    {"confirmed", "Confirmed", "已确认", "确认 确定"},
    {"cancelled", "Cancelled", "已取消", "canceled 取消"},
};

static const struct kind_word time_of_day_words[] = {
    {"", "Not known", "未知", ""},
    {"morning", "Morning", "上午", "am 早上 早晨"},
    {"noon", "Noon", "中午", "midday lunch 午间"},
    {"afternoon", "Afternoon", "下午", "pm"},
    {"evening", "Evening", "晚上", "night 晚间 夜间"},
    {"all-day", "All day", "全天", "wholeday fullday 整天"},
};

static const struct kind_word origin_words[] = {
    {"", "Not known", "未知", ""},
    {"domestic", "Domestic", "境内", "国内"},
    {"foreign", "From abroad", "境外", "国外 foreign overseas international"},
};

static const struct kind_word gap_words[] = {
    {"", "Not known", "未知", ""},
    {"no-exhibitor", "No exhibitor", "无展商", ""},
    {"only-inferred", "Offers are only inferred", "仅为推断", ""},
    {"one-source", "One source", "单一来源", ""},
    {"one-country", "One country or region", "单一国家/地区", ""},
    {"no-small-firm", "No small or medium firm", "无中小企业", ""},
    {"no-foreign", "No foreign firm", "无境外企业", ""},
    {"no-domestic", "No domestic firm", "无境内企业", ""},
};

static const struct kind_word area_basis_words[] = {
    {"", "Not known", "未知", ""},
    {"reported", "Reported", "有报道", ""},
    {"reading", "Our reading, not reported", "我们的判断，未见报道", ""},
};

static const struct kind_word novelty_words[] = {
    {"", "Not known", "未知", ""},
    {"yes", "New in this edition", "本届新设", ""},
    {"no", "Was there before", "往届已有", ""},
    {"renamed", "Renamed", "更名", ""},
};

static const struct kind_word case_state_words[] = {
    {"", "Not known", "未知", ""},          {"to-invite", "To invite", "待邀请", ""},
    {"invited", "Invited", "已邀请", ""},   {"won", "Won", "已签约", ""},
    {"given-up", "Given up", "已放弃", ""},
};

static const struct kind_word participant_words[] = {
    {"", "Not known", "未知", ""},
    {"exhibitor", "Exhibitor", "展商", ""},
    {"buyer", "Buyer", "采购方", ""},
    {"delegation", "Delegation", "代表团", ""},
    {"institution", "Institution", "机构", ""},
};

static const struct kind_word participant_state_words[] = {
    {"", "Not known", "未知", ""},
    {"active", "Takes part", "参与中", ""},
    {"withdrawn", "Withdrawn", "已退出", ""},
};

static const struct kind_word seek_words[] = {
    {"", "Not known", "未知", ""},
    {"supplier", "A supplier", "供应商", ""},
    {"customer", "A customer", "采购方", ""},
    {"joint-development", "A partner to develop it with", "联合研发伙伴", ""},
    {"joint-production", "A partner to make it with", "联合生产伙伴", ""},
    {"scenario", "A place to use it", "应用场景", ""},
    {"service", "A service or solution", "服务与解决方案", ""},
    {"investment", "Investment", "投资合作", ""},
    {"distribution", "Distribution", "渠道与分销", ""},
};

static const struct kind_word strength_words[] = {
    {"", "Not known", "未知", ""},
    {"must", "Must", "必须", ""},
    {"nice", "Nice to have", "优先", ""},
    {"never", "Never", "排除", ""},
};

static const struct kind_word condition_words[] = {
    {"", "Not known", "未知", ""},
    {"country", "Country or region", "国家/地区", ""},
    {"region", "Province or state", "省/州", ""},
    {"size", "Size", "规模", ""},
    {"language", "Language", "语言", ""},
    {"certificate", "Certificate", "资质认证", ""},
    {"organisation", "Organisation", "企业或机构", ""},
};

static const struct kind_word wish_words[] = {
    {"", "Not known", "未知", ""},
    {"open", "To be decided", "待确认", ""},
    {"matched", "Found", "已匹配", ""},
    {"refused", "Not here", "未参展", ""},
};

static const struct kind_word agreement_words[] = {
    {"", "Not known", "未知", ""},
    {"met", "Have met", "曾会面", ""},
    {"memorandum", "Memorandum", "合作备忘录", ""},
    {"contract", "Contract", "合同", ""},
};

static const struct kind_word round_words[] = {
    {"", "Not known", "未知", ""},
    {"draft", "Draft", "草案", ""},
    {"released", "Released", "已发布", ""},
    {"closed", "Closed", "已结束", ""},
};

static const struct kind_word pair_state_words[] = {
    {"", "Not known", "未知", ""},
    {"suggested", "Waits for answers", "待答复", ""},
    {"mutual", "Both accepted", "双方同意", ""},
    {"declined", "Declined", "已婉拒", ""},
    {"expired", "Not answered in time", "逾期未答复", ""},
    {"withdrawn", "Withdrawn", "已撤回", ""},
    {"handed", "In the timetable", "已排期", ""},
};

static const struct kind_word pair_origin_words[] = {
    {"", "Not known", "未知", ""},
    {"suggested", "Suggested by a round", "系统推荐", ""},
    {"requested", "Asked for", "主动申请", ""},
};

static const struct kind_word answer_words[] = {
    {"", "Not known", "未知", ""},          {"none", "No answer yet", "未答复", ""},
    {"accepted", "Accepted", "已同意", ""}, {"declined", "Declined", "已婉拒", ""},
    {"later", "Later", "稍后再定", ""},
};

static const struct kind_word decline_words[] = {
    {"", "Not known", "未知", ""},
    {"already-partners", "We work together already", "双方已有合作", ""},
    {"not-needed", "We do not need what they offer", "不需要其产品或服务", ""},
    {"not-offered", "We do not offer what they need", "我方不提供其所需", ""},
    {"rival", "They compete with us", "双方存在竞争", ""},
    {"no-capacity", "We have no time or capacity left", "时间或产能已满", ""},
    {"conditions", "Our conditions do not fit", "合作条件不符", ""},
    {"other", "Another reason", "其他原因", ""},
};

static const struct kind_word name_words[] = {
    {"", "Not known", "未知", ""},
    {"alias", "Also known as", "别称", ""},
    {"former", "Former name", "曾用名", ""},
    {"brand", "Brand", "品牌", ""},
    {"parent", "Group it belongs to", "所属集团", ""},
};

#define KIND(label, table)                                                                         \
    { label, table, sizeof(table) / sizeof((table)[0]) }

const struct kind kind_size = KIND("size", size_words);
const struct kind kind_exhibitor_type = KIND("exhibitor type", exhibitor_type_words);
const struct kind kind_stage = KIND("stage", stage_words);
const struct kind kind_node_role = KIND("role", node_role_words);
const struct kind kind_node = KIND("kind of node", node_words);
const struct kind kind_link = KIND("kind of link", link_words);
const struct kind kind_basis = KIND("basis", basis_words);
const struct kind kind_side = KIND("side", side_words);
const struct kind kind_offer_basis = KIND("source of the offer", offer_basis_words);
const struct kind kind_attendance = KIND("attendance", attendance_words);
const struct kind kind_figure_state = KIND("state of the figure", figure_state_words);
const struct kind kind_qualifier = KIND("qualifier", qualifier_words);
const struct kind kind_area = KIND("kind of area", area_words);
const struct kind kind_debut = KIND("first showing", debut_words);
const struct kind kind_pavilion = KIND("kind of pavilion", pavilion_words);
const struct kind kind_section = KIND("section", section_words);
const struct kind kind_programme = KIND("kind of event", programme_words);
const struct kind kind_state = KIND("state of the event", state_words);
const struct kind kind_time_of_day = KIND("time of day", time_of_day_words);
const struct kind kind_origin = KIND("origin", origin_words);
const struct kind kind_gap = KIND("kind of gap", gap_words);
const struct kind kind_case_state = KIND("state of the case", case_state_words);
const struct kind kind_participant = KIND("kind of participant", participant_words);
const struct kind kind_participant_state =
    KIND("state of the participant", participant_state_words);
const struct kind kind_seek = KIND("what is sought", seek_words);
const struct kind kind_strength = KIND("strength of the condition", strength_words);
const struct kind kind_condition = KIND("kind of condition", condition_words);
const struct kind kind_wish_state = KIND("state of the wish", wish_words);
const struct kind kind_agreement = KIND("kind of agreement", agreement_words);
const struct kind kind_round_state = KIND("state of the round", round_words);
const struct kind kind_pair_state = KIND("state of the match", pair_state_words);
const struct kind kind_pair_origin = KIND("origin of the match", pair_origin_words);
const struct kind kind_answer = KIND("answer", answer_words);
const struct kind kind_decline = KIND("reason to decline", decline_words);
const struct kind kind_area_basis = KIND("basis of the area", area_basis_words);
const struct kind kind_novelty = KIND("novelty", novelty_words);
const struct kind kind_name = KIND("kind of name", name_words);

const struct kind *const kind_all[] = {
    &kind_size,        &kind_exhibitor_type, &kind_stage,        &kind_node_role,
    &kind_node,        &kind_link,           &kind_basis,        &kind_side,
    &kind_offer_basis, &kind_attendance,     &kind_figure_state, &kind_qualifier,
    &kind_area,        &kind_debut,          &kind_origin,       NULL,
};

static const struct kind_word *word_of(const struct kind *kind, uint32_t value) {
    return &kind->words[value < kind->count ? value : 0];
}

const char *kind_code(const struct kind *kind, uint32_t value) {
    return word_of(kind, value)->code;
}

const char *kind_name_en(const struct kind *kind, uint32_t value) {
    return word_of(kind, value)->name_en;
}

const char *kind_name_zh(const struct kind *kind, uint32_t value) {
    return word_of(kind, value)->name_zh;
}

uint32_t kind_of_code(const struct kind *kind, struct str code) {
    for (uint32_t i = 1; i < kind->count; i++)
        if (str_equal_c(code, kind->words[i].code))
            return i;
    return 0;
}

/* Whether `key` is the key of the English name or the code, which are ASCII and need no folding. */
static bool is_key_of(struct str key, const char *ascii) {
    size_t i = 0;
    for (; *ascii != '\0'; ascii++) {
        char c = *ascii >= 'A' && *ascii <= 'Z' ? (char)(*ascii - 'A' + 'a') : *ascii;
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')))
            continue;
        if (i >= key.len || key.ptr[i] != c)
            return false;
        i++;
    }
    return i > 0 && i == key.len;
}

static bool is_both_names(struct str key, const struct kind_word *word) {
    struct str zh = str_of(word->name_zh);
    if (key.len <= zh.len)
        return false;
    if (str_starts(key, zh))
        key = str_sub(key, zh.len, key.len);
    else if (str_ends(key, zh))
        key = str_sub(key, 0, key.len - zh.len);
    else
        return false;
    return is_key_of(key, word->code) || is_key_of(key, word->name_en);
}

static bool word_has_key(const struct kind_word *word, struct str key) {
    struct str rest = str_of(word->spellings), piece;
    while (str_next(&rest, " ", &piece))
        if (str_equal(piece, key))
            return true;
    return is_key_of(key, word->code) || is_key_of(key, word->name_en) ||
           str_equal_c(key, word->name_zh) || is_both_names(key, word);
}

static enum err unknown_word(const struct kind *kind, struct str text, struct errinfo *info) {
    char list[ERR_TEXT_MAX] = "";
    size_t used = 0;
    for (uint32_t i = 1; i < kind->count && used < sizeof(list); i++)
        used += (size_t)snprintf(list + used, sizeof(list) - used, "%s%s (%s)", i > 1 ? ", " : "",
                                 kind->words[i].code, kind->words[i].name_zh);
    err_set(info, ERR_INPUT, "unknown %s \"%.*s\"", kind->name,
            text.len > 100 ? 100 : (int)text.len, text.ptr);
    err_hint(info, "Write one of %s, or leave it empty", list);
    return ERR_INPUT;
}

enum err kind_parse(const struct kind *kind, struct str text, uint32_t *value,
                    struct errinfo *info) {
    if (spelling_is_blank(text)) {
        *value = 0;
        return ERR_OK;
    }
    struct buf key;
    buf_init(&key, 16 * SPELLING_BYTES_MAX);
    enum err code = spelling_key(text, &key, info);
    for (uint32_t i = 1; code == ERR_OK && i < kind->count; i++)
        if (key.len > 0 && word_has_key(&kind->words[i], buf_str(&key))) {
            *value = i;
            goto done;
        }
    if (code == ERR_OK)
        code = unknown_word(kind, text, info);
done:
    buf_release(&key);
    return code;
}
