/* Pictures of a pavilion: the server makes each anew from its pixels, so that nothing hidden travels along. */
import { useRef, useState } from "preact/hooks";
import * as W from "words";
import { ask, query } from "../api";
import { recordsPath } from "./schema";
import { bytes, pick, say } from "../lang";
import { Link } from "../router";
import { serves } from "../serves";
import { may } from "../session";
import type { Page, RecordRow, Table } from "../types";
import { useDeed } from "../ui/busy";
import { Fault, Loading, useGet } from "../ui/load";
import { toast } from "../ui/toast";

const PICTURE_BYTES_MAX = 10 << 20;

export function Pictures({ record, reload }: { table: Table; record: RecordRow; reload: () => void }) {
    const loaded = useGet<Page<RecordRow>>(recordsPath("picture", { pavilion_id: record.id }, { limit: 100 }));
    const deed = useDeed(),
        input = useRef<HTMLInputElement>(null),
        [isOver, setOver] = useState(false);
    const bring = (files: FileList | null) =>
        void deed.run(async () => {
            for (const file of files ?? []) {
                if (file.size > PICTURE_BYTES_MAX) throw new Error(say(W.PICTURE_TOO_LARGE, bytes(PICTURE_BYTES_MAX)));
                const made = await ask<{ batch: number | null }>(
                    "POST",
                    `pictures?${query({ pavilion: record.id })}`,
                    undefined,
                    { bytes: file },
                );
                toast(say(W.PICTURE_ADDED, file.name), { batch: made?.batch ?? null, after: loaded.reload });
            }
            if (input.current) input.current.value = "";
            loaded.reload();
            reload();
        });
    return (
        <section>
            <h2>{say(W.PAVILION_PICTURES)}</h2>
            {deed.error !== undefined ? <Fault error={deed.error} /> : null}
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
                <label
                    class={isOver ? "drop over" : "drop"}
                    onDragOver={(e) => {
                        e.preventDefault();
                        setOver(true);
                    }}
                    onDragLeave={() => setOver(false)}
                    onDrop={(e) => {
                        e.preventDefault();
                        setOver(false);
                        bring(e.dataTransfer?.files ?? null);
                    }}
                >
                    {say(W.PICTURE_DROP)}{" "}
                    <input
                        ref={input}
                        type="file"
                        accept="image/png,image/jpeg,image/webp"
                        multiple
                        disabled={deed.isBusy}
                        onChange={(e) => bring(e.currentTarget.files)}
                    />
                </label>
            ) : null}
        </section>
    );
}
