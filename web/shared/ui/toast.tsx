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
    batch?: number;
    isFault: boolean;
    after?: () => void;
}

const STAYS_MS = 20000;
const toasts = cell<Toast[]>([]);
let next = 1;

function drop(key: number): void {
    toasts.set(toasts.value.filter((t) => t.key !== key));
}

/* `batch` is what Undo takes back; `after` runs when it was. A fault stays until it is dismissed. */
export function toast(text: string, more: { batch?: number | null; isFault?: boolean; after?: () => void } = {}): void {
    const made: Toast = { key: next++, text, isFault: more.isFault ?? false };
    if (more.batch) made.batch = more.batch;
    if (more.after) made.after = more.after;
    toasts.set([...toasts.value.slice(-3), made]);
    announce(text, made.isFault);
    if (!made.isFault) stay(made.key);
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
        await post(`batches/${made.batch}/undo`);
        toast(say(W.UNDONE));
        made.after?.();
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
                    {made.batch ? (
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
