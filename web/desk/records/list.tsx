/* The records of a table: words to find them by, filters for closed lists, pages; all of it in the address. */
import { useEffect, useState } from "preact/hooks";
import * as W from "words";
import { useCell } from "../../shared/cell";
import { edition, editionId } from "../editions";
import { inLang, pick, say } from "../../shared/lang";
import { Link, setQuery, usePlace } from "../../shared/router";
import { may } from "../../shared/session";
import type { Field, RecordRow, Table } from "../../api-types";
import { Empty, Loading, useGet } from "../../shared/ui/load";
import { columnsOf, isOfEdition, recordName, recordsPath, shown } from "./schema";

import { DataTable } from "../../shared/ui/table";

const LIMIT = 50,
    TYPED_AFTER_MS = 250,
    FILTERS_MAX = 5;

function useTyped(value: string, send: (text: string) => void): [string, (text: string) => void] {
    const [text, setText] = useState(value);
    useEffect(() => {
        if (text === value) return undefined;
        const timer = setTimeout(() => send(text), TYPED_AFTER_MS);
        return () => clearTimeout(timer);
    }, [text]);
    return [text, setText];
}

function Filter({ field, value }: { field: Field; value: string }) {
    return (
        <label>
            {pick(field, "label")}
            <select value={value} onChange={(e) => setQuery({ [field.name]: e.currentTarget.value, after: null })}>
                <option value="">{say(W.FILTER_ANY)}</option>
                {(field.choices ?? []).map((c) => (
                    <option key={c.code} value={c.code}>
                        {inLang(c)}
                    </option>
                ))}
            </select>
        </label>
    );
}

export function RecordTable({
    table,
    rows,
    columns,
    hide,
}: {
    table: Table;
    rows: RecordRow[];
    columns: Field[];
    hide?: string;
}) {
    const shownColumns = columns.filter((c) => c.name !== hide);
    return (
        <DataTable
            label={pick(table, "plural")}
            rows={rows}
            keyOf={(row) => row.id}
            columns={[
                {
                    key: "label",
                    head: pick(table, "label"),
                    cell: (row) => (
                        <Link to={`records/${table.name}/${row.id}`}>
                            <bdi>{recordName(row)}</bdi>
                        </Link>
                    ),
                },
                ...shownColumns.slice(1).map((c) => ({
                    key: c.name,
                    head: pick(c, "label"),
                    cell: (row: RecordRow) => <bdi>{shown(c, row.values[c.name] ?? null, row.labels[c.name])}</bdi>,
                })),
            ]}
        />
    );
}

export function RecordList({ table }: { table: Table }) {
    const { query: asked } = usePlace(),
        now = useCell(edition);
    const filters = table.fields.filter((f) => f.kind === "word").slice(0, FILTERS_MAX);
    const values = Object.fromEntries(table.fields.map((f) => [f.name, asked.get(f.name)]));
    if (isOfEdition(table)) values.edition_id ??= String(editionId(now) ?? "");
    const more = { q: asked.get("q"), after: asked.get("after"), limit: LIMIT };
    const loaded = useGet(recordsPath(table.name, values, more));
    const [text, setText] = useTyped(asked.get("q") ?? "", (typed) => setQuery({ q: typed, after: null }));
    const isFiltered = [...asked.keys()].some((k) => k !== "after"),
        columns = columnsOf(table);
    const isMatching = table.name === "participant"; /* no list that can be imported names them */
    return (
        <>
            <div class="title-row">
                <h1>{pick(table, "plural")}</h1>
                <span class="push" />
                {table.may_write ? (
                    <Link class="button strong" to={`records/${table.name}/new`}>
                        {say(W.NEW_IN, pick(table, "label"))}
                    </Link>
                ) : null}
            </div>
            <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
                <label>
                    {say(W.LIST_FIND)}
                    <input type="search" value={text} onInput={(e) => setText(e.currentTarget.value)} />
                </label>
                {filters.map((f) => (
                    <Filter key={f.name} field={f} value={asked.get(f.name) ?? ""} />
                ))}
            </form>
            <Loading of={loaded}>
                {(page) =>
                    page.items.length === 0 ? (
                        <Empty title={say(isFiltered ? W.NOTHING_FOUND : W.LIST_EMPTY)}>
                            <p>
                                {isFiltered ? (
                                    <Link to={`records/${table.name}`}>{say(W.FILTER_CLEAR)}</Link>
                                ) : (
                                    say(isMatching ? W.PARTICIPANTS_EMPTY_HELP : W.LIST_EMPTY_HELP)
                                )}
                            </p>
                            {!isFiltered && table.may_write ? (
                                <p>
                                    <Link class="button" to={`records/${table.name}/new`}>
                                        {say(W.NEW_IN, pick(table, "label"))}
                                    </Link>{" "}
                                    {may("import") && !isMatching ? (
                                        <Link class="button" to="import">
                                            {say(W.IMPORT)}
                                        </Link>
                                    ) : null}
                                </p>
                            ) : null}
                        </Empty>
                    ) : (
                        <>
                            <p class="note" role="status">
                                {page.total === undefined ? "" : say(W.LIST_COUNT, page.total)}
                            </p>
                            <RecordTable table={table} rows={page.items} columns={columns} />
                            <nav class="pager" aria-label={say(W.PAGER)}>
                                {asked.get("after") ? (
                                    <button type="button" onClick={() => history.back()}>
                                        {say(W.PAGE_BEFORE)}
                                    </button>
                                ) : null}
                                {page.next ? (
                                    <button
                                        type="button"
                                        onClick={() => setQuery({ after: String(page.next) }, "push")}
                                    >
                                        {say(W.PAGE_AFTER)}
                                    </button>
                                ) : null}
                            </nav>
                        </>
                    )
                }
            </Loading>
        </>
    );
}
