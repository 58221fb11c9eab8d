/* "My partners": who is suggested, who asked, who was accepted; how long the round waits; and the place in the chain. */
import { useEffect, useState } from "preact/hooks";
import * as W from "words";
import { say, pick, tag } from "../../shared/lang";
import { Link, setQuery, usePlace } from "../../shared/router";
import { serves } from "../../shared/serves";
import { Empty, Fault, Waiting, useGet } from "../../shared/ui/load";
import { GROUPS, matchesOf, standingOf } from "../match_model";
import type { Group } from "../match_model";
import { own } from "../mine";
import type { Match } from "../types";
import { PartnerCard } from "./partner_card";
import { PlaceMap } from "./place_map";

const DAY_MS = 24 * 3600 * 1000;
const FILTER_FROM = 8; /* fewer are seen at a glance */

/* "Please answer by 24 June; 3 days left." */
function Deadline({ all }: { all: Match[] }) {
    const waiting = all.filter((m) => ["new", "asked", "later"].includes(standingOf(m)) && m.answer_by_ms !== null);
    if (waiting.length === 0) return null;
    const by = Math.min(...waiting.map((m) => m.answer_by_ms ?? 0)),
        left = Math.floor((by - Date.now()) / DAY_MS);
    const day = new Intl.DateTimeFormat(tag(), { dateStyle: "long" }).format(new Date(by));
    return (
        <p class={left < 2 ? "notice" : "deadline"}>
            {left < 1 ? say(W.ANSWER_TODAY, day) : say(W.ANSWER_BY, day, left)}
        </p>
    );
}

function matches(one: Match, words: string): boolean {
    const text = [one.partner.name_en, one.partner.name_zh, pick(one.partner, "country"), pick(one.partner, "area")]
        .join(" ")
        .toLowerCase();
    return words
        .toLowerCase()
        .split(/\s+/)
        .every((word) => text.includes(word));
}

function Tabs({ all, now }: { all: Match[]; now: Group }) {
    return (
        <nav class="tabs" aria-label={say(W.PARTNER_LISTS)}>
            <ul>
                {GROUPS.map(({ group, word }) => (
                    <li key={group}>
                        <Link to={`?show=${group}`} aria-current={group === now ? "true" : undefined}>
                            {say(word)} <span class="count">{matchesOf(all, group).length}</span>
                        </Link>
                    </li>
                ))}
            </ul>
        </nav>
    );
}

function List({ all, now, reload }: { all: Match[]; now: Group; reload: () => void }) {
    const [words, setWords] = useState("");
    const list = matchesOf(all, now),
        shown = list.filter((m) => matches(m, words.trim())),
        empty = GROUPS.find((g) => g.group === now)?.empty;
    useEffect(() => setWords(""), [now]);
    if (list.length === 0) return empty ? <p class="empty">{say(all.length === 0 ? W.PARTNERS_NONE : empty)}</p> : null;
    return (
        <>
            {list.length >= FILTER_FROM ? (
                <label class="partner-filter">
                    {say(W.PARTNER_FILTER)}
                    <input type="search" value={words} onInput={(e) => setWords(e.currentTarget.value)} />
                </label>
            ) : null}
            {shown.length === 0 ? <p role="status">{say(W.NOTHING_FOUND)}</p> : null}
            <ul class="cards partners">
                {shown.map((one) => (
                    <PartnerCard key={one.id} match={one} reload={reload} />
                ))}
            </ul>
        </>
    );
}

export function Partners() {
    const loaded = useGet<{ items: Match[] }>(own("matches")),
        { query } = usePlace();
    const wanted = query.get("show"),
        now = GROUPS.find((g) => g.group === wanted)?.group ?? "answer";
    const all = loaded.data?.items;
    /* A letter leads to what waits; when nothing does, to what stands. */
    useEffect(() => {
        if (all && wanted === null && matchesOf(all, "answer").length === 0 && matchesOf(all, "mutual").length > 0)
            setQuery({ show: "mutual" });
    }, [all === undefined]);
    if (loaded.error !== undefined) return <Fault error={loaded.error} again={loaded.reload} />;
    if (!all) return <Waiting />;
    return (
        <>
            <div class="title-row">
                <h1>{say(W.MY_PARTNERS)}</h1>
                <span class="push" />
                <Link class="button" to="find">
                    {say(W.FIND_PARTNER)}
                </Link>
            </div>
            <Deadline all={all} />
            <Tabs all={all} now={now} />
            <List all={all} now={now} reload={loaded.reload} />
            {all.length > 0 && serves("my/participants/{participant}/place") ? <PlaceMap all={all} /> : null}
            {all.length === 0 ? (
                <Empty title={say(W.PARTNERS_BEFORE)}>
                    <p>
                        <Link to="profile">{say(W.PARTNERS_BEFORE_PROFILE)}</Link>
                    </p>
                </Empty>
            ) : null}
        </>
    );
}
