/*
 * The board's cards: the gaps that the chains show (the public list) joined with what is being done about them (the cases and
 * candidates of the register). A gap becomes a case when somebody touches it; a case whose gap has closed stays on the board.
 */
import * as W from "words";
import type { Word } from "words";
import type { Candidate, ChainRef, Gap, NodeRef } from "../../api-types";
import { get, query } from "../api";
import { pick, say } from "../lang";
import { labelText, recordsPath } from "../records/schema";
import type { GapState, Page, RecordRow } from "../types";

export interface GapFirm {
    id: number;
    name: string;
    reason: string;
    row: RecordRow | null; /* of gap_candidate */
}

export interface GapCard {
    key: string;
    chain: ChainRef | null;
    node: NodeRef;
    kind: string;
    isOpen: boolean; /* the chains show it as a gap now */
    row: RecordRow | null; /* of gap_case */
    firms: GapFirm[];
}

export interface Board {
    cards: GapCard[];
    chainIds: Map<string, number>; /* by code */
    nodeIds: Map<string, number>;
}

const PAGE = 500,
    GAPS_MAX = 1000;

export const GAP_STATES: Record<GapState, Word> = {
    "to-invite": W.GAP_TO_INVITE,
    invited: W.GAP_INVITED,
    won: W.GAP_WON,
    "given-up": W.GAP_GIVEN_UP,
};

export const GAP_KINDS: Record<string, Word> = {
    "no-exhibitor": W.GAP_NO_EXHIBITOR,
    "only-inferred": W.GAP_ONLY_INFERRED,
    "one-source": W.GAP_ONE_SOURCE,
    "one-country": W.GAP_ONE_COUNTRY,
    "no-small-firm": W.GAP_NO_SMALL,
    "no-foreign": W.GAP_NO_FOREIGN,
    "no-domestic": W.GAP_NO_DOMESTIC,
};

export function stateOf(card: GapCard): GapState {
    return (card.row?.values.state as GapState | undefined) ?? "to-invite";
}

export function ownerOf(card: GapCard): string {
    return card.row && card.row.values.owner_id !== null ? labelText(card.row.labels.owner_id) : "";
}

function reasonText(candidate: Candidate): string {
    const node = pick(candidate.evidence, "name");
    switch (candidate.reason) {
        case "offered-earlier":
            return say(W.REASON_EARLIER, candidate.edition ?? "");
        case "leader-partner":
            return say(W.REASON_PARTNER, candidate.lead ? pick(candidate.lead, "name") : "");
        case "alternative":
            return say(W.REASON_ALTERNATIVE, node);
        case "same-output":
            return say(W.REASON_SAME_OUTPUT, node);
        case "input":
            return say(W.REASON_INPUT, node);
        case "output":
            return say(W.REASON_OUTPUT, node);
        default:
            return "";
    }
}

async function all(table: string, where: Record<string, number | null>, signal: AbortSignal): Promise<RecordRow[]> {
    const found: RecordRow[] = [];
    for (let after: string | null = null; ;) {
        const page: Page<RecordRow> = await get(recordsPath(table, where, { after, limit: PAGE }), signal);
        found.push(...page.items);
        if (page.next === null) return found;
        after = String(page.next);
    }
}

/* Firms of the public list, and those that the organiser has added, each once. */
function firmsOf(gap: Gap | undefined, rows: RecordRow[]): GapFirm[] {
    const firms = new Map<number, GapFirm>();
    for (const c of gap?.candidates ?? [])
        firms.set(c.organisation.id, {
            id: c.organisation.id,
            name: pick(c.organisation, "name"),
            reason: reasonText(c),
            row: null,
        });
    for (const row of rows) {
        const id = Number(row.values.organisation_id);
        const known = firms.get(id);
        firms.set(id, {
            id,
            name: known?.name ?? labelText(row.labels.organisation_id),
            reason: known?.reason ?? "",
            row,
        });
    }
    return [...firms.values()];
}

export async function readBoard(
    edition: string,
    editionId: number,
    chain: string,
    signal: AbortSignal,
): Promise<Board> {
    const [gaps, cases, candidates, chains, nodes] = await Promise.all([
        get<Page<Gap>>(`gaps?${query({ edition, chain, limit: GAPS_MAX })}`, signal),
        all("gap_case", { edition_id: editionId }, signal),
        all("gap_candidate", {}, signal),
        all("chain", {}, signal),
        all("node", {}, signal),
    ]);
    const chainOf = new Map(chains.map((c) => [c.id, c])),
        nodeOf = new Map(nodes.map((n) => [n.id, n]));
    const ref = (row: RecordRow | undefined): NodeRef => ({
        code: String(row?.values.code ?? ""),
        name_en: row?.label.en ?? null,
        name_zh: row?.label.zh ?? null,
    });
    const keyOf = (c: string, n: string, kind: string) => `${c}|${n}|${kind}`;
    const byKey = new Map(gaps.items.map((g) => [keyOf(g.chain.code, g.node.code, g.kind), g]));
    const cards = new Map<string, GapCard>();
    for (const row of cases) {
        const inChain = row.values.chain_id === null ? null : ref(chainOf.get(Number(row.values.chain_id)));
        if (chain && inChain?.code !== chain) continue;
        const node = ref(nodeOf.get(Number(row.values.node_id))),
            kind = String(row.values.kind);
        const key = keyOf(inChain?.code ?? "", node.code, kind),
            gap = byKey.get(key);
        const rows = candidates.filter((c) => c.values.gap_case_id === row.id);
        cards.set(key, { key, chain: inChain, node, kind, isOpen: gap !== undefined, row, firms: firmsOf(gap, rows) });
    }
    for (const [key, gap] of byKey)
        if (!cards.has(key))
            cards.set(key, {
                key,
                chain: gap.chain,
                node: gap.node,
                kind: gap.kind,
                isOpen: true,
                row: null,
                firms: firmsOf(gap, []),
            });
    return {
        cards: [...cards.values()],
        chainIds: new Map(chains.map((c) => [String(c.values.code), c.id])),
        nodeIds: new Map(nodes.map((n) => [String(n.values.code), n.id])),
    };
}
