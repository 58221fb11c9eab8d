/* A dialog of the browser's own kind: it holds the focus, Escape closes it, and the focus goes back to where it was. */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import * as W from "words";
import { say } from "../lang";
import { Toasts, dialogs } from "./toast";

interface Props {
    title: string;
    children: ComponentChildren;
    close?: () => void; /* absent: the dialog cannot be left without an answer */
    wide?: boolean;
}

export function Dialog({ title, children, close, wide }: Props) {
    const element = useRef<HTMLDialogElement>(null),
        id = useId();
    const [layer] = useState(() => dialogs.value + 1);
    useEffect(() => {
        dialogs.set(dialogs.value + 1);
        return () => dialogs.set(dialogs.value - 1);
    }, []);
    /* Before the browser draws, so that what is typed at once goes into the dialog. */
    useLayoutEffect(() => {
        const before = document.activeElement,
            dialog = element.current;
        /* Safari has it since 15.4; before, the words stand in the page. */
        const isKnown = typeof dialog?.showModal === "function";
        if (dialog && !isKnown) dialog.setAttribute("open", "");
        else if (dialog && !dialog.open) dialog.showModal();
        return () => {
            if (isKnown) dialog?.close();
            if (before instanceof HTMLElement && before.isConnected) before.focus();
        };
    }, []);
    return (
        <dialog
            ref={element}
            class={wide ? "wide-dialog" : ""}
            aria-labelledby={id}
            onCancel={(event) => {
                event.preventDefault();
                close?.();
            }}
            onClick={(event) => {
                if (event.target === element.current) close?.();
            }}
        >
            <div class="dialog-body">
                <header>
                    <h2 id={id}>{title}</h2>
                    {close ? (
                        <button type="button" class="quiet" onClick={close}>
                            {say(W.CLOSE)}
                        </button>
                    ) : null}
                </header>
                {children}
                <Toasts layer={layer} />
            </div>
        </dialog>
    );
}
