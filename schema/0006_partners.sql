-- Fairlead schema, version 6: what participants say, rounds of suggestions, and the way of each match.
--
-- A match is a pair of participants with the answer of each side. It is suggested by a released round, or asked for by
-- one of the two; nobody else answers for a side. See version 4 for what is logged and what is not.

-- What a participant says: logged ------------------------------------------------------------------------------

ALTER TABLE participant ADD COLUMN meetings_max INTEGER; -- how many meetings it can take; NULL = what the edition suggests
ALTER TABLE participant ADD COLUMN languages TEXT;       -- codes of the languages its people speak, ISO 639-1, between spaces ("zh en"); NULL = not said
ALTER TABLE participant ADD COLUMN certificates TEXT;    -- certificates it holds, between semicolons ("ISO 9001; IATF 16949"); NULL = not said
ALTER TABLE participant ADD COLUMN days TEXT;            -- days it is there, YYYY-MM-DD, between spaces; NULL = all
ALTER TABLE participant ADD COLUMN leader TEXT;          -- who leads a delegation; personal
ALTER TABLE participant ADD COLUMN note TEXT;            -- what else partners should know, in its own words
ALTER TABLE participant ADD COLUMN revision INTEGER;          -- how often it said something; who writes names the one that was read; NULL = never

CREATE TABLE seek (
    id              INTEGER PRIMARY KEY,
    participant_id  INTEGER NOT NULL REFERENCES participant(id), -- who seeks
    kind            TEXT NOT NULL,      -- supplier, customer, joint-development, joint-production, scenario, service, investment, distribution
    node_id         INTEGER REFERENCES node(id), -- for what; NULL = not said
    quantity        INTEGER,            -- how much; NULL = not said
    unit            TEXT,               -- of the quantity, as written
    by_day          TEXT,               -- until when, YYYY-MM-DD
    note            TEXT                -- in its own words
);
CREATE INDEX seek_participant ON seek(participant_id);
CREATE INDEX seek_node ON seek(node_id) WHERE node_id IS NOT NULL;

CREATE TABLE volume (
    id              INTEGER PRIMARY KEY,
    participant_id  INTEGER NOT NULL REFERENCES participant(id), -- whose
    node_id         INTEGER NOT NULL REFERENCES node(id), -- of what
    side            TEXT NOT NULL,      -- offer: can deliver; need: takes
    quantity        INTEGER NOT NULL,   -- a year
    unit            TEXT NOT NULL,      -- as written
    UNIQUE (participant_id, node_id, side)
);
CREATE INDEX volume_node ON volume(node_id);

CREATE TABLE condition (
    id               INTEGER PRIMARY KEY,
    participant_id   INTEGER NOT NULL REFERENCES participant(id), -- who sets it
    strength         TEXT NOT NULL,     -- must, nice, never
    kind             TEXT NOT NULL,     -- country, region, size, language, certificate, organisation
    value            TEXT,              -- code of the country or region, region, size or language; name of the certificate; NULL for an organisation
    organisation_id  INTEGER REFERENCES organisation(id) -- which; NULL for the other kinds
);
CREATE INDEX condition_participant ON condition(participant_id);
CREATE INDEX condition_organisation ON condition(organisation_id) WHERE organisation_id IS NOT NULL;

CREATE TABLE wish (
    id               INTEGER PRIMARY KEY,
    participant_id   INTEGER NOT NULL REFERENCES participant(id), -- who wishes
    text             TEXT NOT NULL,     -- the partner's name as it was written
    organisation_id  INTEGER REFERENCES organisation(id), -- who is meant; NULL = nobody found yet
    confidence       INTEGER,           -- that it is, in thousandths; 1000 = a person said so; NULL = nobody found
    state            TEXT NOT NULL      -- open: to be decided, matched, refused: nobody who takes part
);
CREATE INDEX wish_participant ON wish(participant_id);
CREATE INDEX wish_organisation ON wish(organisation_id) WHERE organisation_id IS NOT NULL;

CREATE TABLE agreement (
    id          INTEGER PRIMARY KEY,
    first_id    INTEGER NOT NULL REFERENCES organisation(id), -- the two, smaller number first
    second_id   INTEGER NOT NULL REFERENCES organisation(id), -- the other
    kind        TEXT NOT NULL,          -- met, memorandum, contract
    edition_id  INTEGER REFERENCES edition(id), -- where it came about; NULL = elsewhere
    starts      TEXT,                   -- first day, YYYY-MM-DD
    ends        TEXT,                   -- last day; NULL = open
    source      TEXT,                   -- where it is known from
    CHECK (first_id < second_id)
);
CREATE INDEX agreement_first ON agreement(first_id);
CREATE INDEX agreement_second ON agreement(second_id);
CREATE INDEX agreement_edition ON agreement(edition_id) WHERE edition_id IS NOT NULL;

-- Rounds and matches: logged -----------------------------------------------------------------------------------

CREATE TABLE match_settings (
    id               INTEGER PRIMARY KEY,
    edition_id       INTEGER NOT NULL UNIQUE REFERENCES edition(id), -- edition
    suggestions_max  INTEGER NOT NULL,  -- suggestions of a firm at the most
    floor            INTEGER NOT NULL,  -- suggestions that small and medium firms and newcomers get at least, where it can be
    answer_days      INTEGER NOT NULL   -- how long a round waits for answers
);

CREATE TABLE match_weight (
    id          INTEGER PRIMARY KEY,
    edition_id  INTEGER NOT NULL REFERENCES edition(id), -- edition
    part        TEXT NOT NULL,          -- code of a part of the score
    weight      INTEGER NOT NULL,       -- in thousandths, 0 to 1000
    UNIQUE (edition_id, part)
);

CREATE TABLE match_round (
    id               INTEGER PRIMARY KEY,
    edition_id       INTEGER NOT NULL REFERENCES edition(id), -- edition
    number           INTEGER NOT NULL,  -- 1, 2, ... in the edition
    name             TEXT,              -- in the organiser's words
    state            TEXT NOT NULL,     -- draft, released, closed
    suggestions_max  INTEGER NOT NULL,  -- as it was run
    floor            INTEGER NOT NULL,  -- as it was run
    weights          TEXT NOT NULL,     -- as it was run: {"part": thousandths}
    stable           INTEGER NOT NULL,  -- 1 = no two firms would leave it for each other
    pairs            INTEGER NOT NULL,  -- how many it suggests
    total            INTEGER NOT NULL,  -- sum of the scores, in millionths
    bound            INTEGER NOT NULL,  -- no plan has more, in millionths
    created_ms       INTEGER NOT NULL,  -- when it was run, milliseconds since 1970 UTC
    released_ms      INTEGER,           -- when participants got it; NULL = not yet
    answer_by_ms     INTEGER,           -- until when they answer; NULL = not released
    reminded_ms      INTEGER,           -- when those who had not answered were reminded; NULL = not
    closed_ms        INTEGER,           -- when it ended; NULL = not yet
    UNIQUE (edition_id, number)
);

CREATE TABLE match_pair (
    id               INTEGER PRIMARY KEY,
    edition_id       INTEGER NOT NULL REFERENCES edition(id),      -- edition
    round_id         INTEGER REFERENCES match_round(id),           -- the round that suggests it; NULL = asked for by hand
    first_id         INTEGER NOT NULL REFERENCES participant(id),  -- the two sides, smaller number first
    second_id        INTEGER NOT NULL REFERENCES participant(id),  -- the other
    origin           TEXT NOT NULL,     -- suggested, requested
    message          TEXT,              -- what the one who asks says to the other
    score            INTEGER,           -- in millionths; NULL = nobody scored it
    parts            TEXT,              -- parts of the score and their facts, JSON; NULL = nobody scored it
    state            TEXT NOT NULL,     -- suggested, mutual, declined, expired, withdrawn, handed
    first_answer     TEXT NOT NULL,     -- none, accepted, declined, later
    first_reason     TEXT,              -- why the first side declined: code
    first_note       TEXT,              -- and in its words
    first_by         INTEGER REFERENCES account(id), -- who answered for it
    first_ms         INTEGER,           -- when
    second_answer    TEXT NOT NULL,     -- the same of the second side
    second_reason    TEXT,              -- why it declined
    second_note      TEXT,              -- and in its words
    second_by        INTEGER REFERENCES account(id), -- who answered for it
    second_ms        INTEGER,           -- when
    created_ms       INTEGER NOT NULL,  -- when it was made, milliseconds since 1970 UTC
    closed_ms        INTEGER,           -- when it came to its end; NULL = it goes on
    CHECK (first_id < second_id)
);
CREATE UNIQUE INDEX match_pair_live ON match_pair(first_id, second_id) WHERE state IN ('suggested', 'mutual', 'handed');
CREATE INDEX match_pair_first ON match_pair(first_id);
CREATE INDEX match_pair_second ON match_pair(second_id);
CREATE INDEX match_pair_edition ON match_pair(edition_id);
CREATE INDEX match_pair_round ON match_pair(round_id) WHERE round_id IS NOT NULL;
CREATE INDEX match_pair_first_by ON match_pair(first_by) WHERE first_by IS NOT NULL;
CREATE INDEX match_pair_second_by ON match_pair(second_by) WHERE second_by IS NOT NULL;

INSERT INTO logged_table(id, name) VALUES
    (33, 'seek'), (34, 'volume'), (35, 'condition'), (36, 'wish'), (37, 'agreement'),
    (38, 'match_settings'), (39, 'match_weight'), (40, 'match_round'), (41, 'match_pair');

-- Working rows: not logged -------------------------------------------------------------------------------------

CREATE TABLE match_draft (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    round_id         INTEGER NOT NULL REFERENCES match_round(id),  -- a round that is not released
    first_id         INTEGER NOT NULL REFERENCES organisation(id), -- the two, smaller number first
    second_id        INTEGER NOT NULL REFERENCES organisation(id), -- the other
    score            INTEGER NOT NULL,  -- in millionths
    parts            TEXT NOT NULL,     -- parts of the score and their facts, JSON
    UNIQUE (round_id, first_id, second_id),
    CHECK (first_id < second_id)
);
CREATE INDEX match_draft_first ON match_draft(first_id);
CREATE INDEX match_draft_second ON match_draft(second_id);

CREATE TABLE registration_link (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    edition_id  INTEGER NOT NULL REFERENCES edition(id), -- for which edition
    kind        TEXT NOT NULL,        -- buyer, delegation, institution
    name        TEXT NOT NULL,        -- for whom it is, in the organiser's words
    digest      TEXT NOT NULL UNIQUE, -- BLAKE2b-256 of the link's secret, 64 hexadecimal digits
    uses_max    INTEGER NOT NULL,     -- how many may register by it
    uses        INTEGER NOT NULL,     -- how many did
    account_id  INTEGER REFERENCES account(id), -- who made it; NULL = the command line
    created_ms  INTEGER NOT NULL,     -- when, milliseconds since 1970 UTC
    expires_ms  INTEGER NOT NULL      -- ends
);
CREATE INDEX registration_link_edition ON registration_link(edition_id);
CREATE INDEX registration_link_account ON registration_link(account_id) WHERE account_id IS NOT NULL;
