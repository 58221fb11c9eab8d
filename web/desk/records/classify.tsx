/* Nodes read out of an exhibitor's texts, to be confirmed one by one: what nobody said stays marked as inferred. */
import { useState } from "preact/hooks";
import * as W from "words";
import { post } from "../../shared/api";
import { pick, say } from "../../shared/lang";
import { may } from "../../shared/session";
import type { RecordRow, Suggestion, Table } from "../../api-types";
import { useDeed } from "../../shared/ui/busy";
import { Fault, useGet } from "../../shared/ui/load";
import { toast } from "../../shared/ui/toast";
import { sendChanges } from "./edit";
import { recordsPath } from "./schema";

const STATEMENTS_MAX = 500;

export function Suggestions({ record, reload }: { table: Table; record: RecordRow; reload: () => void }) {
    const text = [record.values.offers_text, record.values.offers_text_zh].filter(Boolean).join("\n");
    const statements = useGet(
        recordsPath("statement", { exhibitor_id: record.id }, { limit: STATEMENTS_MAX }),
    );
    const [found, setFound] = useState<Suggestion[] | null>(null),
        [chosen, setChosen] = useState<Set<number>>(new Set()),
        deed = useDeed();
    if (!may("register-write") || text === "") return null;
    const has = (node: number) => statements.data?.items.find((s) => s.values.node_id === node && s.values.side === "offer");
    const confirm = () =>
        deed.run(async () => {
            const operations = (found ?? [])
                .filter((s) => chosen.has(s.id))
                .map((s) => {
                    const there = has(s.id);
                    return there
                        ? {
                              op: "update" as const,
                              table: "statement",
                              id: there.id,
                              revision: there.revision,
                              values: { basis: "confirmed" },
                          }
                        : {
                              op: "create" as const,
                              table: "statement",
                              values: {
                                  exhibitor_id: record.id,
                                  node_id: s.id,
                                  side: "offer",
                                  basis: "confirmed",
                                  evidence: s.words || null,
                              },
                          };
                });
            const reply = await sendChanges(operations);
            toast(say(W.CLASSIFY_DONE, operations.length), {
                batch: reply.batch,
                after: () => {
                    statements.reload();
                    reload();
                },
            });
            setChosen(new Set());
            statements.reload();
            reload();
        });
    return (
        <section>
            <h2>{say(W.CLASSIFY)}</h2>
            <p class="note">{say(W.CLASSIFY_HELP)}</p>
            {deed.error !== undefined ? <Fault error={deed.error} /> : null}
            {found === null ? (
                <button
                    type="button"
                    disabled={deed.isBusy}
                    onClick={() =>
                        void deed.run(async () =>
                            setFound((await post("classify", { text })).nodes),
                        )
                    }
                >
                    {say(W.CLASSIFY_RUN)}
                </button>
            ) : found.length === 0 ? (
                <p role="status">{say(W.CLASSIFY_NONE)}</p>
            ) : (
                <>
                    <ul class="plain">
                        {found.map((s) => {
                            const there = has(s.id),
                                isSure = there?.values.basis === "confirmed" || there?.values.basis === "declared";
                            return (
                                <li key={s.id}>
                                    <label class="check">
                                        <input
                                            type="checkbox"
                                            disabled={isSure}
                                            checked={isSure || chosen.has(s.id)}
                                            onChange={(e) => {
                                                const next = new Set(chosen);
                                                if (e.currentTarget.checked) next.add(s.id);
                                                else next.delete(s.id);
                                                setChosen(next);
                                            }}
                                        />
                                        <bdi>{pick(s, "name")}</bdi>
                                    </label>{" "}
                                    <span class="note">
                                        {s.words ? say(W.CLASSIFY_BY, s.words) : ""}{" "}
                                        {isSure ? say(W.CLASSIFY_THERE) : ""}
                                    </span>
                                </li>
                            );
                        })}
                    </ul>
                    <div class="actions">
                        <button
                            type="button"
                            class="strong"
                            disabled={deed.isBusy || chosen.size === 0}
                            onClick={() => void confirm()}
                        >
                            {say(W.CLASSIFY_CONFIRM, chosen.size)}
                        </button>
                    </div>
                </>
            )}
        </section>
    );
}
