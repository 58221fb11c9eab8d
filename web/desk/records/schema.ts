/* The table of fields, asked once: what the lists and forms of the desk are made from. */
import { get, query } from "../../shared/api";
import { cell } from "../../shared/cell";
import { count, inLang, lang } from "../../shared/lang";
import type { Field, Label, RecordRow, Table, Value } from "../../api-types";

export const tables = cell<Map<string, Table> | null>(null);

export async function findTables(): Promise<void> {
    const list = await get("records");
    tables.set(new Map(list.tables.map((t) => [t.name, t])));
}

/* The fields of other tables that lead to this one: what belongs to a record. */
export function related(to: string): { table: Table; field: Field }[] {
    const found = [];
    for (const table of tables.value?.values() ?? [])
        for (const field of table.fields) if (field.target === to && table.name !== to) found.push({ table, field });
    return found;
}

/* The address of a list of records: those that have all these values, and these words. */
export function recordsPath(
    table: string,
    where: Record<string, string | number | null | undefined>,
    more: { q?: string | null; after?: string | null; limit?: number } = {},
): `records/${string}` {
    const set = Object.entries(where).filter(([, value]) => value !== null && value !== undefined && value !== "");
    return `records/${table}?${query({ where: set.map(([name, value]) => `${name}:${value}`).join(","), ...more })}`;
}

/* Whether its records belong to one edition. */
export function isOfEdition(table: Table): boolean {
    return table.fields.some((f) => f.name === "edition_id");
}

export function labelText(label: Label | undefined): string {
    return inLang(label);
}

/* What a record is called. */
export function recordName(record: RecordRow): string {
    return inLang(record.label) || `#${record.id}`;
}

/* A value as people read it. */
export function shown(field: Field, value: Value, label?: Label): string {
    if (value === null || value === "") return "";
    switch (field.kind) {
        case "reference":
        case "country":
        case "region":
        case "place":
        case "area":
            return labelText(label) || String(value);
        case "word": {
            const choice = (field.choices ?? []).find((c) => c.code === value);
            return choice ? inLang(choice) : String(value);
        }
        case "boolean":
            return value === true || value === 1 ? "✓" : "–";
        case "integer":
            return typeof value === "number" && !/_id$|^group_no$|^position$/.test(field.name)
                ? count(value)
                : String(value);
        default:
            return String(value);
    }
}

/* Fields that say most in few columns; of a pair of texts the one of the present language. */
const COLUMNS_MAX = 6;
const NARROW_KINDS = new Set([
    "text",
    "key",
    "word",
    "reference",
    "date",
    "time",
    "integer",
    "decimal",
    "boolean",
    "country",
    "region",
    "place",
    "area",
]);
const NOT_IN_LISTS = new Set([
    "source",
    "note",
    "qualifier",
    "edition_id",
    "digest",
    "merged_into",
    "lei",
    "registration",
]);

export function columnsOf(table: Table): Field[] {
    const other = lang.value === "zh" ? "_en" : "_zh";
    const hasPair = (field: Field) =>
        field.name.endsWith(other) &&
        table.fields.some((f) => f.name === field.name.replace(/_(en|zh)$/, lang.value === "zh" ? "_zh" : "_en"));
    return table.fields
        .filter((f) => NARROW_KINDS.has(f.kind) && !NOT_IN_LISTS.has(f.name) && !hasPair(f))
        .slice(0, COLUMNS_MAX);
}
