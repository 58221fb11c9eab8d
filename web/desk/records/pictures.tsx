/* Pictures of a pavilion: the server makes each anew from its pixels, so that nothing hidden travels along. */
import { useRef, useState } from "preact/hooks";
import * as W from "words";
import { ask, query } from "../../shared/api";
import { bytes, pick, say } from "../../shared/lang";
import { Link } from "../../shared/router";
import { serves } from "../../shared/serves";
import { may } from "../../shared/session";
import type { RecordRow, Table } from "../../api-types";
import { useDeed } from "../../shared/ui/busy";
import { Fault, Loading, useGet } from "../../shared/ui/load";
import { toast } from "../../shared/ui/toast";
import { recordsPath } from "./schema";

const PICTURE_BYTES_MAX = 10 << 20;
const NONE = { alt_en: "", alt_zh: "", credit: "" };

/* A picture comes with words for those who do not see it. */
function NewPicture({ pavilion, done }: { pavilion: number; done: () => void }) {
    const [words, setWords] = useState(NONE);
    const deed = useDeed();
    const input = useRef<HTMLInputElement>(null);
    const send = () =>
        void deed.run(async () => {
            const file = input.current?.files?.[0];
            if (!file) return;
            if (file.size > PICTURE_BYTES_MAX) throw new Error(say(W.PICTURE_TOO_LARGE, bytes(PICTURE_BYTES_MAX)));
            await ask("POST", `pictures?${query({ pavilion, ...words })}`, undefined, { bytes: file });
            toast(say(W.PICTURE_ADDED, file.name));
            if (input.current) input.current.value = "";
            setWords(NONE);
            done();
        });
    const text = (name: keyof typeof NONE, label: string, lang?: string) => (
        <label>
            {label}
            <input
                type="text"
                lang={lang}
                value={words[name]}
                onInput={(e) => setWords({ ...words, [name]: e.currentTarget.value })}
            />
        </label>
    );
    return (
        <form
            class="filters"
            onSubmit={(event) => {
                event.preventDefault();
                send();
            }}
        >
            {deed.error !== undefined ? <Fault error={deed.error} /> : null}
            <label>
                {say(W.PICTURE_FILE)}
                <input ref={input} type="file" required accept="image/png,image/jpeg,image/webp" />
            </label>
            {text("alt_en", say(W.PICTURE_ALT_EN), "en")}
            {text("alt_zh", say(W.PICTURE_ALT_ZH), "zh-Hans")}
            {text("credit", say(W.PICTURE_CREDIT))}
            <span class="end">
                <button type="submit" disabled={deed.isBusy || (words.alt_en === "" && words.alt_zh === "")}>
                    {say(W.PICTURE_ADD)}
                </button>
            </span>
        </form>
    );
}

export function Pictures({ record, reload }: { table: Table; record: RecordRow; reload: () => void }) {
    const loaded = useGet(recordsPath("picture", { pavilion_id: record.id }, { limit: 100 }));
    return (
        <section>
            <h2>{say(W.PAVILION_PICTURES)}</h2>
            <Loading of={loaded}>
                {(page) => (
                    <ul class="thumbs">
                        {page.items.map((p) => (
                            <li key={p.id}>
                                <Link to={`records/picture/${p.id}`}>
                                    <img
                                        src={`/pictures/${p.values.digest}.${p.values.format}`}
                                        alt={pick(p.values, "alt") || say(W.PICTURE_NO_ALT)}
                                        loading="lazy"
                                    />
                                </Link>
                                <p class="note">
                                    {pick(p.values, "alt") ? (
                                        <bdi>{pick(p.values, "alt")}</bdi>
                                    ) : (
                                        <span class="fault">{say(W.PICTURE_NO_ALT)}</span>
                                    )}
                                </p>
                            </li>
                        ))}
                    </ul>
                )}
            </Loading>
            {may("pavilion-write") && serves("pictures") ? (
                <NewPicture
                    pavilion={record.id}
                    done={() => {
                        loaded.reload();
                        reload();
                    }}
                />
            ) : null}
        </section>
    );
}
