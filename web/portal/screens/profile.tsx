/*
 * "My profile": what the organisation says of itself and of the partners it wants, as one form. What is typed survives a reload in
 * this browser; what others saved meanwhile is merged, and only what both changed is asked about.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import * as W from "words";
import { Problem, get, put } from "../../shared/api";
import type { FieldError } from "../../shared/api";
import { useCell } from "../../shared/cell";
import { say } from "../../shared/lang";
import { useDeed } from "../../shared/ui/busy";
import { announce } from "../../shared/ui/live";
import { Fault, Waiting, useRead } from "../../shared/ui/load";
import { toast } from "../../shared/ui/toast";
import type { Profile as Document } from "../../api-types";
import { FaultAt, Faults } from "../fields";
import { chosen, own } from "../mine";
import { findNames } from "../names";
import { dropDraft, findDraft, keepDraft } from "../profile_draft";
import { differs, faultsIn, faultsOf, formOf, merge, saidOf, take } from "../profile_model";
import type { Form, Member, Said } from "../profile_model";
import { Claims } from "./profile_claims";
import { Conditions } from "./profile_conditions";
import { Meanwhile } from "./profile_meanwhile";
import { Rest } from "./profile_rest";
import { Seeks } from "./profile_seeks";

const KEEP_AFTER_MS = 400;
const UNITS = ["t", "kg", "m", "m²", "m³", "L", "kW", "MW", "GW", "kWh", "MWh", "GWh"];

/* Both changed these; `theirs` is what is saved now. */
interface Clash {
    theirs: Document;
    members: Member[];
    mine: Form;
}

function useProfile(first: Document) {
    const [base, setBase] = useState(first),
        [form, setForm] = useState<Form>(() => formOf(first)),
        [clash, setClash] = useState<Clash | null>(null),
        [isBack, setBack] = useState(false);
    /* Takes what is saved now under what is typed here. */
    const rebase = (from: Document, theirs: Document, mine: Form): boolean => {
        const merged = merge(formOf(from), formOf(theirs), mine);
        setBase(theirs);
        setForm(merged.form);
        setClash(merged.conflicts.length > 0 ? { theirs, members: merged.conflicts, mine: merged.form } : null);
        return merged.conflicts.length === 0;
    };
    useEffect(() => {
        const draft = findDraft();
        if (!draft || !differs(draft.form, formOf(first))) return;
        rebase(draft.base, first, draft.form);
        setBack(true);
    }, []);
    const isChanged = differs(form, formOf(base));
    useEffect(() => {
        const timer = setTimeout(() => (isChanged ? keepDraft({ base, form }) : dropDraft()), KEEP_AFTER_MS);
        return () => clearTimeout(timer);
    }, [form, base]);
    return { base, setBase, form, setForm, clash, setClash, isBack, setBack, isChanged, rebase };
}

function Editor({ first }: { first: Document }) {
    const state = useProfile(first),
        { base, form, clash, isChanged } = state;
    const [faults, setFaults] = useState<Map<string, FieldError>>(new Map()),
        deed = useDeed(),
        element = useRef<HTMLFormElement>(null);
    const isVisitor = base.exhibitor_id === null;
    const change = (changes: Partial<Form>) => state.setForm((now) => ({ ...now, ...changes }));

    const written = (saved: Document) => {
        state.setBase(saved);
        state.setForm(formOf(saved));
        state.setClash(null);
        state.setBack(false);
        setFaults(new Map());
        dropDraft();
        toast(say(W.PROFILE_SAVED));
    };
    const mark = (errors: FieldError[], said: Said) => {
        setFaults(faultsOf(errors, said));
        announce(say(W.PROFILE_FAULTS, errors.length), true);
        requestAnimationFrame(() => element.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
    };
    const save = async (from: Document, what: Form): Promise<void> => {
        const said = saidOf(what, from),
            wrong = faultsIn(what);
        if (wrong.length > 0) {
            mark(wrong, said);
            return;
        }
        try {
            written((await put(own("profile"), said.body)) as Document);
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            if (error.status === 409) {
                const theirs = (await get(own("profile"))) as Document;
                if (!state.rebase(from, theirs, what)) announce(say(W.PROFILE_CLASH), true);
                else await save(theirs, merge(formOf(from), formOf(theirs), what).form);
                return;
            }
            if (error.errors.length === 0) throw error;
            mark(error.errors, said);
        }
    };
    const settle = (choices: Partial<Record<Member, "mine" | "theirs">>) => {
        if (!clash) return;
        const decided = { ...form },
            theirs = formOf(clash.theirs);
        for (const member of clash.members) if (choices[member] === "theirs") take(decided, theirs, member);
        state.setForm(decided);
        state.setClash(null);
        void deed.run(() => save(clash.theirs, decided));
    };
    return (
        <Faults.Provider value={faults}>
            <h1>{say(W.MY_PROFILE)}</h1>
            <p>{say(isVisitor ? W.PROFILE_HELP_VISITOR : W.PROFILE_HELP)}</p>
            {state.isBack && isChanged ? <p class="notice">{say(W.PROFILE_DRAFT_BACK)}</p> : null}
            {clash ? <Meanwhile members={clash.members} mine={form} theirs={formOf(clash.theirs)} settle={settle} /> : null}
            <form
                ref={element}
                class="profile"
                noValidate
                onSubmit={(event) => {
                    event.preventDefault();
                    void deed.run(() => save(base, form));
                }}
            >
                <datalist id="profile-units">
                    {UNITS.map((one) => (
                        <option key={one} value={one} />
                    ))}
                </datalist>
                {isVisitor ? null : (
                    <>
                        <Claims side="offers" claims={form.offers} change={(offers) => change({ offers })} />
                        <Claims side="needs" claims={form.needs} change={(needs) => change({ needs })} />
                    </>
                )}
                <Seeks seeks={form.seeks} change={(seeks) => change({ seeks })} isVisitor={isVisitor} />
                <Conditions conditions={form.conditions} change={(conditions) => change({ conditions })} />
                <Rest form={form} change={change} isVisitor={isVisitor} />
                <section>
                    <label class="switch">
                        <input
                            type="checkbox"
                            checked={form.takesPart}
                            onChange={(e) => change({ takesPart: e.currentTarget.checked })}
                        />
                        <span>
                            {say(W.TAKES_PART)}
                            <small>{say(W.TAKES_PART_HELP)}</small>
                        </span>
                    </label>
                    <FaultAt path="state" />
                </section>
                <div class="save-bar">
                    {deed.error !== undefined ? <Fault error={deed.error} /> : null}
                    {faults.size > 0 ? (
                        <p class="fault" role="alert">
                            {say(W.PROFILE_FAULTS, faults.size)}
                        </p>
                    ) : null}
                    <div class="actions">
                        <button type="submit" class="strong" disabled={deed.isBusy || clash !== null || !isChanged}>
                            {say(W.SAVE)}
                        </button>
                        {isChanged ? (
                            <button
                                type="button"
                                class="quiet"
                                onClick={() => {
                                    state.setForm(formOf(base));
                                    state.setClash(null);
                                    setFaults(new Map());
                                }}
                            >
                                {say(W.DISCARD)}
                            </button>
                        ) : null}
                        <span class="note" role="status">
                            {isChanged ? say(W.PROFILE_UNSAVED) : ""}
                        </span>
                    </div>
                </div>
            </form>
        </Faults.Provider>
    );
}

export function Profile() {
    const id = useCell(chosen)?.id ?? 0;
    const loaded = useRead<Document>(`profile-${id}`, async (signal) => {
        const [profile] = await Promise.all([get(own("profile"), signal) as Promise<Document>, findNames()]);
        return profile;
    });
    if (loaded.error !== undefined) return <Fault error={loaded.error} again={loaded.reload} />;
    return loaded.data ? <Editor first={loaded.data} /> : <Waiting />;
}
