/*
 * Two sides and an organiser at once, ten thousand times: accepts, declines, withdrawals, requests
 * from both sides and the close of the round meet in every order, through the writer as in a
 * serving program. What was acknowledged is compared with what is there: no match is lost, none is
 * doubled, and none stands without two acknowledged acceptances. Run under ThreadSanitizer, too.
 */
#define PARTNER_FIRMS 100
#include "partner_fixture.h"

#include <pthread.h>

#include "base/rng.h"
#include "service/writer.h"

/* Firm 2i plays with firm 2i + 1. The first half of the pairs is suggested by the round; the others
 * have nothing between them until one asks. */
enum { ROUNDS = 200, PAIRS = PARTNER_FIRMS / 2, SUGGESTED = PAIRS / 2 };

enum deed { DO_ACCEPT, DO_DECLINE, DO_LATER, DO_ACCEPT_AND_LEAVE, DO_ASK, DO_NOTHING };

struct told {
    enum deed deed;
    enum err code, left; /* what the deed was answered, and leaving after it */
};

struct game {
    struct desk_fixture *f;
    struct partners *partners;
    struct writer *writer;
    struct store_reader *reader;
    pthread_barrier_t start, closing; /* all three; the organiser and the first side */
    struct rng rng;
    int64_t number, round;
    int64_t match[PAIRS]; /* between the two of a pair; 0 = none yet */
    int64_t newest;       /* of all matches, when the round began */
    int closes_at; /* the pair of the first side with which the round is closed; PAIRS = not */
    struct told told[2][PAIRS];
    uint64_t made, refused, came_to[PAIR_HANDED + 1];
};

struct work {
    const struct game *game;
    const struct access *by;
    struct match_reply reply;
    struct match_request request;
    int64_t round;
};

static enum err run(const struct game *g, int64_t account, writer_fn *fn, struct work *work) {
    const struct store_batch batch = {
        .kind = "match", .account_id = account, .actor = STR("organiser"), .at_ms = PARTNER_NOW};
    struct errinfo info;
    int64_t batch_id;
    return writer_run(g->writer, &batch, fn, work, &batch_id, &info);
}

/* The sides ---------------------------------------------------------------------------------------
 */

static enum err answer(void *ctx, struct store *store, struct errinfo *info) {
    const struct work *w = ctx;
    struct match_outcome outcome;
    return matches_answer(store, w->by, &w->reply, &outcome, info);
}

static enum err leave(void *ctx, struct store *store, struct errinfo *info) {
    const struct work *w = ctx;
    return matches_withdraw(store, w->by, &w->reply, info);
}

static enum err ask(void *ctx, struct store *store, struct errinfo *info) {
    const struct work *w = ctx;
    struct match_outcome outcome;
    return matches_request(store, w->by, &w->request, &outcome, info);
}

static void act(struct game *g, int side, int pair) {
    static const enum pair_answer said[] = {[DO_ACCEPT] = ANSWER_ACCEPTED,
                                            [DO_DECLINE] = ANSWER_DECLINED,
                                            [DO_LATER] = ANSWER_LATER,
                                            [DO_ACCEPT_AND_LEAVE] = ANSWER_ACCEPTED,
                                            [DO_ASK] = ANSWER_NONE};
    struct told *told = &g->told[side][pair];
    const struct partner_firm *me = &g->partners->firm[2 * pair + side];
    const struct partner_firm *other = &g->partners->firm[2 * pair + 1 - side];
    told->code = told->left = ERR_NOT_FOUND;
    if (told->deed == DO_NOTHING)
        return;
    struct work work = {.game = g,
                        .by = &me->access,
                        .reply = {.match_id = g->match[pair],
                                  .participant_id = me->participant,
                                  .answer = said[told->deed],
                                  .reason = kind_of_code(&kind_decline, STR("other")),
                                  .now_ms = PARTNER_NOW + 1},
                        .request = {.participant_id = me->participant,
                                    .organisation_id = other->organisation,
                                    .now_ms = PARTNER_NOW + 1}};
    told->code = run(g, me->account, told->deed == DO_ASK ? ask : answer, &work);
    if (told->deed == DO_ACCEPT_AND_LEAVE)
        told->left = run(g, me->account, leave, &work);
}

static void play(struct game *g, int side) {
    pthread_barrier_wait(&g->start);
    for (int i = 0; i < PAIRS; i++) {
        if (side == 0 && i == g->closes_at)
            pthread_barrier_wait(&g->closing);
        act(g, side, i);
    }
}

static void *play_first(void *ctx) {
    play(ctx, 0);
    return NULL;
}

static void *play_second(void *ctx) {
    play(ctx, 1);
    return NULL;
}

/* The organiser -----------------------------------------------------------------------------------
 */

static enum err close_round(void *ctx, struct store *store, struct errinfo *info) {
    const struct work *w = ctx;
    const struct access local = access_local();
    uint64_t expired;
    return matches_close(store, &local, w->game->round, PARTNER_NOW + 1, &expired, info);
}

static void *play_organiser(void *ctx) {
    struct game *g = ctx;
    struct work work = {.game = g};
    pthread_barrier_wait(&g->start);
    if (g->closes_at == PAIRS)
        return NULL;
    pthread_barrier_wait(&g->closing);
    assert_int_equal(run(g, 0, close_round, &work), ERR_OK);
    return NULL;
}

static enum err release(void *ctx, struct store *store, struct errinfo *info) {
    struct work *w = ctx;
    const struct access local = access_local();
    int pairs[SUGGESTED][2];
    struct match_release out;
    struct desk_fixture f = *w->game->f;
    f.database.store = store;
    for (int i = 0; i < SUGGESTED; i++) {
        pairs[i][0] = 2 * i;
        pairs[i][1] = 2 * i + 1;
    }
    w->round =
        partner_draft(&f, w->game->partners, w->game->number, (const int(*)[2])pairs, SUGGESTED);
    enum err code = matches_release(store, &local, w->round, PARTNER_NOW, &out, info);
    assert_int_equal(out.suggested, SUGGESTED);
    return code;
}

/* Ends what still goes on, so that the next round begins with nothing between any two. */
static enum err end_all(void *ctx, struct store *store, struct errinfo *info) {
    const struct game *g = ((const struct work *)ctx)->game;
    enum err code = close_round(ctx, store, info);
    for (int i = 0; i < PAIRS && code == ERR_OK; i++)
        for (int side = 0; side < 2 && code == ERR_OK; side++) {
            const struct partner_firm *me = &g->partners->firm[2 * i + side];
            const struct match_reply leaving = {.match_id = g->match[i],
                                                .participant_id = me->participant,
                                                .now_ms = PARTNER_NOW + 2};
            if (g->match[i] != 0)
                code = matches_withdraw(store, &me->access, &leaving, info);
            code = code == ERR_CONFLICT ? ERR_OK : code; /* it has ended, or the other asked */
        }
    return code;
}

/* Judging -----------------------------------------------------------------------------------------
 */

/* The matches of a pair that this round brought. */
struct looking {
    int64_t after;
    uint32_t live, count;
    struct partner_match match;
};

static enum err look(void *ctx, const struct partner_match *match, struct errinfo *info) {
    struct looking *l = ctx;
    if (match->id > l->after) {
        l->match = *match;
        l->count++;
    }
    l->live += match->state == PAIR_SUGGESTED || match->state == PAIR_MUTUAL;
    return ERR_OK;
}

static struct looking look_at(const struct game *g, int pair) {
    const struct partner_firm *me = &g->partners->firm[2 * pair];
    struct looking l = {.after = g->newest};
    struct errinfo info;
    assert_ok(store_read_begin(g->reader, &info), &info);
    assert_ok(matches_of(g->reader, &me->access, me->participant, look, &l, &info), &info);
    store_read_end(g->reader);
    return l;
}

static bool has_accepted(const struct told *told) {
    return told->code == ERR_OK && told->deed != DO_DECLINE && told->deed != DO_LATER;
}

static bool has_declined(const struct told *told) {
    return told->code == ERR_OK && told->deed == DO_DECLINE;
}

/* What came of one pair must follow from what both sides were told. */
static void judge(struct game *g, int pair) {
    const struct told *a = &g->told[0][pair], *b = &g->told[1][pair];
    struct looking l = look_at(g, pair);
    enum pair_state state = l.match.state;
    g->match[pair] = l.match.id;
    assert_true(l.live <= 1);
    assert_int_equal(l.count, pair < SUGGESTED || has_accepted(a) || has_accepted(b));
    assert_false(a->left == ERR_OK && b->left == ERR_OK);
    if (a->left == ERR_OK || b->left == ERR_OK)
        assert_int_equal(state, PAIR_WITHDRAWN);
    else
        assert_int_equal(state == PAIR_MUTUAL, has_accepted(a) && has_accepted(b));
    assert_int_equal(state == PAIR_DECLINED, has_declined(a) || has_declined(b));
    if (state == PAIR_EXPIRED)
        assert_true(g->closes_at < PAIRS && pair < SUGGESTED);
    g->made += l.count;
    g->came_to[state]++;
    g->refused += a->code == ERR_CONFLICT ? 1 : 0;
    g->refused += b->code == ERR_CONFLICT ? 1 : 0;
}

/* The whole ---------------------------------------------------------------------------------------
 */

static enum deed deed_of(struct game *g, int pair) {
    static const enum deed of_suggested[] = {DO_ACCEPT, DO_ACCEPT, DO_DECLINE, DO_LATER,
                                             DO_ACCEPT_AND_LEAVE};
    if (pair >= SUGGESTED)
        return rng_below(&g->rng, 3) == 0 ? DO_NOTHING : DO_ASK;
    return of_suggested[rng_below(&g->rng, sizeof(of_suggested) / sizeof(of_suggested[0]))];
}

/* The newest match of the round's firms is that of the last pair it suggested. */
static void note_suggested(struct game *g) {
    for (int i = 0; i < SUGGESTED; i++) {
        struct looking l = look_at(g, i);
        assert_int_equal(l.count, 1);
        g->match[i] = l.match.id;
    }
}

static void play_round(struct game *g) {
    void *(*const players[])(void *) = {play_first, play_second, play_organiser};
    pthread_t thread[3];
    struct work work = {.game = g};
    memset(g->match, 0, sizeof(g->match));
    assert_int_equal(run(g, 0, release, &work), ERR_OK);
    g->round = work.round;
    note_suggested(g);
    for (int i = 0; i < PAIRS; i++)
        for (int side = 0; side < 2; side++)
            g->told[side][i].deed = deed_of(g, i);
    g->closes_at = rng_below(&g->rng, 2) == 0 ? (int)rng_below(&g->rng, SUGGESTED) : PAIRS;
    for (int i = 0; i < 3; i++)
        assert_int_equal(pthread_create(&thread[i], NULL, players[i], g), 0);
    for (int i = 0; i < 3; i++)
        pthread_join(thread[i], NULL);
    for (int i = 0; i < PAIRS; i++)
        judge(g, i);
    assert_int_equal(run(g, 0, end_all, &work), ERR_OK);
    for (int i = 0; i < PAIRS; i++)
        g->newest = g->match[i] > g->newest ? g->match[i] : g->newest;
}

static void print_finding(void *ctx, const char *text) {
    print_message("# finding: %s\n", text);
    ++*(int *)ctx;
}

static void nothing_is_lost_or_doubled_when_sides_meet(void **state) {
    struct desk_fixture *f = *state;
    static struct partners partners;
    static struct game g;
    struct errinfo info;
    int findings = 0;
    uint64_t rows;
    g = (struct game){.f = f, .partners = &partners};
    partner_make(f, &partners);
    database_close(&f->database);
    rng_init(&g.rng, 20260622);
    assert_int_equal(pthread_barrier_init(&g.start, NULL, 3), 0);
    assert_int_equal(pthread_barrier_init(&g.closing, NULL, 2), 0);
    assert_ok(writer_new(f->database.path, &g.writer, &info), &info);
    assert_ok(store_reader_open(f->database.path, &g.reader, &info), &info);
    for (g.number = 1; g.number <= ROUNDS; g.number++)
        play_round(&g);
    assert_ok(store_count(g.reader, TABLE_MATCH_PAIR, &rows, &info), &info);
    assert_int_equal(rows, g.made);
    assert_ok(store_check(g.reader, NULL, print_finding, &findings, &info), &info);
    assert_int_equal(findings, 0);
    print_message("# %d tries: mutual %llu, declined %llu, withdrawn %llu, expired %llu, waiting "
                  "%llu; %llu answers came too late\n",
                  ROUNDS * PAIRS, (unsigned long long)g.came_to[PAIR_MUTUAL],
                  (unsigned long long)g.came_to[PAIR_DECLINED],
                  (unsigned long long)g.came_to[PAIR_WITHDRAWN],
                  (unsigned long long)g.came_to[PAIR_EXPIRED],
                  (unsigned long long)g.came_to[PAIR_SUGGESTED], (unsigned long long)g.refused);
    for (enum pair_state s = PAIR_SUGGESTED; s <= PAIR_WITHDRAWN; s++)
        assert_true(g.came_to[s] > 0);
    assert_true(g.refused > 0);
    store_reader_close(g.reader);
    writer_free(g.writer);
    pthread_barrier_destroy(&g.start);
    pthread_barrier_destroy(&g.closing);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(
        nothing_is_lost_or_doubled_when_sides_meet, desk_setup, desk_teardown)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
