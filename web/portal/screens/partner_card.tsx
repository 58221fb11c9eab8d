/* One partner as a card: who it is and where it stands, why it is suggested, what was said, and what can be answered. */
import { useState } from "preact/hooks";
import * as W from "words";
import { post } from "../../shared/api";
import { moment, pick, say } from "../../shared/lang";
import { Link } from "../../shared/router";
import { useDeed } from "../../shared/ui/busy";
import { Fault } from "../../shared/ui/load";
import { toast } from "../../shared/ui/toast";
import type { PartnerStand } from "../../api-types";
import { KINDS, SIZES, STAGES, STANDINGS, DECLINES, standingOf } from "../match_model";
import { chosen, own } from "../mine";
import { siteAddress } from "../site";
import { Sure } from "../sure";
import type { Match, Reason } from "../types";

type Partner = Match["partner"];

export function PartnerName({ partner }: { partner: Partner }) {
    const name = pick(partner, "name");
    return partner.exhibitor_id !== null ? (
        <a href={siteAddress(`exhibitors/${partner.organisation_id}`)}>
            <bdi>{name}</bdi>
        </a>
    ) : (
        <bdi>{name}</bdi>
    );
}

/* "Germany · large · Clean energy" */
function Facts({ partner }: { partner: Partner }) {
    const facts = [
        pick(partner, "country"),
        partner.size && SIZES[partner.size] ? say(SIZES[partner.size]!) : "",
        pick(partner, "area"),
    ].filter(Boolean);
    return (
        <p class="partner-facts">
            {partner.kind !== "exhibitor" ? <span class="mark">{say(KINDS[partner.kind])}</span> : null}
            {facts.join(" · ")}
        </p>
    );
}

function placeText(stand: PartnerStand): string {
    const stage = stand.stage ? STAGES[stand.stage] : undefined;
    return [pick(stand, "name"), pick(stand, "chain"), stage ? say(stage).toLowerCase() : ""].filter(Boolean).join(" · ");
}

export function Reasons({ reasons }: { reasons: Reason[] }) {
    if (reasons.length === 0) return null;
    return (
        <ul class="reasons">
            {reasons.map((one) => (
                <li key={one.part}>{pick(one, "words")}</li>
            ))}
        </ul>
    );
}

function Contacts({ match }: { match: Match }) {
    return (
        <div class="contacts">
            <h3>{say(W.CONTACTS)}</h3>
            {match.contacts.length === 0 ? (
                <p class="note">{say(W.CONTACTS_NONE)}</p>
            ) : (
                <ul class="plain">
                    {match.contacts.map((one) => (
                        <li key={one.email}>
                            <bdi>{one.name}</bdi> <a href={`mailto:${one.email ?? ""}`}>{one.email}</a>
                        </li>
                    ))}
                </ul>
            )}
            <p class="note">
                {say(W.CONTACTS_OWN)} <Link to="allow">{say(W.ALLOW)}</Link>
            </p>
        </div>
    );
}

interface AnswerProps {
    match: Match;
    reload: () => void;
}

/* Why not: one of a few reasons, and words of one's own. */
function Decline({ match, done, cancel }: { match: Match; done: () => void; cancel: () => void }) {
    const [reason, setReason] = useState(""),
        [note, setNote] = useState(""),
        deed = useDeed();
    return (
        <form
            class="stack decline"
            onSubmit={(event) => {
                event.preventDefault();
                void deed
                    .run(() => post(own(`matches/${match.id}/answer`), { answer: "declined", reason, note }).then(() => undefined))
                    .then((isDone) => isDone && done());
            }}
        >
            <fieldset>
                <legend>{say(W.DECLINE_WHY)}</legend>
                {DECLINES.map(([code, word]) => (
                    <label class="choice" key={code}>
                        <input
                            type="radio"
                            name={`reason-${match.id}`}
                            required
                            checked={reason === code}
                            onChange={() => setReason(code)}
                        />
                        {say(word)}
                    </label>
                ))}
            </fieldset>
            <label>
                {say(W.DECLINE_NOTE)}
                <textarea maxLength={300} value={note} onInput={(e) => setNote(e.currentTarget.value)} />
            </label>
            {deed.error !== undefined ? <Fault error={deed.error} /> : null}
            <div class="actions">
                <button type="submit" class="strong" disabled={deed.isBusy || reason === ""}>
                    {say(W.DECLINE)}
                </button>
                <button type="button" class="quiet" onClick={cancel}>
                    {say(W.CANCEL)}
                </button>
            </div>
        </form>
    );
}

function Answers({ match, reload }: AnswerProps) {
    const deed = useDeed(),
        [isDeclining, setDeclining] = useState(false);
    const name = pick(match.partner, "name"),
        standing = standingOf(match);
    const takeBack = () =>
        post(own(`matches/${match.id}/answer`), { answer: "none" }).then(() => {
            toast(say(W.UNDONE));
            reload();
        });
    const tell = (words: string) => {
        toast(words, { undo: takeBack });
        reload();
    };
    const answer = (to: "accepted" | "later") =>
        void deed.run(async () => {
            const state = (await post(own(`matches/${match.id}/answer`), { answer: to })) as { state: string };
            if (state.state === "mutual") {
                toast(say(W.SAID_MUTUAL, name));
                reload();
            } else tell(say(to === "later" ? W.SAID_LATER : W.SAID_ACCEPTED, name));
        });
    if (isDeclining)
        return (
            <Decline
                match={match}
                cancel={() => setDeclining(false)}
                done={() => {
                    setDeclining(false);
                    tell(say(W.SAID_DECLINED, name));
                }}
            />
        );
    const label = (text: string) => `${text}${say(W.COLON)}${name}`;
    return (
        <>
            {deed.error !== undefined ? <Fault error={deed.error} again={reload} /> : null}
            <div class="actions">
                {standing === "new" || standing === "asked" || standing === "later" ? (
                    <>
                        <button
                            type="button"
                            class="strong"
                            disabled={deed.isBusy}
                            aria-label={label(say(W.ACCEPT))}
                            onClick={() => answer("accepted")}
                        >
                            {say(W.ACCEPT)}
                        </button>
                        <button type="button" aria-label={label(say(W.DECLINE))} onClick={() => setDeclining(true)}>
                            {say(W.DECLINE)}
                        </button>
                        {standing !== "later" ? (
                            <button
                                type="button"
                                class="quiet"
                                disabled={deed.isBusy}
                                aria-label={label(say(W.LATER))}
                                onClick={() => answer("later")}
                            >
                                {say(W.LATER)}
                            </button>
                        ) : null}
                    </>
                ) : null}
                {(standing === "waiting" && !match.is_mine) || (standing === "declined" && match.closed_ms !== null) ? (
                    <button
                        type="button"
                        disabled={deed.isBusy}
                        aria-label={label(say(W.ANSWER_BACK))}
                        onClick={() => void deed.run(takeBack)}
                    >
                        {say(W.ANSWER_BACK)}
                    </button>
                ) : null}
                {standing === "mutual" || (standing === "waiting" && match.is_mine) ? (
                    <Sure
                        word={standing === "mutual" ? W.WITHDRAW : W.REQUEST_BACK}
                        sure={standing === "mutual" ? W.WITHDRAW_SURELY : W.REQUEST_BACK_SURELY}
                        name={name}
                        run={async () => {
                            await post(own(`matches/${match.id}/withdraw`), {});
                            toast(say(W.SAID_WITHDRAWN, name));
                            reload();
                        }}
                    />
                ) : null}
            </div>
        </>
    );
}

/* What the card says of where the match is. */
function Status({ match }: { match: Match }) {
    const standing = standingOf(match);
    const said = match.reason ? DECLINES.find(([code]) => code === match.reason)?.[1] : undefined;
    const asked = match.origin === "requested" && standing === "asked" ? W.MATCH_REQUESTED : undefined;
    const mine = match.is_mine && standing === "waiting" ? W.MATCH_I_ASKED : undefined;
    return (
        <p class={`status status-${standing}`}>
            {say(asked ?? mine ?? STANDINGS[standing])}
            {said ? <small>{say(said)}</small> : null}
            {match.closed_ms !== null ? <small>{moment(match.closed_ms)}</small> : null}
        </p>
    );
}

export function PartnerCard({ match, reload }: AnswerProps) {
    const standing = standingOf(match),
        mayAnswer = chosen.value !== null;
    return (
        <li class="card partner" id={`match-${match.id}`}>
            <Status match={match} />
            <h2>
                <PartnerName partner={match.partner} />
            </h2>
            <Facts partner={match.partner} />
            {match.partner.stands.length > 0 ? (
                <ul class="stands">
                    {match.partner.stands.map((one) => (
                        <li key={one.node}>{placeText(one)}</li>
                    ))}
                </ul>
            ) : null}
            {match.message ? (
                <blockquote>
                    <bdi>{match.message}</bdi>
                </blockquote>
            ) : null}
            <Reasons reasons={match.reasons ?? []} />
            {match.note ? (
                <p class="note">
                    {say(W.MY_NOTE)}
                    {say(W.COLON)}
                    <bdi>{match.note}</bdi>
                </p>
            ) : null}
            {standing === "mutual" ? <Contacts match={match} /> : null}
            {mayAnswer ? <Answers match={match} reload={reload} /> : null}
        </li>
    );
}
