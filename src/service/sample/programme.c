/*
 * The programme of a generated edition: see parts.h.
 *
 * The hall has SLOTS hours a day in each of ROOMS rooms. Events take one each, in steps that come
 * round to every one of them once, so no room has two events at a time. The first morning belongs
 * to the opening ceremony, the last afternoon to the closing press conference.
 */
#include <stdio.h>

#include "service/sample/parts.h"

static const struct sample_word topics[] = {
    {"resilience of supply", "供应韧性"},
    {"small and medium firms in the chain", "中小企业融链"},
    {"green and low carbon", "绿色低碳"},
    {"standards that connect", "标准联通"},
    {"new materials", "新材料"},
    {"intelligent manufacturing", "智能制造"},
    {"finance along the chain", "供应链金融"},
    {"digital twins and data", "数字孪生与数据"},
    {"cross-border co-operation", "跨境合作"},
    {"quality and testing", "质量与检测"},
    {"talent and training", "人才培养"},
    {"logistics and corridors", "物流与通道"},
    {"recycling and remanufacture", "回收与再制造"},
};

struct event_kind {
    const char *kind;
    const char *en, *zh; /* follow the topic */
};

static const struct event_kind event_kinds[] = {
    {"forum", "forum", "论坛"},
    {"round-table", "round table", "圆桌会"},
    {"matchmaking", "matchmaking", "对接会"},
    {"launch", "launches", "发布会"},
    {"promotion", "promotion", "推介会"},
    {"signing", "signing", "签约仪式"},
    {"conference", "conference", "大会"},
};

static const struct {
    const char *from, *to;
} hours[] = {{"09:30", "11:30"}, {"13:30", "15:00"}, {"15:30", "17:00"}};

static const struct sample_word rooms[] = {
    {"Plenary Hall", "主会场"},
    {"Conference Room E201", "E201会议厅"},
    {"Conference Room E202", "E202会议厅"},
    {"Conference Room W201", "W201会议厅"},
    {"Launch Stage", "首发站"},
    {"Exchange Corner", "对接交流区"},
};

enum {
    TOPICS = sizeof(topics) / sizeof(topics[0]),
    EVENT_KINDS = sizeof(event_kinds) / sizeof(event_kinds[0]),
    DAYS = 5,
    HOURS = sizeof(hours) / sizeof(hours[0]),
    ROOMS = sizeof(rooms) / sizeof(rooms[0]),
    SLOTS = DAYS * HOURS * ROOMS,
    SLOT_STEP = 23, /* has no common divisor with SLOTS */
    JOINT = 5,      /* number of the joint conference of two guests of honour */
    UNDATED_EVERY = 12,
    UNTIMED_EVERY = 17,
    TENTATIVE_EVERY = 19,
    CANCELLED = 33,
};

static const struct sample_word organiser = {"Organising committee", "组委会"};

/* What one row says; texts that are not constants stand in the run's scratch buffers. */
struct event {
    uint32_t number;
    const char *kind, *state;
    struct str area;
    uint32_t slot; /* day, hour, room; SLOTS = not yet dated */
    bool timed;    /* else only morning or afternoon is known */
    struct buf hosts_en, hosts_zh;
};

static void add_host(struct event *event, const char *en, const char *zh) {
    buf_add_c(&event->hosts_en, event->hosts_en.len > 0 ? "; " : "");
    buf_add_c(&event->hosts_zh, event->hosts_zh.len > 0 ? "；" : "");
    buf_add_c(&event->hosts_en, en);
    buf_add_c(&event->hosts_zh, zh[0] != '\0' ? zh : en);
}

static void add_day(struct sample_run *run, uint32_t day) {
    char date[16];
    snprintf(date, sizeof(date), "%.8s%02d", run->starts,
             10 * (run->starts[8] - '0') + (run->starts[9] - '0') + (int)day);
    sample_cell_c(&run->record, date);
}

static void add_when(struct sample_run *run, const struct event *event) {
    struct buf *r = &run->record;
    bool dated = event->slot < SLOTS;
    uint32_t hour = event->slot / ROOMS % HOURS;
    if (dated)
        add_day(run, event->slot / (ROOMS * HOURS));
    else
        sample_cell_c(r, "");
    sample_cell_c(r, "");
    sample_cell_c(r, dated && event->timed ? hours[hour].from : "");
    sample_cell_c(r, dated && event->timed ? hours[hour].to : "");
    sample_cell_c(r, !dated ? "" : hour == 0 ? "morning" : "afternoon");
}

/* The title stands in the run's buffers. */
static enum err write_event(struct sample_run *run, struct event *event, struct errinfo *info) {
    struct buf *r = &run->record;
    bool placed = event->slot < SLOTS && event->timed;
    const struct sample_word *room = &rooms[event->slot % ROOMS];
    buf_printf(r, "G%s-%02u", run->edition, event->number + 1);
    sample_cell_c(r, run->edition);
    add_when(run, event);
    sample_cell_c(r, event->kind);
    sample_cell_c(r, event->state);
    sample_cell(r, event->area);
    sample_cell(r, buf_str(&run->en));
    sample_cell(r, buf_str(&run->zh));
    sample_cell_c(r, placed ? room->en : "");
    sample_cell_c(r, placed ? room->zh : "");
    sample_cell(r, buf_str(&event->hosts_en));
    sample_cell(r, buf_str(&event->hosts_zh));
    bool told = rng_below(&run->rng, 2) == 0;
    sample_cell_c(r, told ? "What has changed since the last edition, who is looking for whom, and "
                            "what can be agreed on the spot."
                          : "");
    sample_cell_c(r, told ? "上届以来的新变化、供需双方的对接方向，以及现场可达成的合作。" : "");
    sample_cell_u64(r, 50 + 10 * rng_below(&run->rng, 45));
    sample_cell_c(r, "");
    sample_cell_c(r, run->source);
    enum err code = buf_error(&event->hosts_en, info);
    return code == ERR_OK ? sample_send(run->sink, SAMPLE_PROGRAMME, r, info) : code;
}

static void title(struct sample_run *run, const char *en, const char *zh) {
    buf_clear(&run->en);
    buf_clear(&run->zh);
    buf_add_c(&run->en, en);
    buf_add_c(&run->zh, zh);
}

/* A conference of the guest country and the first guest province. */
static void make_joint(struct sample_run *run, struct event *event) {
    const struct sample_firm *country = &run->guests[0], *province = &run->guests[1];
    title(run, "", "");
    buf_printf(&run->en, "Supply chain conference of %s and %s", province->name_en,
               country->name_en);
    buf_printf(&run->zh, "%s与%s供应链合作会议", province->name_zh, country->name_zh);
    event->kind = "conference";
    add_host(event, province->name_en, province->name_zh);
    add_host(event, country->name_en, country->name_zh);
}

/* Chains and topics advance together; 91 pairs come before one is repeated. */
static void make_themed(struct sample_run *run, struct event *event) {
    const struct sample_catalogue *c = run->catalogue;
    const struct sample_chain *chain = &c->chains[event->number % c->chains_len];
    const struct sample_word *topic = &topics[event->number % TOPICS];
    const struct event_kind *kind = &event_kinds[rng_below(&run->rng, EVENT_KINDS)];
    title(run, "", "");
    buf_printf(&run->en, "%.*s: %s, %s", STR_ARG(chain->name_en), topic->en, kind->en);
    buf_printf(&run->zh, "%.*s%s%s", STR_ARG(chain->name_zh), topic->zh, kind->zh);
    event->kind = kind->kind;
    event->area = chain->code;
    add_host(event, organiser.en, organiser.zh);
    if (run->recent_len > 0 && rng_below(&run->rng, 2) == 0) {
        const struct sample_firm *host = &run->recent[rng_below(&run->rng, run->recent_len)];
        add_host(event, host->name_en, host->name_zh);
    }
}

/* The next free hour and room; the first morning and the last afternoon are taken. */
static uint32_t next_slot(uint32_t *turn) {
    for (;;) {
        uint32_t slot = (uint32_t)((uint64_t)++ * turn * SLOT_STEP % SLOTS);
        if (slot >= ROOMS && slot < SLOTS - ROOMS)
            return slot;
    }
}

static void make_event(struct sample_run *run, struct event *event, uint32_t *turn) {
    uint32_t number = event->number;
    event->timed = true;
    if (number == 0) {
        title(run, "Opening ceremony", "开幕式");
        event->kind = "ceremony";
        add_host(event, organiser.en, organiser.zh);
        return;
    }
    if (number + 1 == SAMPLE_CONFERENCES) {
        title(run, "Closing press conference", "闭幕新闻发布会");
        event->kind = "press";
        event->slot = SLOTS - ROOMS;
        add_host(event, organiser.en, organiser.zh);
        return;
    }
    event->slot = number % UNDATED_EVERY == UNDATED_EVERY - 1 ? SLOTS : next_slot(turn);
    event->timed = number % UNTIMED_EVERY != UNTIMED_EVERY - 1;
    event->state = number == CANCELLED                               ? "cancelled"
                   : number % TENTATIVE_EVERY == TENTATIVE_EVERY - 1 ? "tentative"
                                                                     : "confirmed";
    if (number == JOINT && run->guests_len >= 2)
        make_joint(run, event);
    else
        make_themed(run, event);
}

enum err sample_programme_write(struct sample_run *run, struct errinfo *info) {
    enum { HOSTS_BYTES_MAX = 4096 };
    struct event event;
    uint32_t turn = 0;
    enum err code = ERR_OK;
    buf_init(&event.hosts_en, HOSTS_BYTES_MAX);
    buf_init(&event.hosts_zh, HOSTS_BYTES_MAX);
    for (uint32_t i = 0; i < SAMPLE_CONFERENCES && code == ERR_OK; i++) {
        event.number = i;
        event.state = "confirmed";
        event.area = STR("");
        event.slot = 0;
        buf_clear(&event.hosts_en);
        buf_clear(&event.hosts_zh);
        make_event(run, &event, &turn);
        code = write_event(run, &event, info);
    }
    buf_release(&event.hosts_en);
    buf_release(&event.hosts_zh);
    return code;
}
