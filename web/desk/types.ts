/* What the desk's addresses give and take. */

export interface Account {
    id: number;
    email: string | null;
    name: string | null;
    language: string | null;
    state: string;
    has_password: boolean;
    created_ms: number;
    grants: Grant[];
}

export interface Session {
    account: Account;
    csrf: string | null;
    must_change: boolean;
    rights: string[];
}

/* ---- records: the table of fields and what it describes ---- */

export type Value = string | number | boolean | null;
export type Values = Record<string, Value>;

export type FieldKind =
    | "text"
    | "long-text"
    | "markdown"
    | "list"
    | "key"
    | "word"
    | "reference"
    | "integer"
    | "boolean"
    | "decimal"
    | "date"
    | "time"
    | "timezone"
    | "website"
    | "language"
    | "lei"
    | "country"
    | "region"
    | "place"
    | "area";

/* A text in both languages; either may be missing. */
export interface Label {
    en: string | null;
    zh: string | null;
}

export interface Choice extends Label {
    code: string;
}

export interface Field {
    name: string;
    kind: FieldKind;
    needed: boolean;
    fixed: boolean; /* set when the record is made, never changed */
    read_only: boolean;
    max?: number; /* characters of a text, or the largest integer */
    choices?: Choice[]; /* of a word */
    target?: string; /* of a reference: the table */
    label: Label;
    help: Label;
}

export interface Table {
    name: string;
    label: Label;
    plural: Label;
    right: string;
    may_write: boolean; /* somewhere: each record says it of itself */
    fields: Field[];
}

export interface RecordRow {
    id: number;
    table: string;
    revision: number;
    label: Label;
    values: Values;
    labels: Record<string, Label>; /* of its references and places, by field */
    may_write: boolean;
    changed_by?: string;
    changed_ms?: number;
}

export interface Page<T> {
    items: T[];
    next: string | number | null;
    total?: number;
}

export interface Operation {
    op: "create" | "update" | "delete";
    table: string;
    id?: number;
    name?: string; /* "$case": later operations refer to the record made here by it */
    revision?: number;
    cascade?: boolean; /* of a delete: what the record owns goes with it */
    values?: Values;
}

export interface OperationResult {
    table: string;
    id: number;
    revision: number;
    changed: boolean;
}

/* A field that others changed meanwhile, and that was left as they made it. */
export interface Merged {
    operation: number;
    field: string;
    value: Value;
    by: string | null;
    at_ms: number;
}

export interface Changed {
    batch: number | null;
    results: OperationResult[];
    merged?: Merged[];
    effect?: Effect;
}

/* What a change would open and close, before it is saved; a half is null where there is none. */
export interface Effect {
    chains: {
        code: string;
        name_en: string | null;
        name_zh: string | null;
        before: ChainFigures | null;
        after: ChainFigures | null;
    }[];
    gaps: {
        chain: string;
        node: string;
        name_en: string | null;
        name_zh: string | null;
        kind: string;
        opened: boolean;
    }[];
    moved: {
        chain: string;
        node: string;
        name_en: string | null;
        name_zh: string | null;
        stage: readonly [string | null, string | null];
    }[];
    scenarios: {
        code: string;
        name_en: string | null;
        name_zh: string | null;
        before: { parts: number; missing: number } | null;
        after: { parts: number; missing: number } | null;
    }[];
    findings: { message: string; new: boolean }[];
}

export interface ChainFigures {
    nodes: number;
    offered: number;
    exhibitors: number;
    gaps: number;
    no_exhibitor: number;
}

/* One line of the change log: what a record was and became, by column. */
export interface HistoryLine {
    batch: number;
    kind: string;
    operation: string; /* insert, update, delete */
    at_ms: number;
    by: string | null;
    note: string | null;
    undone_by?: number;
    before: Values | null;
    after: Values | null;
}

/* ---- accounts ---- */

export type Role = "administrator" | "organiser" | "area-manager" | "pavilion-manager" | "reader";

export interface Grant {
    role: Role;
    chain_id: number | null;
    pavilion_id: number | null;
}

/* What is shown once: the secret of a link, or a token. */
export interface Secret {
    id: number;
    secret: string;
}

export interface SessionRow {
    id: number;
    opened_ms: number;
    seen_ms: number;
    expires_ms: number;
    address: string;
    agent: string;
    is_this: boolean;
}

export interface TokenRow {
    id: number;
    name: string;
    scope: "read" | "write";
    created_ms: number;
    expires_ms: number;
    revoked_ms: number | null;
}

/* ---- the log ---- */

export interface Batch {
    id: number;
    kind: string;
    at_ms: number;
    by: string | null;
    account?: number;
    note: string | null;
    changes: number;
    undo_of?: number;
    undone_by?: number;
}

export interface Batches extends Page<Batch> {
    version: number; /* to ask later what came since */
}

export interface BatchLine extends Pick<HistoryLine, "operation" | "before" | "after"> {
    table: string;
    id: number;
}

/* ---- gaps ---- */

export type GapState = "to-invite" | "invited" | "won" | "given-up";

/* ---- duplicates ---- */

/* The newer one and the older one it may be. */
export interface DuplicatePair {
    id: number;
    name_en: string | null;
    name_zh: string | null;
    of_id: number;
    of_name_en: string | null;
    of_name_zh: string | null;
}

/* ---- suggestions ---- */

export interface Suggestion {
    id: number;
    code: string;
    name_en: string | null;
    name_zh: string | null;
    score: number;
    asserted: boolean; /* sure enough to be taken without asking */
    words: string; /* that decided */
}

/* ---- imports ---- */

export type RowClass = "new" | "changed" | "unchanged" | "error" | "skipped" | "conflict" | "duplicate" | "left-out";

export interface UploadFinding {
    message?: string; /* of a cell that is wrong */
    reason?: string; /* of a row that is like another, or passed over */
    expected?: string;
    value?: string;
    column_number?: number; /* from 1 */
    of_line?: number;
    of?: number | null; /* record of the file */
    of_id?: number; /* organisation of the register */
}

export interface UploadRow {
    record?: number; /* from 1; absent while the file is not understood */
    line: number;
    class?: RowClass | "";
    cells: string[];
    mended?: number[]; /* columns, from 0 */
    findings?: UploadFinding[];
}

export interface UploadDecision {
    record: number;
    of_record?: number;
    of_id?: number;
    decision: "same" | "different" | "later";
}

export interface UploadSettings {
    sheet?: string;
    edition?: string;
    encoding?: string;
    separator?: string;
    workbook_sheet?: string;
    mapping?: { header: string; field: string }[];
    cells?: { record: number; column: number; value: string }[];
    leave_out_wrong?: boolean;
    decisions?: UploadDecision[];
}

export interface Upload {
    id: number;
    name: string;
    state: "open" | "applied" | "dropped";
    batch: number | null;
    created_ms: number;
    settings: UploadSettings;
    file?: {
        format: "csv" | "xlsx";
        encoding?: string;
        separator?: string;
        workbook_sheet?: string;
        workbook_sheets?: string[];
    };
    problem?: { message: string; hint: string; line: number };
    kind?: string;
    summary?: Record<string, number>;
    fields?: { name: string; required: boolean }[];
    columns?: { header: string; field: string; how: string }[];
    rows: UploadRow[];
    matched?: number;
}
