/* What just happened, with the way back: each edit says so and can be undone from where it says it. */
import * as W from "words";
import { cell, useCell } from "../cell";
import { post } from "../api";
import { say } from "../lang";
import { explain } from "./explain";
import { announce } from "./live";

interface Toast {
    key: number;
    text: string;
    undo?: () => Promise<void>;
    isFault: boolean;
}

const STAYS_MS = 20000;
const toasts = cell<Toast[]>([]);
let next = 1;

function drop(key: number): void {
    toasts.set(toasts.value.filter((t) => t.key !== key));
}

interface More {
    batch?: number | null; /* what Undo takes back ... */
    after?: () => void; /* ... and what runs when it was */
    undo?: () => Promise<void>; /* another way back */
    isFault?: boolean;
}

/* A fault stays until it is dismissed. */
export function toast(text: string, more: More = {}): void {
    const made: Toast = { key: next++, text, isFault: more.isFault ?? false };
    if (more.batch) made.undo = () => undoBatch(more.batch ?? 0, more.after);
    else if (more.undo) made.undo = more.undo;
    toasts.set([...toasts.value.slice(-3), made]);
    announce(text, made.isFault);
    if (!made.isFault) stay(made.key);
}

async function undoBatch(batch: number, after?: () => void): Promise<void> {
    await post(`batches/${batch}/undo`);
    toast(say(W.UNDONE));
    after?.();
}

/* Leaves after a while, but not from under a pointer or the focus. */
function stay(key: number): void {
    setTimeout(() => {
        const element = document.querySelector(`[data-toast="${key}"]`);
        if (element && (element.matches(":hover") || element.contains(document.activeElement))) stay(key);
        else drop(key);
    }, STAYS_MS);
}

async function undo(made: Toast): Promise<void> {
    drop(made.key);
    try {
        await made.undo?.();
    } catch (error) {
        toast(explain(error), { isFault: true });
    }
}

/* How many dialogs stand over the page: what is under one cannot be reached, so messages stand in the topmost. */
export const dialogs = cell(0);

export function Toasts({ layer }: { layer: number }) {
    const top = useCell(dialogs);
    const all = useCell(toasts);
    if (top !== layer) return null;
    return (
        <section class="toasts" aria-label={say(W.MESSAGES)} aria-live={layer > 0 ? "polite" : undefined}>
            {all.map((made) => (
                <div class={made.isFault ? "toast fault" : "toast"} key={made.key} data-toast={made.key}>
                    <p>{made.text}</p>
                    {made.undo ? (
                        <button type="button" onClick={() => void undo(made)}>
                            {say(W.UNDO)}
                        </button>
                    ) : null}
                    <button type="button" class="quiet" onClick={() => drop(made.key)}>
                        {say(W.DISMISS)}
                    </button>
                </div>
            ))}
        </section>
    );
}
