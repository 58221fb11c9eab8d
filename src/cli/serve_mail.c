/* Mail and chores beside the server: see serve_mail.h. */
#include "cli/serve_mail.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { PATH_LENGTH_MAX = 4096, SECRET_MAX = 1024 };

/* The first line of a file. */
static enum err read_secret(const char *path, char out[SECRET_MAX], struct errinfo *info) {
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return err_errno(info, "read the password of the mail server from", path);
    bool any = fgets(out, SECRET_MAX, file) != NULL;
    fclose(file);
    if (any)
        out[strcspn(out, "\r\n")] = '\0';
    return any && out[0] != '\0' ? ERR_OK : err_set(info, ERR_INPUT, "%s holds no password", path);
}

/* The password of the mail server: from a file, else from the environment; never from the command
 * line, which everybody on the machine sees. NULL when the server has no user. */
static enum err find_password(struct cli *cli, char secret[SECRET_MAX], const char **out,
                              struct errinfo *info) {
    const char *file = cli_value(cli, "mail-password"), *environment;
    *out = NULL;
    if (str_find(str_of(cli_value(cli, "mail")), STR("@")) == SIZE_MAX)
        return ERR_OK;
    environment = getenv("FAIRLEAD_MAIL_PASSWORD");
    enum err code = file != NULL ? read_secret(file, secret, info) : ERR_OK;
    *out = file != NULL ? secret : environment;
    return code;
}

/* The folder that takes the letters when there is no mail server; only its owner looks into it. */
static enum err make_folder(const char *database, char path[PATH_LENGTH_MAX],
                            struct errinfo *info) {
    struct stat there;
    int len = snprintf(path, PATH_LENGTH_MAX, "%s.mail", database);
    if (len < 0 || len >= PATH_LENGTH_MAX)
        return err_set(info, ERR_INPUT, "the name of the database is too long");
    if (stat(path, &there) != 0 && mkdir(path, 0700) != 0)
        return err_errno(info, "make the folder for mail", path);
    return ERR_OK;
}

static enum err start_outbox(struct cli *cli, struct writer *writer, struct outbox **out,
                             struct errinfo *info) {
    char folder[PATH_LENGTH_MAX], secret[SECRET_MAX] = "";
    const char *to = cli_value(cli, "mail"), *from = cli_value(cli, "mail-from"),
               *name = cli_value(cli, "mail-name");
    struct outbox_options options = {.path = cli->argument[0],
                                     .writer = writer,
                                     .mail = {.to = to, .ca_file = cli_value(cli, "mail-ca")},
                                     .from_name = name != NULL ? name : ""};
    enum err code = ERR_OK;
    if (to != NULL && from == NULL)
        return err_set(info, ERR_INPUT, "--mail needs --mail-from, the address mails come from");
    if (to == NULL)
        code = make_folder(cli->argument[0], folder, info);
    if (to == NULL)
        options.mail.to = folder;
    if (code == ERR_OK)
        code =
            mail_address_read(str_of(from != NULL ? from : "expo@localhost"), &options.from, info);
    if (code == ERR_OK)
        code = find_password(cli, secret, &options.mail.password, info);
    if (code == ERR_OK)
        code = outbox_new(&options, out, info);
    explicit_bzero(secret, sizeof(secret));
    return code;
}

enum err serve_mail_start(struct cli *cli, struct writer *writer, const char *origin,
                          struct serve_mail *out, struct errinfo *info) {
    *out = (struct serve_mail){0};
    enum err code = start_outbox(cli, writer, &out->outbox, info);
    return code == ERR_OK ? chores_new(writer, origin, &out->chores, info) : code;
}

void serve_mail_stop(struct serve_mail *mail) {
    chores_free(mail->chores);
    outbox_free(mail->outbox);
    *mail = (struct serve_mail){0};
}
