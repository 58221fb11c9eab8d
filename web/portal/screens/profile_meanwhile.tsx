/* Somebody else saved the same parts of the profile: what stands there, what was typed here, and a choice for each. */
import { useState } from "preact/hooks";
import * as W from "words";
import type { Word } from "words";
import { say } from "../../shared/lang";
import { languageName } from "../languages";
import { nodeName } from "../names";
import type { Claim, Form, Member } from "../profile_model";
import { conditionText } from "./profile_conditions";
import { seekText } from "./profile_seeks";

const NAMES: Record<Member, Word> = {
    takesPart: W.TAKES_PART,
    offers: W.PROFILE_OFFERS,
    needs: W.PROFILE_NEEDS,
    seeks: W.PROFILE_SEEKS,
    conditions: W.PROFILE_CONDITIONS,
    languages: W.PROFILE_LANGUAGES,
    certificates: W.PROFILE_CERTIFICATES,
    days: W.PROFILE_DAYS,
    meetings_max: W.PROFILE_MEETINGS_MAX,
    leader: W.PROFILE_LEADER,
    note: W.PROFILE_NOTE,
};

const claimText = (one: Claim) => [nodeName(one.node), one.quantity, one.unit].filter(Boolean).join(" ");

function textOf(form: Form, member: Member): string {
    switch (member) {
        case "takesPart":
            return say(form.takesPart ? W.YES : W.NO);
        case "offers":
        case "needs":
            return form[member].map(claimText).join(say(W.COMMA));
        case "seeks":
            return form.seeks.map(seekText).join(say(W.COMMA));
        case "conditions":
            return form.conditions.map(conditionText).join(say(W.COMMA));
        case "languages":
            return form.languages.map(languageName).join(say(W.COMMA));
        case "certificates":
        case "days":
            return form[member].join(say(W.COMMA));
        default:
            return form[member];
    }
}

interface Props {
    members: Member[];
    mine: Form;
    theirs: Form;
    settle: (choices: Partial<Record<Member, "mine" | "theirs">>) => void;
}

export function Meanwhile({ members, mine, theirs, settle }: Props) {
    const [choices, setChoices] = useState<Partial<Record<Member, "mine" | "theirs">>>({});
    return (
        <section class="notice" role="alert">
            <h2>{say(W.PROFILE_CLASH)}</h2>
            <p>{say(W.PROFILE_CLASH_HELP)}</p>
            {members.map((member) => (
                <fieldset class="plain-set" key={member}>
                    <legend>{say(NAMES[member])}</legend>
                    {(["theirs", "mine"] as const).map((side) => (
                        <label class="choice" key={side}>
                            <input
                                type="radio"
                                name={`clash-${member}`}
                                checked={choices[member] === side}
                                onChange={() => setChoices({ ...choices, [member]: side })}
                            />
                            <span>
                                {say(side === "mine" ? W.CLASH_MINE : W.CLASH_THEIRS)}
                                {say(W.COLON)}
                                <bdi>{textOf(side === "mine" ? mine : theirs, member) || say(W.CLASH_NOTHING)}</bdi>
                            </span>
                        </label>
                    ))}
                </fieldset>
            ))}
            <button
                type="button"
                class="strong"
                disabled={members.some((member) => !choices[member])}
                onClick={() => settle(choices)}
            >
                {say(W.CLASH_SAVE)}
            </button>
        </section>
    );
}
