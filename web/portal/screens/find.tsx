/* A partner one looks for oneself: why it is suggested or is not, and asking for it by hand. */
import { useEffect, useState } from "preact/hooks";
import * as W from "words";
import { get, post, query } from "../../shared/api";
import { lang, pick, say } from "../../shared/lang";
import { Link, go, setQuery, usePlace } from "../../shared/router";
import { serves } from "../../shared/serves";
import { useDeed } from "../../shared/ui/busy";
import { Fault, Loading, useGet } from "../../shared/ui/load";
import { Picker } from "../../shared/ui/picker";
import type { Option } from "../../shared/ui/picker";
import { toast } from "../../shared/ui/toast";
import { findFirms } from "../find_firms";
import { STANDINGS, groupOf, isLive, standingOf } from "../match_model";
import { chosen, own } from "../mine";
import { siteAddress } from "../site";
import type { Match, Why } from "../types";

const MESSAGE_MAX = 300;

/* The words of the program about the two, and where each stands in the other's list. */
function WhyWords({ partner }: { partner: number }) {
    const loaded = useGet<Why>(serves("my/participants/{participant}/why") ? own(`why?partner=${partner}`) : null);
    if (!serves("my/participants/{participant}/why")) return null;
    return (
        <Loading of={loaded}>
            {(why) => (
                <section>
                    <h2>{say(why.is_suggested ? W.WHY : W.WHY_NOT)}</h2>
                    <ul class="reasons">
                        {(lang.value === "zh" ? why.words_zh : why.words_en).map((words, n) => (
                            <li key={n}>{words}</li>
                        ))}
                    </ul>
                    {why.rank_mine !== null && why.rank_theirs !== null ? (
                        <p class="note">{say(W.WHY_RANKS, why.rank_mine, why.rank_theirs)}</p>
                    ) : null}
                </section>
            )}
        </Loading>
    );
}

function Request({ partner, name }: { partner: number; name: string }) {
    const [message, setMessage] = useState(""),
        deed = useDeed();
    return (
        <form
            class="stack"
            onSubmit={(event) => {
                event.preventDefault();
                void deed.run(async () => {
                    const made = (await post(own("matches"), { organisation_id: partner, message: message.trim() })) as {
                        state: string;
                    };
                    toast(say(made.state === "mutual" ? W.SAID_MUTUAL : W.REQUEST_SENT, name));
                    go(made.state === "mutual" ? "?show=mutual" : "?show=waiting");
                });
            }}
        >
            <h2>{say(W.REQUEST)}</h2>
            <p>{say(W.REQUEST_HELP)}</p>
            <label>
                {say(W.REQUEST_MESSAGE)}
                <textarea
                    maxLength={MESSAGE_MAX}
                    value={message}
                    aria-describedby="message-left"
                    onInput={(e) => setMessage(e.currentTarget.value)}
                />
            </label>
            <p class="note" id="message-left">
                {say(W.LETTERS_LEFT, MESSAGE_MAX - message.length)}
            </p>
            {deed.error !== undefined ? <Fault error={deed.error} /> : null}
            <div class="actions">
                <button type="submit" class="strong" disabled={deed.isBusy}>
                    {say(W.REQUEST_SEND)}
                </button>
            </div>
        </form>
    );
}

/* A firm that is chosen: what there is between the two already, else why not, and the request. */
function Firm({ partner, name }: { partner: number; name: string }) {
    const loaded = useGet<{ items: Match[] }>(own("matches"));
    return (
        <Loading of={loaded}>
            {(page) => {
                const there = page.items.find((m) => m.partner.organisation_id === partner && isLive(m)),
                    standing = there && standingOf(there);
                return (
                    <>
                        <p>
                            <a href={siteAddress(`exhibitors/${partner}`)}>
                                <bdi>{name}</bdi>
                            </a>
                        </p>
                        {standing ? (
                            <p class="notice">
                                {say(STANDINGS[standing])} <Link to={`?show=${groupOf(standing)}`}>{say(W.GO_TO_MATCH)}</Link>
                            </p>
                        ) : null}
                        <WhyWords partner={partner} />
                        {there ? null : <Request partner={partner} name={name} />}
                    </>
                );
            }}
        </Loading>
    );
}

export function Find() {
    const { query: asked } = usePlace(),
        id = Number(asked.get("partner") ?? 0);
    const [firm, setFirm] = useState<Option | null>(null);
    /* The address names a firm: its name is asked for. */
    useEffect(() => {
        if (!id || firm?.key === String(id)) return;
        get(`organisations/${id}?${query({ edition: chosen.value?.edition })}`).then(
            (one) => setFirm({ key: String(id), name: pick(one as object, "name") }),
            () => setQuery({ partner: null }),
        );
    }, [id]);
    return (
        <>
            <p>
                <Link to="">{say(W.BACK_TO_PARTNERS)}</Link>
            </p>
            <h1>{say(W.FIND_PARTNER)}</h1>
            <p>{say(W.FIND_HELP)}</p>
            <div class="field">
                <label for="find-firm">{say(W.FIND_FIRM)}</label>
                <Picker
                    id="find-firm"
                    chosen={firm}
                    placeholder={say(W.FIND_FIRM_BOX)}
                    choose={(one) => {
                        setFirm(one);
                        setQuery({ partner: one?.key ?? null });
                    }}
                    find={findFirms}
                />
            </div>
            {firm ? <Firm key={firm.key} partner={Number(firm.key)} name={firm.name} /> : null}
        </>
    );
}
