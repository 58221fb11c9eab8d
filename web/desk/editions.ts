/* The edition that is being worked on: one choice for the whole desk, kept in this browser. */
import { get } from "../shared/api";
import { cell, remember, remembered } from "../shared/cell";
import { findTables } from "./records/schema";
import { findAddresses } from "../shared/serves";
import type { Label } from "../api-types";

export interface EditionChoice {
    id: number;
    code: string;
    label: Label;
    current: boolean;
}

export const editions = cell<EditionChoice[]>([]);
export const edition = cell<string>("");

export function chooseEdition(code: string): void {
    remember("edition", code);
    edition.set(code);
}

export function currentEdition(): EditionChoice | undefined {
    return editions.value.find((e) => e.code === edition.value);
}

export function editionId(code: string = edition.value): number | null {
    return editions.value.find((e) => e.code === code)?.id ?? null;
}

function text(value: unknown): string {
    return typeof value === "string" ? value : "";
}

/* The newest first; chosen is the one of last time, else the current one. */
export async function findEditions(): Promise<void> {
    const list = await get("records/edition?limit=200");
    const all = list.items.map(({ id, values: v }) => ({
        id,
        code: String(v.code),
        label: { en: text(v.name_en), zh: text(v.name_zh) },
        current: v.current === true || v.current === 1,
    }));
    all.sort((a, b) => (a.code < b.code ? 1 : -1));
    editions.set(all);
    const kept = remembered("edition") ?? edition.value;
    const found = all.find((e) => e.code === kept) ?? all.find((e) => e.current) ?? all[0];
    if (found) edition.set(found.code);
}

/* What every screen needs to know before it can be drawn. */
export async function prepare(): Promise<void> {
    await Promise.all([findEditions(), findTables(), findAddresses()]);
}
