/* A database as version 1 of the schema left it, with records and their log. */
#ifndef FAIRLEAD_TESTS_STORE_OLD_DATABASE_H
#define FAIRLEAD_TESTS_STORE_OLD_DATABASE_H

#include "store/internal.h"
#include "unit.h"

/* Two batches as version 1 wrote them: what was imported, and a correction. */
static const char old_records[] =
    "BEGIN;"
    "INSERT INTO batch VALUES (1,'import','tester',1000,'first sheets',NULL,1,7),"
    " (2,'edit','tester',2000,'a correction',NULL,8,8);"
    "INSERT INTO edition VALUES (1,'2024',2,'2nd Expo','第二届',"
    " 'Beijing',NULL,'2024-11-26','2024-11-30',NULL,0,1);"
    "INSERT INTO organisation(id,name_en,country) VALUES (1,'Acme','HU'),(2,'Beta','CN');"
    "INSERT INTO exhibitor(id,edition_id,organisation_id,type) VALUES (1,1,1,'direct');"
    "INSERT INTO pavilion(id,edition_id,kind,name_en,code) VALUES (1,1,'guest-country','Hungary',"
    " 'HU');"
    "INSERT INTO programme_entry(id,edition_id,code,kind,title_en,hosts) VALUES"
    " (1,1,'P029','conference','Joint conference','Hubei; Hungary');"
    "INSERT INTO exhibit(id,edition_id,exhibitor_id,pavilion_id,name_en) VALUES (1,1,1,1,'Tea');"
    "INSERT INTO change VALUES"
    " (1,1,'edition',1,'insert',NULL,'{\"code\":\"2024\",\"ordinal\":2,\"name_en\":\"2nd Expo\","
    "\"name_zh\":\"第二届\",\"city_en\":\"Beijing\",\"starts\":\"2024-11-26\","
    "\"ends\":\"2024-11-30\",\"register_complete\":0,\"current\":1}'),"
    " (2,1,'organisation',1,'insert',NULL,'{\"name_en\":\"Acme\",\"country\":\"DE\"}'),"
    " (3,1,'organisation',2,'insert',NULL,'{\"name_en\":\"Beta\",\"country\":\"CN\"}'),"
    " (4,1,'exhibitor',1,'insert',NULL,"
    "'{\"edition_id\":1,\"organisation_id\":1,\"type\":\"direct\"}'),"
    " (5,1,'pavilion',1,'insert',NULL,'{\"edition_id\":1,\"kind\":\"guest-country\","
    "\"name_en\":\"Hungary\",\"code\":\"HU\"}'),"
    " (6,1,'programme_entry',1,'insert',NULL,'{\"edition_id\":1,\"code\":\"P029\","
    "\"kind\":\"conference\",\"title_en\":\"Joint conference\",\"hosts\":\"Hubei; Hungary\"}'),"
    " (7,1,'exhibit',1,'insert',NULL,'{\"edition_id\":1,\"exhibitor_id\":1,"
    "\"pavilion_id\":1,\"name_en\":\"Tea\"}'),"
    " (8,2,'organisation',1,'update','{\"country\":\"DE\"}','{\"country\":\"HU\"}');"
    "COMMIT;";

/* Makes it, and brings it up to `version` without a copy. */
static inline void old_database(const char *path, uint32_t version) {
    struct errinfo info;
    sqlite3 *db;
    assert_ok(store_create_file(path, 1, &db, &info), &info);
    assert_ok(store_exec(db, old_records, &info), &info);
    assert_ok(store_migrate(db, NULL, version, &info), &info);
    sqlite3_close(db);
}

#endif
