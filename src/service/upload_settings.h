/* Private to uploads: the settings of an upload, and the import that it is (see upload.h). */
#ifndef FAIRLEAD_SERVICE_UPLOAD_SETTINGS_H
#define FAIRLEAD_SERVICE_UPLOAD_SETTINGS_H

#include "base/arena.h"
#include "exchange/json_read.h"
#include "service/import.h"
#include "service/upload.h"

enum upload_decision_kind { UPLOAD_LATER, UPLOAD_SAME, UPLOAD_DIFFERENT };

struct upload_decision {
    uint32_t record;
    uint32_t of_record; /* 0 = an organisation of the store */
    int64_t of_id;
    enum upload_decision_kind kind;
};

struct upload_settings {
    enum sheet_id sheet; /* SHEETS = guess */
    struct str edition;
    struct table_options table;
    const struct header_override *overrides;
    uint32_t override_count;
    struct import_amendments amendments;
    const struct upload_decision *decisions;
    uint32_t decision_count;
    bool leave_out_wrong, keep_mapping;
};

/* Reads settings; ERR_INPUT names the member. Everything lies in the arena. */
enum err upload_settings_read(struct str json, struct arena *arena, struct upload_settings *out,
                              struct errinfo *info) ERR_CHECK;

/* An upload with its bytes, as a request of the import. */
struct upload_job {
    struct arena arena;
    struct buf bytes;
    struct upload upload;
    struct upload_settings settings;
    struct import_amendments amended; /* of the request; a look leaves no row out */
    struct import_source source;
    struct import_request request; /* less who and when */
};

/* Also after a failure it has to be closed. It must not be moved, because the request points into
 * it. */
enum err upload_job_open(struct store_reader *reader, int64_t id, struct upload_job *out,
                         struct errinfo *info) ERR_CHECK;
void upload_job_close(struct upload_job *job);

/* ERR_CONFLICT when it is applied or dropped already. */
enum err upload_check_open(const struct upload *upload, struct errinfo *info) ERR_CHECK;

/* Notes what became of it, in the open batch. */
enum err upload_set_state(struct store *store, int64_t id, const char *state, int64_t batch_id,
                          struct errinfo *info) ERR_CHECK;

#endif
