/*
 * The gap board: every gap of the edition in a column by its state, with who could fill it. A gap becomes a case when somebody
 * touches it; moving, owning and noting are changes like any other and can be undone.
 */
import { useState } from "preact/hooks";
import * as W from "words";
import type { Chain } from "../../api-types";
import { query } from "../api";
import { useCell } from "../cell";
import { edition, editionId } from "../editions";
import { count, pick, say } from "../lang";
import { sendChanges } from "../records/edit";
import { findReference } from "../records/find";
import { Link, setQuery, usePlace } from "../router";
import { may, session } from "../session";
import type { GapCandidate, GapCard, GapState, Operation, Page, Values } from "../types";
import { useDeed } from "../ui/busy";
import { Dialog } from "../ui/dialog";
import { Empty, Fault, Loading, useGet } from "../ui/load";
import { Picker } from "../ui/picker";
import { moveByArrows } from "../ui/rows";
import { toast } from "../ui/toast";
import { GAP_KINDS, GAP_STATES } from "./gap_state";

const COLUMNS = Object.keys(GAP_STATES) as GapState[];
const SHOWN = 40;

/* The first touch makes the case; later ones change it. `rest` may refer to it by "$case". */
function caseOperation(card: GapCard, values: Values, ofEdition: number): Operation {
    if (card.id !== null) return { op: "update", table: "gap_case", id: card.id, revision: card.revision ?? 0, values };
    return {
        op: "create",
        table: "gap_case",
        id: "$case",
        values: {
            edition_id: ofEdition,
            chain_id: card.chain?.id ?? null,
            node_id: card.node.id,
            kind: card.kind,
            state: card.state,
            ...values,
        },
    };
}

function useCase(card: GapCard, reload: () => void) {
    const deed = useDeed(),
        ofEdition = editionId() ?? 0;
    const send = (values: Values, said: string, rest: (caseId: number | string) => Operation[] = () => []) =>
        deed.run(async () => {
            const reply = await sendChanges([caseOperation(card, values, ofEdition), ...rest(card.id ?? "$case")]);
            toast(said, { batch: reply.batch, after: reload });
            reload();
        });
    return { deed, send };
}

function Candidates({ card, send }: { card: GapCard; send: ReturnType<typeof useCase>["send"] }) {
    const setState = (c: GapCandidate, state: GapState) =>
        send({}, say(W.SAVED, pick(c, "name")), (caseId) =>
            c.id !== null
                ? [{ op: "update", table: "gap_candidate", id: c.id, revision: c.revision ?? 0, values: { state } }]
                : [
                      {
                          op: "create",
                          table: "gap_candidate",
                          values: { gap_case_id: caseId, organisation_id: c.organisation_id, state },
                      },
                  ],
        );
    return (
        <>
            <h3>{say(W.GAP_CANDIDATES)}</h3>
            {card.candidates.length === 0 ? (
                <p class="note">{say(W.GAP_NO_CANDIDATE)}</p>
            ) : (
                <div class="scroll">
                    <table onKeyDown={moveByArrows}>
                        <thead>
                            <tr>
                                <th scope="col">{say(W.ORGANISATIONS)}</th>
                                <th scope="col">{say(W.GAP_REASON)}</th>
                                <th scope="col">{say(W.STATE)}</th>
                            </tr>
                        </thead>
                        <tbody>
                            {card.candidates.map((c) => (
                                <tr key={c.organisation_id} data-row>
                                    <th scope="row">
                                        <Link to={`records/organisation/${c.organisation_id}`}>
                                            <bdi>{pick(c, "name")}</bdi>
                                        </Link>{" "}
                                        <small>{c.country}</small>
                                    </th>
                                    <td>{c.reason}</td>
                                    <td>
                                        <select
                                            aria-label={`${say(W.STATE)}${say(W.COLON)}${pick(c, "name")}`}
                                            value={c.state ?? ""}
                                            disabled={!may("gap-write")}
                                            onChange={(e) => void setState(c, e.currentTarget.value as GapState)}
                                        >
                                            <option value="">–</option>
                                            {COLUMNS.map((s) => (
                                                <option key={s} value={s}>
                                                    {say(GAP_STATES[s])}
                                                </option>
                                            ))}
                                        </select>
                                    </td>
                                </tr>
                            ))}
                        </tbody>
                    </table>
                </div>
            )}
            {may("gap-write") ? (
                <label class="field">
                    {say(W.GAP_ADD_CANDIDATE)}
                    <Picker
                        chosen={null}
                        label={say(W.GAP_ADD_CANDIDATE)}
                        find={(words, signal) => findReference("organisation", words, signal)}
                        choose={(option) => {
                            if (option)
                                void send({}, say(W.SAVED, option.name), (caseId) => [
                                    {
                                        op: "create",
                                        table: "gap_candidate",
                                        values: {
                                            gap_case_id: caseId,
                                            organisation_id: Number(option.key),
                                            state: "to-invite",
                                        },
                                    },
                                ]);
                        }}
                    />
                </label>
            ) : null}
        </>
    );
}

function CaseDialog({ card, close, reload }: { card: GapCard; close: () => void; reload: () => void }) {
    const { deed, send } = useCase(card, reload),
        me = session.value?.account;
    const [note, setNote] = useState(card.note ?? ""),
        name = pick(card.node, "name"),
        mayWrite = may("gap-write");
    return (
        <Dialog title={name} close={close} wide>
            <p>
                {card.chain ? pick(card.chain, "name") : ""} · {say(GAP_KINDS[card.kind] ?? W.UNKNOWN)} ·{" "}
                <Link to={`records/node/${card.node.id}`}>{card.node.code}</Link>
            </p>
            {card.open ? null : <p class="notice">{say(W.GAP_CLOSED)}</p>}
            {deed.error !== undefined ? <Fault error={deed.error} /> : null}
            <div class="actions">
                <label>
                    {say(W.STATE)}{" "}
                    <select
                        value={card.state}
                        disabled={!mayWrite || deed.isBusy}
                        onChange={(e) => {
                            const state = e.currentTarget.value as GapState;
                            void send({ state }, say(W.GAP_MOVED, name, say(GAP_STATES[state])));
                        }}
                    >
                        {COLUMNS.map((s) => (
                            <option key={s} value={s}>
                                {say(GAP_STATES[s])}
                            </option>
                        ))}
                    </select>
                </label>
                <span>
                    {card.owner ? (
                        <>
                            {say(W.GAP_OWNER)}
                            {say(W.COLON)}
                            <bdi>{card.owner}</bdi>
                        </>
                    ) : (
                        say(W.GAP_NO_OWNER)
                    )}
                </span>
                {mayWrite && me && card.owner_id !== me.id ? (
                    <button
                        type="button"
                        disabled={deed.isBusy}
                        onClick={() => void send({ owner_id: me.id }, say(W.GAP_TAKEN, name))}
                    >
                        {say(W.GAP_TAKE)}
                    </button>
                ) : null}
                {mayWrite && me && card.owner_id === me.id ? (
                    <button
                        type="button"
                        disabled={deed.isBusy}
                        onClick={() => void send({ owner_id: null }, say(W.GAP_LEFT, name))}
                    >
                        {say(W.GAP_LEAVE)}
                    </button>
                ) : null}
            </div>
            <form
                class="stack"
                onSubmit={(event) => {
                    event.preventDefault();
                    void send({ note: note || null }, say(W.SAVED, name));
                }}
            >
                <label>
                    {say(W.LOG_NOTE)}
                    <textarea value={note} disabled={!mayWrite} onInput={(e) => setNote(e.currentTarget.value)} />
                </label>
                {mayWrite ? (
                    <button type="submit" disabled={deed.isBusy || note === (card.note ?? "")}>
                        {say(W.SAVE)}
                    </button>
                ) : null}
            </form>
            <Candidates card={card} send={send} />
        </Dialog>
    );
}

function Column({ state, cards, open }: { state: GapState; cards: GapCard[]; open: (card: GapCard) => void }) {
    const [shown, setShown] = useState(SHOWN);
    return (
        <section class="board-column" aria-label={say(GAP_STATES[state])}>
            <h2>
                {say(GAP_STATES[state])} <small>{count(cards.length)}</small>
            </h2>
            <ul onKeyDown={moveByArrows}>
                {cards.slice(0, shown).map((card) => (
                    <li
                        key={`${card.chain?.code}-${card.node.code}-${card.kind}`}
                        data-row
                        class={card.open ? "" : "closed"}
                    >
                        <button type="button" class="quiet" onClick={() => open(card)}>
                            <bdi>{pick(card.node, "name")}</bdi>
                        </button>
                        <p class="note">
                            {card.chain ? pick(card.chain, "name") : ""} · {say(GAP_KINDS[card.kind] ?? W.UNKNOWN)}
                        </p>
                        <p class="note">
                            {card.owner ? (
                                <>
                                    <bdi>{card.owner}</bdi> ·{" "}
                                </>
                            ) : null}
                            {card.candidates.length > 0
                                ? say(W.GAP_COULD, card.candidates.length)
                                : say(W.GAP_NO_CANDIDATE)}
                        </p>
                        {card.note ? (
                            <p>
                                <bdi>{card.note}</bdi>
                            </p>
                        ) : null}
                    </li>
                ))}
            </ul>
            {cards.length > shown ? (
                <button type="button" onClick={() => setShown(shown + SHOWN)}>
                    {say(W.AND_MORE, cards.length - shown)}
                </button>
            ) : null}
        </section>
    );
}

const keyOf = (card: GapCard) => `${card.chain?.id ?? 0}-${card.node.id}-${card.kind}`;

export function Gaps() {
    const { query: asked } = usePlace(),
        now = useCell(edition),
        chain = asked.get("chain") ?? "",
        owner = asked.get("owner") ?? "",
        kind = asked.get("kind") ?? "no-exhibitor";
    const chains = useGet<{ items: Chain[] }>(
        now ? `chains?${query({ edition: now, limit: 1000, fields: "code,name_en,name_zh" })}` : null,
    );
    const loaded = useGet<Page<GapCard>>(now ? `gap-board?${query({ edition: now, chain })}` : null);
    const [openKey, setOpen] = useState<string | null>(null);
    const filter = (card: GapCard) =>
        (kind === "all" || card.kind === kind || card.id !== null) &&
        (owner !== "me" || card.owner_id === session.value?.account.id);
    const opened = loaded.data?.items.find((c) => keyOf(c) === openKey);
    const invitations = (format: string) => `/api/v1/gap-board/invitations?${query({ edition: now, chain, format })}`;
    return (
        <>
            <div class="title-row">
                <h1>{say(W.GAP_BOARD)}</h1>
                <span class="push" />
                <span>
                    {say(W.GAP_EXPORT)}
                    {say(W.COLON)}
                    <a href={invitations("xlsx")} download>
                        XLSX
                    </a>{" "}
                    <a href={invitations("csv")} download>
                        CSV
                    </a>
                </span>
            </div>
            <div class="filters">
                <label>
                    {say(W.FILTER_CHAIN)}
                    <select value={chain} onChange={(e) => setQuery({ chain: e.currentTarget.value })}>
                        <option value="">{say(W.FILTER_ANY)}</option>
                        {chains.data?.items.map((c) => (
                            <option key={c.code} value={c.code}>
                                {pick(c, "name")}
                            </option>
                        ))}
                    </select>
                </label>
                <label>
                    {say(W.GAP_KIND)}
                    <select value={kind} onChange={(e) => setQuery({ kind: e.currentTarget.value })}>
                        <option value="all">{say(W.FILTER_ANY)}</option>
                        {Object.entries(GAP_KINDS).map(([code, word]) => (
                            <option key={code} value={code}>
                                {say(word)}
                            </option>
                        ))}
                    </select>
                </label>
                <label>
                    {say(W.GAP_OWNER)}
                    <select value={owner} onChange={(e) => setQuery({ owner: e.currentTarget.value })}>
                        <option value="">{say(W.FILTER_ANY)}</option>
                        <option value="me">{say(W.GAP_MINE)}</option>
                    </select>
                </label>
            </div>
            <Loading of={loaded}>
                {(board) =>
                    board.items.length === 0 ? (
                        <Empty title={say(W.GAP_NONE)}>
                            <p>{say(W.GAP_NONE_HELP)}</p>
                        </Empty>
                    ) : (
                        <div class="board">
                            {COLUMNS.map((state) => (
                                <Column
                                    key={state}
                                    state={state}
                                    cards={board.items.filter((c) => c.state === state && filter(c))}
                                    open={(card) => setOpen(keyOf(card))}
                                />
                            ))}
                        </div>
                    )
                }
            </Loading>
            {opened ? (
                <CaseDialog key={openKey} card={opened} close={() => setOpen(null)} reload={loaded.reload} />
            ) : null}
        </>
    );
}
