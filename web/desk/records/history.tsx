/* Every change of a record: who, when, what it was and what it became, and the way back for each. */
import { useState } from "preact/hooks";
import * as W from "words";
import { post } from "../api";
import { moment, pick, say } from "../lang";
import { Link } from "../router";
import type { HistoryLine, Label, Page, RecordRow, Table, Value } from "../types";
import { useDeed } from "../ui/busy";
import { Empty, Fault, Loading, useGet } from "../ui/load";
import { toast } from "../ui/toast";
import { recordName, shown } from "./schema";

function Was({ table, name, value, label }: { table: Table; name: string; value: Value; label: Label | undefined }) {
    const field = table.fields.find((f) => f.name === name);
    const text = field ? shown(field, value, label) : String(value ?? "");
    return text === "" ? <em class="unknown">{say(W.EMPTY_VALUE)}</em> : <bdi>{text}</bdi>;
}

export function LineFields({ table, line }: { table: Table; line: HistoryLine }) {
    return (
        <ul class="plain">
            {line.fields.map((f) => (
                <li key={f.name}>
                    <span class="note">
                        {pick(table.fields.find((x) => x.name === f.name) ?? {}, "name") || f.name}
                        {say(W.COLON)}
                    </span>
                    <del>
                        <Was table={table} name={f.name} value={f.before} label={undefined} />
                    </del>{" "}
                    →{" "}
                    <ins>
                        <Was table={table} name={f.name} value={f.after} label={undefined} />
                    </ins>
                </li>
            ))}
        </ul>
    );
}

function Line({ table, line, reload }: { table: Table; line: HistoryLine; reload: () => void }) {
    const deed = useDeed(),
        [isAsked, setAsked] = useState(false);
    return (
        <li class="change">
            <p>
                <strong>
                    {say(line.op === "create" ? W.OP_CREATED : line.op === "delete" ? W.OP_DELETED : W.OP_CHANGED)}
                </strong>{" "}
                · <bdi>{line.by ?? say(W.SOMEBODY)}</bdi> · {moment(line.at_ms)}
                {line.note ? (
                    <>
                        {" "}
                        · <bdi>{line.note}</bdi>
                    </>
                ) : null}{" "}
                · <Link to={`log/${line.batch}`}>{say(W.BATCH_NUMBER, String(line.batch))}</Link>
            </p>
            <LineFields table={table} line={line} />
            {deed.error !== undefined ? <Fault error={deed.error} /> : null}
            {line.undoable ? (
                isAsked ? (
                    <p>
                        {say(W.UNDO_WHOLE)}{" "}
                        <button
                            type="button"
                            class="danger"
                            disabled={deed.isBusy}
                            onClick={() =>
                                void deed.run(async () => {
                                    await post(`batches/${line.batch}/undo`);
                                    toast(say(W.UNDONE));
                                    reload();
                                })
                            }
                        >
                            {say(W.UNDO)}
                        </button>{" "}
                        <button type="button" onClick={() => setAsked(false)}>
                            {say(W.CANCEL)}
                        </button>
                    </p>
                ) : (
                    <button type="button" onClick={() => setAsked(true)}>
                        {say(W.UNDO)}
                    </button>
                )
            ) : null}
        </li>
    );
}

export function HistoryScreen({ table, id }: { table: Table; id: number }) {
    const record = useGet<RecordRow>(`records/${table.table}/${id}`),
        lines = useGet<Page<HistoryLine>>(`records/${table.table}/${id}/history`);
    const name = record.data ? recordName(table, record.data) : `#${id}`;
    return (
        <>
            <nav class="crumbs" aria-label={say(W.CRUMBS)}>
                <ol>
                    <li>
                        <Link to={`records/${table.table}`}>{pick(table, "plural")}</Link>
                    </li>
                    <li>
                        <Link to={`records/${table.table}/${id}`}>
                            <bdi>{name}</bdi>
                        </Link>
                    </li>
                    <li aria-current="page">{say(W.HISTORY)}</li>
                </ol>
            </nav>
            <h1>{say(W.HISTORY_OF, name)}</h1>
            <Loading of={lines}>
                {(page) =>
                    page.items.length === 0 ? (
                        <Empty title={say(W.HISTORY_NONE)} />
                    ) : (
                        <ol class="plain changes">
                            {page.items.map((line, n) => (
                                <Line
                                    key={`${line.batch}-${n}`}
                                    table={table}
                                    line={line}
                                    reload={() => {
                                        lines.reload();
                                        record.reload();
                                    }}
                                />
                            ))}
                        </ol>
                    )
                }
            </Loading>
        </>
    );
}
