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

ALTER TABLE exhibit ADD COLUMN description_en TEXT; -- what it is, one paragraph
ALTER TABLE exhibit ADD COLUMN description_zh TEXT; -- what it is, one paragraph
ALTER TABLE exhibit ADD COLUMN proof TEXT;       -- what the claim of a debut rests on: words or an address

ALTER TABLE programme_entry ADD COLUMN start_time TEXT; -- HH:MM in the edition's time zone; NULL = no time yet
ALTER TABLE programme_entry ADD COLUMN end_time TEXT;   -- HH:MM in the edition's time zone, of the last day
ALTER TABLE programme_entry ADD COLUMN place_en TEXT;   -- room or hall
ALTER TABLE programme_entry ADD COLUMN place_zh TEXT;   -- room or hall
ALTER TABLE programme_entry ADD COLUMN hosts_zh TEXT;   -- as hosts, in the same order, separated by ;
ALTER TABLE programme_entry ADD COLUMN summary_en TEXT; -- what it is about, one paragraph
ALTER TABLE programme_entry ADD COLUMN summary_zh TEXT; -- what it is about, one paragraph
ALTER TABLE programme_entry ADD COLUMN state TEXT;      -- tentative, confirmed, cancelled (RFC 5545, STATUS)

ALTER TABLE figure ADD COLUMN definition_zh TEXT; -- what was counted
