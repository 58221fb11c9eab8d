/* Mail into a folder, and to a small server over a real socket: a thread that speaks as much SMTP
 * as RFC 5321, appendix D shows. Encryption and sign-in at the server are tested from outside, with
 * a whole mail server (tests/cli/mail_test.py). */
#include "unit.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "exchange/mail_send.h"

static struct mail some_mail(void) {
    struct mail mail = {.subject = STR("Subject"),
                        .body = STR("First line\n.\n..second\n"),
                        .message_id = STR("id1"),
                        .date_ms = 1000};
    struct errinfo info;
    assert_ok(mail_address_read(STR("desk@expo.example"), &mail.from, &info), &info);
    assert_ok(mail_address_read(STR("lin@firm.example"), &mail.to, &info), &info);
    return mail;
}

/* A server for one conversation
 * --------------------------------------------------------------------- */

struct server {
    int listening;
    char url[64];
    const char *to_recipient; /* its answer to RCPT */
    const char *to_text;      /* its answer to the end of the text */
    char heard[8192];
    size_t heard_len;
    pthread_t thread;
};

static void say(int fd, const char *line) {
    char out[256];
    int len = snprintf(out, sizeof(out), "%s\r\n", line);
    assert_int_equal(write(fd, out, (size_t)len), len);
}

static bool hear(FILE *in, struct server *s, char *line, int size) {
    if (fgets(line, size, in) == NULL)
        return false;
    size_t len = strlen(line);
    if (s->heard_len + len < sizeof(s->heard)) {
        memcpy(s->heard + s->heard_len, line, len + 1);
        s->heard_len += len;
    }
    return true;
}

static void *serve(void *ctx) {
    struct server *s = ctx;
    char line[2048];
    int fd = accept(s->listening, NULL, NULL);
    FILE *in = fdopen(dup(fd), "r");
    say(fd, "220 mail.example ready");
    while (hear(in, s, line, sizeof(line))) {
        if (strncmp(line, "RCPT", 4) == 0) {
            say(fd, s->to_recipient);
        } else if (strncmp(line, "DATA", 4) == 0) {
            say(fd, "354 go on");
            while (hear(in, s, line, sizeof(line)) && strcmp(line, ".\r\n") != 0)
                continue;
            say(fd, s->to_text);
        } else if (strncmp(line, "QUIT", 4) == 0) {
            say(fd, "221 bye");
            break;
        } else {
            say(fd, "250 ok");
        }
    }
    fclose(in);
    close(fd);
    return NULL;
}

static void server_start(struct server *s, const char *to_recipient, const char *to_text) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof(address);
    *s = (struct server){.to_recipient = to_recipient, .to_text = to_text};
    s->listening = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(s->listening, (struct sockaddr *)&address, len), 0);
    assert_int_equal(listen(s->listening, 1), 0);
    assert_int_equal(getsockname(s->listening, (struct sockaddr *)&address, &len), 0);
    snprintf(s->url, sizeof(s->url), "smtp://127.0.0.1:%d", ntohs(address.sin_port));
    assert_int_equal(pthread_create(&s->thread, NULL, serve, s), 0);
}

static enum err send_through(struct server *s, struct errinfo *info) {
    const struct mail_options options = {.to = s->url};
    struct mail mail = some_mail();
    struct mail_sender *sender;
    assert_ok(mail_sender_new(&options, &sender, info), info);
    enum err code = mail_send(sender, &mail, info);
    mail_sender_free(sender);
    pthread_join(s->thread, NULL);
    close(s->listening);
    return code;
}

static void a_message_goes_to_its_recipient_alone(void **state) {
    struct server s;
    struct errinfo info;
    server_start(&s, "250 ok", "250 queued");
    assert_ok(send_through(&s, &info), &info);
    assert_non_null(strstr(s.heard, "EHLO expo.example\r\n"));
    assert_non_null(strstr(s.heard, "MAIL FROM:<desk@expo.example>"));
    assert_non_null(strstr(s.heard, "RCPT TO:<lin@firm.example>\r\n"));
    assert_null(strstr(strstr(s.heard, "RCPT TO") + 1, "RCPT TO"));
    /* A line of one dot does not end the text: RFC 5321, 4.5.2. */
    assert_non_null(strstr(s.heard, "First line\r\n..\r\n...second\r\n.\r\nQUIT"));
}

static void a_refusal_for_good_is_told_from_one_for_now(void **state) {
    static const struct {
        const char *to_recipient, *to_text;
        enum err expected;
    } cases[] = {{"550 no such user", "250 queued", ERR_INPUT},
                 {"452 mailbox full", "250 queued", ERR_IO},
                 {"250 ok", "554 looks like spam", ERR_INPUT},
                 {"250 ok", "451 try later", ERR_IO},
                 {"530 sign in first", "250 queued", ERR_IO}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct server s;
        struct errinfo info;
        server_start(&s, cases[i].to_recipient, cases[i].to_text);
        assert_int_equal(send_through(&s, &info), cases[i].expected);
        assert_int_equal(info.code, cases[i].expected);
        assert_non_null(strstr(info.message, "the mail server answered"));
    }
}

static void no_server_is_a_matter_of_trying_later(void **state) {
    const struct mail_options options = {.to = "smtp://127.0.0.1:1"};
    struct mail mail = some_mail();
    struct mail_sender *sender;
    struct errinfo info;
    assert_ok(mail_sender_new(&options, &sender, &info), &info);
    assert_int_equal(mail_send(sender, &mail, &info), ERR_IO);
    assert_non_null(strstr(info.message, "not reached"));
    mail_sender_free(sender);
}

/* Folder
 * -------------------------------------------------------------------------------------------- */

static void a_folder_takes_a_file_a_message(void **state) {
    char folder[] = "/tmp/fairlead-mail-XXXXXX", path[300], text[4096];
    struct mail mail = some_mail();
    struct mail_sender *sender;
    struct errinfo info;
    struct stat stat_of;
    assert_non_null(mkdtemp(folder));
    assert_ok(mail_sender_new(&(struct mail_options){.to = folder}, &sender, &info), &info);
    assert_ok(mail_send(sender, &mail, &info), &info);
    mail_sender_free(sender);
    snprintf(path, sizeof(path), "%s/1000-id1.eml", folder);
    assert_int_equal(stat(path, &stat_of), 0);
    assert_int_equal(stat_of.st_mode & 0777, 0600);
    FILE *file = fopen(path, "r");
    size_t len = fread(text, 1, sizeof(text) - 1, file);
    text[len] = '\0';
    fclose(file);
    assert_non_null(strstr(text, "To: <lin@firm.example>\r\n"));
    unlink(path);
    /* Nothing else is left there. */
    assert_int_equal(rmdir(folder), 0);
}

static void what_is_no_place_for_mail_is_said(void **state) {
    static const struct mail_options wrong[] = {
        {.to = "https://mail.example"},
        {.to = "smtp://"},
        {.to = "smtps://user:secret@mail.example", .password = "x"},
        {.to = "smtps://user@mail.example"},
        {.to = "smtps://mail.example", .password = "x"},
        {.to = "/etc/passwd"},
    };
    struct mail_sender *sender;
    struct errinfo info;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        if (mail_sender_new(&wrong[i], &sender, &info) != ERR_INPUT)
            fail_msg("%s was taken", wrong[i].to);
        assert_null(strstr(info.message, "secret"));
        assert_null(strstr(info.hint, "secret"));
    }
    assert_int_equal(
        mail_sender_new(&(struct mail_options){.to = "/no/such/folder"}, &sender, &info),
        ERR_NOT_FOUND);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_message_goes_to_its_recipient_alone),
        cmocka_unit_test(a_refusal_for_good_is_told_from_one_for_now),
        cmocka_unit_test(no_server_is_a_matter_of_trying_later),
        cmocka_unit_test(a_folder_takes_a_file_a_message),
        cmocka_unit_test(what_is_no_place_for_mail_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
