/* What a match is to the side that looks at it: what is to be done, what it waits for, how it ended. */
import * as W from "words";
import type { Word } from "words";
import type { Match } from "./types";

export type Standing =
    | "new" /* suggested, not answered */
    | "asked" /* they asked for it, or have accepted it */
    | "later" /* put off */
    | "waiting" /* accepted or asked for, the other side has not answered */
    | "mutual"
    | "declined" /* by this side */
    | "refused" /* by the other side */
    | "expired"
    | "withdrawn";

export function standingOf(match: Match): Standing {
    switch (match.state) {
        case "mutual":
        case "handed":
            return "mutual";
        case "declined":
            return match.mine === "declined" ? "declined" : "refused";
        case "expired":
        case "withdrawn":
            return match.state;
        case "suggested":
            if (match.mine === "accepted") return "waiting";
            if (match.theirs === "accepted") return "asked";
            return match.mine === "later" ? "later" : "new";
    }
}

export const STANDINGS: Record<Standing, Word> = {
    new: W.MATCH_NEW,
    asked: W.MATCH_ASKED,
    later: W.MATCH_LATER,
    waiting: W.MATCH_WAITING,
    mutual: W.MATCH_MUTUAL,
    declined: W.MATCH_DECLINED,
    refused: W.MATCH_REFUSED,
    expired: W.MATCH_EXPIRED,
    withdrawn: W.MATCH_WITHDRAWN,
};

export type Group = "answer" | "waiting" | "mutual" | "ended";

/* The lists of the screen, with what stands in each first to last. */
export const GROUPS: { group: Group; word: Word; empty: Word; standings: Standing[] }[] = [
    { group: "answer", word: W.GROUP_ANSWER, empty: W.GROUP_ANSWER_EMPTY, standings: ["asked", "new", "later"] },
    { group: "waiting", word: W.GROUP_WAITING, empty: W.GROUP_WAITING_EMPTY, standings: ["waiting"] },
    { group: "mutual", word: W.GROUP_MUTUAL, empty: W.GROUP_MUTUAL_EMPTY, standings: ["mutual"] },
    {
        group: "ended",
        word: W.GROUP_ENDED,
        empty: W.GROUP_ENDED_EMPTY,
        standings: ["declined", "refused", "withdrawn", "expired"],
    },
];

export function groupOf(standing: Standing): Group {
    return GROUPS.find((g) => g.standings.includes(standing))?.group ?? "answer";
}

/* Whether it waits or stands, and has not ended. */
export function isLive(match: Match): boolean {
    return groupOf(standingOf(match)) !== "ended";
}

/* Those of a group: by standing, then the better score first. */
export function matchesOf(all: Match[], group: Group): Match[] {
    const standings = GROUPS.find((g) => g.group === group)?.standings ?? [];
    return all
        .filter((m) => standings.includes(standingOf(m)))
        .sort(
            (a, b) =>
                standings.indexOf(standingOf(a)) - standings.indexOf(standingOf(b)) ||
                (b.score ?? -1) - (a.score ?? -1) ||
                a.id - b.id,
        );
}

export const DECLINES: [NonNullable<Match["reason"]>, Word][] = [
    ["already-partners", W.DECLINE_PARTNERS],
    ["not-needed", W.DECLINE_NOT_NEEDED],
    ["not-offered", W.DECLINE_NOT_OFFERED],
    ["rival", W.DECLINE_RIVAL],
    ["no-capacity", W.DECLINE_CAPACITY],
    ["conditions", W.DECLINE_CONDITIONS],
    ["other", W.DECLINE_OTHER],
];

export const KINDS: Record<Match["partner"]["kind"], Word> = {
    exhibitor: W.KIND_EXHIBITOR,
    buyer: W.KIND_BUYER,
    delegation: W.KIND_DELEGATION,
    institution: W.KIND_INSTITUTION,
};

export const SIZES: Record<string, Word> = {
    small: W.SIZE_SMALL,
    medium: W.SIZE_MEDIUM,
    large: W.SIZE_LARGE,
    institution: W.SIZE_INSTITUTION,
};

export const STAGES: Record<string, Word> = {
    upstream: W.UPSTREAM,
    midstream: W.MIDSTREAM,
    downstream: W.DOWNSTREAM,
};
