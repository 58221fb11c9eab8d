/*
 * The gap board: every gap of the edition in a column by its state, with who could fill it. Moving, owning and noting are
 * changes like any other: in the log, and undone from where they are told.
 */
import { useState } from "preact/hooks";
import * as W from "words";
import { query } from "../../shared/api";
import { useCell } from "../../shared/cell";
import { edition, editionId } from "../editions";
import { count, lang, pick, say } from "../../shared/lang";
import { sendChanges } from "../records/edit";
import { findReference } from "../records/find";
import { Link, setQuery, usePlace } from "../../shared/router";
import { serves } from "../../shared/serves";
import { may, session } from "../../shared/session";
import type { Chain, GapCard, GapFirm, Operation } from "../../api-types";
import type { GapState, Values } from "../types";
import { useDeed } from "../../shared/ui/busy";
import { Dialog } from "../../shared/ui/dialog";
import { Empty, Fault, Loading, useGet } from "../../shared/ui/load";
import { Picker } from "../../shared/ui/picker";
import { printing } from "../ui/print";
import { moveByArrows } from "../../shared/ui/rows";
import { DataTable } from "../../shared/ui/table";
import { toast } from "../../shared/ui/toast";
import { GAP_KINDS, GAP_STATES, keyOf, stateOf } from "./gap_model";

const COLUMNS = Object.keys(GAP_STATES) as GapState[];
const SHOWN = 40;
const CASE = "$case";

type Send = (values: Values, said: string, rest?: (caseId: number | string) => Operation[]) => Promise<boolean>;

/* The first touch makes the case; later ones change it. What else is done may refer to it. */
function operationsOf(card: GapCard, values: Values, rest: (id: number | string) => Operation[]): Operation[] {
    if (card.case_id !== null) {
        const own = { op: "update" as const, table: "gap_case", id: card.case_id, revision: card.revision, values };
        return [...(Object.keys(values).length > 0 ? [own] : []), ...rest(card.case_id)];
    }
    const first: Values = {
        edition_id: editionId(),
        chain_id: card.chain_id,
        node_id: card.node_id,
        kind: card.kind,
        state: "to-invite",
    };
    return [{ op: "create", table: "gap_case", name: CASE, values: { ...first, ...values } }, ...rest(CASE)];
}

function useSend(card: GapCard, reload: () => void) {
    const deed = useDeed();
    const send: Send = (values, said, rest = () => []) =>
        deed.run(async () => {
            const reply = await sendChanges(operationsOf(card, values, rest));
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
        void send({}, say(W.SAVED, pick(firm, "name")), (caseId) => [
            firm.id !== null
                ? {
                      op: "update",
                      table: "gap_candidate",
                      id: firm.id,
                      revision: firm.revision,
                      values: { state },
                  }
                : {
                      op: "create",
                      table: "gap_candidate",
                      values: { gap_case_id: caseId, organisation_id: firm.organisation_id, state },
                  },
        ]);
    const addFirm = (id: number, name: string) =>
        void send({}, say(W.SAVED, name), (caseId) => [
            {
                op: "create",
                table: "gap_candidate",
                values: { gap_case_id: caseId, organisation_id: id, state: "to-invite" },
            },
        ]);
    return (
        <>
            <h3>{say(W.GAP_CANDIDATES)}</h3>
            {card.candidates.length === 0 ? (
                <p class="note">{say(W.GAP_NO_CANDIDATE)}</p>
            ) : (
                <DataTable
                    label={say(W.GAP_CANDIDATES)}
                    rows={card.candidates}
                    keyOf={(firm) => firm.organisation_id}
                    columns={[
                        {
                            key: "name",
                            head: say(W.ORGANISATIONS),
                            cell: (firm) => (
                                <Link to={`records/organisation/${firm.organisation_id}`}>
                                    <bdi>{pick(firm, "name")}</bdi> <small>{firm.country}</small>
                                </Link>
                            ),
                        },
                        { key: "why", head: say(W.GAP_REASON), cell: (firm) => pick(firm, "why") },
                        {
                            key: "state",
                            head: say(W.STATE),
                            cell: (firm) => (
                                <StateChoice
                                    value={firm.state}
                                    label={`${say(W.STATE)}${say(W.COLON)}${pick(firm, "name")}`}
                                    disabled={!mayWrite || isBusy}
                                    change={(s) => setState(firm, s)}
                                />
                            ),
                        },
                    ]}
                />
            )}
            {mayWrite ? (
                <div class="field">
                    <Picker
                        label={say(W.GAP_ADD_CANDIDATE)}
                        placeholder={say(W.GAP_ADD_CANDIDATE)}
                        chosen={null}
                        find={(words, signal) => findReference("organisation", words, signal)}
                        choose={(option) => {
                            if (option) addFirm(Number(option.key), option.name);
                        }}
                    />
                </div>
            ) : null}
        </>
    );
}

function Owner({ card, send, isBusy }: { card: GapCard; send: Send; isBusy: boolean }) {
    const me = session.value?.account,
        name = pick(card, "node"),
        isMine = me !== undefined && card.owner_id === me.id;
    return (
        <>
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
    chainName: string;
    close: () => void;
    reload: () => void;
}

function CaseDialog({ card, chainName, close, reload }: CaseProps) {
    const { deed, send } = useSend(card, reload);
    const kept = card.note,
        [note, setNote] = useState(kept);
    const name = pick(card, "node"),
        mayWrite = may("gap-write");
    return (
        <Dialog title={name} close={close} wide>
            <p>
                {chainName ? `${chainName} · ` : ""}
                {say(GAP_KINDS[card.kind] ?? W.UNKNOWN)} · <Link to={`records/node/${card.node_id}`}>{card.node}</Link>
            </p>
            {card.certainty !== "closed" ? null : <p class="notice">{say(W.GAP_CLOSED)}</p>}
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

interface ColumnProps {
    state: GapState;
    cards: GapCard[];
    names: Map<string, string>; /* of chains */
    open: (card: GapCard) => void;
}

function Column({ state, cards, names, open }: ColumnProps) {
    const [shown, setShown] = useState(SHOWN),
        isPrinting = useCell(printing);
    return (
        <section class="board-column" aria-label={say(GAP_STATES[state])}>
            <h2>
                {say(GAP_STATES[state])} <small>{count(cards.length)}</small>
            </h2>
            <ul onKeyDown={moveByArrows}>
                {cards.slice(0, isPrinting ? cards.length : shown).map((card) => (
                    <li key={keyOf(card)} data-row class={card.certainty !== "closed" ? "" : "closed"}>
                        <button type="button" class="quiet" onClick={() => open(card)}>
                            <bdi>{pick(card, "node")}</bdi>
                        </button>
                        <p class="note">
                            {names.get(card.chain ?? "") ? `${names.get(card.chain ?? "")} · ` : ""}
                            {say(GAP_KINDS[card.kind] ?? W.UNKNOWN)}
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

/* What the words of the filter are looked for in, in both languages. */
function textOf(card: GapCard, names: Map<string, string>): string {
    const firms = card.candidates.flatMap((f) => [f.name_en, f.name_zh]);
    return [card.node, card.node_en, card.node_zh, names.get(card.chain ?? ""), card.owner, card.note, ...firms]
        .join("\n")
        .toLowerCase();
}

interface FiltersProps {
    chains: Chain[];
    chain: string;
    kind: string;
    owner: string;
    words: string;
    setWords: (words: string) => void;
}

function Filters({ chains, chain, kind, owner, words, setWords }: FiltersProps) {
    return (
        <div class="filters">
            <label>
                {say(W.LIST_FIND)}
                <input type="search" value={words} onInput={(e) => setWords(e.currentTarget.value)} />
            </label>
            <label>
                {say(W.FILTER_CHAIN)}
                <select value={chain} onChange={(e) => setQuery({ chain: e.currentTarget.value })}>
                    <option value="">{say(W.FILTER_ANY)}</option>
                    {chains.map((c) => (
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
    const loaded = useGet(now ? `gap-board?${query({ edition: now, chain })}` : null);
    const chains = useGet(
        now ? `chains?${query({ edition: now, limit: 1000, fields: "code,name_en,name_zh" })}` : null,
    );
    const names = new Map(chains.data?.items.map((c) => [c.code, pick(c, "name")]));
    const [openKey, setOpen] = useState<string | null>(null),
        opened = loaded.data?.rows.find((c) => keyOf(c) === openKey);
    const [words, setWords] = useState("");
    const me = session.value?.account.id;
    const asWords = words.trim().toLowerCase();
    const isWanted = (card: GapCard) =>
        (asWords === "" || textOf(card, names).includes(asWords)) &&
        (kind === "all" || card.kind === kind || card.case_id !== null) && (owner !== "me" || card.owner_id === me);
    const invitations = (format: string) =>
        `/api/v1/gap-board/invitations?${query({ edition: now, chain, format, lang: lang.value })}`;
    return (
        <>
            <div class="title-row">
                <h1>{say(W.GAP_BOARD)}</h1>
                <span class="push" />
                {serves("gap-board/invitations") ? (
                    <span class="screen-only">
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
            <Filters chains={chains.data?.items ?? []} chain={chain} kind={kind} owner={owner} words={words} setWords={setWords} />
            <Loading of={loaded}>
                {(board) =>
                    board.rows.length === 0 ? (
                        <Empty title={say(W.GAP_NONE)}>
                            <p>{say(W.GAP_NONE_HELP)}</p>
                        </Empty>
                    ) : (
                        <div class="board scroll" tabIndex={0} role="group" aria-label={say(W.GAP_BOARD)}>
                            {COLUMNS.map((state) => (
                                <Column
                                    key={state}
                                    state={state}
                                    cards={board.rows.filter((c) => stateOf(c) === state && isWanted(c))}
                                    names={names}
                                    open={(card) => setOpen(keyOf(card))}
                                />
                            ))}
                        </div>
                    )
                }
            </Loading>
            {opened ? (
                <CaseDialog
                    key={openKey}
                    card={opened}
                    chainName={names.get(opened.chain ?? "") ?? ""}
                    close={() => setOpen(null)}
                    reload={loaded.reload}
                />
            ) : null}
        </>
    );
}
