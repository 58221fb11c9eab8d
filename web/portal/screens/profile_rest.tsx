/* Languages, certificates, days, how many meetings, who leads, and what else partners should know. */
import { useState } from "preact/hooks";
import * as W from "words";
import { say, tag } from "../../shared/lang";
import { useGet } from "../../shared/ui/load";
import { AreaField, FaultAt, TextField } from "../fields";
import { LANGUAGES, languageName } from "../languages";
import { chosen } from "../mine";
import type { Form } from "../profile_model";

const DAY_MS = 24 * 3600 * 1000,
    DAYS_MAX = 30,
    LANGUAGES_SHOWN = 6;

interface Props {
    form: Form;
    change: (changes: Partial<Form>) => void;
    isVisitor: boolean;
}

function Choices({ options, chosen: on, change }: { options: [string, string][]; chosen: string[]; change: (all: string[]) => void }) {
    return (
        <div class="choices">
            {options.map(([code, name]) => (
                <label class="choice" key={code}>
                    <input
                        type="checkbox"
                        checked={on.includes(code)}
                        onChange={(e) => change(e.currentTarget.checked ? [...on, code] : on.filter((one) => one !== code))}
                    />
                    {name}
                </label>
            ))}
        </div>
    );
}

/* Those spoken most at expos and those chosen; the others on demand. */
function Languages({ languages, change }: { languages: string[]; change: (languages: string[]) => void }) {
    const [first] = useState(() => [...new Set([...LANGUAGES.slice(0, LANGUAGES_SHOWN), ...languages])]);
    const named = (codes: string[]): [string, string][] => codes.map((code) => [code, languageName(code)]);
    return (
        <>
            <Choices options={named(first)} chosen={languages} change={change} />
            <details>
                <summary>{say(W.MORE_LANGUAGES)}</summary>
                <Choices options={named(LANGUAGES.filter((code) => !first.includes(code)))} chosen={languages} change={change} />
            </details>
        </>
    );
}

function daysOf(starts: string | null, ends: string | null): string[] {
    if (!starts || !ends) return [];
    const days: string[] = [];
    for (let at = Date.parse(starts); at <= Date.parse(ends) && days.length < DAYS_MAX; at += DAY_MS)
        days.push(new Date(at).toISOString().slice(0, 10));
    return days;
}

function Days({ days, change }: { days: string[]; change: (days: string[]) => void }) {
    const edition = useGet(`editions/${chosen.value?.edition ?? ""}`);
    const all = daysOf(edition.data?.starts ?? null, edition.data?.ends ?? null);
    const name = (day: string) =>
        new Intl.DateTimeFormat(tag(), { weekday: "short", month: "short", day: "numeric", timeZone: "UTC" }).format(new Date(day));
    if (all.length === 0) return null;
    return (
        <fieldset class="plain-set">
            <legend>{say(W.PROFILE_DAYS)}</legend>
            <p class="note">{say(W.PROFILE_DAYS_HELP)}</p>
            <FaultAt path="days" />
            <Choices
                options={[...new Set([...all, ...days])].map((day) => [day, name(day)])}
                chosen={days}
                change={(list) => change(list.sort())}
            />
        </fieldset>
    );
}

export function Rest({ form, change, isVisitor }: Props) {
    return (
        <section>
            <h2>{say(W.PROFILE_MEETINGS)}</h2>
            <fieldset class="plain-set">
                <legend>{say(W.PROFILE_LANGUAGES)}</legend>
                <FaultAt path="languages" />
                <Languages languages={form.languages} change={(languages) => change({ languages })} />
            </fieldset>
            <Days days={form.days} change={(days) => change({ days })} />
            <TextField
                path="meetings_max"
                type="number"
                label={say(W.PROFILE_MEETINGS_MAX)}
                placeholder={say(W.PROFILE_MEETINGS_OPEN)}
                value={form.meetings_max}
                change={(meetings_max) => change({ meetings_max })}
            />
            {isVisitor ? (
                <TextField
                    path="leader"
                    label={say(W.PROFILE_LEADER)}
                    max={60}
                    value={form.leader}
                    change={(leader) => change({ leader })}
                />
            ) : null}
            <AreaField
                path="certificates"
                label={say(W.PROFILE_CERTIFICATES)}
                help={say(W.PROFILE_CERTIFICATES_HELP)}
                value={form.certificates.join("\n")}
                change={(typed) => change({ certificates: typed === "" ? [] : typed.split("\n") })}
            />
            {form.certificates.map((_, n) => (
                <FaultAt key={n} path={`certificates[${n}]`} />
            ))}
            <AreaField
                path="note"
                label={say(W.PROFILE_NOTE)}
                max={600}
                value={form.note}
                change={(note) => change({ note })}
            />
        </section>
    );
}
