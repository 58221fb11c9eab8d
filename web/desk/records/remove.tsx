/* Deleting a record: a change like others, which says what stands in its way, and can be undone. */
import { useState } from "preact/hooks";
import * as W from "words";
import { Problem } from "../../shared/api";
import { pick, say } from "../../shared/lang";
import { Link, go } from "../../shared/router";
import type { Label, RecordRow, Table } from "../../api-types";
import { useDeed } from "../../shared/ui/busy";
import { Dialog } from "../../shared/ui/dialog";
import { Fault } from "../../shared/ui/load";
import { toast } from "../../shared/ui/toast";
import { sendChanges } from "./edit";
import { labelText, recordName, tables } from "./schema";

interface Referrer {
    table: string;
    label: Label;
    id: number;
    owned: boolean; /* goes with the record */
}

function Referrers({ list }: { list: Referrer[] }) {
    return (
        <ul>
            {list.map((r) => {
                const table = tables.value?.get(r.table);
                return (
                    <li key={`${r.table}-${r.id}`}>
                        {table ? `${pick(table, "label")}${say(W.COLON)}` : ""}
                        {table ? (
                            <Link to={`records/${r.table}/${r.id}`}>{labelText(r.label) || `#${r.id}`}</Link>
                        ) : (
                            `#${r.id}`
                        )}
                    </li>
                );
            })}
        </ul>
    );
}

export function Remove({ table, record }: { table: Table; record: RecordRow }) {
    const [isAsked, setAsked] = useState(false),
        [inTheWay, setInTheWay] = useState<Referrer[]>([]),
        deed = useDeed();
    const name = recordName(record),
        isAllOwned = inTheWay.every((r) => r.owned);
    const remove = (cascade: boolean) =>
        void deed.run(async () => {
            try {
                const reply = await sendChanges([
                    { op: "delete", table: table.name, id: record.id, revision: record.revision, cascade },
                ]);
                go(`records/${table.name}`);
                toast(say(W.DELETED, name), {
                    batch: reply.batch,
                    after: () => go(`records/${table.name}/${record.id}`),
                });
            } catch (error) {
                const referrers =
                    error instanceof Problem ? (error.body.referrers as Referrer[] | undefined) : undefined;
                if (!referrers) throw error;
                setInTheWay(referrers);
            }
        });
    return (
        <>
            <button type="button" class="danger" onClick={() => setAsked(true)}>
                {say(W.DELETE)}
            </button>
            {isAsked ? (
                <Dialog
                    title={say(W.DELETE_TITLE, name)}
                    close={() => {
                        setAsked(false);
                        setInTheWay([]);
                        deed.clear();
                    }}
                >
                    {deed.error !== undefined ? <Fault error={deed.error} /> : null}
                    {inTheWay.length > 0 ? (
                        <>
                            <p>{say(isAllOwned ? W.DELETE_OWNED : W.DELETE_IN_USE)}</p>
                            <Referrers list={inTheWay} />
                        </>
                    ) : (
                        <p>{say(W.DELETE_HELP)}</p>
                    )}
                    <div class="actions">
                        {isAllOwned ? (
                            <button
                                type="button"
                                class="danger"
                                disabled={deed.isBusy}
                                onClick={() => remove(inTheWay.length > 0)}
                            >
                                {say(inTheWay.length > 0 ? W.DELETE_ALL : W.DELETE_SURELY)}
                            </button>
                        ) : null}
                        <button
                            type="button"
                            onClick={() => {
                                setAsked(false);
                                setInTheWay([]);
                            }}
                        >
                            {say(W.CANCEL)}
                        </button>
                    </div>
                </Dialog>
            ) : null}
        </>
    );
}
