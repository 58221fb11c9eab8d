/* Second step: every row as it was read, what is wrong where it is wrong, and cells that are corrected on the spot. */
import { useEffect, useRef, useState } from "preact/hooks";
import * as W from "words";
import type { Word } from "words";
import { post, remove } from "../../shared/api";
import { count, say, told } from "../../shared/lang";
import { go } from "../../shared/router";
import type { RowClass, Upload, UploadFinding, UploadRow } from "../types";
import { useDeed } from "../../shared/ui/busy";
import { Fault } from "../../shared/ui/load";
import { toast } from "../../shared/ui/toast";
import type { StepProps } from "./import";

const CLASSES: Record<RowClass, Word> = {
    new: W.ROW_NEW,
    changed: W.ROW_CHANGED,
    unchanged: W.ROW_SAME,
    error: W.ROW_WRONG,
    conflict: W.ROW_CONFLICT,
    duplicate: W.ROW_DUPLICATE,
    skipped: W.ROW_SKIPPED,
    "left-out": W.ROW_LEFT_OUT,
};

function findingText(finding: UploadFinding): string {
    return [told(finding, "message") || told(finding, "reason"), told(finding, "expected")]
        .filter(Boolean)
        .join(say(W.COLON));
}

function cellId(row: UploadRow, column: number): string {
    return `cell-${row.record}-${column}`;
}

interface CellProps {
    row: UploadRow;
    column: number;
    header: string;
    save: (text: string) => void;
}

function Cell({ row, column, header, save }: CellProps) {
    const text = row.cells[column] ?? "",
        finding = row.findings?.find((f) => f.column_number === column + 1),
        isWrong = finding !== undefined && row.class === "error";
    const [typed, setTyped] = useState<string | null>(null),
        sent = useRef<string | null>(null),
        id = `${cellId(row, column)}-finding`;
    const done = () => {
        if (typed === null || typed === text || typed === sent.current) return;
        sent.current = typed;
        save(typed);
    };
    /* What was typed stands until the file, read again, says the same. */
    useEffect(() => {
        setTyped(null);
        sent.current = null;
    }, [text]);
    return (
        <td class={row.mended?.includes(column) ? "changed" : ""}>
            <input
                type="text"
                id={cellId(row, column)}
                dir="auto"
                aria-label={`${say(W.IMPORT_LINE, row.line)}${say(W.COMMA)}${header}`}
                value={typed ?? text}
                aria-invalid={isWrong}
                aria-describedby={finding ? id : undefined}
                onInput={(e) => setTyped(e.currentTarget.value)}
                onBlur={done}
                onKeyDown={(e) => {
                    if (e.key === "Enter" && !e.isComposing) done();
                    else if (e.key === "Escape") setTyped(null);
                }}
            />
            {finding ? (
                <p class={isWrong ? "fault" : "note"} id={id}>
                    {findingText(finding)}
                </p>
            ) : null}
        </td>
    );
}

/* What was found in a row, beside its line, because the cell may lie far to the side; a press leads to it. */
function Findings({ row, upload }: { row: UploadRow; upload: Upload }) {
    return (
        <>
            {row.findings?.map((f, n) => {
                const column = (f.column_number ?? 0) - 1,
                    header = upload.columns?.[column]?.header;
                return header === undefined ? (
                    <p key={n} class="note">
                        {findingText(f)}
                    </p>
                ) : (
                    <p key={n}>
                        <button
                            type="button"
                            class="quiet"
                            onClick={() => document.getElementById(cellId(row, column))?.focus()}
                        >
                            <bdi>{header}</bdi>
                            {say(W.COLON)}
                            {told(f, "message") || told(f, "reason")}
                        </button>
                    </p>
                );
            })}
        </>
    );
}

function Rows({ upload, set }: StepProps) {
    const columns = (upload.columns ?? []).map((c, index) => ({ ...c, index })).filter((c) => c.field !== "");
    const save = (record: number, column: number) => (value: string) =>
        set((now) => {
            const others = (now.cells ?? []).filter((c) => c.record !== record || c.column !== column);
            return { cells: [...others, { record, column, value }] };
        });
    return (
        <div class="scroll">
            <table class="records cells">
                <thead>
                    <tr>
                        <th scope="col">{say(W.IMPORT_LINES)}</th>
                        <th scope="col">{say(W.STATE)}</th>
                        {columns.map((c) => (
                            <th scope="col" key={c.index}>
                                <bdi>{c.header}</bdi>
                            </th>
                        ))}
                    </tr>
                </thead>
                <tbody>
                    {upload.rows.map((row) => (
                        <tr key={row.line} class={`row-${row.class}`}>
                            <th scope="row">{row.line}</th>
                            <td class={row.findings?.length ? "told" : ""}>
                                {row.class ? say(CLASSES[row.class]) : ""}
                                <Findings row={row} upload={upload} />
                            </td>
                            {columns.map((c) => (
                                <Cell
                                    key={c.index}
                                    row={row}
                                    column={c.index}
                                    header={c.header}
                                    save={save(row.record ?? 0, c.index)}
                                />
                            ))}
                        </tr>
                    ))}
                </tbody>
            </table>
        </div>
    );
}

export function ImportPreview(props: StepProps & { only: string; setOnly: (only: string) => void }) {
    const { upload, set, reload, only, setOnly } = props,
        deed = useDeed(),
        summary = upload.summary ?? {};
    const wrong = summary.error ?? 0,
        leavesOut = upload.settings.leave_out_wrong === true,
        written = (summary.new ?? 0) + (summary.changed ?? 0) + (summary.duplicate ?? 0);
    const apply = () =>
        void deed.run(async () => {
            const done = await post<{ batch: number | null }>(`uploads/${upload.id}/apply`);
            toast(say(done.batch ? W.IMPORT_DONE : W.IMPORT_NOTHING_NEW, upload.name), {
                batch: done.batch,
                after: reload,
            });
            reload();
        });
    return (
        <>
            <ul class="chips" aria-label={say(W.STATE)}>
                <li>
                    <button type="button" class="quiet" aria-pressed={only === ""} onClick={() => setOnly("")}>
                        {say(W.IMPORT_ALL)} {count(summary.records ?? 0)}
                    </button>
                </li>
                {(Object.keys(CLASSES) as RowClass[])
                    .filter((c) => (summary[c] ?? 0) > 0)
                    .map((c) => (
                        <li key={c}>
                            <button type="button" class="quiet" aria-pressed={only === c} onClick={() => setOnly(c)}>
                                {say(CLASSES[c])} {count(summary[c] ?? 0)}
                            </button>
                        </li>
                    ))}
            </ul>
            {upload.rows.length === 0 ? (
                <p role="status">{say(only === "error" ? W.IMPORT_NO_FAULT : W.NOTHING_FOUND)}</p>
            ) : (
                <Rows {...props} />
            )}
            {(upload.matched ?? 0) > upload.rows.length ? (
                <p class="note">{say(W.IMPORT_FIRST_ROWS, upload.rows.length)}</p>
            ) : null}
            {deed.error !== undefined ? <Fault error={deed.error} /> : null}
            {wrong > 0 ? (
                <p>
                    <label class="check">
                        <input
                            type="checkbox"
                            checked={leavesOut}
                            onChange={(e) => set({ leave_out_wrong: e.currentTarget.checked })}
                        />
                        {say(W.IMPORT_LEAVE_OUT, wrong)}
                    </label>
                </p>
            ) : null}
            <div class="actions sticky">
                <button
                    type="button"
                    class="strong"
                    disabled={deed.isBusy || props.isBusy || (wrong > 0 && !leavesOut)}
                    onClick={apply}
                >
                    {say(W.IMPORT_APPLY, written)}
                </button>
                <button
                    type="button"
                    disabled={deed.isBusy}
                    onClick={() =>
                        void deed.run(async () => {
                            await remove(`uploads/${upload.id}`);
                            go("import");
                        })
                    }
                >
                    {say(W.IMPORT_DROP_IT)}
                </button>
                {deed.isBusy ? <span role="status">{say(W.IMPORT_APPLYING)}</span> : null}
            </div>
        </>
    );
}
