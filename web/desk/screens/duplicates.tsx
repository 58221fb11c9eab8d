/* Pairs that are probably one organisation: side by side, with the reasons, and three answers. A merge can be undone. */
import { useState } from "preact/hooks";
import * as W from "words";
import { post } from "../api";
import { useCell } from "../cell";
import { pick, say } from "../lang";
import { recordName, shown, tables } from "../records/schema";
import { Link } from "../router";
import type { Duplicate, Page, RecordRow, Table } from "../types";
import { useDeed } from "../ui/busy";
import { Empty, Fault, Loading, useGet } from "../ui/load";
import { toast } from "../ui/toast";

function Side({
    table,
    record,
    other,
    chosen,
    choose,
    name,
}: {
    table: Table;
    record: RecordRow;
    other: RecordRow;
    chosen: boolean;
    choose: () => void;
    name: string;
}) {
    return (
        <td class={chosen ? "kept" : ""}>
            <label class="check">
                <input type="radio" name={name} checked={chosen} onChange={choose} />
                {say(W.DUP_KEEP)}
            </label>
            <p>
                <Link to={`records/organisation/${record.id}`}>
                    <bdi>{recordName(table, record)}</bdi>
                </Link>
            </p>
            <dl class="pair">
                {table.fields
                    .filter((f) => record.values[f.name] !== null || other.values[f.name] !== null)
                    .map((f) => {
                        const mine = shown(f, record.values[f.name] ?? null, record.labels[f.name]),
                            theirs = shown(f, other.values[f.name] ?? null, other.labels[f.name]);
                        return (
                            <div key={f.name} class={mine !== theirs ? "differs" : ""}>
                                <dt>{pick(f, "name")}</dt>
                                <dd>
                                    <bdi>{mine || "–"}</bdi>
                                </dd>
                            </div>
                        );
                    })}
            </dl>
        </td>
    );
}

function Pair({ table, pair, reload }: { table: Table; pair: Duplicate; reload: () => void }) {
    const [keep, setKeep] = useState(pair.first.id),
        deed = useDeed();
    const gone = keep === pair.first.id ? pair.second : pair.first,
        kept = keep === pair.first.id ? pair.first : pair.second;
    const decide = (decision: "different" | "later") =>
        void deed.run(async () => {
            const reply = await post<{ batch: number | null }>("duplicates", {
                first: pair.first.id,
                second: pair.second.id,
                decision,
            });
            toast(say(decision === "different" ? W.DUP_NOTED_DIFFERENT : W.DUP_NOTED_LATER), {
                batch: reply?.batch ?? null,
                after: reload,
            });
            reload();
        });
    return (
        <article
            class="card pair-card"
            aria-label={`${recordName(table, pair.first)} / ${recordName(table, pair.second)}`}
        >
            <p>
                <strong>{say(W.DUP_REASONS)}</strong> {pair.reasons.join(say(W.COMMA)) || say(W.UNKNOWN)}
            </p>
            {deed.error !== undefined ? <Fault error={deed.error} /> : null}
            <div class="scroll">
                <table class="side-by-side">
                    <tbody>
                        <tr>
                            <Side
                                table={table}
                                record={pair.first}
                                other={pair.second}
                                name={`keep-${pair.first.id}-${pair.second.id}`}
                                chosen={keep === pair.first.id}
                                choose={() => setKeep(pair.first.id)}
                            />
                            <Side
                                table={table}
                                record={pair.second}
                                other={pair.first}
                                name={`keep-${pair.first.id}-${pair.second.id}`}
                                chosen={keep === pair.second.id}
                                choose={() => setKeep(pair.second.id)}
                            />
                        </tr>
                    </tbody>
                </table>
            </div>
            <div class="actions">
                <button
                    type="button"
                    class="strong"
                    disabled={deed.isBusy}
                    onClick={() =>
                        void deed.run(async () => {
                            const reply = await post<{ batch: number }>("merges", { keep, gone: gone.id });
                            toast(say(W.DUP_MERGED, recordName(table, gone), recordName(table, kept)), {
                                batch: reply.batch,
                                after: reload,
                            });
                            reload();
                        })
                    }
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
        </article>
    );
}

export function Duplicates() {
    const loaded = useGet<Page<Duplicate>>("duplicates"),
        table = useCell(tables)?.get("organisation");
    return (
        <>
            <h1>{say(W.DUPLICATES)}</h1>
            <p class="note">{say(W.DUP_HELP)}</p>
            <Loading of={loaded}>
                {(page) =>
                    page.items.length === 0 ? (
                        <Empty title={say(W.DUP_NONE)}>
                            <p>{say(W.DUP_NONE_HELP)}</p>
                        </Empty>
                    ) : (
                        <>
                            {table
                                ? page.items.map((pair) => (
                                      <Pair
                                          key={`${pair.first.id}-${pair.second.id}`}
                                          table={table}
                                          pair={pair}
                                          reload={loaded.reload}
                                      />
                                  ))
                                : null}
                        </>
                    )
                }
            </Loading>
        </>
    );
}
