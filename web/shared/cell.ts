/* A value that components follow: the few things that belong to no single component (session, language, address, connection). */
import { useLayoutEffect, useState } from "preact/hooks";

export interface Cell<T> {
    value: T;
    set(value: T): void;
    follow(listener: () => void): () => void;
}

export function cell<T>(first: T): Cell<T> {
    const listeners = new Set<() => void>();
    const self: Cell<T> = {
        value: first,
        set(value) {
            if (Object.is(self.value, value)) return;
            self.value = value;
            for (const listener of [...listeners]) listener();
        },
        follow(listener) {
            listeners.add(listener);
            return () => listeners.delete(listener);
        },
    };
    return self;
}

/* The value, and a new drawing of the component whenever it changes; also when it did between drawing and following. */
export function useCell<T>(of: Cell<T>): T {
    const [, draw] = useState({});
    const drawn = of.value;
    useLayoutEffect(() => {
        if (!Object.is(of.value, drawn)) draw({});
        return of.follow(() => draw({}));
    }, [of]);
    return drawn;
}

/* What this browser keeps for its user beside the server: choices, and what is typed and not saved. */
export function remembered(key: string): string | null {
    try {
        return localStorage.getItem(`fairlead.${key}`);
    } catch {
        return null;
    }
}

export function remember(key: string, value: string): void {
    try {
        localStorage.setItem(`fairlead.${key}`, value);
    } catch {
        /* A browser that keeps nothing asks again next time. */
    }
}

export function forget(key: string): void {
    try {
        localStorage.removeItem(`fairlead.${key}`);
    } catch {
        /* There is nothing to forget. */
    }
}
