/*
 * The chains, and each chain's nodes in its three stages. A stage, a role or a final product is changed in the table; the effect
 * on coverage and gaps is shown before all of it is saved as one change.
 */
import { useState } from "preact/hooks";
import * as W from "words";
import type { Word } from "words";
import { query } from "../../shared/api";
import { useCell } from "../../shared/cell";
import { edition } from "../editions";
import { count, inLang, pick, say } from "../../shared/lang";
import { same, sendChanges, tryChanges } from "../records/edit";
import { EffectTable } from "../records/effect";
import { findReference, optionId } from "../records/find";
import { labelText, recordsPath, tables } from "../records/schema";
import { Link } from "../../shared/router";
import { may } from "../../shared/session";
import type { ChainDetail, Effect, Field, Operation, RecordRow, Value } from "../../api-types";
import type { Values } from "../types";
import { useDeed } from "../../shared/ui/busy";
import { Fault, Loading, useGet } from "../../shared/ui/load";
import { Picker } from "../../shared/ui/picker";
import { DataTable } from "../../shared/ui/table";
import { toast } from "../../shared/ui/toast";

const STAGES: Record<string, Word> = { upstream: W.UPSTREAM, midstream: W.MIDSTREAM, downstream: W.DOWNSTREAM };
const NODES_MAX = 500;

export function Chains() {
    const now = useCell(edition),
        loaded = useGet(now ? `chains?${query({ edition: now, limit: 1000 })}` : null);
    return (
        <>
            <div class="title-row">
                <h1>{say(W.CHAINS)}</h1>
                <span class="push" />
                {may("catalogue-write") ? (
                    <Link class="button strong" to="records/chain/new">
                        {say(W.NEW_CHAIN)}
                    </Link>
                ) : null}
            </div>
            <Loading of={loaded}>
                {(page) => (
                    <DataTable
                        label={say(W.CHAINS)}
                        rows={page.items}
                        keyOf={(c) => c.code}
                        columns={[
                            {
                                key: "name",
                                head: say(W.FILTER_CHAIN),
                                cell: (c) => (
                                    <Link to={`chains/${c.code}`}>
                                        <bdi>{pick(c, "name")}</bdi>
                                    </Link>
                                ),
                            },
                            { key: "nodes", head: say(W.EFFECT_NODES), cell: (c) => count(c.node_count) },
                            { key: "offered", head: say(W.EFFECT_OFFERED), cell: (c) => count(c.offered_count) },
                            { key: "exhibitors", head: say(W.EXHIBITORS), cell: (c) => count(c.exhibitor_count) },
                            {
                                key: "gaps",
                                head: say(W.EFFECT_GAPS),
                                cell: (c) => <Link to={`gaps?chain=${c.code}`}>{count(c.gap_count)}</Link>,
                            },
                        ]}
                    />
                )}
            </Loading>
        </>
    );
}

/* What was changed and is not saved: by record, "gone" for one to take out. */
type Pending = Record<number, Values | "gone">;

function operations(rows: RecordRow[], pending: Pending): Operation[] {
    return rows.flatMap((row): Operation[] => {
        const change = pending[row.id];
        if (change === undefined) return [];
        if (change === "gone") return [{ op: "delete", table: "chain_node", id: row.id, revision: row.revision }];
        const values = Object.fromEntries(
            Object.entries(change).filter(([name, value]) => !same(value, row.values[name])),
        );
        return Object.keys(values).length > 0
            ? [{ op: "update", table: "chain_node", id: row.id, revision: row.revision, values }]
            : [];
    });
}

function Choose({
    field,
    row,
    value,
    change,
    name,
}: {
    field: Field;
    row: RecordRow;
    value: Value;
    change: (value: Value) => void;
    name: string;
}) {
    return (
        <select
            aria-label={`${pick(field, "label")}${say(W.COLON)}${name}`}
            value={value === null ? "" : String(value)}
            class={same(value, row.values[field.name]) ? "" : "changed"}
            disabled={!may("catalogue-write")}
            onChange={(e) => change(e.currentTarget.value || null)}
        >
            {field.needed ? null : <option value="">{say(W.STAGE_BY_LINKS)}</option>}
            {(field.choices ?? []).map((c) => (
                <option key={c.code} value={c.code}>
                    {inLang(c)}
                </option>
            ))}
        </select>
    );
}

function Places({
    chain,
    detail,
    rows,
    reload,
}: {
    chain: RecordRow;
    detail: ChainDetail | undefined;
    rows: RecordRow[];
    reload: () => void;
}) {
    const [pending, setPending] = useState<Pending>({}),
        [effect, setEffect] = useState<Effect | null>(null),
        deed = useDeed();
    const fields = tables.value?.get("chain_node")?.fields ?? [],
        stage = fields.find((f) => f.name === "stage"),
        role = fields.find((f) => f.name === "role");
    const ops = operations(rows, pending),
        mayWrite = may("catalogue-write");
    const change = (id: number, name: string) => (value: Value) => {
        setPending({ ...pending, [id]: { ...(pending[id] === "gone" ? {} : pending[id]), [name]: value } });
        setEffect(null);
    };
    const valueOf = (row: RecordRow, name: string): Value => {
        const p = pending[row.id];
        return p && p !== "gone" && name in p ? (p[name] ?? null) : (row.values[name] ?? null);
    };
    const isGone = (row: RecordRow) => pending[row.id] === "gone";
    const takeOut = (row: RecordRow) => {
        const next = { ...pending };
        if (isGone(row)) delete next[row.id];
        else next[row.id] = "gone";
        setPending(next);
        setEffect(null);
    };
    const nameOf = (row: RecordRow) => labelText(row.labels.node_id);
    const found = new Map(detail?.nodes.map((n) => [pick(n.node, "name"), n]));
    const seenOf = (row: RecordRow) => found.get(nameOf(row));
    const send = (list: Operation[], said: string) =>
        deed.run(async () => {
            const reply = await sendChanges(list);
            toast(said, { batch: reply.batch, after: reload });
            setPending({});
            setEffect(null);
            reload();
        });
    return (
        <>
            {deed.error !== undefined ? <Fault error={deed.error} /> : null}
            <DataTable
                label={say(W.NODES)}
                rows={rows}
                keyOf={(row) => row.id}
                classOf={(row) => (isGone(row) ? "undone" : "")}
                columns={[
                    {
                        key: "node",
                        head: say(W.NODES),
                        cell: (row) => (
                            <Link to={`records/node/${row.values.node_id}`}>
                                <bdi>{nameOf(row)}</bdi>
                            </Link>
                        ),
                    },
                    {
                        key: "now",
                        head: say(W.STAGE_NOW),
                        cell: (row) => say(STAGES[seenOf(row)?.stage ?? ""] ?? W.NO_STAGE),
                    },
                    ...[stage, role].flatMap((field) =>
                        field
                            ? {
                                  key: field.name,
                                  head: pick(field, "label"),
                                  cell: (row: RecordRow) => (
                                      <Choose
                                          field={field}
                                          row={row}
                                          name={nameOf(row)}
                                          value={valueOf(row, field.name)}
                                          change={change(row.id, field.name)}
                                      />
                                  ),
                              }
                            : [],
                    ),
                    {
                        key: "final",
                        head: say(W.STAGE_FINAL),
                        cell: (row) => (
                            <input
                                type="checkbox"
                                aria-label={`${say(W.STAGE_FINAL)}${say(W.COLON)}${nameOf(row)}`}
                                disabled={!mayWrite}
                                checked={Boolean(valueOf(row, "final"))}
                                onChange={(e) => change(row.id, "final")(e.currentTarget.checked)}
                            />
                        ),
                    },
                    {
                        key: "exhibitors",
                        head: say(W.EXHIBITORS),
                        cell: (row) => count(seenOf(row)?.node.offer_count ?? 0),
                    },
                    {
                        key: "out",
                        cell: (row) =>
                            mayWrite ? (
                                <button
                                    type="button"
                                    class="quiet"
                                    aria-pressed={isGone(row)}
                                    aria-label={`${say(W.STAGE_TAKE_OUT)}${say(W.COLON)}${nameOf(row)}`}
                                    onClick={() => takeOut(row)}
                                >
                                    {say(W.STAGE_TAKE_OUT)}
                                </button>
                            ) : null,
                    },
                ]}
            />
            {mayWrite ? (
                <label class="field">
                    {say(W.STAGE_ADD)}
                    <Picker
                        label={say(W.STAGE_ADD)}
                        chosen={null}
                        find={(words, signal) => findReference("node", words, signal)}
                        choose={(option) => {
                            if (option)
                                void optionId("node", option).then((id) =>
                                    send(
                                        [
                                            {
                                                op: "create",
                                                table: "chain_node",
                                                values: { chain_id: chain.id, node_id: id, role: "core" },
                                            },
                                        ],
                                        say(W.SAVED, option.name),
                                    ),
                                );
                        }}
                    />
                </label>
            ) : null}
            {ops.length > 0 ? (
                <form
                    class="sticky"
                    data-saves
                    onSubmit={(event) => {
                        event.preventDefault();
                        void send(ops, say(W.STAGE_SAVED, ops.length));
                    }}
                >
                    {effect ? <EffectTable effect={effect} /> : null}
                    <div class="actions">
                        <button
                            type="button"
                            disabled={deed.isBusy}
                            onClick={() => void deed.run(async () => setEffect((await tryChanges(ops)).effect ?? null))}
                        >
                            {say(W.EFFECT_SHOW)}
                        </button>
                        <button type="submit" class="strong" disabled={deed.isBusy}>
                            {say(W.STAGE_SAVE, ops.length)}
                        </button>
                        <button
                            type="button"
                            onClick={() => {
                                setPending({});
                                setEffect(null);
                            }}
                        >
                            {say(W.DISCARD)}
                        </button>
                    </div>
                </form>
            ) : null}
        </>
    );
}

export function ChainScreen({ code }: { code: string }) {
    const now = useCell(edition),
        found = useGet(recordsPath("chain", { code }, { limit: 1 })),
        chain = found.data?.items[0];
    const rows = useGet(
        chain ? recordsPath("chain_node", { chain_id: chain.id }, { limit: NODES_MAX }) : null,
    );
    const detail = useGet(now ? `chains/${encodeURIComponent(code)}?${query({ edition: now })}` : null);
    return (
        <>
            <nav class="crumbs" aria-label={say(W.CRUMBS)}>
                <ol>
                    <li>
                        <Link to="chains">{say(W.CHAINS)}</Link>
                    </li>
                    <li aria-current="page">{chain ? pick(chain.values, "name") : code}</li>
                </ol>
            </nav>
            <Loading of={found}>
                {() =>
                    chain ? (
                        <>
                            <div class="title-row">
                                <h1>
                                    <bdi>{pick(chain.values, "name")}</bdi>
                                </h1>
                                <span class="push" />
                                <Link to={`records/chain/${chain.id}`}>{say(W.CHAIN_TEXTS)}</Link>{" "}
                                <Link to={`gaps?chain=${code}`}>{say(W.GAP_BOARD)}</Link>
                            </div>
                            <p class="note">{say(W.STAGE_HELP)}</p>
                            <Loading of={rows}>
                                {(page) => (
                                    <Places
                                        key={chain.id}
                                        chain={chain}
                                        detail={detail.data}
                                        rows={page.items}
                                        reload={() => {
                                            rows.reload();
                                            detail.reload();
                                        }}
                                    />
                                )}
                            </Loading>
                        </>
                    ) : (
                        <p>{say(W.NO_CHAIN)}</p>
                    )
                }
            </Loading>
        </>
    );
}
