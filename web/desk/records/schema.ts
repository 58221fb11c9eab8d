/* The table of fields, asked once: what the lists and forms of the desk are made from. */
import { get } from "../api";
import { cell } from "../cell";
import { count, lang, pick } from "../lang";
import type { Field, Label, RecordRow, Table, Value } from "../types";

export const tables = cell<Map<string, Table> | null>(null);

export async function findTables(): Promise<void> {
    const list = await get<{ items: Table[] }>("records");
    tables.set(new Map(list.items.map((t) => [t.table, t])));
}

/* The fields of other tables that lead to this one: what belongs to a record. */
export function related(to: string): { table: Table; field: Field }[] {
    const found = [];
    for (const table of tables.value?.values() ?? [])
        for (const field of table.fields) if (field.table === to && table.table !== to) found.push({ table, field });
    return found;
}

/* Whether its records belong to one edition. */
export function isOfEdition(table: Table): boolean {
    return table.fields.some((f) => f.name === "edition_id");
}

export function labelText(label: Label | undefined): string {
    return label ? pick(label, "name") : "";
}

/* What a record is called: its own label, else the first of its names and texts. */
export function recordName(table: Table, record: RecordRow): string {
    const own = labelText(record.labels[""]);
    if (own) return own;
    for (const name of ["name", "title"]) {
        const text = pick(record.values, name);
        if (text) return text;
    }
    const first = table.fields.find((f) => record.values[f.name] !== null && f.kind !== "boolean");
    return (first ? shown(first, record.values[first.name] ?? null, record.labels[first.name]) : "") || `#${record.id}`;
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
            const choice = field.choices.find((c) => c.code === value);
            return choice ? pick(choice, "name") : String(value);
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
