/* Accounts: who may sign in, and with which roles in which place. */
import { useState } from "preact/hooks";
import * as W from "words";
import type { Word } from "words";
import { patch, post } from "../../shared/api";
import { findReference } from "../records/find";
import { moment, say } from "../../shared/lang";
import { recordName, recordsPath } from "../records/schema";
import type { Account, Grant, GrantWanted, RecordRow } from "../../api-types";
import type { Page, Role } from "../types";
import { useDeed } from "../../shared/ui/busy";
import { Dialog } from "../../shared/ui/dialog";
import { Fault, Loading, useGet } from "../../shared/ui/load";
import { Picker } from "../../shared/ui/picker";
import type { Option } from "../../shared/ui/picker";
import { DataTable } from "../../shared/ui/table";
import { toast } from "../../shared/ui/toast";

export const ROLES: Record<Role, Word> = {
    administrator: W.ROLE_ADMINISTRATOR,
    organiser: W.ROLE_ORGANISER,
    "area-manager": W.ROLE_AREA_MANAGER,
    "pavilion-manager": W.ROLE_PAVILION_MANAGER,
    reader: W.ROLE_READER,
    "exhibitor-manager": W.ROLE_EXHIBITOR_MANAGER,
    "exhibitor-member": W.ROLE_EXHIBITOR_MEMBER,
};
/* Those that an administrator gives; persons of exhibitors come by invitation and keep their roles. */
const isGiven = (role: Role): role is GrantWanted["role"] => !role.startsWith("exhibitor-");
const PLACES_MAX = 500;
const STATES: Record<string, Word> = {
    active: W.ACCOUNT_ACTIVE,
    disabled: W.ACCOUNT_DISABLED,
    erased: W.ACCOUNT_ERASED,
};

/* Names of the chains and pavilions that grants are for. */
interface Places {
    chain: Map<number, string>;
    pavilion: Map<number, string>;
}

function usePlaces(): Places {
    const names = (page: Page<RecordRow> | undefined) => new Map(page?.items.map((r) => [r.id, recordName(r)]));
    const chains = useGet(recordsPath("chain", {}, { limit: PLACES_MAX }));
    const pavilions = useGet(recordsPath("pavilion", {}, { limit: PLACES_MAX }));
    return { chain: names(chains.data), pavilion: names(pavilions.data) };
}

function grantText(grant: Grant, places: Places): string {
    const place =
        grant.chain_id !== null
            ? (places.chain.get(grant.chain_id) ?? `#${grant.chain_id}`)
            : grant.pavilion_id !== null
              ? (places.pavilion.get(grant.pavilion_id) ?? `#${grant.pavilion_id}`)
              : "";
    return say(ROLES[grant.role]) + (place ? `${say(W.COLON)}${place}` : "");
}

/* The roles of an account: each with the chain or pavilion it is for, where it is for one. */
interface GrantsProps {
    grants: Grant[];
    places: Places;
    change: (grants: Grant[]) => void;
}

function Grants({ grants, places, change }: GrantsProps) {
    const [role, setRole] = useState<Role>("organiser"),
        [place, setPlace] = useState<Option | null>(null);
    const table = role === "area-manager" ? "chain" : role === "pavilion-manager" ? "pavilion" : null;
    const add = () => {
        const id = place ? Number(place.key) : null;
        if (table && place && id !== null) places[table].set(id, place.name);
        change([
            ...grants,
            { role, chain_id: table === "chain" ? id : null, pavilion_id: table === "pavilion" ? id : null },
        ]);
        setPlace(null);
    };
    return (
        <fieldset class="grants">
            <legend>{say(W.ROLES)}</legend>
            <ul class="chips">
                {grants.map((g, n) => (
                    <li key={n}>
                        {grantText(g, places)}{" "}
                        <button
                            type="button"
                            class="quiet"
                            aria-label={`${say(W.FILTER_REMOVE)}${say(W.COLON)}${grantText(g, places)}`}
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
                    {(Object.keys(ROLES) as Role[]).filter(isGiven).map((r) => (
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

interface FormProps {
    account: Account | null;
    places: Places;
    close: () => void;
    reload: () => void;
}

function AccountForm({ account, places, close, reload }: FormProps) {
    const [email, setEmail] = useState(account?.email ?? ""),
        [name, setName] = useState(account?.name ?? "");
    const [language, setLanguage] = useState(account?.language ?? "en"),
        [grants, setGrants] = useState<Grant[]>((account?.grants ?? []).filter((g) => isGiven(g.role)));
    const [secret, setSecret] = useState(""),
        deed = useDeed();
    const values = { email, name, language, grants };
    if (secret)
        return (
            <Dialog title={name || email} close={close}>
                <OneTimeLink secret={secret} />
            </Dialog>
        );
    return (
        <Dialog title={account ? account.name || account.email || "" : say(W.ACCOUNT_NEW)} close={close}>
            <form
                class="stack"
                onSubmit={(event) => {
                    event.preventDefault();
                    void deed.run(async () => {
                        if (account) await patch(`accounts/${account.id}`, values);
                        else setSecret((await post("accounts", values)).secret);
                        toast(say(account ? W.SAVED : W.ACCOUNT_MADE, name || email));
                        reload();
                        if (account) close();
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
                <Grants grants={grants} places={places} change={setGrants} />
                <div class="actions">
                    <button type="submit" class="strong" disabled={deed.isBusy || grants.length === 0}>
                        {say(account ? W.SAVE : W.CREATE)}
                    </button>
                </div>
            </form>
            {account ? (
                <Deeds account={account} reload={reload} close={close} showLink={setSecret} />
            ) : (
                <p class="note">{say(W.ACCOUNT_LINK_HELP)}</p>
            )}
        </Dialog>
    );
}

/* For the owner of the account, whom the administrator knows how to reach. */
function OneTimeLink({ secret }: { secret: string }) {
    return (
        <div class="notice" role="status">
            <p>{say(W.LINK_HAND_OVER)}</p>
            <p>
                <code class="secret">{secret}</code>
            </p>
        </div>
    );
}

interface DeedsProps {
    account: Account;
    reload: () => void;
    close: () => void;
    showLink: (secret: string) => void;
}

function Deeds({ account, reload, close, showLink }: DeedsProps) {
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
                    onClick={() =>
                        void deed.run(async () => showLink((await post(`accounts/${account.id}/link`)).secret))
                    }
                >
                    {say(W.LINK_MAKE)}
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
    const loaded = useGet("accounts"),
        places = usePlaces();
    const [open, setOpen] = useState<Account | "new" | null>(null);
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
                    <DataTable
                        label={say(W.ACCOUNTS)}
                        rows={page.items}
                        keyOf={(a) => a.id}
                        columns={[
                            {
                                key: "name",
                                head: say(W.PERSON_NAME),
                                cell: (a) => (
                                    <button type="button" class="quiet" onClick={() => setOpen(a)}>
                                        <bdi>{a.name || a.email || `#${a.id}`}</bdi>
                                    </button>
                                ),
                            },
                            { key: "email", head: say(W.EMAIL), cell: (a) => a.email },
                            {
                                key: "roles",
                                head: say(W.ROLES),
                                cell: (a) => a.grants.map((g) => grantText(g, places)).join(say(W.COMMA)),
                            },
                            { key: "state", head: say(W.STATE), cell: (a) => say(STATES[a.state] ?? W.UNKNOWN) },
                            { key: "made", head: say(W.MADE), cell: (a) => moment(a.created_ms) },
                        ]}
                    />
                )}
            </Loading>
            {open ? (
                <AccountForm
                    account={open === "new" ? null : open}
                    places={places}
                    close={() => setOpen(null)}
                    reload={loaded.reload}
                />
            ) : null}
        </>
    );
}
