/*
 * Two people changed the same fields: what it was, what the other wrote, what was typed here, and a choice per field.
 * Nothing is sent before each field is decided.
 */
import { useState } from "preact/hooks";
import * as W from "words";
import type { Conflict } from "../../shared/api";
import { ago, pick, say } from "../../shared/lang";
import type { Field, Label, Value } from "../../api-types";
import { Dialog } from "../../shared/ui/dialog";
import { shown } from "./schema";

const SIDES = { theirs: W.CONFLICT_THEIRS, yours: W.CONFLICT_YOURS };

export type Choices = Record<string, "theirs" | "yours">;

interface Props {
    fields: Field[];
    conflicts: Conflict[];
    labels: Record<string, Label>;
    resolve: (choices: Choices) => void;
    cancel: () => void;
}

function Version({ field, value, label }: { field: Field | undefined; value: unknown; label: Label | undefined }) {
    const text = field ? shown(field, value as Value, label) : String(value ?? "");
    return text === "" ? <em class="unknown">{say(W.EMPTY_VALUE)}</em> : <bdi class="version">{text}</bdi>;
}

export function ThreeWay({ fields, conflicts, labels, resolve, cancel }: Props) {
    const [choices, setChoices] = useState<Choices>({});
    const isDecided = conflicts.every((c) => choices[c.field]);
    const others = [...new Set(conflicts.map((c) => c.by).filter(Boolean))].join(say(W.COMMA)) || say(W.SOMEBODY);
    return (
        <Dialog title={say(W.CONFLICT)} close={cancel} wide>
            <p>{say(W.CONFLICT_HELP, others)}</p>
            <form
                onSubmit={(event) => {
                    event.preventDefault();
                    if (isDecided) resolve(choices);
                }}
            >
                <div class="scroll">
                    <table class="three-way">
                        <thead>
                            <tr>
                                <th scope="col">{say(W.FIELD)}</th>
                                <th scope="col">{say(W.CONFLICT_BASE)}</th>
                                <th scope="col">{say(W.CONFLICT_THEIRS)}</th>
                                <th scope="col">{say(W.CONFLICT_YOURS)}</th>
                            </tr>
                        </thead>
                        <tbody>
                            {conflicts.map((c) => {
                                const field = fields.find((f) => f.name === c.field),
                                    name = field ? pick(field, "label") : c.field;
                                return (
                                    <tr key={c.field}>
                                        <th scope="row">
                                            {name}
                                            {c.at_ms ? <small> {ago(c.at_ms)}</small> : null}
                                        </th>
                                        <td>
                                            <Version field={field} value={c.base} label={undefined} />
                                        </td>
                                        {(["theirs", "yours"] as const).map((side) => (
                                            <td key={side}>
                                                <label class="check">
                                                    <input
                                                        type="radio"
                                                        name={c.field}
                                                        checked={choices[c.field] === side}
                                                        aria-label={`${name}${say(W.COLON)}${say(SIDES[side])}`}
                                                        onChange={() => setChoices({ ...choices, [c.field]: side })}
                                                    />
                                                    <Version
                                                        field={field}
                                                        value={c[side]}
                                                        label={side === "yours" ? labels[c.field] : undefined}
                                                    />
                                                </label>
                                            </td>
                                        ))}
                                    </tr>
                                );
                            })}
                        </tbody>
                    </table>
                </div>
                <div class="actions">
                    <button type="submit" class="strong" disabled={!isDecided}>
                        {say(W.CONFLICT_SAVE)}
                    </button>
                    <button type="button" onClick={cancel}>
                        {say(W.CONFLICT_BACK)}
                    </button>
                </div>
            </form>
        </Dialog>
    );
}
