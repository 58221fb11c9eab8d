/* Accounts: who may sign in, and with which roles in which place. */
import { useState } from "preact/hooks";
import * as W from "words";
import type { Word } from "words";
import { patch, post } from "../api";
import { findReference } from "../records/find";
import { moment, pick, say } from "../lang";
import type { AccountRow, Grant, Page, Role } from "../types";
import { useDeed } from "../ui/busy";
import { Dialog } from "../ui/dialog";
import { Fault, Loading, useGet } from "../ui/load";
import { Picker } from "../ui/picker";
import type { Option } from "../ui/picker";
import { moveByArrows } from "../ui/rows";
import { toast } from "../ui/toast";

export const ROLES: Record<Role, Word> = {
    administrator: W.ROLE_ADMINISTRATOR,
    organiser: W.ROLE_ORGANISER,
    "area-manager": W.ROLE_AREA_MANAGER,
    "pavilion-manager": W.ROLE_PAVILION_MANAGER,
    reader: W.ROLE_READER,
};
const STATES: Record<string, Word> = {
    active: W.ACCOUNT_ACTIVE,
    disabled: W.ACCOUNT_DISABLED,
    erased: W.ACCOUNT_ERASED,
};

export function grantText(grant: Grant): string {
    const place = grant.chain ? pick(grant.chain, "name") : grant.pavilion ? pick(grant.pavilion, "name") : "";
    return say(ROLES[grant.role]) + (place ? `${say(W.COLON)}${place}` : "");
}

/* The roles of an account: each with the chain or pavilion it is for, where it is for one. */
function Grants({ grants, change }: { grants: Grant[]; change: (grants: Grant[]) => void }) {
    const [role, setRole] = useState<Role>("organiser"),
        [place, setPlace] = useState<Option | null>(null);
    const table = role === "area-manager" ? "chain" : role === "pavilion-manager" ? "pavilion" : null;
    const add = () => {
        const id = place ? Number(place.key) : null,
            label = place ? { name_en: place.name, name_zh: place.name } : null;
        change([
            ...grants,
            table === "chain"
                ? { role, chain_id: id, pavilion_id: null, chain: label }
                : table === "pavilion"
                  ? { role, chain_id: null, pavilion_id: id, pavilion: label }
                  : { role, chain_id: null, pavilion_id: null },
        ]);
        setPlace(null);
    };
    return (
        <fieldset class="grants">
            <legend>{say(W.ROLES)}</legend>
            <ul class="chips">
                {grants.map((g, n) => (
                    <li key={n}>
                        {grantText(g)}{" "}
                        <button
                            type="button"
                            class="quiet"
                            aria-label={`${say(W.FILTER_REMOVE)}${say(W.COLON)}${grantText(g)}`}
                            onClick={() => change(grants.filter((_, i) => i !== n))}
                        >
                            ×
                        </button>
                    </li>
                ))}
            </ul>
            <div class="actions">
                <select
                    aria-label={say(W.ROLE)}
                    value={role}
                    onChange={(e) => {
                        setRole(e.currentTarget.value as Role);
                        setPlace(null);
                    }}
                >
                    {(Object.keys(ROLES) as Role[]).map((r) => (
                        <option key={r} value={r}>
                            {say(ROLES[r])}
                        </option>
                    ))}
                </select>
                {table ? (
                    <Picker
                        label={say(table === "chain" ? W.FILTER_CHAIN : W.PAVILION)}
                        chosen={place}
                        choose={setPlace}
                        find={(words, signal) => findReference(table, words, signal)}
                    />
                ) : null}
                <button type="button" disabled={table !== null && !place} onClick={add}>
                    {say(W.ROLE_ADD)}
                </button>
            </div>
        </fieldset>
    );
}

function AccountForm({
    account,
    close,
    reload,
}: {
    account: AccountRow | null;
    close: () => void;
    reload: () => void;
}) {
    const [email, setEmail] = useState(account?.email ?? ""),
        [name, setName] = useState(account?.name ?? "");
    const [language, setLanguage] = useState(account?.language ?? "en"),
        [grants, setGrants] = useState<Grant[]>(account?.grants ?? []);
    const deed = useDeed();
    const bare = grants.map(({ role, chain_id, pavilion_id }) => ({ role, chain_id, pavilion_id }));
    return (
        <Dialog title={account ? account.name || account.email || "" : say(W.ACCOUNT_NEW)} close={close}>
            <form
                class="stack"
                onSubmit={(event) => {
                    event.preventDefault();
                    void deed.run(async () => {
                        if (account) await patch(`accounts/${account.id}`, { email, name, language, grants: bare });
                        else await post("accounts", { email, name, language, grants: bare });
                        toast(say(account ? W.SAVED : W.ACCOUNT_MADE, name || email));
                        reload();
                        close();
                    });
                }}
            >
                {deed.error !== undefined ? <Fault error={deed.error} /> : null}
                <label>
                    {say(W.EMAIL)}
                    <input type="email" required value={email} onInput={(e) => setEmail(e.currentTarget.value)} />
                </label>
                <label>
                    {say(W.PERSON_NAME)}
                    <input
                        type="text"
                        value={name}
                        autocomplete="off"
                        onInput={(e) => setName(e.currentTarget.value)}
                    />
                </label>
                <label>
                    {say(W.LANGUAGES)}
                    <select value={language} onChange={(e) => setLanguage(e.currentTarget.value)}>
                        <option value="en">English</option>
                        <option value="zh" lang="zh-Hans">
                            中文
                        </option>
                    </select>
                </label>
                <Grants grants={grants} change={setGrants} />
                <div class="actions">
                    <button type="submit" class="strong" disabled={deed.isBusy || grants.length === 0}>
                        {say(account ? W.SAVE : W.CREATE)}
                    </button>
                </div>
            </form>
            {account ? (
                <Deeds account={account} reload={reload} close={close} />
            ) : (
                <p class="note">{say(W.ACCOUNT_LINK_HELP)}</p>
            )}
        </Dialog>
    );
}

function Deeds({ account, reload, close }: { account: AccountRow; reload: () => void; close: () => void }) {
    const deed = useDeed(),
        [isErasing, setErasing] = useState(false);
    const run = (what: () => Promise<unknown>, said: string) =>
        void deed.run(async () => {
            await what();
            toast(said);
            reload();
            close();
        });
    const isActive = account.state === "active";
    return (
        <>
            {deed.error !== undefined ? <Fault error={deed.error} /> : null}
            <div class="actions">
                <button
                    type="button"
                    onClick={() => run(() => post(`accounts/${account.id}/link`), say(W.LINK_ON_ITS_WAY))}
                >
                    {say(W.LINK_SEND)}
                </button>
                <button
                    type="button"
                    onClick={() =>
                        run(
                            () => patch(`accounts/${account.id}`, { state: isActive ? "disabled" : "active" }),
                            say(isActive ? W.ACCOUNT_DISABLED : W.ACCOUNT_ACTIVE),
                        )
                    }
                >
                    {say(isActive ? W.ACCOUNT_DISABLE : W.ACCOUNT_ENABLE)}
                </button>
                <a class="button" href={`/api/v1/accounts/${account.id}/report`} download>
                    {say(W.PERSON_REPORT)}
                </a>
                <button type="button" class="danger" onClick={() => setErasing(true)}>
                    {say(W.PERSON_ERASE)}
                </button>
            </div>
            {isErasing ? (
                <div class="notice">
                    <p>{say(W.PERSON_ERASE_HELP)}</p>
                    <button
                        type="button"
                        class="danger"
                        disabled={deed.isBusy}
                        onClick={() => run(() => post(`accounts/${account.id}/erase`), say(W.ACCOUNT_ERASED))}
                    >
                        {say(W.PERSON_ERASE_SURELY)}
                    </button>{" "}
                    <button type="button" onClick={() => setErasing(false)}>
                        {say(W.CANCEL)}
                    </button>
                </div>
            ) : null}
        </>
    );
}

export function Accounts() {
    const loaded = useGet<Page<AccountRow>>("accounts?limit=500");
    const [open, setOpen] = useState<AccountRow | "new" | null>(null);
    return (
        <>
            <div class="title-row">
                <h1>{say(W.ACCOUNTS)}</h1>
                <span class="push" />
                <button type="button" class="strong" onClick={() => setOpen("new")}>
                    {say(W.ACCOUNT_NEW)}
                </button>
            </div>
            <Loading of={loaded}>
                {(page) => (
                    <div class="scroll">
                        <table class="records" onKeyDown={moveByArrows}>
                            <thead>
                                <tr>
                                    <th scope="col">{say(W.PERSON_NAME)}</th>
                                    <th scope="col">{say(W.EMAIL)}</th>
                                    <th scope="col">{say(W.ROLES)}</th>
                                    <th scope="col">{say(W.STATE)}</th>
                                    <th scope="col">{say(W.MADE)}</th>
                                </tr>
                            </thead>
                            <tbody>
                                {page.items.map((a) => (
                                    <tr key={a.id} data-row>
                                        <th scope="row">
                                            <button type="button" class="quiet" onClick={() => setOpen(a)}>
                                                <bdi>{a.name || a.email || `#${a.id}`}</bdi>
                                            </button>
                                        </th>
                                        <td>{a.email}</td>
                                        <td>{a.grants.map(grantText).join(say(W.COMMA))}</td>
                                        <td>{say(STATES[a.state] ?? W.UNKNOWN)}</td>
                                        <td>{moment(a.created_ms)}</td>
                                    </tr>
                                ))}
                            </tbody>
                        </table>
                    </div>
                )}
            </Loading>
            {open ? (
                <AccountForm
                    account={open === "new" ? null : open}
                    close={() => setOpen(null)}
                    reload={loaded.reload}
                />
            ) : null}
        </>
    );
}
