/*
 * Whoever works by keyboard does not lose the place: when the element that held the focus is taken away, the focus goes to what
 * now stands there (the next row in the same column, the question that replaced its button), else to the screen; a button that
 * was out of use while its deed ran has it back. Pointers set their own place, so nothing moves after one was used.
 */
const STOPS = "a[href], button:enabled, input:enabled, select:enabled, textarea:enabled, summary";
const ROOMS = "dialog, main";

let last: HTMLElement | null = null,
    isByKeys = false;

function stopsIn(node: ParentNode): HTMLElement[] {
    return [...node.querySelectorAll<HTMLElement>(STOPS)];
}

/* The stop that stands where `lost` stood before `record` took it away. */
function heir(record: MutationRecord, gone: Node, lost: HTMLElement, added: Element[]): HTMLElement | undefined {
    const parent = record.target as Element,
        next = record.nextSibling,
        room = parent.closest(ROOMS);
    const instead = added.find((e) => e.isConnected && e.parentElement === parent && stopsIn(e).length > 0);
    if (instead) return stopsIn(instead)[0];
    if (next instanceof Element && gone instanceof Element && next.isConnected && next.tagName === gone.tagName) {
        const stop = stopsIn(next)[stopsIn(gone).indexOf(lost)];
        if (stop) return stop;
    }
    const from = next?.isConnected ? next : null,
        wanted = Node.DOCUMENT_POSITION_FOLLOWING;
    const after = stopsIn(room ?? parent).find((stop) =>
        from
            ? stop === from || (from.compareDocumentPosition(stop) & wanted) !== 0
            : !parent.contains(stop) && (parent.compareDocumentPosition(stop) & wanted) !== 0,
    );
    return room ? (after ?? stopsIn(parent).pop()) : undefined;
}

function look(records: MutationRecord[]): void {
    const lost = last;
    if (!lost || !isByKeys || document.activeElement !== document.body) return;
    if (lost.isConnected) {
        if (records.some((r) => r.type === "attributes" && r.target === lost)) lost.focus();
        return;
    }
    last = null;
    const added = records.flatMap((r) => [...r.addedNodes]).filter((n) => n instanceof Element);
    for (const record of records) {
        const gone = [...record.removedNodes].find((n) => n.contains(lost));
        if (!gone || !record.target.isConnected) continue;
        heir(record, gone, lost, added)?.focus();
        break;
    }
    if (document.activeElement === document.body) document.getElementById("content")?.focus();
}

export function keepFocus(root: Element): void {
    const options = { capture: true };
    addEventListener("keydown", () => (isByKeys = true), options);
    addEventListener("pointerdown", () => (isByKeys = false), options);
    addEventListener("focusin", (event) => (last = event.target instanceof HTMLElement ? event.target : null), options);
    new MutationObserver(look).observe(root, {
        childList: true,
        subtree: true,
        attributes: true,
        attributeFilter: ["disabled"],
    });
}
