-- Fairlead, schema version 1.
--
-- Words are those of docs/DATA.md. Portable subset: INTEGER, REAL and TEXT; ids are given by the program;
-- dates are ISO 8601 text; codes are the lower-case words of model/kinds.h; what is not known is NULL,
-- never an empty text. Every row of every table but `migration`, `batch` and `change` is written through
-- the change log.

CREATE TABLE migration (
    version     INTEGER PRIMARY KEY,  -- 1, 2, 3, ... in the order of the files in schema/
    name        TEXT NOT NULL,        -- file name
    digest      TEXT NOT NULL,        -- 64-bit hash of the file, to notice edited history
    applied_ms  INTEGER NOT NULL      -- when, milliseconds since 1970 UTC
);

-- Change log ------------------------------------------------------------------------------------

CREATE TABLE batch (
    id       INTEGER PRIMARY KEY,
    kind     TEXT NOT NULL,           -- create, import, edit, merge, undo
    actor    TEXT NOT NULL,           -- who
    at_ms    INTEGER NOT NULL,        -- when, milliseconds since 1970 UTC
    note     TEXT NOT NULL,           -- what for, in words: file name, reason
    undo_of  INTEGER REFERENCES batch(id), -- the batch that this one takes back
    first_change  INTEGER NOT NULL,   -- its lines of the log are change.id first_change .. last_change,
    last_change   INTEGER             -- without gaps, because one writer writes one batch at a time
);
CREATE INDEX batch_undo_of ON batch(undo_of);

CREATE TABLE change (
    id         INTEGER PRIMARY KEY,
    batch_id   INTEGER NOT NULL REFERENCES batch(id), -- gives who and when
    entity     TEXT NOT NULL,         -- table name
    record_id  INTEGER NOT NULL,      -- id in that table
    operation  TEXT NOT NULL,         -- insert, update, delete
    before     TEXT,                  -- JSON object of the columns that changed, as they were; NULL on insert
    after      TEXT                   -- JSON object of the columns that changed, as they are; NULL on delete
);
CREATE INDEX change_record ON change(entity, record_id);

-- Vocabulary the organiser may change -------------------------------------------------------------

CREATE TABLE country (
    id           INTEGER PRIMARY KEY,
    code         TEXT NOT NULL UNIQUE, -- ISO 3166-1 alpha-2 of a country or region
    alpha3       TEXT,                 -- ISO 3166-1 alpha-3
    m49          TEXT,                 -- UN M49 number
    name_en      TEXT NOT NULL,        -- shown name of the country or region
    name_zh      TEXT NOT NULL,        -- shown name of the country or region
    other_names  TEXT                  -- further spellings, separated by ;
);

CREATE TABLE region (
    id           INTEGER PRIMARY KEY,
    code         TEXT NOT NULL UNIQUE, -- ISO 3166-2
    country      TEXT NOT NULL,        -- ISO 3166-1 alpha-2 it belongs to
    name_en      TEXT NOT NULL,        -- shown name
    name_zh      TEXT NOT NULL,        -- shown name
    other_names  TEXT                  -- further spellings, separated by ;
);

CREATE TABLE rule (
    id       INTEGER PRIMARY KEY,
    kind     TEXT NOT NULL,            -- foreign
    version  INTEGER NOT NULL,         -- 1, 2, ...; the highest is in force
    body     TEXT NOT NULL,            -- foreign: domestic country codes; then regions of them that are not, "CN;CN-HK CN-MO CN-TW"
    note     TEXT,                     -- why, source
    UNIQUE (kind, version)
);

CREATE TABLE header_mapping (
    id      INTEGER PRIMARY KEY,
    sheet   TEXT NOT NULL,             -- kind of sheet: exhibitors, programme, ...
    header  TEXT NOT NULL,             -- header as folded for comparison
    field   TEXT NOT NULL,             -- field it stands for; "ignore" = leave out
    UNIQUE (sheet, header)
);

-- Catalogue ------------------------------------------------------------------------------------------

CREATE TABLE node (
    id           INTEGER PRIMARY KEY,
    code         TEXT NOT NULL UNIQUE, -- bat.cell
    kind         TEXT NOT NULL,        -- material, component, equipment, product, service
    name_en      TEXT NOT NULL,        -- shown name
    name_zh      TEXT,                 -- shown name
    hs2022       TEXT,                 -- HS 2022 codes, separated by blanks
    cpc21        TEXT,                 -- CPC 2.1 codes, separated by blanks
    synonyms_en  TEXT,                 -- separated by ;
    synonyms_zh  TEXT                  -- separated by ;
);

CREATE TABLE link (
    id         INTEGER PRIMARY KEY,
    input_id   INTEGER NOT NULL REFERENCES node(id), -- what goes in
    output_id  INTEGER NOT NULL REFERENCES node(id), -- what it goes into
    kind       TEXT NOT NULL,          -- essential, optional, capital
    group_no   INTEGER,                -- essential inputs of one output with the same number stand in for each other
    UNIQUE (input_id, output_id)
);
CREATE INDEX link_output ON link(output_id);

CREATE TABLE chain (
    id          INTEGER PRIMARY KEY,
    code        TEXT NOT NULL UNIQUE,  -- clean-energy
    name_en     TEXT NOT NULL,         -- shown name
    name_zh     TEXT,                  -- shown name
    summary_en  TEXT,                  -- one sentence
    summary_zh  TEXT                   -- one sentence
);

CREATE TABLE chain_node (
    id        INTEGER PRIMARY KEY,
    chain_id  INTEGER NOT NULL REFERENCES chain(id), -- chain
    node_id   INTEGER NOT NULL REFERENCES node(id),  -- node in it
    stage     TEXT,                    -- upstream, midstream, downstream; NULL = not given by the organiser
    role      TEXT NOT NULL,           -- core, shared, tool, service
    final     INTEGER NOT NULL,        -- 1 = a final product of the chain
    UNIQUE (chain_id, node_id)
);
CREATE INDEX chain_node_node ON chain_node(node_id);

CREATE TABLE scenario (
    id          INTEGER PRIMARY KEY,
    code        TEXT NOT NULL UNIQUE,  -- burger
    name_en     TEXT NOT NULL,         -- shown name
    name_zh     TEXT,                  -- shown name
    summary_en  TEXT,                  -- one sentence
    summary_zh  TEXT                   -- one sentence
);

CREATE TABLE scenario_part (
    id           INTEGER PRIMARY KEY,
    scenario_id  INTEGER NOT NULL REFERENCES scenario(id), -- scenario
    node_id      INTEGER NOT NULL REFERENCES node(id),     -- node that is the part
    parent_id    INTEGER REFERENCES node(id), -- node of the part it belongs to; NULL = root
    part_en      TEXT NOT NULL,        -- the node's name in this bill
    part_zh      TEXT,                 -- the node's name in this bill
    UNIQUE (scenario_id, node_id)
);

-- Editions ---------------------------------------------------------------------------------------------

CREATE TABLE edition (
    id                 INTEGER PRIMARY KEY,
    code               TEXT NOT NULL UNIQUE, -- 2024; used in addresses
    ordinal            INTEGER,         -- 2 = 2nd edition
    name_en            TEXT NOT NULL,   -- shown name
    name_zh            TEXT,            -- shown name
    city_en            TEXT,            -- place
    venue_en           TEXT,            -- exhibition centre
    starts             TEXT,            -- first day
    ends               TEXT,            -- last day
    theme_en           TEXT,            -- motto
    register_complete  INTEGER NOT NULL, -- 1 = every exhibitor is in the register: gaps may be stated
    current            INTEGER NOT NULL  -- 1 = shown when no edition is named
);

CREATE TABLE area (
    id          INTEGER PRIMARY KEY,
    edition_id  INTEGER NOT NULL REFERENCES edition(id), -- edition
    code        TEXT NOT NULL,          -- the chain's code where the area shows a chain
    kind        TEXT NOT NULL,          -- chain, services, zone
    name_en     TEXT NOT NULL,          -- shown name
    name_zh     TEXT,                   -- shown name
    novelty     TEXT,                   -- yes, no, renamed
    size_m2     INTEGER,                -- as reported
    exhibitors  INTEGER,                -- as reported
    qualifier   TEXT,                   -- of the reported number: exact, over, about, expected
    note        TEXT,                   -- remark
    source      TEXT,                   -- where the facts come from
    UNIQUE (edition_id, code)
);

CREATE TABLE pavilion (
    id            INTEGER PRIMARY KEY,
    edition_id    INTEGER NOT NULL REFERENCES edition(id), -- edition
    kind          TEXT NOT NULL,        -- guest-country, guest-province, country-stand, ...
    name_en       TEXT NOT NULL,        -- shown name
    name_zh       TEXT,                 -- shown name
    code          TEXT,                 -- ISO 3166-1 or 3166-2
    theme         TEXT,                 -- what it shows
    participants  INTEGER,              -- as reported
    qualifier     TEXT,                 -- of the reported number: exact, over, about, expected
    source        TEXT,                 -- where the facts come from
    UNIQUE (edition_id, name_en)
);

-- Organisations and exhibitors ------------------------------------------------------------------------

CREATE TABLE organisation (
    id              INTEGER PRIMARY KEY,
    name_en         TEXT,               -- at least one of the two names is given
    name_zh         TEXT,               -- at least one of the two names is given
    country         TEXT,               -- ISO 3166-1 alpha-2 of the country or region
    region          TEXT,               -- ISO 3166-2
    size            TEXT,               -- small, medium, large, institution; NULL = not known
    parent_country  TEXT,               -- country or region of the group it belongs to
    website         TEXT,               -- http or https address
    lei             TEXT,               -- ISO 17442 identifier
    registration    TEXT,               -- number in the national register
    source          TEXT,               -- where the facts come from
    merged_into     INTEGER REFERENCES organisation(id) -- the organisation that took its place
);
CREATE INDEX organisation_merged_into ON organisation(merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE organisation_name (
    id               INTEGER PRIMARY KEY,
    organisation_id  INTEGER NOT NULL REFERENCES organisation(id), -- whose name
    language         TEXT,              -- BCP 47; NULL = not known
    kind             TEXT NOT NULL,     -- alias, former, brand, parent
    name             TEXT NOT NULL,     -- as written
    UNIQUE (organisation_id, name)
);

CREATE TABLE duplicate_decision (
    id         INTEGER PRIMARY KEY,
    first_id   INTEGER NOT NULL REFERENCES organisation(id), -- the smaller id of the pair
    second_id  INTEGER NOT NULL REFERENCES organisation(id), -- the larger id of the pair
    decision   TEXT NOT NULL,           -- same, different, later
    UNIQUE (first_id, second_id)
);

CREATE TABLE exhibitor (
    id               INTEGER PRIMARY KEY,
    edition_id       INTEGER NOT NULL REFERENCES edition(id),      -- edition
    organisation_id  INTEGER NOT NULL REFERENCES organisation(id), -- who takes part
    type             TEXT,              -- direct, co-exhibitor, represented, pavilion, institution
    lead_id          INTEGER REFERENCES exhibitor(id), -- the lead exhibitor that brought it
    area_id          INTEGER REFERENCES area(id),      -- where it stands
    area_basis       TEXT,              -- reported, reading
    offers_text      TEXT,              -- what it says it shows, English
    offers_text_zh   TEXT,              -- what it says it shows, Chinese
    basis            TEXT,              -- where the offers come from: reported, common-knowledge
    attendance       TEXT,              -- how sure: reported, confirmed-before, signed, listed-low-reliability, mentioned
    note             TEXT,              -- remark
    source           TEXT,              -- where the facts come from
    UNIQUE (edition_id, organisation_id)
);
CREATE INDEX exhibitor_organisation ON exhibitor(organisation_id);
CREATE INDEX exhibitor_lead ON exhibitor(lead_id) WHERE lead_id IS NOT NULL;

CREATE TABLE statement (
    id            INTEGER PRIMARY KEY,
    exhibitor_id  INTEGER NOT NULL REFERENCES exhibitor(id), -- who says so
    node_id       INTEGER NOT NULL REFERENCES node(id),      -- of which node
    side          TEXT NOT NULL,        -- offer, need
    basis         TEXT NOT NULL,        -- declared, inferred, confirmed
    evidence      TEXT,                 -- the words an inferred statement was read from
    UNIQUE (exhibitor_id, node_id, side)
);
CREATE INDEX statement_node ON statement(node_id);

CREATE TABLE joint_stand (
    id                     INTEGER PRIMARY KEY,
    exhibitor_id           INTEGER NOT NULL UNIQUE REFERENCES exhibitor(id), -- the lead exhibitor
    participants_reported  INTEGER,     -- number published, not all of them named
    qualifier              TEXT,        -- exact, over, about, expected
    note                   TEXT,        -- remark
    source                 TEXT         -- where the facts come from
);

CREATE TABLE exhibit (
    id            INTEGER PRIMARY KEY,
    edition_id    INTEGER NOT NULL REFERENCES edition(id), -- edition
    exhibitor_id  INTEGER REFERENCES exhibitor(id),        -- who shows it, where a firm is named
    pavilion_id   INTEGER REFERENCES pavilion(id),         -- where it is shown, when in a pavilion
    field         TEXT,                 -- code of an area
    name_en       TEXT NOT NULL,        -- shown name
    name_zh       TEXT,                 -- shown name
    node_id       INTEGER REFERENCES node(id), -- what it is an example of
    debut         TEXT,                 -- world, china, expo; NULL = not claimed
    basis         TEXT,                 -- reported, reported-weak
    source        TEXT                  -- where the facts come from
);
CREATE INDEX exhibit_edition ON exhibit(edition_id);

CREATE TABLE programme_entry (
    id            INTEGER PRIMARY KEY,
    edition_id    INTEGER NOT NULL REFERENCES edition(id), -- edition
    code          TEXT NOT NULL UNIQUE, -- P029
    starts        TEXT,                 -- day; NULL = not yet dated
    ends          TEXT,                 -- last day where it lasts several
    time_of_day   TEXT,                 -- morning, afternoon, ...
    kind          TEXT NOT NULL,        -- conference, forum, launch, signing, press, ...
    area          TEXT,                 -- code of an area
    title_en      TEXT NOT NULL,        -- shown title
    title_zh      TEXT,                 -- shown title
    hosts         TEXT,                 -- separated by ;
    participants  INTEGER,              -- as reported
    note          TEXT,                 -- remark
    source        TEXT                  -- where the facts come from
);
CREATE INDEX programme_entry_edition ON programme_entry(edition_id);

CREATE TABLE figure (
    id          INTEGER PRIMARY KEY,
    edition_id  INTEGER NOT NULL REFERENCES edition(id), -- edition
    figure      TEXT NOT NULL,          -- exhibitors_contracted, gross_area, ...
    value       TEXT NOT NULL,          -- decimal number as published
    unit        TEXT NOT NULL,          -- exhibitors, m2, %, CNY, ...
    qualifier   TEXT NOT NULL,          -- exact, over, about, expected
    state       TEXT NOT NULL,          -- announced, confirmed, closing
    as_of       TEXT NOT NULL,          -- day of the publication
    definition  TEXT,                   -- what was counted
    source      TEXT                    -- where it was published
);
CREATE INDEX figure_edition ON figure(edition_id);
