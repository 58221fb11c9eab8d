/*
 * The gap board: every gap of the edition in a column by its state, with who could fill it. Moving, owning and noting are
 * changes like any other: in the log, and undone from where they are told.
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
import { serves } from "../serves";
import { may, session } from "../session";
import type { GapState, Operation, Page, Values } from "../types";
import { useDeed } from "../ui/busy";
import { Dialog } from "../ui/dialog";
import { Empty, Fault, Loading, useGet, useRead } from "../ui/load";
import { Picker } from "../ui/picker";
import { moveByArrows } from "../ui/rows";
import { toast } from "../ui/toast";
import { GAP_KINDS, GAP_STATES, ownerOf, readBoard, stateOf } from "./gap_model";
import type { Board, GapCard, GapFirm } from "./gap_model";

const COLUMNS = Object.keys(GAP_STATES) as GapState[];
const SHOWN = 40;
const CASE = "$case";

type Send = (values: Values, said: string, rest?: (caseId: number | string) => Operation[]) => Promise<boolean>;

/* The first touch makes the case; later ones change it. What else is done may refer to it. */
function operationsOf(
    card: GapCard,
    board: Board,
    values: Values,
    rest: (id: number | string) => Operation[],
): Operation[] {
    if (card.row) {
        const { id, revision } = card.row;
        const own: Operation[] =
            Object.keys(values).length > 0 ? [{ op: "update", table: "gap_case", id, revision, values }] : [];
        return [...own, ...rest(id)];
    }
    const first: Values = {
        edition_id: editionId(),
        chain_id: card.chain ? (board.chainIds.get(card.chain.code) ?? null) : null,
        node_id: board.nodeIds.get(card.node.code) ?? null,
        kind: card.kind,
        state: "to-invite",
    };
    return [{ op: "create", table: "gap_case", name: CASE, values: { ...first, ...values } }, ...rest(CASE)];
}

function useSend(card: GapCard, board: Board, reload: () => void) {
    const deed = useDeed();
    const send: Send = (values, said, rest = () => []) =>
        deed.run(async () => {
            const reply = await sendChanges(operationsOf(card, board, values, rest));
            toast(said, { batch: reply.batch, after: reload });
            reload();
        });
    return { deed, send };
}

function StateChoice({
    value,
    label,
    disabled,
    change,
}: {
    value: GapState | "";
    label: string;
    disabled: boolean;
    change: (state: GapState) => void;
}) {
    return (
        <select
            aria-label={label}
            value={value}
            disabled={disabled}
            onChange={(e) => e.currentTarget.value && change(e.currentTarget.value as GapState)}
        >
            {value === "" ? <option value="">–</option> : null}
            {COLUMNS.map((s) => (
                <option key={s} value={s}>
                    {say(GAP_STATES[s])}
                </option>
            ))}
        </select>
    );
}

function Firms({ card, send, isBusy }: { card: GapCard; send: Send; isBusy: boolean }) {
    const mayWrite = may("gap-write");
    const setState = (firm: GapFirm, state: GapState) =>
        void send({}, say(W.SAVED, firm.name), (caseId) => [
            firm.row
                ? {
                      op: "update",
                      table: "gap_candidate",
                      id: firm.row.id,
                      revision: firm.row.revision,
                      values: { state },
                  }
                : {
                      op: "create",
                      table: "gap_candidate",
                      values: { gap_case_id: caseId, organisation_id: firm.id, state },
                  },
        ]);
    return (
        <>
            <h3>{say(W.GAP_CANDIDATES)}</h3>
            {card.firms.length === 0 ? (
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
                            {card.firms.map((firm) => (
                                <tr key={firm.id} data-row>
                                    <th scope="row">
                                        <Link to={`records/organisation/${firm.id}`}>
                                            <bdi>{firm.name}</bdi>
                                        </Link>
                                    </th>
                                    <td>{firm.reason}</td>
                                    <td>
                                        <StateChoice
                                            value={(firm.row?.values.state as GapState | undefined) ?? ""}
                                            label={`${say(W.STATE)}${say(W.COLON)}${firm.name}`}
                                            disabled={!mayWrite || isBusy}
                                            change={(s) => setState(firm, s)}
                                        />
                                    </td>
                                </tr>
                            ))}
                        </tbody>
                    </table>
                </div>
            )}
            {mayWrite ? (
                <div class="field">
                    <Picker
                        label={say(W.GAP_ADD_CANDIDATE)}
                        placeholder={say(W.GAP_ADD_CANDIDATE)}
                        chosen={null}
                        find={(words, signal) => findReference("organisation", words, signal)}
                        choose={(option) => {
                            if (option)
                                setState(
                                    { id: Number(option.key), name: option.name, reason: "", row: null },
                                    "to-invite",
                                );
                        }}
                    />
                </div>
            ) : null}
        </>
    );
}

function Owner({ card, send, isBusy }: { card: GapCard; send: Send; isBusy: boolean }) {
    const me = session.value?.account,
        name = pick(card.node, "name"),
        isMine = card.row?.values.owner_id === me?.id && me !== undefined;
    return (
        <>
            <span>
                {ownerOf(card) ? (
                    <>
                        {say(W.GAP_OWNER)}
                        {say(W.COLON)}
                        <bdi>{ownerOf(card)}</bdi>
                    </>
                ) : (
                    say(W.GAP_NO_OWNER)
                )}
            </span>
            {!may("gap-write") || !me ? null : isMine ? (
                <button
                    type="button"
                    disabled={isBusy}
                    onClick={() => void send({ owner_id: null }, say(W.GAP_LEFT, name))}
                >
                    {say(W.GAP_LEAVE)}
                </button>
            ) : (
                <button
                    type="button"
                    disabled={isBusy}
                    onClick={() => void send({ owner_id: me.id }, say(W.GAP_TAKEN, name))}
                >
                    {say(W.GAP_TAKE)}
                </button>
            )}
        </>
    );
}

interface CaseProps {
    card: GapCard;
    board: Board;
    close: () => void;
    reload: () => void;
}

function CaseDialog({ card, board, close, reload }: CaseProps) {
    const { deed, send } = useSend(card, board, reload);
    const kept = String(card.row?.values.note ?? ""),
        [note, setNote] = useState(kept);
    const name = pick(card.node, "name"),
        mayWrite = may("gap-write"),
        nodeId = board.nodeIds.get(card.node.code);
    return (
        <Dialog title={name} close={close} wide>
            <p>
                {card.chain ? `${pick(card.chain, "name")} · ` : ""}
                {say(GAP_KINDS[card.kind] ?? W.UNKNOWN)} ·{" "}
                {nodeId ? <Link to={`records/node/${nodeId}`}>{card.node.code}</Link> : card.node.code}
            </p>
            {card.isOpen ? null : <p class="notice">{say(W.GAP_CLOSED)}</p>}
            {deed.error !== undefined ? <Fault error={deed.error} /> : null}
            <div class="actions">
                <StateChoice
                    value={stateOf(card)}
                    label={say(W.STATE)}
                    disabled={!mayWrite || deed.isBusy}
                    change={(state) => void send({ state }, say(W.GAP_MOVED, name, say(GAP_STATES[state])))}
                />
                <Owner card={card} send={send} isBusy={deed.isBusy} />
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
                    <button type="submit" disabled={deed.isBusy || note === kept}>
                        {say(W.SAVE)}
                    </button>
                ) : null}
            </form>
            <Firms card={card} send={send} isBusy={deed.isBusy} />
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
                    <li key={card.key} data-row class={card.isOpen ? "" : "closed"}>
                        <button type="button" class="quiet" onClick={() => open(card)}>
                            <bdi>{pick(card.node, "name")}</bdi>
                        </button>
                        <p class="note">
                            {card.chain ? `${pick(card.chain, "name")} · ` : ""}
                            {say(GAP_KINDS[card.kind] ?? W.UNKNOWN)}
                        </p>
                        <p class="note">
                            {ownerOf(card) ? (
                                <>
                                    <bdi>{ownerOf(card)}</bdi> ·{" "}
                                </>
                            ) : null}
                            {card.firms.length > 0 ? say(W.GAP_COULD, card.firms.length) : say(W.GAP_NO_CANDIDATE)}
                        </p>
                        {card.row?.values.note ? (
                            <p>
                                <bdi>{String(card.row.values.note)}</bdi>
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

function Filters({ chain, kind, owner }: { chain: string; kind: string; owner: string }) {
    const now = useCell(edition),
        chains = useGet<Page<Chain>>(`chains?${query({ edition: now, limit: 1000, fields: "code,name_en,name_zh" })}`);
    return (
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
    );
}

export function Gaps() {
    const { query: asked } = usePlace(),
        now = useCell(edition);
    const chain = asked.get("chain") ?? "",
        owner = asked.get("owner") ?? "",
        kind = asked.get("kind") ?? "no-exhibitor";
    const loaded = useRead<Board>(`${now} ${chain}`, (signal) => readBoard(now, editionId(now) ?? 0, chain, signal));
    const [openKey, setOpen] = useState<string | null>(null),
        opened = loaded.data?.cards.find((c) => c.key === openKey);
    const me = session.value?.account.id;
    const isWanted = (card: GapCard) =>
        (kind === "all" || card.kind === kind || card.row !== null) &&
        (owner !== "me" || card.row?.values.owner_id === me);
    const invitations = (format: string) => `/api/v1/gap-board/invitations?${query({ edition: now, chain, format })}`;
    return (
        <>
            <div class="title-row">
                <h1>{say(W.GAP_BOARD)}</h1>
                <span class="push" />
                {serves("gap-board/invitations") ? (
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
                ) : null}
            </div>
            <Filters chain={chain} kind={kind} owner={owner} />
            <Loading of={loaded}>
                {(board) =>
                    board.cards.length === 0 ? (
                        <Empty title={say(W.GAP_NONE)}>
                            <p>{say(W.GAP_NONE_HELP)}</p>
                        </Empty>
                    ) : (
                        <div class="board scroll" tabIndex={0} role="group" aria-label={say(W.GAP_BOARD)}>
                            {COLUMNS.map((state) => (
                                <Column
                                    key={state}
                                    state={state}
                                    cards={board.cards.filter((c) => stateOf(c) === state && isWanted(c))}
                                    open={(card) => setOpen(card.key)}
                                />
                            ))}
                        </div>
                    )
                }
            </Loading>
            {opened && loaded.data ? (
                <CaseDialog
                    key={opened.key}
                    card={opened}
                    board={loaded.data}
                    close={() => setOpen(null)}
                    reload={loaded.reload}
                />
            ) : null}
        </>
    );
}
