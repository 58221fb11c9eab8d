/* The morning page: what changed since one was here last, what waits, and what was left unsaved. */
import { useState } from "preact/hooks";
import * as W from "words";
import { query } from "../api";
import { remember, remembered, useCell } from "../cell";
import { edition } from "../editions";
import { ago, moment, pick, say } from "../lang";
import { dropDraft } from "../records/drafts";
import type { Draft } from "../records/drafts";
import { labelText, tables } from "../records/schema";
import { Link } from "../router";
import { may, session } from "../session";
import type { ChangesSince, Duplicate, GapCard, Page } from "../types";
import { Loading, useGet } from "../ui/load";
import { toast } from "../ui/toast";
import { GAP_STATES } from "./gap_state";

const SHOWN = 8;

function Drafts() {
    const loaded = useGet<{ items: Draft[] }>("drafts");
    const to = (key: string) => {
        const [table, id] = key.split(":");
        return `records/${table}/${id?.startsWith("new") ? "new" : id}`;
    };
    return (
        <Loading of={loaded}>
            {(list) =>
                list.items.length === 0 ? null : (
                    <section>
                        <h2>{say(W.TODAY_DRAFTS)}</h2>
                        <ul class="plain">
                            {list.items.map((d) => (
                                <li key={d.key}>
                                    <Link to={to(d.key)}>
                                        <bdi>{d.body.title || d.key}</bdi>
                                    </Link>{" "}
                                    <span class="note">{ago(d.at_ms)}</span>{" "}
                                    <button
                                        type="button"
                                        class="quiet"
                                        onClick={() => void dropDraft(d.key).then(loaded.reload, () => undefined)}
                                    >
                                        {say(W.DRAFT_DROP)}
                                    </button>
                                </li>
                            ))}
                        </ul>
                    </section>
                )
            }
        </Loading>
    );
}

/* Since the version that this account last ticked off on this browser. */
function Changes() {
    const key = `seen-${session.value?.account.id ?? 0}`,
        known = useCell(tables);
    const [since, setSince] = useState(Number(remembered(key) ?? 0));
    const loaded = useGet<ChangesSince>(`changes-since?${query({ version: since })}`);
    const seen = (version: number) => {
        remember(key, String(version));
        setSince(version);
        toast(say(W.TODAY_SEEN_ALL));
    };
    return (
        <section>
            <h2>{say(W.TODAY_CHANGES)}</h2>
            <Loading of={loaded}>
                {(changes) =>
                    changes.groups.length === 0 ? (
                        <p>{say(W.TODAY_NOTHING)}</p>
                    ) : (
                        <>
                            <ul class="cards">
                                {changes.groups.map((group) => {
                                    const table = known?.get(group.table);
                                    return (
                                        <li class="card" key={group.table}>
                                            <h3>{table ? pick(table, "name") : group.table}</h3>
                                            <p class="note">
                                                {say(W.TODAY_COUNTS, group.created, group.updated, group.deleted)}
                                            </p>
                                            <ul class="plain">
                                                {group.records.slice(0, SHOWN).map((r) => (
                                                    <li key={r.id}>
                                                        {r.op === "delete" || !table ? (
                                                            <bdi>{labelText(r.label ?? undefined) || `#${r.id}`}</bdi>
                                                        ) : (
                                                            <Link to={`records/${group.table}/${r.id}`}>
                                                                <bdi>
                                                                    {labelText(r.label ?? undefined) || `#${r.id}`}
                                                                </bdi>
                                                            </Link>
                                                        )}{" "}
                                                        <span class="note">
                                                            <bdi>{r.by}</bdi> {moment(r.at_ms)}
                                                        </span>
                                                    </li>
                                                ))}
                                            </ul>
                                        </li>
                                    );
                                })}
                            </ul>
                            <div class="actions">
                                <button type="button" onClick={() => seen(changes.version)}>
                                    {say(W.TODAY_SEEN)}
                                </button>
                            </div>
                        </>
                    )
                }
            </Loading>
        </section>
    );
}

function Waiting() {
    const now = useCell(edition),
        gaps = useGet<Page<GapCard>>(now && may("gap-read") ? `gap-board?${query({ edition: now })}` : null);
    const duplicates = useGet<Page<Duplicate>>(may("merge") ? "duplicates" : null);
    const mine =
        gaps.data?.items.filter(
            (g) => g.owner_id === session.value?.account.id && g.state !== "won" && g.state !== "given-up",
        ) ?? [];
    return (
        <section>
            <h2>{say(W.TODAY_WAITING)}</h2>
            <ul class="plain">
                {gaps.data ? (
                    <li>
                        <Link to="gaps">
                            {say(W.TODAY_GAPS, gaps.data.items.filter((g) => g.state === "to-invite").length)}
                        </Link>
                    </li>
                ) : null}
                {duplicates.data && duplicates.data.items.length > 0 ? (
                    <li>
                        <Link to="duplicates">{say(W.TODAY_DUPLICATES, duplicates.data.items.length)}</Link>
                    </li>
                ) : null}
            </ul>
            {mine.length > 0 ? (
                <>
                    <h3>{say(W.TODAY_MINE)}</h3>
                    <ul class="plain">
                        {mine.map((g) => (
                            <li key={g.id}>
                                <Link to={`gaps?owner=me`}>
                                    <bdi>{pick(g.node, "name")}</bdi>
                                </Link>{" "}
                                <span class="note">{say(GAP_STATES[g.state])}</span>
                            </li>
                        ))}
                    </ul>
                </>
            ) : null}
        </section>
    );
}

/* A desk without an exhibitor is told where to begin. */
function Begin() {
    const now = useCell(edition),
        found = useGet<{ total: number }>(now ? `exhibitors?${query({ edition: now, limit: 1, fields: "id" })}` : null);
    if (!found.data || found.data.total > 0) return null;
    return (
        <section class="empty">
            <h2>{say(W.BEGIN)}</h2>
            <ol>
                <li>
                    <Link to="records/edition">{say(W.BEGIN_EDITION)}</Link>
                </li>
                <li>
                    <Link to="import">{say(W.BEGIN_IMPORT)}</Link>
                </li>
                <li>
                    <Link to="duplicates">{say(W.BEGIN_DUPLICATES)}</Link>
                </li>
                <li>
                    <Link to="gaps">{say(W.BEGIN_GAPS)}</Link>
                </li>
            </ol>
        </section>
    );
}

export function Today() {
    return (
        <>
            <h1>{say(W.TODAY)}</h1>
            <Begin />
            <div class="two">
                <Waiting />
                <Drafts />
            </div>
            <Changes />
        </>
    );
}
