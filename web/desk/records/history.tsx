/* Every change of a record, newest first: who, when, what it was and what it became, and the way back for each. */
import * as W from "words";
import { moment, pick, say } from "../../shared/lang";
import { Link } from "../../shared/router";
import type { HistoryLine, RecordRow, Table } from "../../api-types";
import { Empty, Loading, useGet } from "../../shared/ui/load";
import { LineFields, UndoBatch, operationText } from "./line";
import { recordName } from "./schema";

interface LineProps {
    table: Table;
    line: HistoryLine;
    record: RecordRow | undefined;
    reload: () => void;
}

function Line({ table, line, record, reload }: LineProps) {
    return (
        <li class={line.undone_by ? "change taken-back" : "change"}>
            <p>
                <strong>{operationText(line.operation)}</strong> · <bdi>{line.by ?? say(W.SOMEBODY)}</bdi> ·{" "}
                {moment(line.at_ms)}
                {line.note ? (
                    <>
                        {" · "}
                        <bdi>{line.note}</bdi>
                    </>
                ) : null}
                {" · "}
                <Link to={`log/${line.batch}`}>{say(W.BATCH_NUMBER, String(line.batch))}</Link>
            </p>
            <LineFields table={table} line={line} record={record} />
            {line.undone_by ? (
                <p class="note">{say(W.LOG_UNDONE, String(line.undone_by))}</p>
            ) : (
                <UndoBatch batch={line.batch} reload={reload} />
            )}
        </li>
    );
}

export function HistoryScreen({ table, id }: { table: Table; id: number }) {
    const record = useGet(`records/${table.name}/${id}`);
    const lines = useGet(`records/${table.name}/${id}/history`);
    const name = record.data ? recordName(record.data) : `#${id}`;
    const reload = () => {
        lines.reload();
        record.reload();
    };
    return (
        <>
            <nav class="crumbs" aria-label={say(W.CRUMBS)}>
                <ol>
                    <li>
                        <Link to={`records/${table.name}`}>{pick(table, "plural")}</Link>
                    </li>
                    <li>
                        <Link to={`records/${table.name}/${id}`}>
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
                        <ol class="plain changes" reversed>
                            {[...page.items].reverse().map((line, n) => (
                                <Line
                                    key={`${line.batch}-${n}`}
                                    table={table}
                                    line={line}
                                    record={record.data}
                                    reload={reload}
                                />
                            ))}
                        </ol>
                    )
                }
            </Loading>
        </>
    );
}
