/* The gap board as the server joins it: what the chains show as missing, and what is being done about it. */
import * as W from "words";
import type { Word } from "words";
import type { GapCard } from "../../api-types";
import type { GapState } from "../types";

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

export function keyOf(card: GapCard): string {
    return `${card.chain ?? ""}|${card.node}|${card.kind}`;
}

/* A gap that nobody has taken up waits to be. */
export function stateOf(card: GapCard): GapState {
    return card.state || "to-invite";
}
