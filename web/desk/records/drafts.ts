/* Unsaved work, kept on the server for its account: a form that was left, or a browser that died, goes on where it was. */
import { useEffect, useRef, useState } from "preact/hooks";
import { Problem, get, put, remove } from "../api";
import type { Label, Values } from "../types";

export interface DraftBody {
    edits: Values;
    labels: Record<string, Label>;
    revision: number | null;
    title: string;
}
export interface Draft {
    key: string;
    body: DraftBody;
    at_ms: number;
}

const KEEP_AFTER_MS = 1200;

export function draftKey(table: string, id: number | string): string {
    return `${table}:${id}`;
}

export async function findDraft(key: string): Promise<Draft | null> {
    try {
        return await get<Draft>(`drafts/${encodeURIComponent(key)}`);
    } catch (error) {
        if (error instanceof Problem && error.status === 404) return null;
        throw error;
    }
}

export async function dropDraft(key: string): Promise<void> {
    try {
        await remove(`drafts/${encodeURIComponent(key)}`);
    } catch (error) {
        if (!(error instanceof Problem && error.status === 404)) throw error;
    }
}

/* Keeps `body` a moment after it has changed; null keeps nothing. Says when it was last kept. A draft that cannot be kept
 * is tried again with the next change: the words are still in the form. */
export function useKeptDraft(key: string, body: DraftBody | null): number | null {
    const [keptMs, setKept] = useState<number | null>(null);
    const text = body ? JSON.stringify(body) : "";
    const last = useRef("");
    useEffect(() => {
        if (text === "" || text === last.current) return undefined;
        const timer = setTimeout(() => {
            put(`drafts/${encodeURIComponent(key)}`, JSON.parse(text)).then(
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
