/* The change log: every batch, found by words, table and person; what it did, and the way back. */
import { useState } from "preact/hooks";
import * as W from "words";
import type { Word } from "words";
import { post, query } from "../api";
import { useCell } from "../cell";
import { moment, pick, say } from "../lang";
import { LineFields } from "../records/history";
import { labelText, tables } from "../records/schema";
import { Link, setQuery, usePlace } from "../router";
import type { Batch, BatchDetail, Page } from "../types";
import { useDeed } from "../ui/busy";
import { Empty, Fault, Loading, useGet } from "../ui/load";
import { moveByArrows } from "../ui/rows";
import { toast } from "../ui/toast";

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

export function kindText(kind: string): string {
    const word = KINDS[kind];
    return word ? say(word) : kind;
}

export function Log() {
    const { query: asked } = usePlace(),
        known = useCell(tables);
    const [words, setWords] = useState(asked.get("q") ?? "");
    const loaded = useGet<Page<Batch>>(
        `batches?${query({ q: asked.get("q"), table: asked.get("table"), limit: LIMIT, cursor: asked.get("cursor") })}`,
    );
    return (
        <>
            <h1>{say(W.LOG)}</h1>
            <form
                class="filters"
                role="search"
                onSubmit={(event) => {
                    event.preventDefault();
                    setQuery({ q: words, cursor: null }, "push");
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
                        onChange={(e) => setQuery({ table: e.currentTarget.value, cursor: null })}
                    >
                        <option value="">{say(W.FILTER_ANY)}</option>
                        {[...(known?.values() ?? [])].map((t) => (
                            <option key={t.table} value={t.table}>
                                {pick(t, "name")}
                            </option>
                        ))}
                    </select>
                </label>
                <label>
                    <button type="submit">{say(W.FIND)}</button>
                </label>
            </form>
            <Loading of={loaded}>
                {(page) =>
                    page.items.length === 0 ? (
                        <Empty title={say(W.NOTHING_FOUND)} />
                    ) : (
                        <>
                            <div class="scroll">
                                <table class="records" onKeyDown={moveByArrows}>
                                    <thead>
                                        <tr>
                                            <th scope="col">{say(W.LOG_WHAT)}</th>
                                            <th scope="col">{say(W.LOG_WHO)}</th>
                                            <th scope="col">{say(W.LOG_WHEN)}</th>
                                            <th scope="col">{say(W.LOG_LINES)}</th>
                                            <th scope="col">{say(W.LOG_NOTE)}</th>
                                        </tr>
                                    </thead>
                                    <tbody>
                                        {page.items.map((b) => (
                                            <tr key={b.id} data-row class={b.undone_by ? "undone" : ""}>
                                                <th scope="row">
                                                    <Link to={`log/${b.id}`}>
                                                        {say(W.BATCH_NUMBER, String(b.id))}
                                                        {say(W.COLON)}
                                                        {kindText(b.kind)}
                                                    </Link>
                                                </th>
                                                <td>
                                                    <bdi>{b.by}</bdi>
                                                </td>
                                                <td>{moment(b.at_ms)}</td>
                                                <td>{b.changes}</td>
                                                <td>
                                                    <bdi>{b.note}</bdi>
                                                    {b.undone_by ? ` ${say(W.LOG_UNDONE, String(b.undone_by))}` : ""}
                                                </td>
                                            </tr>
                                        ))}
                                    </tbody>
                                </table>
                            </div>
                            {page.next ? (
                                <p class="pager">
                                    <button type="button" onClick={() => setQuery({ cursor: page.next }, "push")}>
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
    const loaded = useGet<BatchDetail>(`batches/${id}`),
        deed = useDeed(),
        known = useCell(tables);
    return (
        <Loading of={loaded}>
            {(batch) => (
                <>
                    <nav class="crumbs" aria-label={say(W.CRUMBS)}>
                        <ol>
                            <li>
                                <Link to="log">{say(W.LOG)}</Link>
                            </li>
                            <li aria-current="page">{say(W.BATCH_NUMBER, String(id))}</li>
                        </ol>
                    </nav>
                    <h1>
                        {say(W.BATCH_NUMBER, String(id))}
                        {say(W.COLON)}
                        {kindText(batch.kind)}
                    </h1>
                    <p>
                        <bdi>{batch.by}</bdi> · {moment(batch.at_ms)} · {say(W.LIST_COUNT, batch.changes)}
                        {batch.note ? (
                            <>
                                {" "}
                                · <bdi>{batch.note}</bdi>
                            </>
                        ) : null}
                    </p>
                    {batch.undone_by ? <p class="notice">{say(W.LOG_UNDONE, String(batch.undone_by))}</p> : null}
                    {deed.error !== undefined ? <Fault error={deed.error} /> : null}
                    {batch.undoable ? (
                        <div class="actions">
                            <button
                                type="button"
                                class="danger"
                                disabled={deed.isBusy}
                                onClick={() =>
                                    void deed.run(async () => {
                                        await post(`batches/${id}/undo`);
                                        toast(say(W.UNDONE));
                                        loaded.reload();
                                    })
                                }
                            >
                                {say(W.LOG_UNDO)}
                            </button>
                        </div>
                    ) : null}
                    <ol class="plain changes">
                        {batch.lines.map((line, n) => {
                            const table = known?.get(line.table);
                            return (
                                <li key={n} class="change">
                                    <p>
                                        <strong>
                                            {say(
                                                line.op === "create"
                                                    ? W.OP_CREATED
                                                    : line.op === "delete"
                                                      ? W.OP_DELETED
                                                      : W.OP_CHANGED,
                                            )}
                                        </strong>{" "}
                                        · {table ? pick(table, "name") : line.table} ·{" "}
                                        {table ? (
                                            <Link to={`records/${line.table}/${line.id}`}>
                                                <bdi>{labelText(line.label ?? undefined) || `#${line.id}`}</bdi>
                                            </Link>
                                        ) : (
                                            `#${line.id}`
                                        )}
                                    </p>
                                    {table ? <LineFields table={table} line={line} /> : null}
                                </li>
                            );
                        })}
                    </ol>
                </>
            )}
        </Loading>
    );
}
