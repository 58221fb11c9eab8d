/* Keys of the whole desk. A key alone does nothing but "?", which can be switched off (WCAG 2.1.4). */
import { remember, remembered } from "../shared/cell";

export interface Keys {
    palette: () => void;
    help: () => void;
}

export function questionMarkWorks(): boolean {
    return remembered("question-mark") !== "off";
}

export function switchQuestionMark(isOn: boolean): void {
    remember("question-mark", isOn ? "on" : "off");
}

function isTyping(target: EventTarget | null): boolean {
    return (
        target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
    );
}

/* Ctrl+S belongs to the form that has the focus, or to the only one there is. */
function save(): boolean {
    const form = document.activeElement?.closest("form") ?? document.querySelector("form[data-saves]");
    if (!(form instanceof HTMLFormElement)) return false;
    form.requestSubmit();
    return true;
}

export function listen(keys: Keys): () => void {
    const on = (event: KeyboardEvent) => {
        const withControl = (event.ctrlKey || event.metaKey) && !event.altKey;
        if (withControl && !event.shiftKey && event.key.toLowerCase() === "k") keys.palette();
        else if (withControl && !event.shiftKey && event.key.toLowerCase() === "s") {
            if (!save()) return;
        } else if (withControl && event.key === "/") keys.help();
        else if (event.key === "?" && !withControl && !isTyping(event.target) && questionMarkWorks()) keys.help();
        else return;
        event.preventDefault();
    };
    addEventListener("keydown", on);
    return () => removeEventListener("keydown", on);
}
