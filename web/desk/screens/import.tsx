/* The import wizard: bring a file, correct how it is read, correct its cells in place, decide on duplicates, take it over. */
import { useEffect, useRef, useState } from "preact/hooks";
import * as W from "words";
import { ask, patch, query } from "../../shared/api";
import { useCell } from "../../shared/cell";
import { edition } from "../editions";
import { bytes, count, say, told } from "../../shared/lang";
import { Link, go } from "../../shared/router";
import type { Upload, UploadSettings } from "../types";
import { useDeed } from "../../shared/ui/busy";
import { Fault, Loading, Waiting, useGet } from "../../shared/ui/load";
import { announce } from "../../shared/ui/live";
import { toast } from "../../shared/ui/toast";
import { ImportList } from "./import_list";
import { ImportPairs } from "./import_pairs";
import { ImportPreview } from "./import_preview";
import { ImportReading } from "./import_reading";

const ROWS_SHOWN = 200;
/* What the server takes (UPLOAD_BYTES_MAX): told before a large file goes over a slow line for nothing. */
const BYTES_MAX = 64 << 20;

function Progress({ name, sent, size, stop }: { name: string; sent: number; size: number; stop: () => void }) {
    const isThere = sent >= size;
    return (
        <div class="sending">
            <p role="status">
                <bdi>{name}</bdi>
                {say(W.COLON)}
                {isThere ? say(W.IMPORT_CHECKING) : say(W.IMPORT_SENDING)}
            </p>
            <progress max={size} value={sent} aria-label={say(W.IMPORT_PROGRESS, bytes(sent), bytes(size))} />{" "}
            <span class="note">{say(W.IMPORT_PROGRESS, bytes(sent), bytes(size))}</span>{" "}
            {isThere ? null : (
                <button type="button" onClick={stop}>
                    {say(W.IMPORT_STOP)}
                </button>
            )}
        </div>
    );
}

/* Why a file is not sent at all; empty = it may go. */
function refusal(file: File): string {
    if (file.size > BYTES_MAX) return say(W.IMPORT_TOO_LARGE, file.name, bytes(file.size), bytes(BYTES_MAX));
    return file.size === 0 ? say(W.IMPORT_EMPTY, file.name) : "";
}

export function Import() {
    const deed = useDeed(),
        input = useRef<HTMLInputElement>(null),
        stopping = useRef<AbortController | null>(null),
        [isOver, setOver] = useState(false),
        [sending, setSending] = useState<{ name: string; sent: number; size: number } | null>(null),
        [refused, setRefused] = useState(""),
        now = useCell(edition);
    useEffect(() => () => stopping.current?.abort(), []);
    const bring = (file: File | undefined) => {
        if (!file) return;
        const why = refusal(file);
        setRefused(why);
        deed.clear();
        if (input.current) input.current.value = ""; /* so that the same file can be chosen again */
        if (why !== "") return;
        const stop = new AbortController();
        const size = file.size,
            name = file.name;
        stopping.current = stop;
        void deed.run(async () => {
            setSending({ name, sent: 0, size });
            try {
                const made = await ask<{ id: number }>("POST", `uploads?${query({ name })}`, undefined, {
                    bytes: file,
                    signal: stop.signal,
                    progress: (sent) => setSending({ name, sent: Math.min(sent, size), size }),
                });
                if (now) await patch(`uploads/${made.id}`, { edition: now });
                go(`import/${made.id}`);
            } catch (failure) {
                if (!stop.signal.aborted) throw failure;
                toast(say(W.IMPORT_STOPPED));
            } finally {
                setSending(null);
                stopping.current = null;
            }
        });
    };
    return (
        <>
            <h1>{say(W.IMPORT)}</h1>
            <p>{say(W.IMPORT_HELP)}</p>
            {deed.error !== undefined ? <Fault error={deed.error} /> : null}
            {refused !== "" ? (
                <div class="notice" role="alert">
                    <p>{refused}</p>
                </div>
            ) : null}
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
                    if (!deed.isBusy) bring(e.dataTransfer?.files[0]);
                }}
            >
                {say(W.IMPORT_DROP)}{" "}
                <input
                    ref={input}
                    type="file"
                    accept=".csv,.xlsx,.txt,.tsv"
                    disabled={deed.isBusy}
                    onChange={(e) => bring(e.currentTarget.files?.[0])}
                />{" "}
                <small class="note">{say(W.IMPORT_LIMIT, bytes(BYTES_MAX))}</small>
            </label>
            {sending ? <Progress {...sending} stop={() => stopping.current?.abort()} /> : null}
            <p class="note">{say(W.IMPORT_INTO, now)}</p>
            <ImportList />
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
                                        <p>{told(upload.problem, "message")}</p>
                                    <p class="note">{told(upload.problem, "hint")}</p>
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
