/* The next edition out of this one: what is carried over is chosen, the rest begins empty. One change, one undo. */
import { useState } from "preact/hooks";
import * as W from "words";
import type { Word } from "words";
import { post } from "../../shared/api";
import { chooseEdition, editionId, findEditions } from "../editions";
import { say } from "../../shared/lang";
import { go } from "../../shared/router";
import { may } from "../../shared/session";
import type { RecordRow, Table } from "../../api-types";
import { useDeed } from "../../shared/ui/busy";
import { Fault } from "../../shared/ui/load";
import { toast } from "../../shared/ui/toast";

const KEEP: [string, Word][] = [
    ["areas", W.KEEP_AREAS],
    ["pavilions", W.KEEP_PAVILIONS],
    ["exhibitors", W.KEEP_EXHIBITORS],
    ["offers", W.KEEP_STATEMENTS],
];

export function RollOver({ record }: { table: Table; record: RecordRow; reload: () => void }) {
    const [code, setCode] = useState(""),
        [kept, setKept] = useState<Record<string, boolean>>({
            areas: true,
            pavilions: false,
            exhibitors: false,
            offers: false,
        }),
        deed = useDeed();
    if (!may("edition-write")) return null;
    return (
        <section>
            <h2>{say(W.ROLL_OVER)}</h2>
            <p class="note">{say(W.ROLL_OVER_HELP)}</p>
            {deed.error !== undefined ? <Fault error={deed.error} /> : null}
            <form
                class="stack"
                onSubmit={(event) => {
                    event.preventDefault();
                    void deed.run(async () => {
                        const made = await post(
                            `editions/${encodeURIComponent(String(record.values.code))}/roll-over`,
                            {
                                into: code,
                                areas: kept.areas,
                                pavilions: kept.pavilions,
                                offers: kept.offers,
                                exhibitors: kept.exhibitors ? "others" : "none",
                            },
                        );
                        toast(say(W.ROLLED_OVER, code), { batch: made.batch, after: () => void findEditions() });
                        await findEditions();
                        chooseEdition(code);
                        go(`records/edition/${editionId(code) ?? ""}`);
                    });
                }}
            >
                <label>
                    {say(W.ROLL_OVER_CODE)}
                    <input
                        type="text"
                        required
                        pattern="[A-Za-z0-9._\-]+"
                        value={code}
                        onInput={(e) => setCode(e.currentTarget.value)}
                    />
                </label>
                <fieldset class="grants">
                    <legend>{say(W.ROLL_OVER_KEEP)}</legend>
                    {KEEP.map(([name, word]) => (
                        <label class="check" key={name}>
                            <input
                                type="checkbox"
                                checked={kept[name] ?? false}
                                onChange={(e) => setKept({ ...kept, [name]: e.currentTarget.checked })}
                            />
                            {say(word)}
                        </label>
                    ))}
                </fieldset>
                <button type="submit" disabled={deed.isBusy || code === ""}>
                    {say(W.ROLL_OVER)}
                </button>
            </form>
        </section>
    );
}
