/* Choosing one of many by typing: a combobox with a list (WAI-ARIA APG 1.2) over whatever `find` answers. */
import { useEffect, useId, useRef, useState } from "preact/hooks";
import * as W from "words";
import { say } from "../lang";

export interface Option {
    key: string;
    name: string;
    note?: string;
}

interface Props {
    id?: string;
    label?: string; /* where no label element stands beside it */
    chosen: Option | null;
    choose: (option: Option | null) => void;
    find: (words: string, signal: AbortSignal) => Promise<Option[]>;
    isRequired?: boolean;
    isInvalid?: boolean;
    describedBy?: string | undefined;
    placeholder?: string;
}

const ASK_AFTER_MS = 150;

export function Picker({ id, label, chosen, choose, find, isRequired, isInvalid, describedBy, placeholder }: Props) {
    const [words, setWords] = useState<string | null>(null);
    const [options, setOptions] = useState<Option[]>([]),
        [at, setAt] = useState(-1),
        [isOpen, setOpen] = useState(false);
    const own = useId(),
        list = `${id ?? own}-list`;
    const asked = useRef(find);
    asked.current = find;
    useEffect(() => {
        if (words === null || !isOpen) return undefined;
        const stop = new AbortController();
        const timer = setTimeout(() => {
            asked.current(words, stop.signal).then(
                (found) => {
                    setOptions(found);
                    setAt(found.length > 0 && words !== "" ? 0 : -1);
                },
                () => undefined,
            );
        }, ASK_AFTER_MS);
        return () => {
            stop.abort();
            clearTimeout(timer);
        };
    }, [words, isOpen]);

    const take = (option: Option | null) => {
        choose(option);
        setWords(null);
        setOpen(false);
        setOptions([]);
    };
    const leave = () => {
        setOpen(false);
        if (words !== null && words.trim() === "") take(null);
        else setWords(null);
    };
    return (
        <span class="picker">
            <input
                id={id ?? own}
                type="text"
                role="combobox"
                autocomplete="off"
                aria-autocomplete="list"
                aria-expanded={isOpen && options.length > 0}
                aria-controls={list}
                aria-label={label}
                aria-required={isRequired}
                aria-invalid={isInvalid}
                aria-describedby={describedBy}
                aria-activedescendant={isOpen && at >= 0 ? `${list}-${at}` : undefined}
                placeholder={placeholder ?? say(W.PICK_BOX)}
                value={words ?? chosen?.name ?? ""}
                onFocus={(e) => e.currentTarget.select()}
                onInput={(e) => {
                    setWords(e.currentTarget.value);
                    setOpen(true);
                }}
                onBlur={leave}
                onKeyDown={(event) => {
                    if (event.isComposing) return;
                    if (event.key === "ArrowDown" && !isOpen) {
                        setWords(words ?? "");
                        setOpen(true);
                    } else if (event.key === "ArrowDown") setAt((at + 1) % Math.max(1, options.length));
                    else if (event.key === "ArrowUp" && isOpen)
                        setAt((at - 1 + options.length) % Math.max(1, options.length));
                    else if (event.key === "Enter" && isOpen && options[at]) take(options[at] ?? null);
                    else if (event.key === "Escape" && isOpen) {
                        setOpen(false);
                        setWords(null);
                        event.stopPropagation();
                    } else return;
                    event.preventDefault();
                }}
            />
            <ul
                class="options floating"
                role="listbox"
                id={list}
                hidden={!isOpen || options.length === 0}
                aria-label={say(W.FIND_LIST)}
            >
                {options.map((option, n) => (
                    <li
                        key={option.key}
                        id={`${list}-${n}`}
                        role="option"
                        aria-selected={n === at}
                        onMouseDown={(event) => {
                            event.preventDefault();
                            take(option);
                        }}
                    >
                        <bdi>{option.name}</bdi>
                        {option.note ? <small>{option.note}</small> : null}
                    </li>
                ))}
            </ul>
            {isOpen && words && options.length === 0 ? (
                <span class="unseen" role="status">
                    {say(W.NOTHING_FOUND)}
                </span>
            ) : null}
        </span>
    );
}
