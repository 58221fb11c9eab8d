/* The records of a table: words to find them by, filters for closed lists, pages; all of it in the address. */
import { useEffect, useState } from "preact/hooks";
import * as W from "words";
import { query } from "../api";
import { useCell } from "../cell";
import { edition, editionId } from "../editions";
import { pick, say } from "../lang";
import { Link, setQuery, usePlace } from "../router";
import { may } from "../session";
import type { Field, Page, RecordRow, Table } from "../types";
import { Empty, Loading, useGet } from "../ui/load";
import { moveByArrows } from "../ui/rows";
import { columnsOf, isOfEdition, recordName, shown } from "./schema";

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
            {pick(field, "name")}
            <select value={value} onChange={(e) => setQuery({ [field.name]: e.currentTarget.value, cursor: null })}>
                <option value="">{say(W.FILTER_ANY)}</option>
                {field.choices.map((c) => (
                    <option key={c.code} value={c.code}>
                        {pick(c, "name")}
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
        <div class="scroll">
            <table class="records" onKeyDown={moveByArrows}>
                <thead>
                    <tr>
                        <th scope="col">{pick(table, "name")}</th>
                        {shownColumns.slice(1).map((c) => (
                            <th scope="col" key={c.name}>
                                {pick(c, "name")}
                            </th>
                        ))}
                    </tr>
                </thead>
                <tbody>
                    {rows.map((row) => (
                        <tr key={row.id} data-row>
                            <th scope="row">
                                <Link to={`records/${table.table}/${row.id}`}>
                                    <bdi>{recordName(table, row)}</bdi>
                                </Link>
                            </th>
                            {shownColumns.slice(1).map((c) => (
                                <td key={c.name}>
                                    <bdi>{shown(c, row.values[c.name] ?? null, row.labels[c.name])}</bdi>
                                </td>
                            ))}
                        </tr>
                    ))}
                </tbody>
            </table>
        </div>
    );
}

export function RecordList({ table }: { table: Table }) {
    const { query: asked } = usePlace(),
        now = useCell(edition);
    const filters = table.fields.filter((f) => f.kind === "word").slice(0, FILTERS_MAX);
    const values = Object.fromEntries(table.fields.map((f) => [f.name, asked.get(f.name)]));
    if (isOfEdition(table)) values.edition_id ??= String(editionId(now) ?? "");
    const wanted = query({ ...values, q: asked.get("q"), limit: LIMIT, cursor: asked.get("cursor") });
    const loaded = useGet<Page<RecordRow>>(`records/${table.table}?${wanted}`);
    const [text, setText] = useTyped(asked.get("q") ?? "", (typed) => setQuery({ q: typed, cursor: null }));
    const isFiltered = [...asked.keys()].some((k) => k !== "cursor"),
        columns = columnsOf(table);
    return (
        <>
            <div class="title-row">
                <h1>{pick(table, "plural")}</h1>
                <span class="push" />
                {may(table.right) ? (
                    <Link class="button strong" to={`records/${table.table}/new`}>
                        {say(W.NEW_IN, pick(table, "name"))}
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
                                    <Link to={`records/${table.table}`}>{say(W.FILTER_CLEAR)}</Link>
                                ) : (
                                    say(W.LIST_EMPTY_HELP)
                                )}
                            </p>
                            {!isFiltered && may(table.right) ? (
                                <p>
                                    <Link class="button" to={`records/${table.table}/new`}>
                                        {say(W.NEW_IN, pick(table, "name"))}
                                    </Link>{" "}
                                    {may("import") ? (
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
                                {asked.get("cursor") ? (
                                    <button type="button" onClick={() => history.back()}>
                                        {say(W.PAGE_BEFORE)}
                                    </button>
                                ) : null}
                                {page.next ? (
                                    <button type="button" onClick={() => setQuery({ cursor: page.next }, "push")}>
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
