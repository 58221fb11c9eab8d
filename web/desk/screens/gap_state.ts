/* The states of a gap on the board, in the order of the columns. */
import * as W from "words";
import type { Word } from "words";
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
