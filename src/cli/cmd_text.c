/* The command classify: which nodes a text speaks of. */
#include <stdio.h>

#include "base/json.h"
#include "cli/commands.h"
#include "service/infer.h"

enum { LINE_MAX_BYTES = CLASSIFY_TEXT_MAX, JSON_MAX_BYTES = 1 << 24 };

static const char *verdict_word(enum classify_verdict verdict) {
    static const char *const words[] = {"nothing", "unsure", "sure"};
    return words[verdict];
}

static enum err print_table(struct cli *cli, const struct infer *infer, struct str text,
                            const struct classify_result *result) {
    struct buf words;
    buf_init(&words, LINE_MAX_BYTES);
    fprintf(cli->out, "%.*s\n  %s\n", STR_ARG(text),
            result->verdict == CLASSIFY_SURE     ? "sure:"
            : result->verdict == CLASSIFY_UNSURE ? "unsure, please confirm:"
                                                 : "no node of the catalogue is named; nearest:");
    for (uint32_t i = 0; i < result->hit_count; i++) {
        const struct classify_hit *hit = &result->hits[i];
        const struct infer_node *node = infer_node(infer, hit->node);
        buf_clear(&words);
        infer_words(text, hit, &words);
        fprintf(cli->out, "  %s %.2f  %-18.*s %.*s (%.*s)%s%.*s%s\n", hit->asserted ? "*" : " ",
                (double)hit->score, STR_ARG(node->code), STR_ARG(node->name_en),
                STR_ARG(node->name_zh), words.len > 0 ? "  by \"" : "", STR_ARG(buf_str(&words)),
                words.len > 0 ? "\"" : "");
    }
    enum err code = buf_error(&words, &cli->info);
    buf_release(&words);
    return code;
}

static enum err print_json(struct cli *cli, const struct infer *infer, struct str text,
                           const struct classify_result *result) {
    struct buf out;
    struct json_out json;
    buf_init(&out, JSON_MAX_BYTES);
    json_init(&json, &out);
    json_open(&json);
    json_key_text(&json, "text", text);
    json_key_text(&json, "verdict", str_of(verdict_word(result->verdict)));
    json_key(&json, "nodes");
    json_open_list(&json);
    for (uint32_t i = 0; i < result->hit_count; i++) {
        const struct classify_hit *hit = &result->hits[i];
        json_open(&json);
        json_key_text(&json, "node", infer_node(infer, hit->node)->code);
        json_key(&json, "score");
        json_double(&json, (double)(int)(hit->score * 1000 + 0.5F) / 1000);
        json_key(&json, "asserted");
        json_bool(&json, hit->asserted);
        json_key(&json, "words");
        json_open_list(&json);
        for (uint32_t s = 0; s < hit->span_count; s++)
            json_text(&json, str_sub(text, hit->spans[s].from, hit->spans[s].to));
        json_close_list(&json);
        json_close(&json);
    }
    json_close_list(&json);
    json_close(&json);
    buf_add_char(&out, '\n');
    enum err code = buf_error(&out, &cli->info);
    if (code == ERR_OK)
        fwrite(out.ptr, 1, out.len, cli->out);
    buf_release(&out);
    return code;
}

static enum err classify_one(struct cli *cli, struct infer *infer, struct str text) {
    const char *format = cli_value(cli, "format");
    struct classify_result result = {0};
    enum err code = infer_text(infer, text, &result, &cli->info);
    if (code != ERR_OK)
        return code;
    return format != NULL && str_equal_c(STR("json"), format)
               ? print_json(cli, infer, text, &result)
               : print_table(cli, infer, text, &result);
}

static enum err classify_lines(struct cli *cli, struct infer *infer) {
    char *line = NULL;
    size_t size = 0;
    ssize_t len;
    enum err code = ERR_OK;
    while (code == ERR_OK && (len = getline(&line, &size, stdin)) >= 0) {
        struct str text = str_trim((struct str){line, (size_t)len});
        if (text.len > 0)
            code = classify_one(cli, infer, text);
    }
    free(line);
    return code;
}

int cmd_classify(struct cli *cli) {
    struct store_reader *reader = NULL;
    struct infer *infer = NULL;
    enum err code = ERR_OK;
    if (cli_given(cli, "db"))
        code = store_reader_open(cli_value(cli, "db"), &reader, &cli->info);
    if (code == ERR_OK)
        code = infer_new(reader, &infer, &cli->info);
    for (int i = 0; i < cli->arguments && code == ERR_OK; i++)
        code = str_equal_c(STR("-"), cli->argument[i])
                   ? classify_lines(cli, infer)
                   : classify_one(cli, infer, str_of(cli->argument[i]));
    infer_free(infer);
    store_reader_close(reader);
    return code == ERR_OK ? CLI_OK : cli_fail(cli);
}
