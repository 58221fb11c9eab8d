/* What the organisation comes for: suppliers, customers, partners to develop with, and so on, each for a node or for anything. */
import * as W from "words";
import type { Word } from "words";
import { say } from "../../shared/lang";
import { ChoiceField, NodeField, Rows, TextField } from "../fields";
import { nodeName } from "../names";
import type { Seek } from "../profile_model";

const KINDS: [Seek["kind"], Word][] = [
    ["supplier", W.SEEK_SUPPLIER],
    ["customer", W.SEEK_CUSTOMER],
    ["joint-development", W.SEEK_DEVELOPMENT],
    ["joint-production", W.SEEK_PRODUCTION],
    ["scenario", W.SEEK_SCENARIO],
    ["service", W.SEEK_SERVICE],
    ["investment", W.SEEK_INVESTMENT],
    ["distribution", W.SEEK_DISTRIBUTION],
];

export function seekText(seek: Seek): string {
    const kind = KINDS.find(([code]) => code === seek.kind)?.[1];
    return [kind ? say(kind) : "", seek.node ? nodeName(seek.node) : ""].filter(Boolean).join(" · ");
}

export function Seeks({ seeks, change, isVisitor }: { seeks: Seek[]; change: (seeks: Seek[]) => void; isVisitor: boolean }) {
    return (
        <section>
            <h2>{say(W.PROFILE_SEEKS)}</h2>
            <p class="note">{say(isVisitor ? W.PROFILE_SEEKS_VISITOR : W.PROFILE_SEEKS_HELP)}</p>
            <Rows path="seeks" rows={seeks} change={change} nameOf={seekText}>
                {(seek, set, path) => (
                    <>
                        <div class="pair-of-fields">
                            <ChoiceField
                                path={`${path}.kind`}
                                label={say(W.SEEK_KIND)}
                                value={seek.kind}
                                options={KINDS.map(([code, word]) => [code, say(word)])}
                                change={(kind) => set({ kind })}
                            />
                            <NodeField path={`${path}.node`} label={say(W.SEEK_NODE)} node={seek.node} change={(node) => set({ node })} />
                        </div>
                        <div class="pair-of-fields three">
                            <TextField
                                path={`${path}.quantity`}
                                type="number"
                                label={say(W.QUANTITY)}
                                value={seek.quantity}
                                change={(quantity) => set({ quantity })}
                            />
                            <TextField
                                path={`${path}.unit`}
                                label={say(W.UNIT)}
                                list="profile-units"
                                max={40}
                                value={seek.unit}
                                change={(unit) => set({ unit })}
                            />
                            <TextField
                                path={`${path}.by_day`}
                                type="date"
                                label={say(W.SEEK_BY)}
                                value={seek.by_day}
                                change={(by_day) => set({ by_day })}
                            />
                        </div>
                        <TextField
                            path={`${path}.note`}
                            label={say(W.SEEK_NOTE)}
                            max={600}
                            value={seek.note}
                            change={(note) => set({ note })}
                        />
                    </>
                )}
            </Rows>
            <button
                type="button"
                onClick={() => change([...seeks, { kind: "supplier", node: null, quantity: "", unit: "", by_day: "", note: "" }])}
            >
                {say(W.ADD_SEEK)}
            </button>
        </section>
    );
}
