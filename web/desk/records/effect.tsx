/* What a change would do to the chains, before it is saved. */
import * as W from "words";
import { count, pick, say } from "../lang";
import type { Coverages, Effect } from "../types";

const ROWS: [keyof Coverages, typeof W.EFFECT_NODES][] = [
    ["nodes", W.EFFECT_NODES],
    ["offered", W.EFFECT_OFFERED],
    ["gaps", W.EFFECT_GAPS],
];

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

export function EffectTable({ effect }: { effect: Effect }) {
    const changed = effect.chains.filter((c) => ROWS.some(([name]) => c.before[name] !== c.after[name]));
    if (changed.length === 0) return <p role="status">{say(W.EFFECT_NONE)}</p>;
    return (
        <div class="scroll" role="status">
            <table>
                <caption>{say(W.EFFECT)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{say(W.FILTER_CHAIN)}</th>
                        {ROWS.map(([name, word]) => (
                            <th scope="col" key={name}>
                                {say(word)}
                            </th>
                        ))}
                    </tr>
                </thead>
                <tbody>
                    {changed.map((chain) => (
                        <tr key={chain.code}>
                            <th scope="row">{pick(chain, "name")}</th>
                            {ROWS.map(([name]) => (
                                <td key={name}>
                                    <Change before={chain.before[name]} after={chain.after[name]} />
                                </td>
                            ))}
                        </tr>
                    ))}
                </tbody>
            </table>
        </div>
    );
}
