/* Words for those who listen to the screen: one polite and one assertive region that stand in the page from the beginning. */
let polite: HTMLElement | null = null,
    assertive: HTMLElement | null = null;

function region(role: string, live: string): HTMLElement {
    const element = document.createElement("div");
    element.className = "unseen";
    element.setAttribute("role", role);
    element.setAttribute("aria-live", live);
    document.body.appendChild(element);
    return element;
}

export function openLiveRegions(): void {
    polite ??= region("status", "polite");
    assertive ??= region("alert", "assertive");
}

/* Emptied first, so that the same words are read again. */
export function announce(words: string, isUrgent = false): void {
    const element = isUrgent ? assertive : polite;
    if (!element) return;
    element.textContent = "";
    setTimeout(() => {
        element.textContent = words;
    }, 50);
}
