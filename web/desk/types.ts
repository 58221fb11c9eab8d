/*
 * What the desk calls things beside the types of the API (web/api-types.d.ts, made from the server's tables), and what the
 * server does not yet describe: uploads and pairs of duplicates.
 */
import type { Grant, StateOfTheCase, Value } from "../api-types";

export type Values = Record<string, Value>;
export type Role = Grant["role"];
export type GapState = StateOfTheCase;

export interface Page<T> {
    items: T[];
    next: string | number | null;
    total?: number;
}

/* ---- duplicates ---- */

/* The newer one and the older one it may be. */
export interface DuplicatePair {
    id: number;
    name_en: string | null;
    name_zh: string | null;
    of_id: number;
    of_name_en: string | null;
    of_name_zh: string | null;
    score: number; /* 0 to 1, of the names as they are now */
    reason_en: string | null;
    reason_zh: string | null;
}

/* ---- imports ---- */

/* One in the list of files brought. */
export interface UploadListed {
    id: number;
    name: string;
    state: "open" | "applied" | "dropped";
    by: string;
    created_ms: number;
    batch: number | null; /* null: not applied, or nothing was new */
    changes: number;
    undone_by: number | null;
}

export type RowClass = "new" | "changed" | "unchanged" | "error" | "skipped" | "conflict" | "duplicate" | "left-out";

export interface UploadFinding {
    message?: string; /* of a cell that is wrong */
    reason?: string; /* of a row that is like another, or passed over */
    expected?: string;
    message_zh?: string;
    reason_zh?: string;
    expected_zh?: string;
    value?: string;
    column_number?: number; /* from 1 */
    of_line?: number;
    of?: number | null; /* record of the file */
    of_id?: number; /* organisation of the register */
    of_name?: string; /* of either */
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
    problem?: { message: string; hint: string; line: number; message_zh?: string; hint_zh?: string };
    kind?: string;
    summary?: Record<string, number>;
    fields?: { name: string; required: boolean }[];
    columns?: { header: string; field: string; how: string }[];
    rows: UploadRow[];
    matched?: number;
}
