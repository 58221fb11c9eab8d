/*
 * How long what is no record of the expo is kept. What a period would delete is asked of the server while it is typed: it
 * deletes, counts and takes it back.
 */
import { useState } from "preact/hooks";
import * as W from "words";
import type { Word } from "words";
import type { Retention } from "../../api-types";
import { put } from "../../shared/api";
import { say } from "../../shared/lang";
import { useDeed } from "../../shared/ui/busy";
import { explain } from "../../shared/ui/explain";
import { Fault, Loading, useGet, useRead } from "../../shared/ui/load";
import { DataTable } from "../../shared/ui/table";
import { toast } from "../../shared/ui/toast";

const KINDS: Record<Retention["kind"], Word> = {
    sessions: W.RETENTION_SESSIONS,
    outbox: W.RETENTION_OUTBOX,
    drafts: W.RETENTION_DRAFTS,
    uploads: W.RETENTION_UPLOADS,
    login_failures: W.RETENTION_LOGIN_FAILURES,
    accounts_disabled: W.RETENTION_ACCOUNTS,
};
const DAYS_MAX = 3660,
    ASK_AFTER_MS = 250;

function daysText(days: number): string {
    return days === 0 ? say(W.RETENTION_FOR_EVER) : say(W.RETENTION_DAYS, days);
}

/* The number that was typed, or null where it is none. */
function typedDays(text: string): number | null {
    const days = /^\d{1,4}$/.test(text.trim()) ? Number(text) : DAYS_MAX + 1;
    return days <= DAYS_MAX ? days : null;
}

function Due({ kind, days }: { kind: string; days: number | null }) {
    const loaded = useRead(days === null ? null : `${kind}:${days}`, async (signal) => {
        await new Promise((resolve) => setTimeout(resolve, ASK_AFTER_MS));
        return signal.aborted ? { due: 0 } : put("retention", { kind, days, dry_run: true });
    });
    if (days === null) return <span class="fault">{say(W.RETENTION_WRONG, DAYS_MAX)}</span>;
    if (loaded.error !== undefined) return <span class="fault">{explain(loaded.error)}</span>;
    return <span role="status">{loaded.data ? say(W.RETENTION_DUE, loaded.data.due) : ""}</span>;
}

export function RetentionScreen() {
    const loaded = useGet("retention"),
        deed = useDeed();
    const [typed, setTyped] = useState<Record<string, string>>({});
    const textOf = (row: Retention) => typed[row.kind] ?? String(row.days);
    const save = (row: Retention) =>
        void deed.run(async () => {
            const days = typedDays(textOf(row));
            if (days === null || days === row.days) return;
            await put("retention", { kind: row.kind, days });
            toast(say(W.RETENTION_SAVED, say(KINDS[row.kind]), daysText(days)));
            loaded.reload();
        });
    return (
        <>
            <h1>{say(W.RETENTION)}</h1>
            <p>{say(W.RETENTION_HELP)}</p>
            {deed.error !== undefined ? <Fault error={deed.error} /> : null}
            <Loading of={loaded}>
                {(list) => (
                    <DataTable
                        label={say(W.RETENTION)}
                        rows={list.items}
                        keyOf={(row) => row.kind}
                        columns={[
                            { key: "kind", head: say(W.RETENTION_KIND), cell: (row) => say(KINDS[row.kind]) },
                            {
                                key: "days",
                                head: say(W.RETENTION_PERIOD),
                                cell: (row) => (
                                    <input
                                        type="text"
                                        inputMode="numeric"
                                        size={5}
                                        name={row.kind}
                                        aria-label={`${say(W.RETENTION_PERIOD)}${say(W.COLON)}${say(KINDS[row.kind])}`}
                                        aria-invalid={typedDays(textOf(row)) === null}
                                        class={textOf(row) === String(row.days) ? "" : "changed"}
                                        value={textOf(row)}
                                        onInput={(e) => setTyped({ ...typed, [row.kind]: e.currentTarget.value })}
                                        onKeyDown={(e) => {
                                            if (e.key === "Enter") save(row);
                                        }}
                                    />
                                ),
                            },
                            {
                                key: "due",
                                head: say(W.RETENTION_NEXT),
                                cell: (row) => <Due kind={row.kind} days={typedDays(textOf(row))} />,
                            },
                            { key: "default", head: say(W.RETENTION_DEFAULT), cell: (row) => daysText(row.default_days) },
                            {
                                key: "save",
                                cell: (row) => (
                                    <button
                                        type="button"
                                        disabled={
                                            deed.isBusy ||
                                            typedDays(textOf(row)) === null ||
                                            typedDays(textOf(row)) === row.days
                                        }
                                        aria-label={`${say(W.SAVE)}${say(W.COLON)}${say(KINDS[row.kind])}`}
                                        onClick={() => save(row)}
                                    >
                                        {say(W.SAVE)}
                                    </button>
                                ),
                            },
                        ]}
                    />
                )}
            </Loading>
        </>
    );
}
