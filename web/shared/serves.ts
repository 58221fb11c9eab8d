/* What the server offers: a screen whose address it does not have is not shown. */
import type { Address } from "../api-types";
import { ask } from "./api";

let paths = new Set<string>();

export async function findAddresses(): Promise<void> {
    const list = await ask<{ items: Address[] }>("GET", "");
    paths = new Set(list.items.map((a) => a.path));
}

/* "/api/v1/uploads" */
export function serves(path: string): boolean {
    return paths.has(`/api/v1/${path}`);
}
