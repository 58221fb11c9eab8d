/* Reading for a screen: waiting, failing in words with a way to try again, and what was read. */
import type { ComponentChildren } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import * as W from "words";
import { get } from "../api";
import { say } from "../lang";
import { explain } from "./explain";

export interface Loaded<T> {
    data: T | undefined;
    error: unknown;
    reload: () => void;
}

/* What an address gives; null asks nothing. The last answer stays in view while a new one is awaited. */
export function useGet<T>(path: string | null): Loaded<T> {
    const [state, setState] = useState<{ path?: string; data?: T; error?: unknown }>({});
    const [round, setRound] = useState(0);
    useEffect(() => {
        if (path === null) return undefined;
        const stop = new AbortController();
        get<T>(path, stop.signal).then(
            (data) => {
                if (!stop.signal.aborted) setState({ path, data });
            },
            (error: unknown) => {
                if (!stop.signal.aborted) setState({ path, error });
            },
        );
        return () => stop.abort();
    }, [path, round]);
    const reload = useCallback(() => setRound((n) => n + 1), []);
    return {
        data: path === null ? undefined : state.data,
        error: state.path === path ? state.error : undefined,
        reload,
    };
}

export function Loading<T>({ of, children }: { of: Loaded<T>; children: (data: T) => ComponentChildren }) {
    if (of.error !== undefined) return <Fault error={of.error} again={of.reload} />;
    if (of.data === undefined)
        return (
            <p class="note" role="status">
                {say(W.LOADING)}
            </p>
        );
    return <>{children(of.data)}</>;
}

export function Fault({ error, again }: { error: unknown; again?: () => void }) {
    return (
        <div class="notice" role="alert">
            <p>{explain(error)}</p>
            {again ? (
                <button type="button" onClick={again}>
                    {say(W.TRY_AGAIN)}
                </button>
            ) : null}
        </div>
    );
}

/* Nothing yet, and what to do first. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
    return (
        <div class="empty">
            <h2>{title}</h2>
            {children}
        </div>
    );
}
