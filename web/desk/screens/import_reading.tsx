/* First step: what kind of list it is, how its text is written, and what each column means. Guessed; every guess can be changed. */
import * as W from "words";
import type { Word } from "words";
import { editions } from "../editions";
import { pick, say } from "../../shared/lang";
import { tables } from "../records/schema";
import type { Upload } from "../types";
import type { StepProps } from "./import";

const ENCODINGS = ["UTF-8", "GB18030", "Big5", "UTF-16LE", "UTF-16BE", "windows-1252"];
const SEPARATORS: [string, Word | null][] = [
    [",", null],
    [";", null],
    ["\t", W.IMPORT_TAB],
    ["|", null],
];
/* Kinds of lists, with the table whose words name them and their fields. */
const SHEETS: [string, string][] = [
    ["exhibitors", "exhibitor"],
    ["exhibits", "exhibit"],
    ["programme", "programme_entry"],
    ["pavilions", "pavilion"],
    ["pavilion_texts", "pavilion_text"],
    ["joint_stands", "joint_stand"],
    ["figures", "figure"],
    ["areas", "area"],
    ["editions", "edition"],
    ["nodes", "node"],
    ["links", "link"],
    ["chains", "chain"],
    ["chain_nodes", "chain_node"],
    ["scenarios", "scenario"],
    ["scenario_nodes", "scenario_part"],
    ["countries", "country"],
    ["regions", "region"],
];
const IGNORED = "ignore";
const GUESSES = new Set(["guess", "parts", "ambiguous"]);

/* A field of a sheet in the words of the forms; one that no form has stays as it is called in files. */
export function fieldName(sheet: string | undefined, name: string): string {
    const own = SHEETS.find(([code]) => code === sheet)?.[1] ?? "";
    for (const table of [own, "organisation", ...(tables.value?.keys() ?? [])]) {
        const field = tables.value?.get(table)?.fields.find((f) => f.name === name);
        if (field) return pick(field, "label");
    }
    return name.replace(/_/g, " ");
}

function Choice({
    label,
    value,
    options,
    set,
    disabled,
}: {
    label: string;
    value: string;
    options: [string, string][];
    set: (value: string) => void;
    disabled: boolean;
}) {
    const isKnown = options.some(([code]) => code === value);
    return (
        <label>
            {label}
            <select value={value} disabled={disabled} onChange={(e) => set(e.currentTarget.value)}>
                {isKnown ? null : <option value={value}>{value || say(W.NOT_CHOSEN)}</option>}
                {options.map(([code, name]) => (
                    <option key={code} value={code}>
                        {name}
                    </option>
                ))}
            </select>
        </label>
    );
}

function Columns({ upload, set, isBusy }: StepProps) {
    const fields = upload.fields ?? [];
    const map = (header: string, field: string) => {
        set((now) => ({ mapping: [...(now.mapping ?? []).filter((m) => m.header !== header), { header, field }] }));
    };
    return (
        <div class="scroll">
            <table class="records">
                <thead>
                    <tr>
                        <th scope="col">{say(W.IMPORT_HEADER)}</th>
                        <th scope="col">{say(W.IMPORT_MEANS)}</th>
                        <th scope="col">{say(W.IMPORT_EXAMPLES)}</th>
                    </tr>
                </thead>
                <tbody>
                    {(upload.columns ?? []).map((c, index) => (
                        <tr key={index}>
                            <th scope="row">
                                <bdi>{c.header || String(index + 1)}</bdi>
                            </th>
                            <td>
                                <select
                                    aria-label={`${say(W.IMPORT_MEANS)}${say(W.COLON)}${c.header}`}
                                    value={fields.some((f) => f.name === c.field) ? c.field : IGNORED}
                                    disabled={isBusy || c.header === ""}
                                    class={GUESSES.has(c.how) ? "changed" : ""}
                                    onChange={(e) => map(c.header, e.currentTarget.value)}
                                >
                                    <option value={IGNORED}>{say(W.IMPORT_IGNORED)}</option>
                                    {fields.map((f) => (
                                        <option key={f.name} value={f.name}>
                                            {fieldName(upload.kind, f.name)}
                                        </option>
                                    ))}
                                </select>
                                {GUESSES.has(c.how) ? <small> {say(W.IMPORT_GUESSED)}</small> : null}
                            </td>
                            <td class="note">
                                <bdi>
                                    {upload.rows
                                        .slice(0, 3)
                                        .map((r) => r.cells[index])
                                        .filter(Boolean)
                                        .join(" | ")}
                                </bdi>
                            </td>
                        </tr>
                    ))}
                </tbody>
            </table>
        </div>
    );
}

/* The first rows as they stand, for a file that is not understood yet. */
function Head({ upload }: { upload: Upload }) {
    return (
        <div class="scroll">
            <table class="records">
                <tbody>
                    {upload.rows.map((row) => (
                        <tr key={row.line}>
                            <th scope="row">{row.line}</th>
                            {row.cells.map((cell, n) => (
                                <td key={n}>
                                    <bdi>{cell}</bdi>
                                </td>
                            ))}
                        </tr>
                    ))}
                </tbody>
            </table>
        </div>
    );
}

export function ImportReading(props: StepProps & { next: () => void }) {
    const { upload, set, isBusy, next } = props,
        file = upload.file;
    const names: [string, string][] = SHEETS.map(([code, table]) => [
        code,
        pick(tables.value?.get(table) ?? {}, "plural") || code,
    ]);
    return (
        <>
            <div class="filters">
                <Choice
                    label={say(W.IMPORT_SHEET)}
                    value={upload.settings.sheet ?? upload.kind ?? ""}
                    options={names}
                    disabled={isBusy}
                    set={(sheet) => set({ sheet })}
                />
                <Choice
                    label={say(W.EDITION_OF_ROWS)}
                    value={upload.settings.edition ?? ""}
                    options={editions.value.map((e) => [e.code, e.code])}
                    disabled={isBusy}
                    set={(edition) => set({ edition })}
                />
                {file?.workbook_sheets ? (
                    <Choice
                        label={say(W.IMPORT_WORKSHEET)}
                        value={file.workbook_sheet ?? ""}
                        options={file.workbook_sheets.map((s) => [s, s])}
                        disabled={isBusy}
                        set={(s) => set({ workbook_sheet: s })}
                    />
                ) : null}
                {file?.encoding ? (
                    <Choice
                        label={say(W.IMPORT_ENCODING)}
                        value={file.encoding}
                        options={ENCODINGS.map((e) => [e, e])}
                        disabled={isBusy}
                        set={(encoding) => set({ encoding })}
                    />
                ) : null}
                {file?.separator ? (
                    <Choice
                        label={say(W.IMPORT_SEPARATOR)}
                        value={file.separator}
                        options={SEPARATORS.map(([s, word]) => [s, word ? say(word) : s])}
                        disabled={isBusy}
                        set={(separator) => set({ separator })}
                    />
                ) : null}
            </div>
            <h2>{say(W.IMPORT_COLUMNS)}</h2>
            {upload.problem ? (
                <Head upload={upload} />
            ) : (
                <>
                    <Columns {...props} />
                    <div class="actions">
                        <button type="button" class="strong" onClick={next}>
                            {say(W.IMPORT_NEXT)}
                        </button>
                    </div>
                </>
            )}
        </>
    );
}
