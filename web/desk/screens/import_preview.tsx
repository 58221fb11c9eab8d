/* Second step: every row as it was read, what is wrong where it is wrong, and cells that are corrected on the spot. */
import { useState } from "preact/hooks";
import * as W from "words";
import type { Word } from "words";
import { patch, post, remove } from "../api";
import { say } from "../lang";
import { go } from "../router";
import type { RowState, Upload, UploadRow } from "../types";
import { useDeed } from "../ui/busy";
import { Fault } from "../ui/load";
import { toast } from "../ui/toast";

export const ROW_STATES: Record<RowState, Word> = {
    new: W.ROW_NEW,
    changed: W.ROW_CHANGED,
    same: W.ROW_SAME,
    wrong: W.ROW_WRONG,
    "left-out": W.ROW_LEFT_OUT,
};

function Cell({
    row,
    column,
    header,
    save,
}: {
    row: UploadRow;
    column: number;
    header: string;
    save: (text: string) => void;
}) {
    const text = row.cells[column] ?? "",
        found = row.findings.filter((f) => f.column === column),
        worst = found.find((f) => f.level === "error") ?? found[0];
    const [typed, setTyped] = useState<string | null>(null),
        id = `cell-${row.line}-${column}`;
    const done = () => {
        if (typed !== null && typed !== text) save(typed);
        setTyped(null);
    };
    return (
        <td class={row.corrected.includes(column) ? "changed" : ""}>
            <input
                type="text"
                aria-label={`${say(W.IMPORT_LINE, row.line)}${say(W.COMMA)}${header}`}
                dir="auto"
                value={typed ?? text}
                aria-invalid={worst?.level === "error"}
                aria-describedby={worst ? id : undefined}
                onInput={(e) => setTyped(e.currentTarget.value)}
                onBlur={done}
                onKeyDown={(e) => {
                    if (e.key === "Enter" && !e.isComposing) done();
                    else if (e.key === "Escape") setTyped(null);
                }}
            />
            {worst ? (
                <p class={worst.level === "error" ? "fault" : "note"} id={id}>
                    {worst.message}
                </p>
            ) : null}
        </td>
    );
}

function Rows({ upload, rows, reload }: { upload: Upload; rows: UploadRow[]; reload: () => void }) {
    const deed = useDeed(),
        columns = upload.columns.filter((c) => c.field !== null);
    const save = (line: number, column: number) => (text: string) =>
        void deed.run(async () => {
            await patch(`uploads/${upload.id}`, { cells: [{ line, column, text }] });
            reload();
        });
    return (
        <>
            {deed.error !== undefined ? <Fault error={deed.error} /> : null}
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
                        {rows.map((row) => (
                            <tr key={row.line} class={`row-${row.state}`}>
                                <th scope="row">{row.line}</th>
                                <td>
                                    {say(ROW_STATES[row.state])}
                                    {row.findings
                                        .filter((f) => f.column === null)
                                        .map((f, n) => (
                                            <p key={n} class={f.level === "error" ? "fault" : "note"}>
                                                {f.message}
                                            </p>
                                        ))}
                                </td>
                                {columns.map((c) => (
                                    <Cell
                                        key={c.index}
                                        row={row}
                                        column={c.index}
                                        header={c.header}
                                        save={save(row.line, c.index)}
                                    />
                                ))}
                            </tr>
                        ))}
                    </tbody>
                </table>
            </div>
        </>
    );
}

export function ImportPreview({ upload, reload }: { upload: Upload; reload: () => void }) {
    const [only, setOnly] = useState<RowState | "all">(upload.counts.wrong > 0 ? "wrong" : "all"),
        [leavesOut, setLeavesOut] = useState(false),
        deed = useDeed();
    const rows = upload.rows.filter((r) => only === "all" || r.state === only);
    return (
        <>
            <ul class="chips" role="group" aria-label={say(W.STATE)}>
                <li>
                    <button type="button" class="quiet" aria-pressed={only === "all"} onClick={() => setOnly("all")}>
                        {say(W.IMPORT_ALL)}
                    </button>
                </li>
                {(Object.keys(ROW_STATES) as RowState[]).map((s) => (
                    <li key={s}>
                        <button type="button" class="quiet" aria-pressed={only === s} onClick={() => setOnly(s)}>
                            {say(ROW_STATES[s])} {upload.counts[s]}
                        </button>
                    </li>
                ))}
            </ul>
            {rows.length === 0 ? (
                <p role="status">{say(only === "wrong" ? W.IMPORT_NO_FAULT : W.NOTHING_FOUND)}</p>
            ) : (
                <Rows upload={upload} rows={rows} reload={reload} />
            )}
            {upload.next ? <p class="note">{say(W.IMPORT_FIRST_ROWS, upload.rows.length)}</p> : null}
            {deed.error !== undefined ? <Fault error={deed.error} /> : null}
            {upload.counts.wrong > 0 ? (
                <p>
                    <label class="check">
                        <input
                            type="checkbox"
                            checked={leavesOut}
                            onChange={(e) => setLeavesOut(e.currentTarget.checked)}
                        />
                        {say(W.IMPORT_LEAVE_OUT, upload.counts.wrong)}
                    </label>
                </p>
            ) : null}
            <div class="actions sticky">
                <button
                    type="button"
                    class="strong"
                    disabled={deed.isBusy || (upload.counts.wrong > 0 && !leavesOut)}
                    onClick={() =>
                        void deed.run(async () => {
                            const done = await post<{ batch: number | null }>(`uploads/${upload.id}/apply`, {
                                leave_out_wrong: leavesOut,
                            });
                            toast(say(W.IMPORT_DONE, upload.name), { batch: done.batch, after: () => go("import") });
                            reload();
                        })
                    }
                >
                    {say(W.IMPORT_APPLY, upload.counts.new + upload.counts.changed)}
                </button>
                <button
                    type="button"
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
