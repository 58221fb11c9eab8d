/* The change log: every batch, found by words, table and person; what it did, and the way back. */
import { useState } from "preact/hooks";
import * as W from "words";
import type { Word } from "words";
import { query } from "../../shared/api";
import { useCell } from "../../shared/cell";
import { count, moment, pick, say } from "../../shared/lang";
import { LineFields, UndoBatch, operationText } from "../records/line";
import { tables } from "../records/schema";
import { Link, setQuery, usePlace } from "../../shared/router";
import type { Batch, BatchLine } from "../../api-types";
import { Empty, Loading, useGet } from "../../shared/ui/load";
import { DataTable } from "../../shared/ui/table";

const LIMIT = 50;
const KINDS: Record<string, Word> = {
    create: W.BATCH_CREATE,
    import: W.IMPORT,
    edit: W.BATCH_EDIT,
    merge: W.BATCH_MERGE,
    undo: W.UNDO,
    erase: W.BATCH_ERASE,
    account: W.ACCOUNTS,
    rollover: W.ROLL_OVER,
};

function kindText(kind: string): string {
    const word = KINDS[kind];
    return word ? say(word) : kind;
}

export function BatchTable({ batches }: { batches: Batch[] }) {
    return (
        <DataTable
            label={say(W.LOG)}
            rows={batches}
            keyOf={(b) => b.id}
            classOf={(b) => (b.undone_by ? "undone" : "")}
            columns={[
                {
                    key: "what",
                    head: say(W.LOG_WHAT),
                    cell: (b) => (
                        <Link to={`log/${b.id}`}>
                            {say(W.BATCH_NUMBER, String(b.id))}
                            {say(W.COLON)}
                            {kindText(b.kind)}
                        </Link>
                    ),
                },
                { key: "who", head: say(W.LOG_WHO), cell: (b) => <bdi>{b.by}</bdi> },
                { key: "when", head: say(W.LOG_WHEN), cell: (b) => moment(b.at_ms) },
                { key: "lines", head: say(W.LOG_LINES), cell: (b) => count(b.changes) },
                {
                    key: "note",
                    head: say(W.LOG_NOTE),
                    cell: (b) => (
                        <>
                            <bdi>{b.note}</bdi>
                            {b.undone_by ? ` ${say(W.LOG_UNDONE, String(b.undone_by))}` : ""}
                        </>
                    ),
                },
            ]}
        />
    );
}

export function Log() {
    const { query: asked } = usePlace(),
        known = useCell(tables);
    const [words, setWords] = useState(asked.get("q") ?? "");
    const loaded = useGet(
        `batches?${query({ q: asked.get("q"), table: asked.get("table"), limit: LIMIT, before: asked.get("before") })}`,
    );
    return (
        <>
            <h1>{say(W.LOG)}</h1>
            <form
                class="filters"
                role="search"
                onSubmit={(event) => {
                    event.preventDefault();
                    setQuery({ q: words, before: null }, "push");
                }}
            >
                <label>
                    {say(W.LOG_FIND)}
                    <input type="search" value={words} onInput={(e) => setWords(e.currentTarget.value)} />
                </label>
                <label>
                    {say(W.LOG_TABLE)}
                    <select
                        value={asked.get("table") ?? ""}
                        onChange={(e) => setQuery({ table: e.currentTarget.value, before: null })}
                    >
                        <option value="">{say(W.FILTER_ANY)}</option>
                        {[...(known?.values() ?? [])].map((t) => (
                            <option key={t.name} value={t.name}>
                                {pick(t, "label")}
                            </option>
                        ))}
                    </select>
                </label>
                <span class="end">
                    <button type="submit">{say(W.FIND)}</button>
                </span>
            </form>
            <Loading of={loaded}>
                {(page) =>
                    page.items.length === 0 ? (
                        <Empty title={say(W.NOTHING_FOUND)} />
                    ) : (
                        <>
                            <BatchTable batches={page.items} />
                            {page.next ? (
                                <p class="pager">
                                    <button
                                        type="button"
                                        onClick={() => setQuery({ before: String(page.next) }, "push")}
                                    >
                                        {say(W.PAGE_AFTER)}
                                    </button>
                                </p>
                            ) : null}
                        </>
                    )
                }
            </Loading>
        </>
    );
}

export function BatchScreen({ id }: { id: number }) {
    const found = useGet(`batches?${query({ before: id + 1, limit: 1 })}`);
    const lines = useGet(`batches/${id}`);
    const batch = found.data?.items.find((b) => b.id === id);
    const number = say(W.BATCH_NUMBER, String(id));
    return (
        <>
            <nav class="crumbs" aria-label={say(W.CRUMBS)}>
                <ol>
                    <li>
                        <Link to="log">{say(W.LOG)}</Link>
                    </li>
                    <li aria-current="page">{number}</li>
                </ol>
            </nav>
            <h1>{batch ? `${number}${say(W.COLON)}${kindText(batch.kind)}` : number}</h1>
            {batch ? <BatchHead batch={batch} reload={found.reload} /> : null}
            <Loading of={lines}>
                {(page) => (
                    <ol class="plain changes">
                        {page.items.map((line, n) => (
                            <BatchLineItem key={n} line={line} />
                        ))}
                    </ol>
                )}
            </Loading>
        </>
    );
}

function BatchHead({ batch, reload }: { batch: Batch; reload: () => void }) {
    return (
        <>
            <p>
                <bdi>{batch.by}</bdi> · {moment(batch.at_ms)} · {say(W.LIST_COUNT, batch.changes)}
                {batch.note ? (
                    <>
                        {" · "}
                        <bdi>{batch.note}</bdi>
                    </>
                ) : null}
            </p>
            {batch.undone_by ? (
                <p class="notice">{say(W.LOG_UNDONE, String(batch.undone_by))}</p>
            ) : (
                <UndoBatch batch={batch.id} reload={reload} />
            )}
        </>
    );
}

/* The log holds columns and no labels: a line is called by a name among them, else by its number. */
function lineName(line: BatchLine): string {
    const values = line.after ?? line.before ?? {};
    return pick(values, "name") || pick(values, "title") || String(values.name ?? values.code ?? `#${line.id}`);
}

function BatchLineItem({ line }: { line: BatchLine }) {
    const table = useCell(tables)?.get(line.table);
    return (
        <li class="change">
            <p>
                <strong>{operationText(line.operation)}</strong> · {table ? pick(table, "label") : line.table} ·{" "}
                {table ? (
                    <Link to={`records/${line.table}/${line.id}`}>
                        <bdi>{lineName(line)}</bdi>
                    </Link>
                ) : (
                    `#${line.id}`
                )}
            </p>
            {table ? <LineFields table={table} line={line} /> : null}
        </li>
    );
}
