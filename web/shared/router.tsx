/* Addresses of an application: /desk/SCREEN/..., /my/SCREEN. The browser's own history is the only memory of where one is. */
import type { ComponentChildren, JSX } from "preact";
import { app } from "./app";
import { cell, useCell } from "./cell";

const ROOT = app.root;

export interface Place {
    path: string[]; /* below that of the application, decoded */
    query: URLSearchParams;
}

function here(): Place {
    const path = location.pathname.slice(ROOT.length).split("/").filter(Boolean).map(decodeURIComponent);
    return { path, query: new URLSearchParams(location.search) };
}

export const place = cell<Place>(here());
addEventListener("popstate", () => place.set(here()));

/* "records/organisation/12" -> "/desk/records/organisation/12". */
export function address(to: string): string {
    return to === "" || to.startsWith("?") ? ROOT + to : `${ROOT}/${to}`;
}

export function go(to: string, how: "push" | "replace" = "push"): void {
    if (how === "push") history.pushState(null, "", address(to));
    else history.replaceState(null, "", address(to));
    place.set(here());
    if (how === "push") {
        scrollTo(0, 0);
        document.getElementById("content")?.focus({ preventScroll: true });
    }
}

/* Changes the query of the present address: filters and pages can be linked to and gone back from. */
export function setQuery(changes: Record<string, string | null>, how: "push" | "replace" = "replace"): void {
    const query = new URLSearchParams(location.search);
    for (const [name, value] of Object.entries(changes))
        value === null || value === "" ? query.delete(name) : query.set(name, value);
    const text = query.toString(),
        path = location.pathname.slice(ROOT.length + 1);
    go(text ? `${path}?${text}` : path, how);
}

type LinkProps = { to: string; children: ComponentChildren } & Omit<
    JSX.AnchorHTMLAttributes<HTMLAnchorElement>,
    "href"
>;

/* A link that the desk follows itself; with a modifier the browser does, as everywhere. */
export function Link({ to, children, ...rest }: LinkProps) {
    return (
        <a
            {...rest}
            href={address(to)}
            onClick={(event) => {
                if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
                event.preventDefault();
                go(to);
            }}
        >
            {children}
        </a>
    );
}

export function usePlace(): Place {
    return useCell(place);
}
