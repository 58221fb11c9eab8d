/* The command palette (Ctrl+K): where to go, what to make, and everything the search finds. */
import { useEffect, useState } from "preact/hooks";
import * as W from "words";
import type { Word } from "words";
import type { Hit } from "../api-types";
import { get, query } from "./api";
import { edition } from "./editions";
import { pick, say } from "./lang";
import { go } from "./router";
import { sections, shownOf } from "./sections";
import { Dialog } from "./ui/dialog";

interface Command {
    key: string;
    name: string;
    kind: string;
    to: string;
}

const ASK_AFTER_MS = 150,
    HITS = 12;
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

function useHits(words: string): Command[] {
    const [hits, setHits] = useState<Command[]>([]);
    useEffect(() => {
        const stop = new AbortController();
        if (words.trim() === "") {
            setHits([]);
            return undefined;
        }
        const timer = setTimeout(() => {
            get<{ items: Hit[] }>(
                `search?${query({ q: words, edition: edition.value, limit: HITS })}`,
                stop.signal,
            ).then(
                (found) =>
                    setHits(
                        found.items.map((hit, n) => ({
                            key: `hit-${n}`,
                            name: pick(hit, "name"),
                            kind: say(KINDS[hit.kind ?? ""] ?? W.FIND),
                            to: openHit(hit),
                        })),
                    ),
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

export function Palette({ close }: { close: () => void }) {
    const [words, setWords] = useState(""),
        [chosen, setChosen] = useState(0);
    const asked = words.trim().toLowerCase();
    const commands = [...destinations().filter((c) => c.name.toLowerCase().includes(asked)), ...useHits(words)].slice(
        0,
        30,
    );
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
                    else if (event.key === "Enter") run(commands[at]);
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
