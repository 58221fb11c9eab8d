/* A line of the change log: what was done to a record, field by field, and the way back for its whole change. */
import { useState } from "preact/hooks";
import * as W from "words";
import type { Word } from "words";
import { post } from "../../shared/api";
import { pick, say } from "../../shared/lang";
import { may } from "../../shared/session";
import type { HistoryLine, Label, RecordRow, Table, Value } from "../../api-types";
import { useDeed } from "../../shared/ui/busy";
import { Fault } from "../../shared/ui/load";
import { toast } from "../../shared/ui/toast";
import { same } from "./edit";
import { labelText, shown } from "./schema";

const OPERATIONS: Record<string, Word> = { insert: W.OP_CREATED, update: W.OP_CHANGED, delete: W.OP_DELETED };

export function operationText(operation: string): string {
    return say(OPERATIONS[operation] ?? W.OP_CHANGED);
}

interface FieldsProps {
    table: Table;
    line: Pick<HistoryLine, "before" | "after">;
    record?: RecordRow | undefined; /* as it is now: names what its references lead to */
}

/* The labels of references are those of today; another id shows as a number. */
function labelOf(record: RecordRow | undefined, name: string, value: Value): Label | undefined {
    const isNow = record && same(record.values[name], value);
    return isNow ? record.labels[name] : value === null ? undefined : { en: `#${value}`, zh: `#${value}` };
}

export function LineFields({ table, line, record }: FieldsProps) {
    const changed = table.fields.filter((f) => !same(line.before?.[f.name], line.after?.[f.name]));
    const text = (name: string, value: Value | undefined) => {
        const field = table.fields.find((f) => f.name === name);
        const label = field?.kind === "reference" ? labelOf(record, name, value ?? null) : undefined;
        const words = field ? shown(field, value ?? null, labelText(label) ? label : undefined) : "";
        return words === "" ? <em class="unknown">{say(W.EMPTY_VALUE)}</em> : <bdi>{words}</bdi>;
    };
    return (
        <ul class="plain">
            {changed.map((f) => (
                <li key={f.name}>
                    <span class="note">
                        {pick(f, "label")}
                        {say(W.COLON)}
                    </span>
                    {line.before ? (
                        <>
                            <del>{text(f.name, line.before[f.name])}</del> →{" "}
                        </>
                    ) : null}
                    {line.after ? <ins>{text(f.name, line.after[f.name])}</ins> : null}
                </li>
            ))}
        </ul>
    );
}

/* Asks once, because a change may hold more than what is in view. */
export function UndoBatch({ batch, reload }: { batch: number; reload: () => void }) {
    const deed = useDeed();
    const [isAsked, setAsked] = useState(false);
    if (!may("undo-own") && !may("undo-any")) return null;
    if (!isAsked)
        return (
            <button type="button" onClick={() => setAsked(true)}>
                {say(W.UNDO)}
            </button>
        );
    return (
        <div>
            {deed.error !== undefined ? <Fault error={deed.error} /> : null}
            <p>{say(W.UNDO_WHOLE)}</p>
            <button
                type="button"
                class="danger"
                disabled={deed.isBusy}
                onClick={() =>
                    void deed.run(async () => {
                        await post(`batches/${batch}/undo`);
                        toast(say(W.UNDONE));
                        setAsked(false);
                        reload();
                    })
                }
            >
                {say(W.UNDO_NOW)}
            </button>{" "}
            <button type="button" onClick={() => setAsked(false)}>
                {say(W.CANCEL)}
            </button>
        </div>
    );
}
