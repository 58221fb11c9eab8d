/* The edition that is being worked on: one choice for the whole desk, kept in this browser. */
import type { Edition } from "../api-types";
import { get } from "./api";
import { cell, remember, remembered } from "./cell";

export const editions = cell<Edition[]>([]);
export const edition = cell<string>("");

export function chooseEdition(code: string): void {
    remember("edition", code);
    edition.set(code);
}

export async function findEditions(): Promise<void> {
    const list = await get<{ items: Edition[] }>("editions?limit=100");
    editions.set(list.items);
    const kept = remembered("edition") ?? edition.value;
    const found = list.items.find((e) => e.code === kept) ?? list.items.find((e) => e.current) ?? list.items[list.items.length - 1];
    if (found) edition.set(found.code);
}
