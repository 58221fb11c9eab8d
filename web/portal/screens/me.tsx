/* One's own account in the portal: password, where one is signed in, signing out, and leaving an organisation. */
import * as W from "words";
import { post, remove } from "../../shared/api";
import { useCell } from "../../shared/cell";
import { ago, pick, say } from "../../shared/lang";
import { Password } from "../../shared/password";
import { may, session, signOut } from "../../shared/session";
import { explain } from "../../shared/ui/explain";
import { toast } from "../../shared/ui/toast";
import { DESK } from "../../shared/app";
import { Loading, useGet } from "../../shared/ui/load";
import { browserOf } from "../agent";
import { findMine, mine, nameOf } from "../mine";
import { Sure } from "../sure";

function Leave() {
    const all = useCell(mine);
    if (all.length === 0) return null;
    return (
        <section>
            <h2>{say(W.I_ACT_FOR)}</h2>
            <ul class="rows">
                {all.map((one) => (
                    <li key={one.id}>
                        <p class="who">
                            <bdi>{nameOf(one)}</bdi>
                            <small>{pick(one, "edition") || one.edition}</small>
                        </p>
                        {one.role === "exhibitor-manager" ? (
                            <small>{say(W.LEAVE_MANAGER)}</small>
                        ) : (
                            <Sure
                                word={W.LEAVE}
                                sure={W.LEAVE_SURELY}
                                name={nameOf(one)}
                                run={async () => {
                                    await post("my/leave", { participant: one.id });
                                    toast(say(W.LEFT, nameOf(one)));
                                    await findMine();
                                }}
                            />
                        )}
                    </li>
                ))}
            </ul>
        </section>
    );
}

function Sessions() {
    const loaded = useGet("sessions");
    return (
        <section>
            <h2>{say(W.SESSIONS)}</h2>
            <Loading of={loaded}>
                {(page) => (
                    <ul class="rows">
                        {page.items.map((one) => (
                            <li key={one.id}>
                                <p class="who">
                                    {browserOf(one.agent)}
                                    <small>
                                        {one.address} · {one.is_this ? say(W.SESSION_THIS) : ago(one.seen_ms)}
                                    </small>
                                </p>
                                {one.is_this ? null : (
                                    <Sure
                                        word={W.SESSION_END}
                                        sure={W.SESSION_END_SURELY}
                                        name={browserOf(one.agent)}
                                        run={async () => {
                                            await remove(`sessions/${one.id}`);
                                            toast(say(W.SESSION_ENDED_THERE));
                                            loaded.reload();
                                        }}
                                    />
                                )}
                            </li>
                        ))}
                    </ul>
                )}
            </Loading>
        </section>
    );
}

export function Me() {
    const account = useCell(session)?.account;
    return (
        <>
            <h1>{say(W.ME)}</h1>
            <p>
                <bdi>{account?.name}</bdi> · {account?.email}
            </p>
            <div class="actions">
                <button
                    type="button"
                    onClick={() => void signOut().catch((e: unknown) => toast(explain(e), { isFault: true }))}
                >
                    {say(W.SIGN_OUT)}
                </button>
                {may("desk-read") ? (
                    <a class="button" href={DESK}>
                        {say(W.DESK)}
                    </a>
                ) : null}
            </div>
            <Password />
            <Leave />
            <Sessions />
        </>
    );
}
