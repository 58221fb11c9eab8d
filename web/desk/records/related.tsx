/* What belongs to a record: the rows of other tables that lead to it, and a way to add one. */
import * as W from "words";
import { query } from "../../shared/api";
import { pick, say } from "../../shared/lang";
import { Link } from "../../shared/router";
import type { Field, RecordRow, Table } from "../../api-types";
import { Loading, useGet } from "../../shared/ui/load";
import { RecordTable } from "./list";
import { columnsOf, recordName, recordsPath, related } from "./schema";

const SHOWN = 20;

function Rows({ table, field, record }: { table: Table; field: Field; record: RecordRow }) {
    const loaded = useGet(recordsPath(table.name, { [field.name]: record.id }, { limit: SHOWN }));
    const add = `records/${table.name}/new?${query({ [field.name]: record.id, [`${field.name}.label`]: recordName(record) })}`;
    const all = `records/${table.name}?${query({ [field.name]: record.id })}`;
    return (
        <Loading of={loaded}>
            {(page) => (
                <details open={page.items.length > 0}>
                    <summary>
                        {pick(table, "plural")} ({page.total ?? page.items.length}
                        {page.next && page.total === undefined ? "+" : ""})
                    </summary>
                    {page.items.length > 0 ? (
                        <RecordTable table={table} rows={page.items} columns={columnsOf(table)} hide={field.name} />
                    ) : (
                        <p class="note">{say(W.LIST_EMPTY)}</p>
                    )}
                    <p>
                        {table.may_write ? (
                            <Link class="button" to={add}>
                                {say(W.NEW_IN, pick(table, "label"))}
                            </Link>
                        ) : null}{" "}
                        {page.next ? <Link to={all}>{say(W.SHOW_ALL)}</Link> : null}
                    </p>
                </details>
            )}
        </Loading>
    );
}

export function Related({ table, record }: { table: Table; record: RecordRow }) {
    const found = related(table.name).filter(
        ({ field }) => !/^(owner_id|lead_id|merged_into|parent_id)$/.test(field.name),
    );
    if (found.length === 0) return null;
    return (
        <section class="related" aria-label={say(W.RELATED)}>
            <h2>{say(W.RELATED)}</h2>
            {found.map(({ table: other, field }) => (
                <Rows key={`${other.name}.${field.name}`} table={other} field={field} record={record} />
            ))}
        </section>
    );
}
