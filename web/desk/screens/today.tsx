/* The morning page: what changed since one was here last, what waits, and what was left unsaved. */
import { useState } from "preact/hooks";
import * as W from "words";
import { query } from "../../shared/api";
import { remember, remembered, useCell } from "../../shared/cell";
import { edition, editionId } from "../editions";
import { ago, say } from "../../shared/lang";
import { draftTitle, dropDraft } from "../records/drafts";
import { recordName, recordsPath } from "../records/schema";
import { Link } from "../../shared/router";
import { serves } from "../../shared/serves";
import { may, session } from "../../shared/session";
import type { DuplicatePair, GapState } from "../types";
import { Loading, useGet } from "../../shared/ui/load";
import { toast } from "../../shared/ui/toast";
import { GAP_STATES } from "./gap_model";
import { BatchTable } from "./log";

const CHANGES_MAX = 20;

function Drafts() {
    const loaded = useGet(serves("drafts") ? "drafts" : null);
    const to = (key: string) => {
        const [table, id] = key.split(":");
        return `records/${table}/${id?.startsWith("new") ? "new" : id}`;
    };
    const list = loaded.data?.items ?? [];
    if (list.length === 0) return null;
    return (
        <section>
            <h2>{say(W.TODAY_DRAFTS)}</h2>
            <ul class="plain">
                {list.map((d) => (
                    <li key={d.key}>
                        <Link to={to(d.key)}>
                            <bdi>{draftTitle(d) || d.key}</bdi>
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
    );
}

/* Since this account last said so on this browser. */
function Changes() {
    const key = `seen-${session.value?.account.id ?? 0}`;
    const [since, setSince] = useState(Number(remembered(key) ?? 0));
    const loaded = useGet(`batches?${query({ since, limit: CHANGES_MAX })}`);
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
                    changes.items.length === 0 ? (
                        <p>{say(W.TODAY_NOTHING)}</p>
                    ) : (
                        <>
                            <BatchTable batches={changes.items} />
                            <div class="actions">
                                <button type="button" onClick={() => seen(changes.version)}>
                                    {say(W.TODAY_SEEN)}
                                </button>
                                {changes.next ? <Link to="log">{say(W.SHOW_ALL)}</Link> : null}
                            </div>
                        </>
                    )
                }
            </Loading>
        </section>
    );
}

function Waiting() {
    const now = useCell(edition);
    const cases = useGet(
        now && may("gap-read") ? recordsPath("gap_case", { edition_id: editionId(now) }, { limit: 500 }) : null,
    );
    const duplicates = useGet<DuplicatePair[]>(may("merge") ? "duplicates" : null);
    const active =
        cases.data?.items.filter((c) => c.values.state === "to-invite" || c.values.state === "invited") ?? [];
    const mine = active.filter((c) => c.values.owner_id === session.value?.account.id);
    return (
        <section>
            <h2>{say(W.TODAY_WAITING)}</h2>
            <ul class="plain">
                {may("gap-read") ? (
                    <li>
                        <Link to="gaps">{say(W.TODAY_GAPS, active.length)}</Link>
                    </li>
                ) : null}
                {duplicates.data && duplicates.data.length > 0 ? (
                    <li>
                        <Link to="duplicates">{say(W.TODAY_DUPLICATES, duplicates.data.length)}</Link>
                    </li>
                ) : null}
            </ul>
            {mine.length > 0 ? (
                <>
                    <h3>{say(W.TODAY_MINE)}</h3>
                    <ul class="plain">
                        {mine.map((c) => (
                            <li key={c.id}>
                                <Link to="gaps?owner=me">
                                    <bdi>{recordName(c)}</bdi>
                                </Link>{" "}
                                <span class="note">{say(GAP_STATES[c.values.state as GapState])}</span>
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
        found = useGet(now ? `exhibitors?${query({ edition: now, limit: 1, fields: "id" })}` : null);
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
