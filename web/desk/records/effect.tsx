/* What a change would do to the chains, before it is saved: coverage and gaps, stages, scenarios, faults of the catalogue. */
import type { ComponentChildren } from "preact";
import * as W from "words";
import { errorText } from "../../shared/api";
import type { Word } from "words";
import { count, pick, say } from "../../shared/lang";
import { DataTable } from "../../shared/ui/table";
import { GAP_KINDS } from "../screens/gap_model";
import type { ChainFigures, Effect } from "../../api-types";

const ROWS: [keyof ChainFigures, Word][] = [
    ["nodes", W.EFFECT_NODES],
    ["offered", W.EFFECT_OFFERED],
    ["exhibitors", W.EXHIBITORS],
    ["gaps", W.EFFECT_GAPS],
    ["no_exhibitor", W.GAP_NO_EXHIBITOR],
];
const STAGES: Record<string, Word> = { upstream: W.UPSTREAM, midstream: W.MIDSTREAM, downstream: W.DOWNSTREAM };

function Change({ before, after }: { before: number; after: number }) {
    if (before === after) return <>{count(after)}</>;
    const by = after - before;
    return (
        <>
            {count(before)} → <strong>{count(after)}</strong>{" "}
            <small>
                ({by > 0 ? "+" : "−"}
                {count(Math.abs(by))})
            </small>
        </>
    );
}

function List({ title, children }: { title: string; children: ComponentChildren[] }) {
    if (children.length === 0) return null;
    return (
        <>
            <h3>{title}</h3>
            <ul class="plain columns">
                {children.map((child, n) => (
                    <li key={n}>{child}</li>
                ))}
            </ul>
        </>
    );
}

function stageName(stage: string | null): string {
    return say((stage && STAGES[stage]) || W.NO_STAGE);
}

export function EffectTable({ effect }: { effect: Effect }) {
    const opened = effect.gaps.filter((g) => g.opened),
        closed = effect.gaps.filter((g) => !g.opened);
    const gap = (g: Effect["gaps"][number]) => `${pick(g, "name")} (${say(GAP_KINDS[g.kind] ?? W.UNKNOWN)})`;
    const isNothing = [effect.chains, effect.gaps, effect.moved, effect.scenarios, effect.findings].every(
        (l) => l.length === 0,
    );
    if (isNothing) return <p role="status">{say(W.EFFECT_NONE)}</p>;
    return (
        <section class="effect" role="status" aria-label={say(W.EFFECT)}>
            <h2>{say(W.EFFECT)}</h2>
            {effect.chains.length > 0 ? (
                <DataTable
                    label={say(W.CHAINS)}
                    rows={effect.chains}
                    keyOf={(chain) => chain.code}
                    columns={[
                        { key: "chain", head: say(W.FILTER_CHAIN), cell: (chain) => pick(chain, "name") },
                        ...ROWS.map(([name, word]) => ({
                            key: name,
                            head: say(word),
                            cell: (chain: Effect["chains"][number]) => (
                                <Change before={chain.before?.[name] ?? 0} after={chain.after?.[name] ?? 0} />
                            ),
                        })),
                    ]}
                />
            ) : null}
            <List title={say(W.EFFECT_OPENED)}>{opened.map(gap)}</List>
            <List title={say(W.EFFECT_CLOSED)}>{closed.map(gap)}</List>
            <List title={say(W.EFFECT_MOVED)}>
                {effect.moved.map(
                    (m) => `${pick(m, "name")}${say(W.COLON)}${m.stage.map(stageName).join(" → ")}`,
                )}
            </List>
            <List title={say(W.SCENARIOS)}>
                {effect.scenarios.map((s) => (
                    <>
                        {pick(s, "name")}
                        {say(W.COLON)}
                        {say(W.EFFECT_MISSING)} <Change before={s.before?.missing ?? 0} after={s.after?.missing ?? 0} />
                    </>
                ))}
            </List>
            <List title={say(W.EFFECT_FAULTS)}>{effect.findings.filter((f) => f.new).map(errorText)}</List>
        </section>
    );
}
