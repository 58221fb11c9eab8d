/* Where one can go in the portal: the one list behind the navigation. What the server does not offer is not shown. */
import * as W from "words";
import type { Word } from "words";
import { serves } from "../shared/serves";
import type { MyParticipant } from "../api-types";

export interface Section {
    to: string;
    word: Word;
    isShown: (me: MyParticipant | null) => boolean;
}

const OWN = "my/participants/{participant}/";
const offers = (path: string) => (me: MyParticipant | null) => me !== null && serves(OWN + path);

export const sections: Section[] = [
    { to: "", word: W.MY_PARTNERS, isShown: offers("matches") },
    { to: "profile", word: W.MY_PROFILE, isShown: offers("profile") },
    { to: "people", word: W.PEOPLE, isShown: offers("persons") },
    { to: "allow", word: W.ALLOW, isShown: () => true },
    { to: "me", word: W.ME, isShown: () => true },
];
