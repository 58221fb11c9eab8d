/* Pairs that are probably one organisation: side by side, what is alike and what is not. A merge can be undone. */
import { useState } from "preact/hooks";
import * as W from "words";
import { post } from "../../shared/api";
import { useCell } from "../../shared/cell";
import { pick, say, tag } from "../../shared/lang";
import { same } from "../records/edit";
import { recordName, shown, tables } from "../records/schema";
import { Link } from "../../shared/router";
import type { RecordRow, Table } from "../../api-types";
import type { DuplicatePair } from "../types";
import { useDeed } from "../../shared/ui/busy";
import { Empty, Fault, Loading, useGet } from "../../shared/ui/load";
import { toast } from "../../shared/ui/toast";

interface SideProps {
    table: Table;
    record: RecordRow;
    other: RecordRow;
    group: string;
    isKept: boolean;
    keep: () => void;
}

function text(table: Table, record: RecordRow, name: string): string {
    const field = table.fields.find((f) => f.name === name);
    return field ? shown(field, record.values[name] ?? null, record.labels[name]) : "";
}

function Side({ table, record, other, group, isKept, keep }: SideProps) {
    const told = table.fields.filter((f) => text(table, record, f.name) !== "" || text(table, other, f.name) !== "");
    return (
        <td class={isKept ? "kept" : ""}>
            <label class="check">
                <input type="radio" name={group} checked={isKept} onChange={keep} />
                {say(W.DUP_KEEP)}
            </label>
            <p>
                <Link to={`records/organisation/${record.id}`}>
                    <bdi>{recordName(record)}</bdi>
                </Link>
            </p>
            <dl class="pair">
                {told.map((f) => (
                    <div key={f.name} class={same(record.values[f.name], other.values[f.name]) ? "" : "differs"}>
                        <dt>{pick(f, "label")}</dt>
                        <dd>
                            <bdi>{text(table, record, f.name) || "–"}</bdi>
                        </dd>
                    </div>
                ))}
            </dl>
        </td>
    );
}

/* What both say alike, by the names of the fields. */
function alike(table: Table, first: RecordRow, second: RecordRow): string {
    return table.fields
        .filter((f) => text(table, first, f.name) !== "" && same(first.values[f.name], second.values[f.name]))
        .map((f) => pick(f, "label"))
        .join(say(W.COMMA));
}

/* What the names say, told by the server from the two records as they are now. */
function why(pair: DuplicatePair): string {
    const reason = pick(pair, "reason"),
        score = new Intl.NumberFormat(tag(), { style: "percent" }).format(pair.score);
    return reason === "" ? say(W.DUP_BY_HAND) : `${reason} (${say(W.DUP_SCORE, score)})`;
}

interface PairProps {
    table: Table;
    pair: DuplicatePair;
    reload: () => void;
}

function Pair({ table, pair, reload }: PairProps) {
    const [keepId, setKeep] = useState(pair.of_id);
    const deed = useDeed();
    const first = useGet<RecordRow>(`records/organisation/${pair.id}`);
    const second = useGet<RecordRow>(`records/organisation/${pair.of_id}`);
    const group = `keep-${pair.id}-${pair.of_id}`;
    const decide = (decision: "different" | "later") =>
        void deed.run(async () => {
            await post("duplicates", { first: pair.id, second: pair.of_id, decision });
            toast(say(decision === "different" ? W.DUP_NOTED_DIFFERENT : W.DUP_NOTED_LATER));
            reload();
        });
    const merge = (kept: RecordRow, gone: RecordRow) =>
        void deed.run(async () => {
            const { batch } = await post<{ batch: number }>("merges", { keep: kept.id, gone: gone.id });
            toast(say(W.DUP_MERGED, recordName(gone), recordName(kept)), { batch, after: reload });
            reload();
        });
    return (
        <article class="card pair-card" aria-label={`${pick(pair, "name")} / ${pick(pair, "of_name")}`}>
            {deed.error !== undefined ? <Fault error={deed.error} /> : null}
            <Loading of={first}>
                {(a) => (
                    <Loading of={second}>
                        {(b) => (
                            <>
                                <p>
                                    <strong>{say(W.DUP_WHY)}</strong> {why(pair)}
                                </p>
                                <p>
                                    <strong>{say(W.DUP_ALIKE)}</strong> {alike(table, a, b) || say(W.NONE)}
                                </p>
                                <div class="scroll">
                                    <table class="side-by-side">
                                        <tbody>
                                            <tr>
                                                {[a, b].map((record) => (
                                                    <Side
                                                        key={record.id}
                                                        table={table}
                                                        record={record}
                                                        other={record === a ? b : a}
                                                        group={group}
                                                        isKept={keepId === record.id}
                                                        keep={() => setKeep(record.id)}
                                                    />
                                                ))}
                                            </tr>
                                        </tbody>
                                    </table>
                                </div>
                                <div class="actions">
                                    <button
                                        type="button"
                                        class="strong"
                                        disabled={deed.isBusy}
                                        onClick={() => (keepId === a.id ? merge(a, b) : merge(b, a))}
                                    >
                                        {say(W.DUP_SAME)}
                                    </button>
                                    <button type="button" disabled={deed.isBusy} onClick={() => decide("different")}>
                                        {say(W.DUP_DIFFERENT)}
                                    </button>
                                    <button type="button" disabled={deed.isBusy} onClick={() => decide("later")}>
                                        {say(W.DUP_LATER)}
                                    </button>
                                </div>
                            </>
                        )}
                    </Loading>
                )}
            </Loading>
        </article>
    );
}

export function Duplicates() {
    const loaded = useGet<DuplicatePair[]>("duplicates");
    const table = useCell(tables)?.get("organisation");
    return (
        <>
            <h1>{say(W.DUPLICATES)}</h1>
            <p class="note">{say(W.DUP_HELP)}</p>
            <Loading of={loaded}>
                {(pairs) =>
                    pairs.length === 0 || !table ? (
                        <Empty title={say(W.DUP_NONE)}>
                            <p>{say(W.DUP_NONE_HELP)}</p>
                        </Empty>
                    ) : (
                        <>
                            {pairs.map((pair) => (
                                <Pair
                                    key={`${pair.id}-${pair.of_id}`}
                                    table={table}
                                    pair={pair}
                                    reload={loaded.reload}
                                />
                            ))}
                        </>
                    )
                }
            </Loading>
        </>
    );
}
