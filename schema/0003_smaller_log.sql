-- Fairlead schema, version 3: a change log of half the size.
--
-- A line of the log names its table by a number; what it does is told by which image is missing; its batch is
-- the one whose range of lines holds it. New lines give a whole record as a JSON array; older lines stay as
-- they are, as JSON objects. Why: docs/decisions/0006-smaller-log.md.

CREATE TABLE logged_table (
    id    INTEGER PRIMARY KEY,        -- number in the change log, for ever the same
    name  TEXT NOT NULL UNIQUE        -- name of the table
);
INSERT INTO logged_table(id, name) VALUES
    (1, 'country'), (2, 'region'), (3, 'rule'), (4, 'header_mapping'), (5, 'node'), (6, 'link'), (7, 'chain'),
    (8, 'chain_node'), (9, 'scenario'), (10, 'scenario_part'), (11, 'edition'), (12, 'area'), (13, 'pavilion'),
    (14, 'organisation'), (15, 'organisation_name'), (16, 'duplicate_decision'), (17, 'exhibitor'),
    (18, 'statement'), (19, 'joint_stand'), (20, 'exhibit'), (21, 'programme_entry'), (22, 'figure'), (23, 'pavilion_text'),
    (24, 'picture');

CREATE TABLE smaller_change (
    id         INTEGER PRIMARY KEY,   -- within first_change .. last_change of its batch
    table_id   INTEGER NOT NULL,      -- logged_table
    record_id  INTEGER NOT NULL,      -- id in that table
    before     TEXT,                  -- as it was: NULL on insert; on delete a JSON array of the columns in the order of
                                      -- the table, less the empty ones at the end; on update an object of what changed
    after      TEXT                   -- as it is: NULL on delete; on insert an array, on update an object
);
INSERT INTO smaller_change(id, table_id, record_id, before, after)
    SELECT id, (SELECT t.id FROM logged_table t WHERE t.name = entity), record_id, before, after
    FROM change ORDER BY id;
DROP TABLE change;
ALTER TABLE smaller_change RENAME TO change;
CREATE INDEX change_record ON change(table_id, record_id);
CREATE INDEX batch_first_change ON batch(first_change);
