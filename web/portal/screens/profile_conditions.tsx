/* What a partner must be, should be or may never be. */
import { useId } from "preact/hooks";
import * as W from "words";
import type { Word } from "words";
import { pick, say } from "../../shared/lang";
import { Picker } from "../../shared/ui/picker";
import { ChoiceField, Field, Rows, TextField, useFault } from "../fields";
import { findFirms } from "../find_firms";
import { countries, nameIn, regions } from "../names";
import { SIZES } from "../match_model";
import type { Condition } from "../profile_model";
import { LANGUAGES, languageName } from "../languages";

const STRENGTHS: [Condition["strength"], Word][] = [
    ["must", W.CONDITION_MUST],
    ["nice", W.CONDITION_NICE],
    ["never", W.CONDITION_NEVER],
];
const KINDS: [Condition["kind"], Word][] = [
    ["country", W.CONDITION_COUNTRY],
    ["region", W.CONDITION_REGION],
    ["size", W.CONDITION_SIZE],
    ["language", W.CONDITION_LANGUAGE],
    ["certificate", W.CONDITION_CERTIFICATE],
    ["organisation", W.CONDITION_ORGANISATION],
];

function valueText(one: Condition): string {
    if (one.kind === "organisation") return one.organisation ? pick(one.organisation, "name") : "";
    if (one.kind === "country") return nameIn(countries.value, one.value);
    if (one.kind === "region") return nameIn(regions.value, one.value);
    if (one.kind === "language") return languageName(one.value);
    return one.kind === "size" && SIZES[one.value] ? say(SIZES[one.value]!) : one.value;
}

export function conditionText(one: Condition): string {
    const strength = STRENGTHS.find(([code]) => code === one.strength)?.[1];
    return [strength ? say(strength) : "", valueText(one)].filter(Boolean).join(say(W.COLON));
}

function FirmField({ path, one, set }: { path: string; one: Condition; set: (changes: Partial<Condition>) => void }) {
    const id = useId(),
        fault = useFault(path);
    return (
        <Field id={id} label={say(W.CONDITION_ORGANISATION)} fault={fault.words}>
            <Picker
                id={id}
                chosen={one.organisation ? { key: String(one.organisation.id), name: pick(one.organisation, "name") } : null}
                placeholder={say(W.FIND_FIRM_BOX)}
                isInvalid={fault.aria["aria-invalid"]}
                describedBy={fault.aria["aria-describedby"]}
                choose={(option) =>
                    set({ organisation: option ? { id: Number(option.key), name_en: option.name, name_zh: option.name } : null })
                }
                find={findFirms}
            />
        </Field>
    );
}

function ValueField({ path, one, set }: { path: string; one: Condition; set: (changes: Partial<Condition>) => void }) {
    const where = `${path}.value`,
        change = (value: string) => set({ value });
    const choose = (label: string, options: [string, string][]) => (
        <ChoiceField path={where} label={label} value={one.value} options={options} change={change} />
    );
    switch (one.kind) {
        case "country":
            return choose(
                say(W.CONDITION_COUNTRY),
                countries.value.map((c) => [c.code, pick(c, "name")]),
            );
        case "region":
            return choose(
                say(W.CONDITION_REGION),
                regions.value.map((r) => [r.code, pick(r, "name")]),
            );
        case "size":
            return choose(
                say(W.CONDITION_SIZE),
                Object.entries(SIZES).map(([code, word]) => [code, say(word)]),
            );
        case "language":
            return choose(
                say(W.CONDITION_LANGUAGE),
                LANGUAGES.map((code) => [code, languageName(code)]),
            );
        case "certificate":
            return (
                <TextField
                    path={where}
                    label={say(W.CONDITION_CERTIFICATE)}
                    placeholder="ISO 9001"
                    max={120}
                    value={one.value}
                    change={change}
                />
            );
        case "organisation":
            return <FirmField path={`${path}.organisation_id`} one={one} set={set} />;
    }
}

export function Conditions({ conditions, change }: { conditions: Condition[]; change: (all: Condition[]) => void }) {
    return (
        <section>
            <h2>{say(W.PROFILE_CONDITIONS)}</h2>
            <p class="note">{say(W.PROFILE_CONDITIONS_HELP)}</p>
            <Rows path="conditions" rows={conditions} change={change} nameOf={conditionText}>
                {(one, set, path) => (
                    <div class="pair-of-fields three">
                        <ChoiceField
                            path={`${path}.strength`}
                            label={say(W.CONDITION_STRENGTH)}
                            value={one.strength}
                            options={STRENGTHS.map(([code, word]) => [code, say(word)])}
                            change={(strength) => set({ strength })}
                        />
                        <ChoiceField
                            path={`${path}.kind`}
                            label={say(W.CONDITION_KIND)}
                            value={one.kind}
                            options={KINDS.map(([code, word]) => [code, say(word)])}
                            change={(kind) => set({ kind, value: "", organisation: null })}
                        />
                        <ValueField path={path} one={one} set={set} />
                    </div>
                )}
            </Rows>
            <button
                type="button"
                onClick={() => change([...conditions, { strength: "nice", kind: "country", value: "", organisation: null }])}
            >
                {say(W.ADD_CONDITION)}
            </button>
        </section>
    );
}
