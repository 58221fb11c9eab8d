/* Finding the record that a reference is to lead to. */
import { get } from "../../shared/api";
import { edition, editionId } from "../editions";
import { findNodes } from "../../shared/find_nodes";
import type { Field } from "../../api-types";
import type { Option } from "../../shared/ui/picker";
import { isOfEdition, recordName, recordsPath, shown, tables } from "./schema";

const SHOWN = 12;

/* Rows of a table whose texts match; the columns beside the name tell alike ones apart. */
async function findRecords(table: string, words: string, signal: AbortSignal, byCode = false): Promise<Option[]> {
    const of = tables.value?.get(table);
    const found = await get(
        recordsPath(table, { edition_id: of && isOfEdition(of) ? editionId() : null }, { q: words, limit: SHOWN }),
        signal,
    );
    return found.items.map((record) => {
        const note =
            of?.fields
                .filter((f) => f.kind === "country" || f.kind === "word" || f.name === "code")
                .map((f) => shown(f, record.values[f.name] ?? null, record.labels[f.name]))
                .filter(Boolean)
                .slice(0, 2)
                .join(" · ") ?? "";
        return {
            key: String(byCode ? record.values.code : record.id),
            name: of ? recordName(record) : String(record.id),
            note,
        };
    });
}

/* Nodes of the search carry their codes; without words all are listed. */
async function findNodeRecords(words: string, signal: AbortSignal): Promise<Option[]> {
    if (words.trim() === "") return findRecords("node", words, signal);
    return (await findNodes(words, edition.value, signal)).map((one) => ({ ...one, key: `code:${one.key}` }));
}

export function findReference(table: string, words: string, signal: AbortSignal): Promise<Option[]> {
    return table === "node" ? findNodeRecords(words, signal) : findRecords(table, words, signal);
}

/* Tables whose codes a kind of field holds instead of an id. */
const CODES: Record<string, string[]> = {
    country: ["country"],
    region: ["region"],
    place: ["country", "region"],
    area: ["area"],
};

export function holdsCode(field: Field): boolean {
    return field.kind in CODES;
}

export async function findCodes(field: Field, words: string, signal: AbortSignal): Promise<Option[]> {
    const found = await Promise.all((CODES[field.kind] ?? []).map((table) => findRecords(table, words, signal, true)));
    return found.flat().slice(0, SHOWN);
}

/* The id behind an option; one of the public search carries the code. */
export async function optionId(table: string, option: Option): Promise<number | null> {
    if (!option.key.startsWith("code:")) return Number(option.key);
    const found = await get(recordsPath(table, { code: option.key.slice(5) }, { limit: 1 }));
    return found.items[0]?.id ?? null;
}
