/* Reading for a screen: waiting, failing in words with a way to try again, and what was read. */
import type { ComponentChildren } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import * as W from "words";
import { get } from "../api";
import type { Described, Given } from "../api";
import { say } from "../lang";
import { explain } from "./explain";

export interface Loaded<T> {
    data: T | undefined;
    error: unknown;
    isStale: boolean; /* a newer answer is awaited */
    isOther: boolean; /* the data in view are those of another key */
    reload: () => void;
}

/* What `read` gives for a key; null asks nothing. The last answer stays in view while a new one is awaited. */
export function useRead<T>(key: string | null, read: (signal: AbortSignal) => Promise<T>): Loaded<T> {
    const [state, setState] = useState<{ key?: string; round?: number; data?: T; error?: unknown }>({});
    const [round, setRound] = useState(0);
    useEffect(() => {
        if (key === null) return undefined;
        const stop = new AbortController();
        read(stop.signal).then(
            (data) => {
                if (!stop.signal.aborted) setState({ key, round, data });
            },
            (error: unknown) => {
                if (!stop.signal.aborted) setState({ key, round, error });
            },
        );
        return () => stop.abort();
    }, [key, round]);
    const reload = useCallback(() => setRound((n) => n + 1), []);
    return {
        data: key === null ? undefined : state.data,
        error: state.key === key ? state.error : undefined,
        isStale: key !== null && (state.key !== key || state.round !== round),
        isOther: key !== null && state.data !== undefined && state.key !== key,
        reload,
    };
}

/* What an address gives. */
export function useGet<T = Described, P extends string = string>(path: P | null): Loaded<Given<T, P>> {
    return useRead(path, (signal) => get<T, P>(path as P, signal));
}

export function Waiting() {
    return (
        <p class="note" role="status">
            {say(W.LOADING)}
        </p>
    );
}

export function Loading<T>({ of, children }: { of: Loaded<T>; children: (data: T) => ComponentChildren }) {
    if (of.error !== undefined) return <Fault error={of.error} again={of.reload} />;
    if (of.data === undefined) return <Waiting />;
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
