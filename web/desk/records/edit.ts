/* Sending changes: one request is one batch, and one undo. */
import { post } from "../../shared/api";
import { edition } from "../editions";
import type { Changed, Operation, Value } from "../../api-types";

export function sendChanges(operations: Operation[], note = ""): Promise<Changed> {
    return post("changes", { note, operations });
}

/* What the operations would do to coverage and gaps; nothing is written. */
export function tryChanges(operations: Operation[]): Promise<Changed> {
    return post("changes", { operations, dry_run: true, effect_on: edition.value });
}

/* Tables whose changes move coverage, gaps and stages. */
export const WITH_EFFECT = new Set(["node", "link", "chain", "chain_node", "scenario", "scenario_part", "statement"]);

export function same(a: Value | undefined, b: Value | undefined): boolean {
    return (a ?? null) === (b ?? null) || ((a ?? "") === "" && (b ?? "") === "");
}
