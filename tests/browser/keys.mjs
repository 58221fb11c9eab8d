/* Working at a page by keyboard alone: going to a control as a person does, and seeing that the place is always visible. */
import assert from "node:assert/strict";

const TABS_MAX = 400;

/* Counts what only a pointer does, in every document of the window. */
export async function watchPointers(context) {
    await context.addInitScript(() => {
        for (const kind of ["pointerdown", "mousedown", "touchstart", "dragstart"])
            addEventListener(kind, () => sessionStorage.setItem("pointers", "used"), { capture: true });
    });
}

export async function usedPointer(page) {
    return page.evaluate(() => sessionStorage.getItem("pointers") !== null);
}

/* What has the focus, or why it cannot be seen: gone, without a mark, or under something else (WCAG 2.4.7, 2.4.11). */
function faultOfFocus() {
    const e = document.activeElement;
    if (e === null || e === document.body) return "nothing has the focus";
    const box = e.getBoundingClientRect(), style = getComputedStyle(e);
    if (!e.matches(":focus-visible") || style.outlineStyle === "none") return `no mark at ${e.outerHTML.slice(0, 120)}`;
    const x = (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2;
    const y = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
    const top = document.elementFromPoint(x, y);
    return top !== null && (e.contains(top) || top.contains(e)) ? null
        : `${e.outerHTML.slice(0, 120)} is under ${top === null ? "the edge of the window" : top.outerHTML.slice(0, 120)}`;
}

/* Presses Tab until the control has the focus, which must be seen there. */
export async function tabTo(page, control) {
    await control.waitFor();
    for (let n = 0; n <= TABS_MAX; n++) {
        if (await control.evaluate((e) => e === document.activeElement)) {
            assert.equal(await page.evaluate(faultOfFocus), null);
            return;
        }
        await page.keyboard.press("Tab");
    }
    assert.fail(`${control} is not reached by Tab`);
}

export async function enter(page, control) {
    await tabTo(page, control);
    await page.keyboard.press("Enter");
}

/* Types into a field, whose text Tab has marked. */
export async function typeInto(page, field, text) {
    await tabTo(page, field);
    await page.keyboard.press("Control+a");
    await page.keyboard.type(text);
}

/* After a deed the place is kept: Tab goes on from there and not from the top. */
export async function keepsPlace(page) {
    await page.waitForFunction(() => document.activeElement !== document.body, undefined, { timeout: 5000 })
        .catch(() => assert.fail("the focus is lost"));
}
