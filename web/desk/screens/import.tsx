/* The import wizard: bring a file, correct how it is read, correct its cells in place, decide on duplicates, take it over. */
import { useRef, useState } from "preact/hooks";
import * as W from "words";
import { ask, query } from "../api";
import { useCell } from "../cell";
import { edition } from "../editions";
import { moment, say } from "../lang";
import { Link, go } from "../router";
import type { Page, Upload } from "../types";
import { useDeed } from "../ui/busy";
import { Fault, Loading, useGet } from "../ui/load";
import { ImportPreview } from "./import_preview";
import { ImportReading } from "./import_reading";
import { ImportPairs } from "./import_pairs";

type UploadLine = Pick<Upload, "id" | "name" | "state" | "batch"> & { created_ms: number };

/* Sending shows how far it is; fetch cannot tell, and files of an expo are sent in a moment anyway. */
function Drop() {
    const deed = useDeed(),
        input = useRef<HTMLInputElement>(null),
        [isOver, setOver] = useState(false),
        now = useCell(edition);
    const bring = (file: File | undefined) => {
        if (file)
            void deed.run(async () => {
                const made = await ask<{ id: number }>(
                    "POST",
                    `uploads?${query({ name: file.name, edition: now })}`,
                    undefined,
                    { bytes: file },
                );
                go(`import/${made.id}`);
            });
    };
    return (
        <>
            {deed.error !== undefined ? <Fault error={deed.error} /> : null}
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
                    bring(e.dataTransfer?.files[0]);
                }}
            >
                {say(W.IMPORT_DROP)}{" "}
                <input
                    ref={input}
                    type="file"
                    accept=".csv,.xlsx,.txt,.tsv"
                    disabled={deed.isBusy}
                    onChange={(e) => bring(e.currentTarget.files?.[0])}
                />
            </label>
            {deed.isBusy ? <p role="status">{say(W.IMPORT_SENDING)}</p> : null}
        </>
    );
}

export function Import() {
    const loaded = useGet<Page<UploadLine>>("uploads");
    return (
        <>
            <h1>{say(W.IMPORT)}</h1>
            <p>{say(W.IMPORT_HELP)}</p>
            <Drop />
            <Loading of={loaded}>
                {(page) =>
                    page.items.length === 0 ? null : (
                        <section>
                            <h2>{say(W.IMPORT_BEFORE)}</h2>
                            <ul class="plain">
                                {page.items.map((u) => (
                                    <li key={u.id}>
                                        <Link to={`import/${u.id}`}>
                                            <bdi>{u.name}</bdi>
                                        </Link>{" "}
                                        <span class="note">
                                            {moment(u.created_ms)} ·{" "}
                                            {say(u.state === "applied" ? W.IMPORT_APPLIED : W.IMPORT_OPEN)}
                                        </span>
                                        {u.batch ? (
                                            <>
                                                {" "}
                                                <Link to={`log/${u.batch}`}>
                                                    {say(W.BATCH_NUMBER, String(u.batch))}
                                                </Link>
                                            </>
                                        ) : null}
                                    </li>
                                ))}
                            </ul>
                        </section>
                    )
                }
            </Loading>
        </>
    );
}

const STEPS = [W.IMPORT_STEP_READING, W.IMPORT_STEP_ROWS, W.IMPORT_STEP_PAIRS];

export function ImportScreen({ id }: { id: number }) {
    const loaded = useGet<Upload>(`uploads/${id}?rows=200`),
        [step, setStep] = useState(0);
    return (
        <Loading of={loaded}>
            {(upload) => (
                <div class="wizard">
                    <nav class="crumbs" aria-label={say(W.CRUMBS)}>
                        <ol>
                            <li>
                                <Link to="import">{say(W.IMPORT)}</Link>
                            </li>
                            <li aria-current="page">
                                <bdi>{upload.name}</bdi>
                            </li>
                        </ol>
                    </nav>
                    <h1>
                        <bdi>{upload.name}</bdi>
                    </h1>
                    {upload.state === "applied" ? (
                        <p class="notice">
                            {say(W.IMPORT_APPLIED)}{" "}
                            {upload.batch ? (
                                <Link to={`log/${upload.batch}`}>{say(W.BATCH_NUMBER, String(upload.batch))}</Link>
                            ) : null}
                        </p>
                    ) : (
                        <>
                            <ol class="steps-bar">
                                {STEPS.map((word, n) => (
                                    <li key={n}>
                                        <button
                                            type="button"
                                            aria-current={n === step ? "step" : undefined}
                                            onClick={() => setStep(n)}
                                        >
                                            {n + 1}. {say(word)}
                                            {n === 1 && upload.counts.wrong > 0
                                                ? ` (${upload.counts.wrong})`
                                                : n === 2
                                                  ? ` (${upload.pairs.length})`
                                                  : ""}
                                        </button>
                                    </li>
                                ))}
                            </ol>
                            {step === 0 ? (
                                <ImportReading upload={upload} reload={loaded.reload} />
                            ) : step === 1 ? (
                                <ImportPreview upload={upload} reload={loaded.reload} />
                            ) : (
                                <ImportPairs upload={upload} reload={loaded.reload} />
                            )}
                        </>
                    )}
                </div>
            )}
        </Loading>
    );
}
