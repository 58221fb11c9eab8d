-- Fairlead schema, version 5: participants, those who act for them, and what these allow.
--
-- A participant is an organisation that takes part in the matching of an edition: an exhibitor, or a visitor without a
-- stand. A row is made when something is said about it or somebody is invited for it. Roles of exhibitors are bound to
-- one. See version 4 for what is logged and what is not.

-- Participants: logged ---------------------------------------------------------------------------------------

CREATE TABLE participant (
    id               INTEGER PRIMARY KEY,
    edition_id       INTEGER NOT NULL REFERENCES edition(id),      -- edition
    organisation_id  INTEGER NOT NULL REFERENCES organisation(id), -- who takes part
    kind             TEXT NOT NULL,     -- exhibitor, buyer, delegation, institution
    exhibitor_id     INTEGER REFERENCES exhibitor(id), -- its stand; NULL unless an exhibitor
    state            TEXT NOT NULL,     -- active, withdrawn
    UNIQUE (edition_id, organisation_id)
);
CREATE INDEX participant_organisation ON participant(organisation_id);
CREATE INDEX participant_exhibitor ON participant(exhibitor_id) WHERE exhibitor_id IS NOT NULL;

ALTER TABLE role_grant ADD COLUMN participant_id INTEGER REFERENCES participant(id); -- where a person of an exhibitor has it; NULL for other roles
DROP INDEX role_grant_once;
CREATE UNIQUE INDEX role_grant_once
    ON role_grant(account_id, role, coalesce(chain_id, 0), coalesce(pavilion_id, 0), coalesce(participant_id, 0));
CREATE INDEX role_grant_participant ON role_grant(participant_id) WHERE participant_id IS NOT NULL;

CREATE TABLE consent (
    id            INTEGER PRIMARY KEY,
    account_id    INTEGER NOT NULL REFERENCES account(id), -- who allows it
    purpose       TEXT NOT NULL,        -- contact-to-mutual, mail-reminders, name-on-site
    given_ms      INTEGER NOT NULL,     -- since when, milliseconds since 1970 UTC
    withdrawn_ms  INTEGER               -- when it was taken back; NULL = it holds
);
CREATE INDEX consent_account ON consent(account_id);

INSERT INTO logged_table(id, name) VALUES (31, 'participant'), (32, 'consent');

-- Working rows: not logged -----------------------------------------------------------------------------------

CREATE TABLE invitation (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    participant_id  INTEGER NOT NULL REFERENCES participant(id), -- for whom
    role            TEXT NOT NULL,        -- exhibitor-manager, exhibitor-member
    email           TEXT,                 -- to whom it was mailed; NULL = handed over as a link; personal
    digest          TEXT NOT NULL UNIQUE, -- BLAKE2b-256 of the link's secret, 64 hexadecimal digits
    account_id      INTEGER REFERENCES account(id), -- who invited; NULL = the command line
    created_ms      INTEGER NOT NULL,     -- when, milliseconds since 1970 UTC
    expires_ms      INTEGER NOT NULL,     -- ends
    used_ms         INTEGER               -- when it was used; NULL = not yet
);
CREATE INDEX invitation_participant ON invitation(participant_id);
CREATE INDEX invitation_account ON invitation(account_id) WHERE account_id IS NOT NULL;
