/*
 * Sending mail: see mail_send.h. SMTP is libcurl's; a new connection a message is enough for some
 * hundred mails a day, and a server that was restarted meanwhile is no special case.
 */
#include "exchange/mail_send.h"

#include <curl/curl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "exchange/output.h"

enum { TIMEOUT_S = 60, CONNECT_S = 20, URL_MAX = 600, NAME_MAX_BYTES = 255 };

struct mail_sender {
    bool is_folder;
    bool local;               /* the server is on this machine */
    char to[OUTPUT_PATH_MAX]; /* folder, or address of the server without the user */
    char user[NAME_MAX_BYTES + 1];
    char *password; /* NULL = none */
    char *ca_file;
};

/* Making -----------------------------------------------------------------------------------------
 */

static char *copy(const char *text) {
    size_t size = strlen(text) + 1;
    char *out = mem_new(size, 1);
    if (out != NULL)
        memcpy(out, text, size);
    return out;
}

static enum err read_part(CURLU *url, CURLUPart part, char *out, size_t size, unsigned flags) {
    char *text = NULL;
    CURLUcode code = curl_url_get(url, part, &text, flags);
    size_t len = text != NULL ? strlen(text) : 0;
    bool fits = len < size;
    if (code == CURLUE_OK && fits)
        memcpy(out, text, len + 1);
    curl_free(text);
    return code == CURLUE_OK && fits ? ERR_OK : ERR_INPUT;
}

static bool is_local(const char *host) {
    return strcmp(host, "localhost") == 0 || strcmp(host, "127.0.0.1") == 0 ||
           strcmp(host, "[::1]") == 0;
}

static enum err read_server(struct mail_sender *s, CURLU *url, const struct mail_options *options,
                            struct errinfo *info) {
    char scheme[16], host[NAME_MAX_BYTES + 1], port[8], secret[NAME_MAX_BYTES + 1];
    if (curl_url_set(url, CURLUPART_URL, options->to, 0) != CURLUE_OK ||
        read_part(url, CURLUPART_SCHEME, scheme, sizeof(scheme), 0) != ERR_OK ||
        read_part(url, CURLUPART_HOST, host, sizeof(host), 0) != ERR_OK)
        return err_set(info, ERR_INPUT, "the address of the mail server cannot be read");
    if (read_part(url, CURLUPART_PASSWORD, secret, sizeof(secret), 0) == ERR_OK)
        return err_set(info, ERR_INPUT, "the address of the mail server holds a password");
    (void)read_part(url, CURLUPART_USER, s->user, sizeof(s->user), CURLU_URLDECODE);
    bool tls = strcmp(scheme, "smtps") == 0;
    s->local = is_local(host);
    bool has_port = read_part(url, CURLUPART_PORT, port, sizeof(port), 0) == ERR_OK;
    /* 465 for encryption from the start, 587 for submission: RFC 8314, section 3.3. */
    snprintf(s->to, sizeof(s->to), "%s://%s:%s", scheme, host,
             has_port ? port
             : tls    ? "465"
                      : "587");
    if ((s->user[0] != '\0') != (options->password != NULL))
        return err_set(info, ERR_INPUT, "a user and a password of the mail server go together");
    return ERR_OK;
}

static enum err open_server(struct mail_sender *s, const struct mail_options *options,
                            struct errinfo *info) {
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != 0)
        return err_set(info, ERR_IO, "cannot start libcurl");
    CURLU *url = curl_url();
    if (url == NULL)
        return err_memory(info);
    enum err code = read_server(s, url, options, info);
    curl_url_cleanup(url);
    if (code != ERR_OK)
        err_hint(info,
                 "smtps://user@mail.example:465 or smtp://user@mail.example:587; the password "
                 "comes from a file or from FAIRLEAD_MAIL_PASSWORD.");
    if (code == ERR_OK && options->password != NULL &&
        (s->password = copy(options->password)) == NULL)
        code = err_memory(info);
    if (code == ERR_OK && options->ca_file != NULL && (s->ca_file = copy(options->ca_file)) == NULL)
        code = err_memory(info);
    return code;
}

static enum err open_folder(struct mail_sender *s, const char *folder, struct errinfo *info) {
    struct stat stat_of;
    s->is_folder = true;
    if (strlen(folder) + 100 > sizeof(s->to))
        return err_set(info, ERR_INPUT, "the name of the folder for mail is too long");
    if (stat(folder, &stat_of) != 0)
        return err_errno(info, "write mail into", folder);
    if (!S_ISDIR(stat_of.st_mode))
        return err_set(info, ERR_INPUT, "%s is no folder for mail", folder);
    snprintf(s->to, sizeof(s->to), "%s", folder);
    return access(folder, W_OK) == 0 ? ERR_OK : err_errno(info, "write mail into", folder);
}

enum err mail_sender_new(const struct mail_options *options, struct mail_sender **out,
                         struct errinfo *info) {
    struct mail_sender *s = mem_new(1, sizeof(*s));
    if (s == NULL)
        return err_memory(info);
    struct str to = str_of(options->to);
    bool server = str_starts(to, STR("smtp://")) || str_starts(to, STR("smtps://"));
    enum err code = ERR_OK;
    if (!server && str_find(to, STR("://")) != SIZE_MAX) {
        code = err_set(info, ERR_INPUT, "mail goes to smtp://, smtps:// or a folder, not to %s",
                       options->to);
    } else {
        code = server ? open_server(s, options, info) : open_folder(s, options->to, info);
    }
    if (code == ERR_OK)
        *out = s;
    else
        mail_sender_free(s);
    return code;
}

void mail_sender_free(struct mail_sender *s) {
    if (s == NULL)
        return;
    if (s->password != NULL)
        explicit_bzero(s->password, strlen(s->password));
    mem_free(s->password);
    mem_free(s->ca_file);
    mem_free(s);
}

/* Sending ----------------------------------------------------------------------------------------
 */

struct upload {
    struct str rest;
};

static size_t give(char *out, size_t size, size_t count, void *ctx) {
    struct upload *upload = ctx;
    size_t len = size * count < upload->rest.len ? size * count : upload->rest.len;
    memcpy(out, upload->rest.ptr, len);
    upload->rest = str_sub(upload->rest, len, upload->rest.len);
    return len;
}

/* What a failed transfer means: for good where the server refused address or text with 5yz. */
static enum err explain(CURL *curl, CURLcode failure, const char *said, struct errinfo *info) {
    long reply = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply);
    bool signed_in = failure != CURLE_LOGIN_DENIED && failure != CURLE_USE_SSL_FAILED &&
                     failure != CURLE_PEER_FAILED_VERIFICATION;
    bool for_good = signed_in && reply >= 550 && reply <= 559;
    const char *words = said[0] != '\0' ? said : curl_easy_strerror(failure);
    if (reply > 0)
        err_set(info, ERR_IO, "the mail server answered %ld: %s", reply, words);
    else
        err_set(info, ERR_IO, "the mail server was not reached: %s", words);
    if (info != NULL)
        info->code = for_good ? ERR_INPUT : ERR_IO;
    return for_good ? ERR_INPUT : ERR_IO;
}

static bool set_options(const struct mail_sender *s, CURL *curl, const struct mail *mail,
                        const char *url, struct curl_slist *recipients, struct upload *upload,
                        char *said) {
    char from[MAIL_ADDRESS_MAX + 3];
    snprintf(from, sizeof(from), "<%s>", mail->from.text);
    /* To this machine itself encryption is taken when it is there. */
    long tls = s->local && s->password == NULL ? CURLUSESSL_TRY : CURLUSESSL_ALL;
    bool ok = curl_easy_setopt(curl, CURLOPT_URL, url) == CURLE_OK &&
              curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps") == CURLE_OK &&
              curl_easy_setopt(curl, CURLOPT_USE_SSL, tls) == CURLE_OK &&
              curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from) == CURLE_OK &&
              curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients) == CURLE_OK &&
              curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L) == CURLE_OK &&
              curl_easy_setopt(curl, CURLOPT_READFUNCTION, give) == CURLE_OK &&
              curl_easy_setopt(curl, CURLOPT_READDATA, upload) == CURLE_OK &&
              curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
              curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)TIMEOUT_S) == CURLE_OK &&
              curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S) == CURLE_OK &&
              curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, said) == CURLE_OK;
    if (s->password != NULL)
        ok = ok && curl_easy_setopt(curl, CURLOPT_USERNAME, s->user) == CURLE_OK &&
             curl_easy_setopt(curl, CURLOPT_PASSWORD, s->password) == CURLE_OK;
    if (s->ca_file != NULL)
        ok = ok && curl_easy_setopt(curl, CURLOPT_CAINFO, s->ca_file) == CURLE_OK;
    return ok;
}

static enum err send_to_server(struct mail_sender *s, const struct mail *mail, struct str message,
                               struct errinfo *info) {
    char url[OUTPUT_PATH_MAX + URL_MAX], to[MAIL_ADDRESS_MAX + 3], said[CURL_ERROR_SIZE] = "";
    struct upload upload = {message};
    snprintf(to, sizeof(to), "<%s>", mail->to.text);
    /* What stands behind the slash is the name given in EHLO: that of the sender's domain. */
    snprintf(url, sizeof(url), "%s/%s", s->to, strchr(mail->from.text, '@') + 1);
    CURL *curl = curl_easy_init();
    struct curl_slist *recipients = curl_slist_append(NULL, to);
    enum err code = ERR_OK;
    if (curl == NULL || recipients == NULL ||
        !set_options(s, curl, mail, url, recipients, &upload, said)) {
        code = err_memory(info);
    } else {
        CURLcode done = curl_easy_perform(curl);
        if (done != CURLE_OK)
            code = explain(curl, done, said, info);
    }
    curl_slist_free_all(recipients);
    curl_easy_cleanup(curl);
    return code;
}

static enum err send_to_folder(struct mail_sender *s, const struct mail *mail, struct str message,
                               struct errinfo *info) {
    char path[OUTPUT_PATH_MAX];
    struct output file;
    int len = snprintf(path, sizeof(path), "%s/%lld-%.*s.eml", s->to, (long long)mail->date_ms,
                       STR_ARG(mail->message_id));
    if (len < 0 || (size_t)len >= sizeof(path))
        return err_set(info, ERR_INPUT, "the name of the folder for mail is too long");
    enum err code = output_open(&file, path, info);
    if (code != ERR_OK)
        return code;
    /* A link in it opens an account: for the eyes of the program's own user. */
    if (chmod(file.temp, 0600) != 0)
        code = err_errno(info, "keep to oneself", file.temp);
    if (code == ERR_OK)
        code = output_write(&file, message, info);
    if (code == ERR_OK)
        code = output_commit(&file, info);
    output_release(&file);
    return code;
}

enum err mail_send(struct mail_sender *sender, const struct mail *mail, struct errinfo *info) {
    struct buf message;
    buf_init(&message, MAIL_MESSAGE_MAX);
    enum err code = mail_write(mail, &message, info);
    if (code == ERR_OK)
        code = sender->is_folder ? send_to_folder(sender, mail, buf_str(&message), info)
                                 : send_to_server(sender, mail, buf_str(&message), info);
    buf_release(&message);
    return code;
}
