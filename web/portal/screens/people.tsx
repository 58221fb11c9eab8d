/* Who acts for the organisation, who is invited to, and inviting by mail, link or QR code. */
import { useState } from "preact/hooks";
import * as W from "words";
import type { Word } from "words";
import { post, remove } from "../../shared/api";
import { useCell } from "../../shared/cell";
import { lang, moment, say } from "../../shared/lang";
import { may, session } from "../../shared/session";
import { useDeed } from "../../shared/ui/busy";
import { Fault, Loading, useGet } from "../../shared/ui/load";
import { toast } from "../../shared/ui/toast";
import type { Invited, ParticipantPerson, PersonInvitation } from "../../api-types";
import { chosen, isManager, nameOf, own } from "../mine";
import { Sure } from "../sure";

const ROLES: Record<ParticipantPerson["role"], Word> = {
    "exhibitor-manager": W.ROLE_SPEAKS,
    "exhibitor-member": W.ROLE_ANSWERS,
};

/* The link of an invitation as words and as a picture to be scanned; shown this once. */
function Made({ made, email }: { made: Invited; email: string }) {
    const me = chosen.value,
        quiet = 4,
        side = made.qr_size + 2 * quiet;
    const copy = () =>
        navigator.clipboard.writeText(made.secret).then(
            () => toast(say(W.LINK_COPIED)),
            () => toast(say(W.LINK_COPY_BY_HAND), { isFault: true }),
        );
    return (
        <section class="made" role="status">
            <h3>{email ? say(W.INVITED_BY_MAIL, email) : say(W.INVITED_BY_LINK)}</h3>
            {me ? (
                <p>
                    <bdi>{nameOf(me)}</bdi>
                </p>
            ) : null}
            {made.qr_path ? (
                <svg viewBox={`0 0 ${side} ${side}`} role="img" aria-label={say(W.QR_LABEL)}>
                    <path transform={`translate(${quiet} ${quiet})`} d={made.qr_path} />
                </svg>
            ) : null}
            <p>
                <code class="secret">{made.secret}</code>
            </p>
            <p class="note">{say(W.INVITED_HELP)}</p>
            <div class="actions">
                {"clipboard" in navigator ? (
                    <button type="button" onClick={() => void copy()}>
                        {say(W.LINK_COPY)}
                    </button>
                ) : null}
                <button type="button" onClick={() => print()}>
                    {say(W.PRINT)}
                </button>
            </div>
        </section>
    );
}

function Invite({ reload }: { reload: () => void }) {
    const [email, setEmail] = useState(""),
        [role, setRole] = useState<ParticipantPerson["role"]>("exhibitor-member"),
        [made, setMade] = useState<{ made: Invited; email: string } | null>(null);
    const deed = useDeed();
    const send = (to: string) =>
        void deed.run(async () => {
            const body = { role, language: lang.value, ...(to ? { email: to } : {}) };
            setMade({ made: (await post(own("invitations"), body)) as Invited, email: to });
            setEmail("");
            reload();
        });
    return (
        <section>
            <h2>{say(W.INVITE)}</h2>
            <p>{say(W.INVITE_HELP)}</p>
            {deed.error !== undefined ? <Fault error={deed.error} /> : null}
            <form
                class="stack"
                onSubmit={(event) => {
                    event.preventDefault();
                    send(email.trim());
                }}
            >
                {may("desk-read") ? (
                    <label>
                        {say(W.ROLE)}
                        <select value={role} onChange={(e) => setRole(e.currentTarget.value as typeof role)}>
                            {(Object.keys(ROLES) as (keyof typeof ROLES)[]).map((one) => (
                                <option key={one} value={one}>
                                    {say(ROLES[one])}
                                </option>
                            ))}
                        </select>
                    </label>
                ) : null}
                <label>
                    {say(W.INVITE_EMAIL)}
                    <input type="email" value={email} autocomplete="off" onInput={(e) => setEmail(e.currentTarget.value)} />
                </label>
                <div class="actions">
                    <button type="submit" class="strong" disabled={deed.isBusy || email.trim() === ""}>
                        {say(W.INVITE_SEND)}
                    </button>
                    <button type="button" disabled={deed.isBusy} onClick={() => send("")}>
                        {say(W.INVITE_LINK)}
                    </button>
                </div>
            </form>
            {made ? <Made made={made.made} email={made.email} /> : null}
        </section>
    );
}

function Invitations({ list, reload }: { list: PersonInvitation[]; reload: () => void }) {
    const open = list.filter((one) => one.is_open);
    if (open.length === 0) return null;
    return (
        <section>
            <h2>{say(W.INVITED)}</h2>
            <ul class="rows">
                {open.map((one) => (
                    <li key={one.id}>
                        <p class="who">
                            <bdi>{one.email ?? say(W.INVITED_WITH_LINK)}</bdi>
                            <small>
                                {say(ROLES[one.role])} · {say(W.INVITED_UNTIL, moment(one.expires_ms))}
                            </small>
                        </p>
                        <Sure
                            word={W.TAKE_BACK}
                            sure={W.TAKE_BACK_SURELY}
                            run={async () => {
                                await remove(own(`invitations/${one.id}`));
                                toast(say(W.TAKEN_BACK));
                                reload();
                            }}
                        />
                    </li>
                ))}
            </ul>
        </section>
    );
}

function Persons({ reload, list }: { reload: () => void; list: ParticipantPerson[] }) {
    const mine = session.value?.account.id;
    return (
        <ul class="rows">
            {list.map((one) => (
                <li key={one.id}>
                    <p class="who">
                        <bdi>{one.name || one.email}</bdi>
                        <small>
                            {one.name && one.email ? `${one.email} · ` : ""}
                            {say(ROLES[one.role])}
                            {one.id === mine ? ` · ${say(W.THIS_IS_YOU)}` : ""}
                        </small>
                    </p>
                    {isManager() && one.id !== mine ? (
                        <Sure
                            word={W.PERSON_REMOVE}
                            sure={W.PERSON_REMOVE_SURELY}
                            name={one.name ?? one.email ?? ""}
                            run={async () => {
                                await remove(own(`persons/${one.id}`));
                                toast(say(W.PERSON_REMOVED, one.name || one.email || ""));
                                reload();
                            }}
                        />
                    ) : null}
                </li>
            ))}
        </ul>
    );
}

export function People() {
    useCell(chosen);
    const persons = useGet<{ items: ParticipantPerson[] }>(own("persons")),
        invitations = useGet<{ items: PersonInvitation[] }>(isManager() ? own("invitations") : null);
    return (
        <>
            <h1>{say(W.PEOPLE)}</h1>
            <p>{say(isManager() ? W.PEOPLE_HELP : W.PEOPLE_HELP_MEMBER)}</p>
            <Loading of={persons}>{(page) => <Persons list={page.items} reload={persons.reload} />}</Loading>
            {isManager() ? (
                <>
                    <Invite reload={invitations.reload} />
                    <Loading of={invitations}>
                        {(page) => <Invitations list={page.items} reload={invitations.reload} />}
                    </Loading>
                </>
            ) : null}
        </>
    );
}
