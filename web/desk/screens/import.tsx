/* The import wizard: bring a file, correct how it is read, correct its cells in place, decide on duplicates, take it over. */
import { useRef, useState } from "preact/hooks";
import * as W from "words";
import { ask, patch, query } from "../api";
import { useCell } from "../cell";
import { edition } from "../editions";
import { count, say } from "../lang";
import { Link, go } from "../router";
import type { Upload, UploadSettings } from "../types";
import { useDeed } from "../ui/busy";
import { Fault, Loading, Waiting, useGet } from "../ui/load";
import { announce } from "../ui/live";
import { ImportPairs } from "./import_pairs";
import { ImportPreview } from "./import_preview";
import { ImportReading } from "./import_reading";

const ROWS_SHOWN = 200;

export function Import() {
    const deed = useDeed(),
        input = useRef<HTMLInputElement>(null),
        [isOver, setOver] = useState(false),
        now = useCell(edition);
    const bring = (file: File | undefined) => {
        if (file)
            void deed.run(async () => {
                const made = await ask<{ id: number }>("POST", `uploads?${query({ name: file.name })}`, undefined, {
                    bytes: file,
                });
                if (now) await patch(`uploads/${made.id}`, { edition: now });
                go(`import/${made.id}`);
            });
    };
    return (
        <>
            <h1>{say(W.IMPORT)}</h1>
            <p>{say(W.IMPORT_HELP)}</p>
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
            <p class="note">{say(W.IMPORT_INTO, now)}</p>
        </>
    );
}

type Change = Partial<Record<keyof UploadSettings, unknown>>;

/* What the steps of the wizard work with; `set` may be called while an earlier change is under way. */
export interface StepProps {
    upload: Upload;
    reload: () => void;
    set: (change: Change | ((now: UploadSettings) => Change)) => void;
    isBusy: boolean;
}

/*
 * The settings as they are wanted. Changes are sent one after the other, each upon the one before it: who corrects one cell
 * after the other is faster than the file is read again, and no correction may be lost for that.
 */
function useSettings(id: number, known: UploadSettings | undefined, reload: () => void) {
    const [waiting, setWaiting] = useState(0),
        [error, setError] = useState<unknown>(undefined);
    const wanted = useRef<UploadSettings>({}),
        last = useRef(Promise.resolve());
    if (waiting === 0 && known) wanted.current = known;
    const send = async (changed: Change) => {
        try {
            await patch(`uploads/${id}`, changed);
            announce(say(W.IMPORT_READ_AGAIN));
        } catch (failure) {
            setError(failure);
        }
        reload();
        setWaiting((n) => n - 1);
    };
    const set: StepProps["set"] = (change) => {
        const changed = typeof change === "function" ? change(wanted.current) : change;
        wanted.current = { ...wanted.current, ...(changed as UploadSettings) };
        setWaiting((n) => n + 1);
        setError(undefined);
        last.current = last.current.then(() => send(changed));
    };
    return { set, error, isBusy: waiting > 0, now: wanted.current };
}

export function ImportScreen({ id }: { id: number }) {
    const [only, setOnly] = useState(""),
        [step, setStep] = useState(0);
    const loaded = useGet<Upload>(
        `uploads/${id}?${query({ limit: ROWS_SHOWN, only: step === 2 ? "duplicate" : step === 1 ? only : "" })}`,
    );
    const settings = useSettings(id, loaded.isStale ? undefined : loaded.data?.settings, loaded.reload);
    const common = { set: settings.set, reload: loaded.reload, isBusy: settings.isBusy };
    const steps = (upload: Upload): [string, number][] => [
        [say(W.IMPORT_STEP_READING), 0],
        [say(W.IMPORT_STEP_ROWS), upload.summary?.error ?? 0],
        [say(W.IMPORT_STEP_PAIRS), upload.summary?.duplicate ?? 0],
    ];
    return (
        <Loading of={loaded}>
            {(read) => {
                const upload = { ...read, settings: settings.now };
                return (
                    <div class="wizard" aria-busy={loaded.isStale || settings.isBusy}>
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
                        {upload.state !== "open" ? (
                            <p class="notice">
                                {say(upload.state === "applied" ? W.IMPORT_APPLIED : W.IMPORT_DROPPED)}{" "}
                                {upload.batch ? (
                                    <Link to={`log/${upload.batch}`}>{say(W.BATCH_NUMBER, String(upload.batch))}</Link>
                                ) : null}
                            </p>
                        ) : (
                            <>
                                <ol class="steps-bar">
                                    {steps(upload).map(([word, faults], n) => (
                                        <li key={n}>
                                            <button
                                                type="button"
                                                aria-current={n === step ? "step" : undefined}
                                                disabled={n > 0 && upload.problem !== undefined}
                                                onClick={() => setStep(n)}
                                            >
                                                {n + 1}. {word}
                                                {faults > 0 ? ` (${count(faults)})` : ""}
                                            </button>
                                        </li>
                                    ))}
                                </ol>
                                {upload.problem ? (
                                    <div class="notice" role="alert">
                                        <p>{upload.problem.message}</p>
                                    </div>
                                ) : null}
                                {settings.error !== undefined ? <Fault error={settings.error} /> : null}
                                {step === 0 ? (
                                    <ImportReading upload={upload} {...common} next={() => setStep(1)} />
                                ) : loaded.isOther ? (
                                    <Waiting />
                                ) : step === 1 ? (
                                    <ImportPreview upload={upload} {...common} only={only} setOnly={setOnly} />
                                ) : (
                                    <ImportPairs upload={upload} {...common} />
                                )}
                            </>
                        )}
                    </div>
                );
            }}
        </Loading>
    );
}
