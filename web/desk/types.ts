/* What the desk's addresses give and take. */

export interface Account {
    id: number;
    email: string | null;
    name: string | null;
    language: string | null;
    state: string;
}

export interface Session {
    account: Account;
    csrf: string;
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

export interface Choice {
    code: string;
    name_en: string;
    name_zh: string;
}

export interface Field {
    name: string;
    kind: FieldKind;
    name_en: string;
    name_zh: string;
    help_en: string | null;
    help_zh: string | null;
    required: boolean;
    fixed: boolean; /* set when the record is made, never changed */
    owned: boolean; /* leads to the record that this one belongs to */
    shown: boolean; /* read only */
    max: number | null; /* characters of a text, or the largest integer */
    choices: Choice[]; /* of a word */
    table: string | null; /* of a reference */
}

export interface Table {
    table: string;
    name_en: string;
    name_zh: string;
    plural_en: string;
    plural_zh: string;
    right: string;
    fields: Field[];
}

export interface Label {
    name_en: string | null;
    name_zh: string | null;
}

export interface RecordRow {
    id: number;
    revision: number;
    values: Values;
    labels: Record<string, Label>; /* of its references, by field; "" is the record itself */
    changed_by: string | null;
    changed_ms: number | null;
}

export interface Page<T> {
    items: T[];
    next: string | null;
    total?: number;
}

export interface Operation {
    op: "create" | "update" | "delete";
    table: string;
    id?: number | string;
    revision?: number;
    values?: Values;
}
export interface OperationResult {
    id: number;
    revision: number;
    merged: string[];
}
export interface Changed {
    batch: number | null;
    results: OperationResult[];
    effect?: Effect;
}

export interface Effect {
    chains: ChainEffect[];
}
export interface ChainEffect {
    code: string;
    name_en: string | null;
    name_zh: string | null;
    before: Coverages;
    after: Coverages;
}
export interface Coverages {
    nodes: number;
    offered: number;
    gaps: number;
}

export interface FieldChange {
    name: string;
    before: Value;
    after: Value;
}
export interface HistoryLine {
    batch: number;
    op: "create" | "update" | "delete";
    at_ms: number;
    by: string | null;
    note: string | null;
    undoable: boolean;
    fields: FieldChange[];
}

/* ---- accounts ---- */

export type Role = "administrator" | "organiser" | "area-manager" | "pavilion-manager" | "reader";
export interface Grant {
    role: Role;
    chain_id: number | null;
    pavilion_id: number | null;
    chain?: Label | null;
    pavilion?: Label | null;
}
export interface AccountRow extends Account {
    grants: Grant[];
    has_password: boolean;
    created_ms: number;
}
export interface SessionRow {
    id: number;
    created_ms: number;
    seen_ms: number;
    expires_ms: number;
    address: string | null;
    user_agent: string | null;
    current: boolean;
}
export interface TokenRow {
    id: number;
    name: string;
    scope: "read" | "write";
    created_ms: number;
    expires_ms: number | null;
    revoked_ms: number | null;
    token?: string;
}

/* ---- the log ---- */

export interface Batch {
    id: number;
    kind: string;
    at_ms: number;
    by: string | null;
    note: string | null;
    changes: number;
    undone_by: number | null;
    undoable: boolean;
}
export interface BatchLine extends HistoryLine {
    table: string;
    id: number;
    label: Label | null;
}
export interface BatchDetail extends Batch {
    lines: BatchLine[];
    next: string | null;
}
export interface ChangesSince {
    version: number;
    since: number;
    groups: ChangeGroup[];
}
export interface ChangeGroup {
    table: string;
    created: number;
    updated: number;
    deleted: number;
    records: { id: number; op: string; label: Label | null; by: string | null; at_ms: number }[];
}

/* ---- gaps ---- */

export type GapState = "to-invite" | "invited" | "won" | "given-up";
export interface GapCandidate {
    id: number | null;
    organisation_id: number;
    name_en: string | null;
    name_zh: string | null;
    country: string | null;
    reason: string | null;
    state: GapState | null;
    note: string | null;
    revision: number | null;
}
export interface GapCard {
    id: number | null; /* of the case; null = nobody has taken it up */
    revision: number | null;
    chain: { id: number; code: string; name_en: string | null; name_zh: string | null } | null;
    node: { id: number; code: string; name_en: string | null; name_zh: string | null };
    kind: string;
    stage: string | null;
    state: GapState;
    importance: number;
    owner_id: number | null;
    owner: string | null;
    note: string | null;
    open: boolean; /* still a gap as of now */
    candidates: GapCandidate[];
}

/* ---- duplicates ---- */

export interface Duplicate {
    first: RecordRow;
    second: RecordRow;
    reasons: string[];
    decision: string | null;
}

/* ---- suggestions ---- */

export interface Suggestion {
    node_id: number;
    code: string;
    name_en: string | null;
    name_zh: string | null;
    score: number;
    words: string[];
}

/* ---- imports ---- */

export type RowState = "new" | "changed" | "same" | "wrong" | "left-out";
export interface UploadColumn {
    index: number;
    header: string;
    field: string | null;
    sure: boolean;
}
export interface UploadFinding {
    column: number | null;
    level: "error" | "warning" | "note";
    message: string;
}
export interface UploadRow {
    line: number;
    state: RowState;
    cells: string[];
    corrected: number[];
    findings: UploadFinding[];
}
export interface UploadPair {
    line: number;
    name: string;
    organisation: RecordRow;
    reasons: string[];
    decision: "same" | "different" | "later" | null;
}
export interface Upload {
    id: number;
    name: string;
    state: "open" | "applied" | "dropped";
    batch: number | null;
    sheet: string;
    sheets: Choice[];
    encoding: string | null;
    separator: string | null;
    worksheet: string | null;
    worksheets: string[];
    columns: UploadColumn[];
    fields: Choice[];
    counts: Record<RowState, number>;
    rows: UploadRow[];
    next: string | null;
    pairs: UploadPair[];
}
