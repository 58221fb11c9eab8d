/* One's own account: password, where one is signed in, tokens for programs. */
import { useState } from "preact/hooks";
import * as W from "words";
import { post, remove } from "../../shared/api";
import { ago, moment, say } from "../../shared/lang";
import { Password } from "../../shared/password";
import { session } from "../../shared/session";
import type { Secret } from "../../api-types";
import { useDeed } from "../../shared/ui/busy";
import { Fault, Loading, useGet } from "../../shared/ui/load";
import { DataTable } from "../../shared/ui/table";

function Sessions() {
    const loaded = useGet("sessions"),
        deed = useDeed();
    return (
        <section>
            <h2>{say(W.SESSIONS)}</h2>
            {deed.error !== undefined ? <Fault error={deed.error} /> : null}
            <Loading of={loaded}>
                {(page) => (
                    <DataTable
                        label={say(W.SESSIONS)}
                        rows={page.items}
                        keyOf={(s) => s.id}
                        columns={[
                            { key: "agent", head: say(W.SESSION_BROWSER), cell: (s) => <bdi>{s.agent || say(W.UNKNOWN)}</bdi> },
                            { key: "address", head: say(W.SESSION_ADDRESS), cell: (s) => s.address },
                            { key: "since", head: say(W.SESSION_SINCE), cell: (s) => moment(s.opened_ms) },
                            { key: "seen", head: say(W.SESSION_SEEN), cell: (s) => ago(s.seen_ms) },
                            {
                                key: "end",
                                cell: (s) =>
                                    s.is_this ? (
                                        say(W.SESSION_THIS)
                                    ) : (
                                        <button
                                            type="button"
                                            onClick={() =>
                                                void deed.run(async () => {
                                                    await remove(`sessions/${s.id}`);
                                                    loaded.reload();
                                                })
                                            }
                                        >
                                            {say(W.SESSION_END)}
                                        </button>
                                    ),
                            },
                        ]}
                    />
                )}
            </Loading>
        </section>
    );
}

function NewToken({ made }: { made: (token: Secret) => void }) {
    const [name, setName] = useState(""),
        [scope, setScope] = useState("read"),
        [days, setDays] = useState(90),
        deed = useDeed();
    return (
        <form
            class="filters"
            onSubmit={(event) => {
                event.preventDefault();
                void deed.run(async () => {
                    made(
                        await post("tokens", {
                            name,
                            scope,
                            days,
                        }),
                    );
                    setName("");
                });
            }}
        >
            {deed.error !== undefined ? <Fault error={deed.error} /> : null}
            <label>
                {say(W.TOKEN_NAME)}
                <input type="text" required value={name} onInput={(e) => setName(e.currentTarget.value)} />
            </label>
            <label>
                {say(W.TOKEN_SCOPE)}
                <select value={scope} onChange={(e) => setScope(e.currentTarget.value)}>
                    <option value="read">{say(W.TOKEN_READ)}</option>
                    <option value="write">{say(W.TOKEN_WRITE)}</option>
                </select>
            </label>
            <label>
                {say(W.TOKEN_DAYS)}
                <input
                    type="number"
                    min={1}
                    max={3650}
                    value={days}
                    onInput={(e) => setDays(Number(e.currentTarget.value))}
                />
            </label>
            <span class="end">
                <button type="submit" disabled={deed.isBusy}>
                    {say(W.TOKEN_MAKE)}
                </button>
            </span>
        </form>
    );
}

function Tokens() {
    const loaded = useGet("tokens"),
        deed = useDeed(),
        [made, setMade] = useState<Secret | null>(null);
    return (
        <section>
            <h2>{say(W.TOKENS)}</h2>
            <p class="note">{say(W.TOKENS_HELP)}</p>
            {made ? (
                <div class="notice" role="status">
                    <p>{say(W.TOKEN_ONCE)}</p>
                    <p>
                        <code class="secret">{made.secret}</code>
                    </p>
                </div>
            ) : null}
            {deed.error !== undefined ? <Fault error={deed.error} /> : null}
            <Loading of={loaded}>
                {(page) =>
                    page.items.length === 0 ? null : (
                        <DataTable
                            label={say(W.TOKENS)}
                            rows={page.items}
                            keyOf={(t) => t.id}
                            columns={[
                                { key: "name", head: say(W.TOKEN_NAME), cell: (t) => <bdi>{t.name}</bdi> },
                                {
                                    key: "scope",
                                    head: say(W.TOKEN_SCOPE),
                                    cell: (t) => say(t.scope === "write" ? W.TOKEN_WRITE : W.TOKEN_READ),
                                },
                                { key: "made", head: say(W.MADE), cell: (t) => moment(t.created_ms) },
                                { key: "ends", head: say(W.TOKEN_ENDS), cell: (t) => moment(t.expires_ms) },
                                {
                                    key: "revoke",
                                    cell: (t) =>
                                        t.revoked_ms ? (
                                            say(W.TOKEN_REVOKED)
                                        ) : (
                                            <button
                                                type="button"
                                                onClick={() =>
                                                    void deed.run(async () => {
                                                        await remove(`tokens/${t.id}`);
                                                        loaded.reload();
                                                    })
                                                }
                                            >
                                                {say(W.TOKEN_REVOKE)}
                                            </button>
                                        ),
                                },
                            ]}
                        />
                    )
                }
            </Loading>
            <NewToken
                made={(token) => {
                    setMade(token);
                    loaded.reload();
                }}
            />
        </section>
    );
}

export function Me() {
    const account = session.value?.account;
    return (
        <>
            <h1>{say(W.MY_ACCOUNT)}</h1>
            <p>
                <bdi>{account?.name}</bdi> · {account?.email}
            </p>
            <Password />
            <Sessions />
            <Tokens />
        </>
    );
}
