/* A button whose deed is asked for twice, in its own place: no dialog, no undo needed. */
import { useState } from "preact/hooks";
import * as W from "words";
import type { Word } from "words";
import { say } from "../shared/lang";
import { useDeed } from "../shared/ui/busy";
import { Fault } from "../shared/ui/load";

interface Props {
    word: Word;
    sure: Word; /* what it is called when it is meant */
    name?: string; /* of what it is done to, for those who do not see where it stands */
    run: () => Promise<void>;
}

export function Sure({ word, sure, name, run }: Props) {
    const [isAsked, setAsked] = useState(false),
        deed = useDeed();
    const label = (text: string) => (name ? `${text}${say(W.COLON)}${name}` : undefined);
    if (!isAsked)
        return (
            <button type="button" class="quiet" aria-label={label(say(word))} onClick={() => setAsked(true)}>
                {say(word)}
            </button>
        );
    return (
        <span class="actions">
            {deed.error !== undefined ? <Fault error={deed.error} /> : null}
            <button
                type="button"
                class="danger"
                aria-label={label(say(sure))}
                disabled={deed.isBusy}
                onClick={() => void deed.run(run).then((isDone) => isDone && setAsked(false))}
            >
                {say(sure)}
            </button>
            <button type="button" class="quiet" onClick={() => setAsked(false)}>
                {say(W.CANCEL)}
            </button>
        </span>
    );
}
