/* For whom somebody acts: the participants of the account, and the one that is chosen in this browser. */
import { get } from "../shared/api";
import { cell, remember, remembered } from "../shared/cell";
import { pick } from "../shared/lang";
import type { MyParticipant } from "../api-types";

export const mine = cell<MyParticipant[]>([]);
export const chosen = cell<MyParticipant | null>(null);

const KEY = "participant";

export function choose(one: MyParticipant): void {
    remember(KEY, String(one.id));
    chosen.set(one);
}

/* A letter may name the participant it is about in its address; else it is the one of last time, or the only one. */
export async function findMine(ready?: Promise<void>): Promise<void> {
    const list = (await get("my/participants")).items;
    await ready;
    list.sort((a, b) => b.edition.localeCompare(a.edition) || a.id - b.id);
    mine.set(list);
    const wanted = Number(new URLSearchParams(location.search).get(KEY) ?? remembered(KEY) ?? 0);
    chosen.set(list.find((one) => one.id === wanted) ?? (list.length === 1 ? list[0] : null) ?? null);
}

export function nameOf(one: MyParticipant): string {
    return pick(one, "name");
}

export function isManager(): boolean {
    return chosen.value?.role === "exhibitor-manager";
}

/* The address of what belongs to the chosen participant. */
export function own(path: string): string {
    return `my/participants/${chosen.value?.id ?? 0}/${path}`;
}
