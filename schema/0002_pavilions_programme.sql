-- Fairlead, schema version 2: pavilions with texts, pictures and members, programme entries with times, places and
-- hosts in both languages, proofs of debuts, editions and figures in Chinese.
--
-- As in version 1: what is not known is NULL, codes are the words of model/kinds.h. Every row is written through the
-- change log, but those of `content`: bytes never change under their digest, and the log holds the digest.

ALTER TABLE edition ADD COLUMN city_zh TEXT;     -- place
ALTER TABLE edition ADD COLUMN venue_zh TEXT;    -- exhibition centre
ALTER TABLE edition ADD COLUMN theme_zh TEXT;    -- motto
ALTER TABLE edition ADD COLUMN timezone TEXT;    -- IANA name of the local time of its days and hours: Asia/Shanghai
ALTER TABLE edition ADD COLUMN summary_en TEXT;  -- what this edition is, one paragraph
ALTER TABLE edition ADD COLUMN summary_zh TEXT;  -- what this edition is, one paragraph
ALTER TABLE edition ADD COLUMN website TEXT;     -- http or https address of the organiser's own site

ALTER TABLE pavilion ADD COLUMN theme_zh TEXT;   -- what it shows

CREATE TABLE pavilion_text (
    id           INTEGER PRIMARY KEY,
    pavilion_id  INTEGER NOT NULL REFERENCES pavilion(id), -- of which pavilion
    section      TEXT NOT NULL,        -- introduction, industries, resources, culture, landscapes, brand
    text_en      TEXT,                 -- Markdown; at least one of the two texts is given
    text_zh      TEXT,                 -- Markdown; at least one of the two texts is given
    source       TEXT,                 -- where the facts come from
    UNIQUE (pavilion_id, section)
);

CREATE TABLE content (
    digest  TEXT PRIMARY KEY,          -- SHA-256 of the bytes, 64 hexadecimal digits
    bytes   BLOB NOT NULL              -- a file; kept also when no record names it any more, because of undo
);

CREATE TABLE picture (
    id           INTEGER PRIMARY KEY,
    pavilion_id  INTEGER NOT NULL REFERENCES pavilion(id), -- of which pavilion
    digest       TEXT NOT NULL,        -- names its bytes in content
    format       TEXT NOT NULL,        -- png, jpeg, webp
    width        INTEGER NOT NULL,     -- pixels, as shown
    height       INTEGER NOT NULL,     -- pixels, as shown
    position     INTEGER,              -- order within the pavilion; NULL = after those that have one
    alt_en       TEXT,                 -- what it shows, for people who do not see it
    alt_zh       TEXT,                 -- what it shows, for people who do not see it
    credit       TEXT,                 -- whose picture it is
    UNIQUE (pavilion_id, digest)
);

ALTER TABLE exhibitor ADD COLUMN pavilion_id INTEGER REFERENCES pavilion(id); -- the pavilion it is a member of
CREATE INDEX exhibitor_pavilion ON exhibitor(pavilion_id) WHERE pavilion_id IS NOT NULL;

-- Exhibits and events whose name is known in Chinese only: SQLite takes NOT NULL from a column only with a new table.
-- Nothing refers to either.

ALTER TABLE exhibit RENAME TO exhibit_1;
DROP INDEX exhibit_edition;
CREATE TABLE exhibit (
    id            INTEGER PRIMARY KEY,
    edition_id    INTEGER NOT NULL REFERENCES edition(id), -- edition
    exhibitor_id  INTEGER REFERENCES exhibitor(id),        -- who shows it, where a firm is named
    pavilion_id   INTEGER REFERENCES pavilion(id),         -- where it is shown, when in a pavilion
    field         TEXT,                 -- code of an area
    name_en       TEXT,                 -- at least one of the two names is given
    name_zh       TEXT,                 -- at least one of the two names is given
    node_id       INTEGER REFERENCES node(id), -- what it is an example of
    debut         TEXT,                 -- world, china, expo; NULL = not claimed
    basis         TEXT,                 -- reported, reported-weak
    source        TEXT,                 -- where the facts come from
    description_en  TEXT,               -- what it is, one paragraph
    description_zh  TEXT,               -- what it is, one paragraph
    proof         TEXT                  -- what the claim of a debut rests on: words or an address
);
INSERT INTO exhibit(id, edition_id, exhibitor_id, pavilion_id, field, name_en, name_zh, node_id, debut, basis, source)
    SELECT id, edition_id, exhibitor_id, pavilion_id, field, name_en, name_zh, node_id, debut, basis, source
    FROM exhibit_1;
DROP TABLE exhibit_1;
CREATE INDEX exhibit_edition ON exhibit(edition_id);

ALTER TABLE programme_entry RENAME TO programme_entry_1;
DROP INDEX programme_entry_edition;
CREATE TABLE programme_entry (
    id            INTEGER PRIMARY KEY,
    edition_id    INTEGER NOT NULL REFERENCES edition(id), -- edition
    code          TEXT NOT NULL UNIQUE, -- P029
    starts        TEXT,                 -- day; NULL = not yet dated
    ends          TEXT,                 -- last day where it lasts several
    time_of_day   TEXT,                 -- morning, afternoon, ...
    kind          TEXT NOT NULL,        -- conference, forum, launch, signing, press, ...
    area          TEXT,                 -- code of an area
    title_en      TEXT,                 -- at least one of the two titles is given
    title_zh      TEXT,                 -- at least one of the two titles is given
    hosts         TEXT,                 -- in the order of the invitation, separated by ;
    participants  INTEGER,              -- as reported
    note          TEXT,                 -- remark
    source        TEXT,                 -- where the facts come from
    start_time    TEXT,                 -- HH:MM in the edition's time zone; NULL = no time yet
    end_time      TEXT,                 -- HH:MM in the edition's time zone, of the last day
    place_en      TEXT,                 -- room or hall
    place_zh      TEXT,                 -- room or hall
    hosts_zh      TEXT,                 -- as hosts, in the same order
    summary_en    TEXT,                 -- what it is about, one paragraph
    summary_zh    TEXT,                 -- what it is about, one paragraph
    state         TEXT                  -- tentative, confirmed, cancelled (RFC 5545, STATUS); NULL = not said
);
INSERT INTO programme_entry(id, edition_id, code, starts, ends, time_of_day, kind, area, title_en, title_zh, hosts,
                            participants, note, source)
    SELECT id, edition_id, code, starts, ends, time_of_day, kind, area, title_en, title_zh, hosts, participants, note,
           source
    FROM programme_entry_1;
DROP TABLE programme_entry_1;
CREATE INDEX programme_entry_edition ON programme_entry(edition_id);

ALTER TABLE figure ADD COLUMN definition_zh TEXT; -- what was counted
