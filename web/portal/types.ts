/* What the portal calls things beside the types of the API (web/api-types.d.ts, made from the server's tables). */
import type { MyMatch } from "../api-types";

/* Why two should meet: one sentence a part of the score. */
export interface Reason {
    part: string;
    value: number;
    words_en: string;
    words_zh: string;
}

export type Match = MyMatch & { reasons?: Reason[] };

/* Why a firm is suggested, or is not. */
export interface Why {
    is_suggested: boolean;
    words_en: string[];
    words_zh: string[];
    score: number | null;
    rank_mine: number | null;
    rank_theirs: number | null;
}
