/* Whatever the check looks for is planted, and is the one thing found. */
#include "fixture.h"

/* A small expo without a fault, written past the log: what differs from the log is left out below.
 */
static const char sound[] =
    "INSERT INTO country(id,code,name_en,name_zh) VALUES (1,'CN','China','中国');"
    "INSERT INTO region(id,code,country,name_en,name_zh) VALUES (1,'CN-JS','CN','Jiangsu','江苏');"
    "INSERT INTO edition(id,code,name_en,register_complete,current,starts,ends) VALUES"
    " (1,'2024','Expo',1,0,'2024-11-26','2024-11-30'),(2,'2025','Expo',1,1,NULL,NULL);"
    "INSERT INTO node(id,code,kind,name_en) VALUES (1,'a','material','A'),(2,'b','product','B'),"
    " (3,'c','product','C');"
    "INSERT INTO link(id,input_id,output_id,kind) VALUES (1,1,2,'essential');"
    "INSERT INTO chain(id,code,name_en) VALUES (1,'food','Food');"
    "INSERT INTO chain_node(id,chain_id,node_id,stage,role,final) VALUES (1,1,1,NULL,'core',0);"
    "INSERT INTO scenario(id,code,name_en) VALUES (1,'burger','Burger');"
    "INSERT INTO scenario_part(id,scenario_id,node_id,parent_id,part_en) VALUES "
    "(1,1,2,NULL,'Meal'),"
    " (2,1,1,2,'Bread');"
    "INSERT INTO area(id,edition_id,code,kind,name_en) VALUES (1,1,'food','chain','Food'),"
    " (2,2,'food','chain','Food');"
    "INSERT INTO pavilion(id,edition_id,kind,name_en) VALUES (1,1,'cluster','P'),"
    " (2,2,'cluster','P');"
    "INSERT INTO pavilion_text(id,pavilion_id,section,text_en) VALUES (1,1,'introduction','T');"
    "INSERT INTO organisation(id,name_en,country,region,merged_into) VALUES"
    " (1,'A','CN','CN-JS',NULL),(2,'B',NULL,NULL,NULL),(3,'C',NULL,NULL,1),(4,'D',NULL,NULL,3);"
    "INSERT INTO duplicate_decision(id,first_id,second_id,decision) VALUES (1,1,2,'later');"
    "INSERT INTO exhibitor(id,edition_id,organisation_id,type,lead_id,area_id,pavilion_id) VALUES"
    " (1,1,1,'direct',NULL,1,1),(2,1,2,'co-exhibitor',1,1,NULL),(3,2,1,NULL,NULL,2,2);"
    "INSERT INTO statement(id,exhibitor_id,node_id,side,basis) VALUES (1,1,1,'offer','declared');"
    "INSERT INTO exhibit(id,edition_id,exhibitor_id,pavilion_id,name_zh) VALUES (1,1,1,1,'茶');"
    "INSERT INTO programme_entry(id,edition_id,code,kind,title_en,starts,start_time,end_time)"
    " VALUES (1,1,'P1','forum','F','2024-11-26','09:00','10:00');"
    "INSERT INTO figure(id,edition_id,figure,value,unit,qualifier,state,as_of) VALUES"
    " (1,1,'exhibitors','620','exhibitors','exact','closing','2024-12-01');"
    "INSERT INTO account(id,email,name,language,state,must_change,created_ms) VALUES"
    " (1,'lin@expo.example','Lin','en','active',0,1),(2,NULL,NULL,'zh','erased',0,1);"
    "INSERT INTO role_grant(id,account_id,role,chain_id,pavilion_id) VALUES"
    " (1,1,'administrator',NULL,NULL),(2,1,'area-manager',1,NULL),(3,1,'pavilion-manager',NULL,1);"
    "INSERT INTO api_token(id,account_id,name,scope,digest,created_ms) VALUES "
    "(1,1,'T','read','d',1);"
    "INSERT INTO gap_case(id,edition_id,chain_id,node_id,kind,state,owner_id) VALUES"
    " (1,1,1,1,'one-source','to-invite',1);"
    "INSERT INTO gap_candidate(id,gap_case_id,organisation_id,state) VALUES (1,1,2,'invited');"
    "INSERT INTO participant(id,edition_id,organisation_id,kind,state) VALUES"
    " (1,1,2,'buyer','active');"
    "INSERT INTO retention(id,kind,days) VALUES (1,'sessions',30);"
    "INSERT INTO session(id,digest,account_id,csrf,created_ms,seen_ms,expires_ms) VALUES"
    " (1,'d',1,'c',1,1,9);"
    "INSERT INTO one_time(id,digest,account_id,purpose,expires_ms) VALUES (1,'d',1,'sign-in',9);"
    "INSERT INTO outbox(id,recipient,subject,body,state,tries,next_ms,created_ms) VALUES"
    " (1,'lin@expo.example','s','b','waiting',0,1,1);"
    "INSERT INTO draft(id,account_id,key,body,at_ms) VALUES (1,1,'organisation:1','{}',1);"
    "INSERT INTO content(digest,bytes) VALUES ('d','x');"
    "INSERT INTO upload(id,account_id,name,digest,settings,state,created_ms) VALUES"
    " (1,1,'list.csv','d','{}','open',1);";

static const struct {
    const char *plant, *finding;
} cases[] = {
    /* Editions and what belongs to one. */
    {"UPDATE edition SET current = 1",
     "edition 1: is current, and so is another one;edition 2: is current, and so is another one"},
    {"UPDATE edition SET current = 0", "edition 2: is not current, and no other one is"},
    {"UPDATE edition SET ends = '2024-11-25' WHERE id = 1", "edition 1: ends before it starts"},
    {"UPDATE exhibitor SET lead_id = 3 WHERE id = 2",
     "exhibitor 2: has a lead exhibitor of another edition"},
    {"UPDATE exhibitor SET area_id = 2 WHERE id = 2",
     "exhibitor 2: stands in an area of another edition"},
    {"UPDATE exhibitor SET pavilion_id = 2 WHERE id = 2",
     "exhibitor 2: is a member of a pavilion of another edition"},
    {"UPDATE exhibit SET exhibitor_id = 3",
     "exhibit 1: is shown by an exhibitor of another edition"},
    {"UPDATE exhibit SET pavilion_id = 2", "exhibit 1: is shown in a pavilion of another edition"},
    /* Circles and chains. */
    {"UPDATE organisation SET merged_into = 2 WHERE id = 2",
     "organisation 2: is merged into itself, directly or over others;"
     "exhibitor 2: takes part for an organisation that was merged into another"},
    {"UPDATE organisation SET merged_into = 4 WHERE id = 3",
     "organisation 3: is merged into itself, directly or over others;"
     "organisation 4: is merged into itself, directly or over others"},
    {"UPDATE exhibitor SET organisation_id = 3 WHERE id = 2",
     "exhibitor 2: takes part for an organisation that was merged into another"},
    {"UPDATE exhibitor SET lead_id = 2 WHERE id = 1",
     "exhibitor 1: is its own lead exhibitor, directly or over others;"
     "exhibitor 2: is its own lead exhibitor, directly or over others"},
    {"UPDATE link SET output_id = 1", "link 1: leads from a node to itself"},
    {"UPDATE scenario_part SET parent_id = 3 WHERE id = 2",
     "scenario_part 2: belongs to a part that its scenario has not"},
    {"UPDATE scenario_part SET parent_id = 1 WHERE id = 1",
     "scenario_part 1: is a part of itself, directly or over others;"
     "scenario_part 2: is a part of itself, directly or over others"},
    {"UPDATE duplicate_decision SET first_id = 2, second_id = 1",
     "duplicate_decision 1: does not name the smaller number first"},
    /* Names, places, days. */
    {"UPDATE organisation SET name_en = NULL WHERE id = 2", "organisation 2: has no name"},
    {"UPDATE organisation SET country = 'XX' WHERE id = 2",
     "organisation 2: is of an unknown country or region"},
    {"UPDATE organisation SET parent_country = 'XX' WHERE id = 2",
     "organisation 2: belongs to a group of an unknown country or region"},
    {"UPDATE organisation SET region = 'XX' WHERE id = 2",
     "organisation 2: is of an unknown region"},
    {"UPDATE region SET country = 'XX'", "region 1: belongs to an unknown country or region"},
    {"UPDATE exhibit SET name_zh = NULL", "exhibit 1: has no name"},
    {"UPDATE programme_entry SET title_en = NULL", "programme_entry 1: has no title"},
    {"UPDATE programme_entry SET end_time = '08:59'", "programme_entry 1: ends before it starts"},
    {"UPDATE pavilion_text SET text_en = NULL", "pavilion_text 1: has no text"},
    /* Accounts. */
    {"UPDATE account SET email = NULL WHERE id = 1",
     "account 1: is active and has no mail address"},
    {"UPDATE account SET name = 'Wang' WHERE id = 2",
     "account 2: is erased and still has something of the person"},
    {"INSERT INTO batch(id,kind,actor,at_ms,note,first_change,last_change) VALUES"
     " (1,'account','t',1,'n',1,1);"
     "INSERT INTO change VALUES (1,25,2,'{\"name\":\"Wang\"}','{\"name\":null}')",
     "account 2: is erased and the log still has something of the person"},
    {"UPDATE role_grant SET chain_id = NULL WHERE id = 2",
     "role_grant 2: makes an area manager of no chain"},
    {"UPDATE role_grant SET pavilion_id = NULL WHERE id = 3",
     "role_grant 3: makes a pavilion manager of no pavilion"},
    {"UPDATE role_grant SET chain_id = 1 WHERE id = 1",
     "role_grant 1: holds everywhere by its role, and names a place"},
    {"UPDATE role_grant SET account_id = 2 WHERE id = 1", "role_grant 1: is of an erased account"},
    {"UPDATE api_token SET account_id = 2", "api_token 1: lets in for an erased account"},
    {"UPDATE session SET account_id = 2", "session 1: is of an erased account"},
    {"UPDATE one_time SET account_id = 2", "one_time 1: lets in an erased account"},
    {"UPDATE retention SET days = 0", "retention 1: keeps for less than a day"},
    /* Working rows. */
    {"UPDATE outbox SET recipient = NULL", "outbox 1: waits to be sent to nobody"},
    {"UPDATE draft SET body = '{'", "draft 1: is no JSON"},
    {"UPDATE upload SET settings = '{'", "upload 1: has settings that are no JSON"},
    {"UPDATE upload SET state = 'applied'", "upload 1: is applied by no batch"},
    {"UPDATE upload SET digest = 'e'", "upload 1: is open and has lost its file"},
    /* Codes: each list once, and one column of each of the new tables. */
    {"UPDATE node SET kind = 'x' WHERE id = 1", "node 1: its kind is none that there is"},
    {"UPDATE link SET kind = 'x'", "link 1: its kind is none that there is"},
    {"UPDATE chain_node SET stage = 'x'", "chain_node 1: its stage is none that there is"},
    {"UPDATE chain_node SET role = 'x'", "chain_node 1: its role is none that there is"},
    {"UPDATE area SET kind = 'x' WHERE id = 1", "area 1: its kind is none that there is"},
    {"UPDATE pavilion SET kind = 'x' WHERE id = 1", "pavilion 1: its kind is none that there is"},
    {"UPDATE pavilion_text SET section = 'x'",
     "pavilion_text 1: its section is none that there is"},
    {"UPDATE organisation SET size = 'x' WHERE id = 1",
     "organisation 1: its size is none that there is"},
    {"UPDATE exhibitor SET type = 'x' WHERE id = 1", "exhibitor 1: its type is none that there is"},
    {"UPDATE exhibitor SET attendance = 'x' WHERE id = 1",
     "exhibitor 1: its attendance is none that there is"},
    {"UPDATE statement SET side = 'x'", "statement 1: its side is none that there is"},
    {"UPDATE statement SET basis = 'x'", "statement 1: its basis is none that there is"},
    {"UPDATE exhibit SET debut = 'x'", "exhibit 1: its debut is none that there is"},
    {"UPDATE programme_entry SET kind = 'x'", "programme_entry 1: its kind is none that there is"},
    {"UPDATE programme_entry SET state = 'x'",
     "programme_entry 1: its state is none that there is"},
    {"UPDATE figure SET state = 'x'", "figure 1: its state is none that there is"},
    {"UPDATE figure SET qualifier = 'x'", "figure 1: its qualifier is none that there is"},
    {"UPDATE duplicate_decision SET decision = 'x'",
     "duplicate_decision 1: its decision is none that there is"},
    {"UPDATE account SET state = 'x' WHERE id = 1", "account 1: its state is none that there is"},
    {"UPDATE account SET language = 'x' WHERE id = 1",
     "account 1: its language is none that there is"},
    {"UPDATE role_grant SET role = 'x' WHERE id = 1",
     "role_grant 1: its role is none that there is"},
    {"UPDATE api_token SET scope = 'x'", "api_token 1: its scope is none that there is"},
    {"UPDATE gap_case SET state = 'x'", "gap_case 1: its state is none that there is"},
    {"UPDATE gap_case SET kind = 'x'", "gap_case 1: its kind is none that there is"},
    {"UPDATE gap_candidate SET state = 'x'", "gap_candidate 1: its state is none that there is"},
    {"UPDATE participant SET kind = 'x'", "participant 1: its kind is none that there is"},
    {"UPDATE participant SET state = 'x'", "participant 1: its state is none that there is"},
    {"UPDATE one_time SET purpose = 'x'", "one_time 1: its purpose is none that there is"},
    {"UPDATE outbox SET state = 'x'", "outbox 1: its state is none that there is"},
    {"UPDATE upload SET state = 'x'", "upload 1: its state is none that there is"},
    /* References that lead nowhere, of the new tables. */
    {"UPDATE session SET account_id = 9", "reference: session 1 refers to a missing account"},
    {"UPDATE one_time SET account_id = 9", "reference: one_time 1 refers to a missing account"},
    {"UPDATE draft SET account_id = 9", "reference: draft 1 refers to a missing account"},
    {"UPDATE upload SET account_id = 9", "reference: upload 1 refers to a missing account"},
    {"UPDATE upload SET batch_id = 9", "reference: upload 1 refers to a missing batch"},
    {"UPDATE role_grant SET account_id = 9 WHERE id = 1",
     "reference: role_grant 1 refers to a missing account"},
    {"UPDATE role_grant SET chain_id = 9 WHERE id = 2",
     "reference: role_grant 2 refers to a missing chain"},
    {"UPDATE role_grant SET pavilion_id = 9 WHERE id = 3",
     "reference: role_grant 3 refers to a missing pavilion"},
    {"UPDATE api_token SET account_id = 9", "reference: api_token 1 refers to a missing account"},
    {"UPDATE gap_case SET owner_id = 9", "reference: gap_case 1 refers to a missing account"},
    {"UPDATE gap_case SET edition_id = 9", "reference: gap_case 1 refers to a missing edition"},
    {"UPDATE gap_case SET node_id = 9", "reference: gap_case 1 refers to a missing node"},
    {"UPDATE gap_candidate SET gap_case_id = 9",
     "reference: gap_candidate 1 refers to a missing gap_case"},
    {"UPDATE gap_candidate SET organisation_id = 9",
     "reference: gap_candidate 1 refers to a missing organisation"},
    /* The log. */
    {"INSERT INTO batch(id,kind,actor,at_ms,note,first_change,last_change) VALUES"
     " (1,'edit','',1,'n',1,1); INSERT INTO change VALUES (1,25,1,'{}','{}')",
     "batch 1: it says nobody who did it"},
    {"INSERT INTO batch(id,kind,actor,at_ms,note,first_change,last_change,account_id,token_id)"
     " VALUES (1,'edit','',1,'n',1,1,2,1); INSERT INTO change VALUES (1,25,1,'{}','{}')",
     "batch 1: it came with a token of another account"},
    {"INSERT INTO batch(id,kind,actor,at_ms,note,first_change,last_change,undo_of)"
     " VALUES (1,'undo','t',1,'n',1,1,1); INSERT INTO change VALUES (1,25,1,'{}','{}')",
     "batch 1: it takes back a batch that came later"},
    {"INSERT INTO batch(id,kind,actor,at_ms,note,first_change,last_change) VALUES"
     " (1,'edit','t',1,'n',1,1); INSERT INTO change VALUES (1,25,1,NULL,NULL)",
     "change log: line 1: it says neither before nor after"},
    {"INSERT INTO batch(id,kind,actor,at_ms,note,first_change,last_change) VALUES"
     " (1,'edit','t',1,'n',1,1); INSERT INTO change VALUES (1,99,1,'{}','{}')",
     "change log: line 1: its table is unknown"},
    {"INSERT INTO batch(id,kind,actor,at_ms,note,first_change,last_change) VALUES"
     " (1,'edit','t',1,'n',1,1); INSERT INTO change VALUES (1,25,1,'{','{}')",
     "change log: line 1: it cannot be read; the records are not compared with the log"},
    {"INSERT INTO batch(id,kind,actor,at_ms,note,first_change,last_change) VALUES"
     " (1,'edit','t',1,'n',1,1);"
     "INSERT INTO change VALUES (1,25,1,'{\"password\":\"p\"}','{\"password\":null}')",
     "change log: line 1: it holds a secret"},
    {"INSERT INTO batch(id,kind,actor,at_ms,note,first_change,last_change) VALUES"
     " (1,'edit','t',1,'n',1,1); INSERT INTO change VALUES "
     "(1,27,1,NULL,'[1,\"T\",\"read\",\"d\"]')",
     "change log: line 1: it holds a secret"},
    {"INSERT INTO batch(id,kind,actor,at_ms,note,first_change,last_change) VALUES"
     " (1,'edit','t',1,'n',2,2); INSERT INTO change VALUES (2,25,1,'{}','{}')",
     "change log: batch 1 does not begin where the one before it ends;"
     "change log: lines of batches are missing, or lines belong to none"},
    {"INSERT INTO change VALUES (1,25,1,'{}','{}')",
     "change log: lines of batches are missing, or lines belong to none"},
};

/* Everything but what differs from the log, because the sound expo went past it. */
static void note_finding(void *ctx, const char *text) {
    struct buf *out = ctx;
    if (strstr(text, "differs from its history") == NULL)
        buf_printf(out, "%s%s", out->len > 0 ? ";" : "", text);
}

static void look(struct fixture *f, struct buf *out) {
    buf_clear(out);
    assert_ok(store_check(store_reader_of(f->store), NULL, note_finding, out, &f->info), &f->info);
}

static void what_is_planted_is_found_and_nothing_else(void **state) {
    struct fixture *f = *state;
    struct buf found;
    uint32_t failed = 0;
    buf_init(&found, 4000);
    past_the_log(f, sound);
    look(f, &found);
    assert_str(buf_str(&found), "");
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        past_the_log(f, "PRAGMA foreign_keys = OFF; BEGIN");
        past_the_log(f, cases[i].plant);
        look(f, &found);
        past_the_log(f, "ROLLBACK; PRAGMA foreign_keys = ON");
        if (str_equal_c(buf_str(&found), cases[i].finding))
            continue;
        failed++;
        print_message("# %s: found \"%.*s\", expected \"%s\"\n", cases[i].plant,
                      STR_ARG(buf_str(&found)), cases[i].finding);
    }
    assert_int_equal(failed, 0);
    look(f, &found);
    assert_str(buf_str(&found), "");
    buf_release(&found);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_planted_is_found_and_nothing_else, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
