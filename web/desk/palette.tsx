/* The command palette (Ctrl+K): where to go, what to make, and everything the search finds. */
import { useEffect, useState } from "preact/hooks";
import * as W from "words";
import type { Word } from "words";
import type { Hit } from "../api-types";
import { get, query } from "../shared/api";
import { edition } from "./editions";
import { pick, say } from "../shared/lang";
import { go } from "../shared/router";
import { sections, shownOf } from "./sections";
import { Dialog } from "../shared/ui/dialog";

interface Command {
    key: string;
    name: string;
    kind: string;
    to: string;
}

const ASK_AFTER_MS = 150,
    HITS = 12,
    MOST = 30;
/* Kind of hit -> the table it is edited in. */
const TABLES: Record<string, string> = {
    node: "node",
    exhibit: "exhibit",
    programme: "programme_entry",
    scenario: "scenario",
    pavilion: "pavilion",
};

function destinations(): Command[] {
    return shownOf(sections).flatMap((s) => [
        { key: s.to, name: say(s.word), kind: say(W.PALETTE_GO), to: s.to },
        ...(s.one && s.isRecords
            ? [{ key: `${s.to}/new`, name: say(s.one), kind: say(W.PALETTE_NEW), to: `${s.to}/new` }]
            : []),
    ]);
}

function openHit(hit: Hit): string {
    if (hit.kind === "chain") return `chains/${hit.key}`;
    if (hit.kind === "organisation") return `records/organisation/${hit.key}`;
    return `records/${TABLES[hit.kind ?? ""] ?? "organisation"}?q=${encodeURIComponent(pick(hit, "name"))}`;
}

/* What the search found, and for which words. */
interface Found {
    words: string;
    commands: Command[];
}

const NOTHING: Found = { words: "", commands: [] };

function useHits(words: string): Found {
    const [hits, setHits] = useState<Found>(NOTHING);
    useEffect(() => {
        const stop = new AbortController();
        if (words.trim() === "") {
            setHits(NOTHING);
            return undefined;
        }
        const timer = setTimeout(() => {
            get(
                `search?${query({ q: words, edition: edition.value, limit: HITS })}`,
                stop.signal,
            ).then(
                (found) =>
                    setHits({
                        words,
                        commands: found.items.map((hit, n) => ({
                            key: `hit-${n}`,
                            name: pick(hit, "name"),
                            kind: say(KINDS[hit.kind ?? ""] ?? W.FIND),
                            to: openHit(hit),
                        })),
                    }),
                () => undefined,
            );
        }, ASK_AFTER_MS);
        return () => {
            stop.abort();
            clearTimeout(timer);
        };
    }, [words]);
    return hits;
}

const KINDS: Record<string, Word> = {
    organisation: W.KIND_ORGANISATION,
    node: W.KIND_NODE,
    exhibit: W.KIND_EXHIBIT,
    programme: W.KIND_PROGRAMME,
    chain: W.KIND_CHAIN,
    scenario: W.KIND_SCENARIO,
    pavilion: W.KIND_PAVILION,
};

/* Where one can go and what was found; while words are typed, what was found before stays until there is more. */
function commandsFor(words: string, hits: Found): Command[] {
    const asked = words.trim().toLowerCase();
    return [...destinations().filter((c) => c.name.toLowerCase().includes(asked)), ...hits.commands].slice(0, MOST);
}

export function Palette({ close }: { close: () => void }) {
    const [words, setWords] = useState(""),
        [chosen, setChosen] = useState(0);
    const hits = useHits(words);
    const commands = commandsFor(words, hits);
    const at = Math.min(chosen, commands.length - 1);
    const run = (command: Command | undefined) => {
        if (command) {
            close();
            go(command.to);
        }
    };
    return (
        <Dialog title={say(W.PALETTE)} close={close}>
            <input
                type="search"
                role="combobox"
                aria-expanded="true"
                aria-controls="palette-list"
                aria-autocomplete="list"
                aria-label={say(W.PALETTE_BOX)}
                placeholder={say(W.PALETTE_BOX)}
                aria-activedescendant={at >= 0 ? `palette-${at}` : undefined}
                autofocus
                value={words}
                onInput={(e) => {
                    setWords(e.currentTarget.value);
                    setChosen(0);
                }}
                onKeyDown={(event) => {
                    if (event.isComposing) return;
                    if (event.key === "ArrowDown") setChosen((at + 1) % Math.max(1, commands.length));
                    else if (event.key === "ArrowUp")
                        setChosen((at - 1 + commands.length) % Math.max(1, commands.length));
                    else if (event.key === "Enter") {
                        /* Who types fast presses it before the list is drawn for the last letters. */
                        const typed = event.currentTarget.value;
                        run(typed === words ? commands[at] : commandsFor(typed, hits.words === typed ? hits : NOTHING)[0]);
                    }
                    else return;
                    event.preventDefault();
                }}
            />
            <ul class="options" role="listbox" id="palette-list" aria-label={say(W.PALETTE)}>
                {commands.map((command, n) => (
                    <li
                        key={command.key}
                        id={`palette-${n}`}
                        role="option"
                        aria-selected={n === at}
                        onClick={() => run(command)}
                        ref={(element) => {
                            if (n === at) element?.scrollIntoView({ block: "nearest" });
                        }}
                    >
                        <bdi>{command.name}</bdi> <small>{command.kind}</small>
                    </li>
                ))}
            </ul>
            {commands.length === 0 ? (
                <p class="note" role="status">
                    {say(W.NOTHING_FOUND)}
                </p>
            ) : null}
        </Dialog>
    );
}
