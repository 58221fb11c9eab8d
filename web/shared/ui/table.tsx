/*
 * Rows of anything as a table: the first column names the row, arrow keys go from row to row, and what is wider than the
 * screen is scrolled within, by keyboard too.
 */
import type { ComponentChildren } from "preact";
import { moveByArrows } from "./rows";

export interface Column<Row> {
    key: string;
    head?: ComponentChildren; /* absent: a column of buttons */
    cell: (row: Row) => ComponentChildren;
}

interface Props<Row> {
    label: string;
    rows: Row[];
    keyOf: (row: Row) => string | number;
    classOf?: (row: Row) => string;
    columns: Column<Row>[];
}

export function DataTable<Row>({ label, rows, keyOf, classOf, columns }: Props<Row>) {
    const [first, ...others] = columns;
    return (
        <div class="scroll" tabIndex={0} role="region" aria-label={label}>
            <table class="records" onKeyDown={moveByArrows}>
                <thead>
                    <tr>
                        {columns.map((c) =>
                            c.head === undefined ? (
                                <td key={c.key} />
                            ) : (
                                <th scope="col" key={c.key}>
                                    {c.head}
                                </th>
                            ),
                        )}
                    </tr>
                </thead>
                <tbody>
                    {rows.map((row) => (
                        <tr key={keyOf(row)} data-row class={classOf?.(row)}>
                            <th scope="row">{first?.cell(row)}</th>
                            {others.map((c) => (
                                <td key={c.key}>{c.cell(row)}</td>
                            ))}
                        </tr>
                    ))}
                </tbody>
            </table>
        </div>
    );
}
