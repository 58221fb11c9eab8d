-- Fairlead schema, version 4: accounts with their roles and tokens, the gap board, and the working rows of the desk.
--
-- Two kinds of tables. The first are records like all others: each write of theirs is a line of the change log. The
-- second are working rows (sessions, mail to send, drafts): written by the same functions, but they leave no line,
-- because they are not part of what the expo is. Their ids are given by AUTOINCREMENT's counter, so that an id is
-- never used twice there either. Which columns hold something of a person, and which are secrets whose values never
-- reach the log, says src/store/tables.def.

-- Accounts: logged ---------------------------------------------------------------------------------------

CREATE TABLE account (
    id           INTEGER PRIMARY KEY,
    email        TEXT UNIQUE,          -- signs in with it, lower case; NULL = erased; personal
    name         TEXT,                 -- as others see it; NULL = not given or erased; personal
    language     TEXT NOT NULL,        -- of its mails and first page: en, zh
    state        TEXT NOT NULL,        -- active, disabled, erased
    password     TEXT,                 -- argon2id string; NULL = none, signs in by link only; secret
    must_change  INTEGER NOT NULL,     -- 1 = the password was made for it and has to be changed first
    created_ms   INTEGER NOT NULL      -- when it was made, milliseconds since 1970 UTC
);

CREATE TABLE role_grant (
    id           INTEGER PRIMARY KEY,
    account_id   INTEGER NOT NULL REFERENCES account(id), -- who has the role
    role         TEXT NOT NULL,        -- administrator, organiser, area-manager, pavilion-manager, reader
    chain_id     INTEGER REFERENCES chain(id),    -- where an area manager has it; NULL for other roles
    pavilion_id  INTEGER REFERENCES pavilion(id)  -- where a pavilion manager has it; NULL for other roles
);
CREATE UNIQUE INDEX role_grant_once
    ON role_grant(account_id, role, coalesce(chain_id, 0), coalesce(pavilion_id, 0));
CREATE INDEX role_grant_chain ON role_grant(chain_id) WHERE chain_id IS NOT NULL;
CREATE INDEX role_grant_pavilion ON role_grant(pavilion_id) WHERE pavilion_id IS NOT NULL;

CREATE TABLE api_token (
    id          INTEGER PRIMARY KEY,
    account_id  INTEGER NOT NULL REFERENCES account(id), -- whose rights it has
    name        TEXT NOT NULL,         -- what it is for, in its owner's words
    scope       TEXT NOT NULL,         -- read, write
    digest      TEXT UNIQUE,           -- BLAKE2b-256 of the token, 64 hexadecimal digits; NULL = opens nothing; secret
    created_ms  INTEGER NOT NULL,      -- when it was made, milliseconds since 1970 UTC
    expires_ms  INTEGER,               -- when it ends; NULL = does not
    revoked_ms  INTEGER                -- when it was taken back; NULL = was not
);
CREATE INDEX api_token_account ON api_token(account_id);

ALTER TABLE batch ADD COLUMN account_id INTEGER REFERENCES account(id);  -- who; NULL = the command line, see actor
ALTER TABLE batch ADD COLUMN token_id INTEGER REFERENCES api_token(id);  -- the token it came with; NULL = none
CREATE INDEX batch_account ON batch(account_id) WHERE account_id IS NOT NULL;
CREATE INDEX batch_token ON batch(token_id) WHERE token_id IS NOT NULL;

-- Gap board: logged ----------------------------------------------------------------------------------------

CREATE TABLE gap_case (
    id          INTEGER PRIMARY KEY,
    edition_id  INTEGER NOT NULL REFERENCES edition(id), -- edition
    chain_id    INTEGER REFERENCES chain(id),         -- chain in which it is a gap; NULL = of the catalogue
    node_id     INTEGER NOT NULL REFERENCES node(id), -- what is missing
    kind        TEXT NOT NULL,         -- what is wrong there: code of a kind of gap
    state       TEXT NOT NULL,         -- to-invite, invited, won, given-up
    owner_id    INTEGER REFERENCES account(id),       -- who takes care of it; NULL = nobody yet
    note        TEXT                   -- remark
);
CREATE UNIQUE INDEX gap_case_once ON gap_case(edition_id, node_id, kind, coalesce(chain_id, 0));
CREATE INDEX gap_case_chain ON gap_case(chain_id) WHERE chain_id IS NOT NULL;
CREATE INDEX gap_case_node ON gap_case(node_id);
CREATE INDEX gap_case_owner ON gap_case(owner_id) WHERE owner_id IS NOT NULL;

CREATE TABLE gap_candidate (
    id               INTEGER PRIMARY KEY,
    gap_case_id      INTEGER NOT NULL REFERENCES gap_case(id),     -- gap it could fill
    organisation_id  INTEGER NOT NULL REFERENCES organisation(id), -- who could fill it
    state            TEXT NOT NULL,    -- to-invite, invited, won, given-up
    note             TEXT,             -- remark
    UNIQUE (gap_case_id, organisation_id)
);
CREATE INDEX gap_candidate_organisation ON gap_candidate(organisation_id);

-- Settings: logged -------------------------------------------------------------------------------------------

CREATE TABLE retention (
    id    INTEGER PRIMARY KEY,
    kind  TEXT NOT NULL UNIQUE,        -- sessions, outbox, drafts, uploads, login_failures, accounts_disabled
    days  INTEGER NOT NULL             -- how long such rows are kept after their last use
);

INSERT INTO logged_table(id, name) VALUES
    (25, 'account'), (26, 'role_grant'), (27, 'api_token'), (28, 'gap_case'), (29, 'gap_candidate'), (30, 'retention');

-- Working rows: not logged -----------------------------------------------------------------------------------

CREATE TABLE session (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    digest        TEXT NOT NULL UNIQUE, -- BLAKE2b-256 of the cookie, 64 hexadecimal digits
    account_id    INTEGER NOT NULL REFERENCES account(id), -- who is signed in
    csrf          TEXT NOT NULL,        -- what a write has to bring along
    created_ms    INTEGER NOT NULL,     -- signed in, milliseconds since 1970 UTC
    seen_ms       INTEGER NOT NULL,     -- last used
    expires_ms    INTEGER NOT NULL,     -- ends
    address       TEXT,                 -- address it was opened from; personal
    user_agent    TEXT,                 -- browser it was opened with; personal
    rotated_from  INTEGER               -- the session whose place it took, which may be gone; NULL = the first
);
CREATE INDEX session_account ON session(account_id);

CREATE TABLE one_time (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    digest      TEXT NOT NULL UNIQUE,   -- BLAKE2b-256 of the link's secret, 64 hexadecimal digits
    account_id  INTEGER NOT NULL REFERENCES account(id), -- whom it lets in
    purpose     TEXT NOT NULL,          -- sign-in, set-password
    expires_ms  INTEGER NOT NULL,       -- ends, milliseconds since 1970 UTC
    used_ms     INTEGER                 -- when it was used; NULL = not yet
);
CREATE INDEX one_time_account ON one_time(account_id);

CREATE TABLE login_failure (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    key       TEXT NOT NULL UNIQUE,     -- hash of the account's or the caller's address
    failures  INTEGER NOT NULL,         -- in a row
    last_ms   INTEGER NOT NULL          -- the last of them, milliseconds since 1970 UTC
);

CREATE TABLE outbox (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    recipient   TEXT,                   -- mail address; NULL = erased; personal
    subject     TEXT NOT NULL,          -- subject
    body        TEXT NOT NULL,          -- plain text; emptied once sent, because it may hold a link
    state       TEXT NOT NULL,          -- waiting, sent, failed
    tries       INTEGER NOT NULL,       -- how often it was tried
    next_ms     INTEGER NOT NULL,       -- when it is tried next, milliseconds since 1970 UTC
    created_ms  INTEGER NOT NULL,       -- when it was written
    error       TEXT                    -- what the mail server said last
);
CREATE INDEX outbox_waiting ON outbox(next_ms) WHERE state = 'waiting';

CREATE TABLE draft (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id  INTEGER NOT NULL REFERENCES account(id), -- whose unsaved work
    key         TEXT NOT NULL,          -- what it is about: organisation:12
    body        TEXT NOT NULL,          -- JSON of the form
    at_ms       INTEGER NOT NULL,       -- last kept, milliseconds since 1970 UTC
    UNIQUE (account_id, key)
);

CREATE TABLE upload (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id  INTEGER NOT NULL REFERENCES account(id), -- who brought it
    name        TEXT NOT NULL,          -- file name
    digest      TEXT NOT NULL,          -- names its bytes in content
    settings    TEXT NOT NULL,          -- JSON: sheet, encoding, separator, mapping, corrected cells, decisions
    state       TEXT NOT NULL,          -- open, applied, dropped
    batch_id    INTEGER REFERENCES batch(id), -- what became of it, once applied
    created_ms  INTEGER NOT NULL        -- when it came, milliseconds since 1970 UTC
);
CREATE INDEX upload_account ON upload(account_id);
CREATE INDEX upload_batch ON upload(batch_id) WHERE batch_id IS NOT NULL;
