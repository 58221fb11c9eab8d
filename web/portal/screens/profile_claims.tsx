/* What the organisation offers and needs, node by node, with how much a year; what was only inferred is to be confirmed. */
import * as W from "words";
import { say } from "../../shared/lang";
import { NodeField, Rows, TextField } from "../fields";
import { nodeName } from "../names";
import type { Claim } from "../profile_model";

interface Props {
    side: "offers" | "needs";
    claims: Claim[];
    change: (claims: Claim[]) => void;
}

function Basis({ claim, confirm }: { claim: Claim; confirm: () => void }) {
    if (claim.basis === "confirmed") return <span class="mark">{say(W.BASIS_CHECKED)}</span>;
    if (claim.basis !== "inferred") return null;
    return (
        <div class="inferred-claim">
            <span class="mark none">{say(W.CLAIM_INFERRED)}</span>
            {claim.evidence ? <q>{claim.evidence}</q> : null}
            <button type="button" aria-label={`${say(W.CLAIM_CONFIRM)}${say(W.COLON)}${nodeName(claim.node)}`} onClick={confirm}>
                {say(W.CLAIM_CONFIRM)}
            </button>
        </div>
    );
}

export function Claims({ side, claims, change }: Props) {
    const isOffers = side === "offers";
    const add = (node: string | null) => {
        if (node && !claims.some((one) => one.node === node))
            change([...claims, { node, basis: "declared", evidence: null, quantity: "", unit: "" }]);
    };
    return (
        <section>
            <h2>{say(isOffers ? W.PROFILE_OFFERS : W.PROFILE_NEEDS)}</h2>
            <p class="note">{say(isOffers ? W.PROFILE_OFFERS_HELP : W.PROFILE_NEEDS_HELP)}</p>
            <Rows path={side} rows={claims} change={change} nameOf={(one) => nodeName(one.node)}>
                {(claim, set, path) => (
                    <>
                        <h3>
                            <bdi>{nodeName(claim.node)}</bdi>
                        </h3>
                        <Basis claim={claim} confirm={() => set({ basis: "declared" })} />
                        <div class="pair-of-fields">
                            <TextField
                                path={`${path}.quantity`}
                                type="number"
                                label={say(isOffers ? W.VOLUME_OFFER : W.VOLUME_NEED)}
                                value={claim.quantity}
                                change={(quantity) => set({ quantity })}
                            />
                            <TextField
                                path={`${path}.unit`}
                                label={say(W.UNIT)}
                                list="profile-units"
                                max={40}
                                value={claim.unit}
                                change={(unit) => set({ unit })}
                            />
                        </div>
                    </>
                )}
            </Rows>
            <NodeField path={`${side}.new`} label={say(isOffers ? W.ADD_OFFER : W.ADD_NEED)} node={null} change={add} clears />
        </section>
    );
}
