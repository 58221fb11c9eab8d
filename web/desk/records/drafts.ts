/* Unsaved work, kept on the server for its account: a form that was left, or a browser that died, goes on where it was. */
import { useEffect, useRef, useState } from "preact/hooks";
import { get, put, remove } from "../../shared/api";
import { serves } from "../../shared/serves";
import type { Draft as Kept, Label } from "../../api-types";
import type { Values } from "../types";

export interface DraftBody {
    edits: Values;
    labels: Record<string, Label>;
    revision: number | null;
    title: string;
}

/* The server keeps what it is given. */
export interface Draft extends Kept {
    body: DraftBody;
}

export const draftTitle = (draft: Kept): string => (draft as Draft).body.title || draft.key;

const KEEP_AFTER_MS = 1200;

export function draftKey(table: string, id: number | string): string {
    return `${table}:${id}`;
}

function isServed(): boolean {
    return serves("drafts/{key}");
}

/* What is being kept now: a draft may not come back after it was dropped. */
let keeping: Promise<unknown> = Promise.resolve();

export async function findDraft(key: string): Promise<Draft | null> {
    if (!isServed()) return null;
    const list = await get("drafts");
    return (list.items.find((d) => d.key === key) as Draft | undefined) ?? null;
}

export async function dropDraft(key: string): Promise<void> {
    if (!isServed()) return;
    await keeping;
    await remove(`drafts/${encodeURIComponent(key)}`);
}

/* Keeps `body` a moment after it has changed; null keeps nothing. Says when it was last kept. A draft that cannot be kept
 * is tried again with the next change: the words are still in the form. */
export function useKeptDraft(key: string, body: DraftBody | null): number | null {
    const [keptMs, setKept] = useState<number | null>(null);
    const text = body ? JSON.stringify(body) : "";
    const last = useRef("");
    useEffect(() => {
        if (text === "" || text === last.current || !isServed()) return undefined;
        const timer = setTimeout(() => {
            keeping = put(`drafts/${encodeURIComponent(key)}`, JSON.parse(text)).then(
                () => {
                    last.current = text;
                    setKept(Date.now());
                },
                () => undefined,
            );
        }, KEEP_AFTER_MS);
        return () => clearTimeout(timer);
    }, [key, text]);
    useEffect(() => {
        setKept(null);
        last.current = "";
    }, [key]);
    return text === "" ? null : keptMs;
}
