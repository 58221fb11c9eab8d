/*
 * Moving through the rows of a table or list by the arrow keys: from the link or button of a row to the one in the same
 * place of the next. Every row stays reachable by Tab, too.
 */
import type { JSX } from "preact";

const STOPS = "a[href], button:not(:disabled), input, select";

function stopsOf(row: Element): HTMLElement[] {
    return [...row.querySelectorAll<HTMLElement>(STOPS)];
}

export function moveByArrows(event: JSX.TargetedKeyboardEvent<HTMLElement>): void {
    const target = event.target as HTMLElement,
        row = target.closest("[data-row]");
    if (!row || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName)) return;
    const rows = [...event.currentTarget.querySelectorAll("[data-row]")],
        at = rows.indexOf(row);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    const next = to === undefined ? undefined : rows[Math.max(0, Math.min(rows.length - 1, to))];
    if (!next) return;
    event.preventDefault();
    const stops = stopsOf(next),
        place = stopsOf(row).indexOf(target);
    (stops[place] ?? stops[0])?.focus();
}
