/* Where one can go at the desk: the one list behind the navigation, the palette and the first page. */
import * as W from "words";
import type { Word } from "words";
import { serves } from "../shared/serves";
import { may } from "../shared/session";

export interface Section {
    to: string;
    word: Word;
    right?: string; /* shown to those who hold it somewhere */
    address?: string; /* of the API, without which there is no such screen */
    isRecords?: boolean; /* a list whose records are made with New */
    one?: Word; /* "New organisation" */
}

export interface Group {
    word: Word;
    sections: Section[];
}

export const groups: Group[] = [
    {
        word: W.GROUP_TODAY,
        sections: [
            { to: "", word: W.TODAY },
            { to: "gaps", word: W.GAP_BOARD, right: "gap-read", address: "gap-board" },
        ],
    },
    {
        word: W.GROUP_REGISTER,
        sections: [
            { to: "records/organisation", word: W.ORGANISATIONS, isRecords: true, one: W.NEW_ORGANISATION },
            { to: "records/exhibitor", word: W.EXHIBITORS, isRecords: true, one: W.NEW_EXHIBITOR },
            { to: "records/statement", word: W.STATEMENTS, isRecords: true, one: W.NEW_STATEMENT },
            { to: "import", word: W.IMPORT, right: "import", address: "uploads" },
            { to: "duplicates", word: W.DUPLICATES, right: "merge", address: "duplicates" },
        ],
    },
    {
        word: W.GROUP_PARTNERS,
        sections: [
            {
                to: "records/participant",
                word: W.PARTICIPANTS,
                right: "partner-read",
                isRecords: true,
                one: W.NEW_PARTICIPANT,
            },
        ],
    },
    {
        word: W.GROUP_CHAINS,
        sections: [
            { to: "chains", word: W.CHAINS },
            { to: "records/node", word: W.NODES, isRecords: true, one: W.NEW_NODE },
            { to: "records/link", word: W.LINKS, isRecords: true, one: W.NEW_LINK },
            { to: "records/scenario", word: W.SCENARIOS, isRecords: true, one: W.NEW_SCENARIO },
        ],
    },
    {
        word: W.GROUP_EVENT,
        sections: [
            { to: "records/pavilion", word: W.NAV_PAVILIONS, isRecords: true, one: W.NEW_PAVILION },
            { to: "records/exhibit", word: W.EXHIBITS, isRecords: true, one: W.NEW_EXHIBIT },
            { to: "records/programme_entry", word: W.NAV_PROGRAMME, isRecords: true, one: W.NEW_EVENT },
            { to: "records/figure", word: W.FIGURES, isRecords: true, one: W.NEW_FIGURE },
        ],
    },
    {
        word: W.GROUP_SETUP,
        sections: [
            { to: "records/edition", word: W.EDITIONS, isRecords: true, one: W.NEW_EDITION },
            { to: "records/area", word: W.AREA_LIST, isRecords: true, one: W.NEW_AREA },
            { to: "records/country", word: W.COUNTRIES, isRecords: true },
            { to: "records/region", word: W.REGIONS, isRecords: true },
            { to: "log", word: W.LOG, right: "audit-read" },
            { to: "accounts", word: W.ACCOUNTS, right: "accounts" },
            { to: "me", word: W.MY_ACCOUNT },
            { to: "retention", word: W.RETENTION, right: "erase", address: "retention" },
            { to: "backup", word: W.BACKUP, right: "backup", address: "backup" },
        ],
    },
];

/* What this account may see of a group. */
export function shownOf(list: Section[]): Section[] {
    return list.filter((s) => (!s.right || may(s.right)) && (!s.address || serves(s.address)));
}

export const sections: Section[] = groups.flatMap((g) => g.sections);
