/* First step: what kind of list it is, how its text is written, and what each column means. Guessed; every guess can be changed. */
import * as W from "words";
import { patch } from "../api";
import { pick, say } from "../lang";
import type { Upload } from "../types";
import { useDeed } from "../ui/busy";
import { Fault } from "../ui/load";
import { announce } from "../ui/live";

const ENCODINGS = ["utf-8", "gb18030", "utf-16le", "utf-16be", "big5", "windows-1252"];
const SEPARATORS: [string, typeof W.IMPORT_TAB | string][] = [
    [",", ","],
    [";", ";"],
    ["\t", W.IMPORT_TAB],
    ["|", "|"],
];

export function ImportReading({ upload, reload }: { upload: Upload; reload: () => void }) {
    const deed = useDeed();
    const set = (settings: object) =>
        void deed.run(async () => {
            await patch(`uploads/${upload.id}`, settings);
            announce(say(W.IMPORT_READ_AGAIN));
            reload();
        });
    return (
        <>
            {deed.error !== undefined ? <Fault error={deed.error} /> : null}
            <div class="filters">
                <label>
                    {say(W.IMPORT_SHEET)}
                    <select value={upload.sheet} onChange={(e) => set({ sheet: e.currentTarget.value })}>
                        {upload.sheets.map((s) => (
                            <option key={s.code} value={s.code}>
                                {pick(s, "name")}
                            </option>
                        ))}
                    </select>
                </label>
                {upload.worksheets.length > 0 ? (
                    <label>
                        {say(W.IMPORT_WORKSHEET)}
                        <select
                            value={upload.worksheet ?? ""}
                            onChange={(e) => set({ worksheet: e.currentTarget.value })}
                        >
                            {upload.worksheets.map((w) => (
                                <option key={w}>{w}</option>
                            ))}
                        </select>
                    </label>
                ) : null}
                {upload.encoding ? (
                    <label>
                        {say(W.IMPORT_ENCODING)}
                        <select
                            value={upload.encoding.toLowerCase()}
                            onChange={(e) => set({ encoding: e.currentTarget.value })}
                        >
                            {[...new Set([upload.encoding.toLowerCase(), ...ENCODINGS])].map((c) => (
                                <option key={c} value={c}>
                                    {c.toUpperCase()}
                                </option>
                            ))}
                        </select>
                    </label>
                ) : null}
                {upload.separator ? (
                    <label>
                        {say(W.IMPORT_SEPARATOR)}
                        <select value={upload.separator} onChange={(e) => set({ separator: e.currentTarget.value })}>
                            {SEPARATORS.map(([s, word]) => (
                                <option key={s} value={s}>
                                    {typeof word === "string" ? word : say(word)}
                                </option>
                            ))}
                        </select>
                    </label>
                ) : null}
            </div>
            <h2>{say(W.IMPORT_COLUMNS)}</h2>
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
                        {upload.columns.map((c) => (
                            <tr key={c.index}>
                                <th scope="row">
                                    <bdi>{c.header || `${c.index + 1}`}</bdi>
                                </th>
                                <td>
                                    <select
                                        aria-label={`${say(W.IMPORT_MEANS)}${say(W.COLON)}${c.header}`}
                                        value={c.field ?? ""}
                                        class={c.sure ? "" : "changed"}
                                        onChange={(e) => set({ mapping: { [c.index]: e.currentTarget.value || null } })}
                                    >
                                        <option value="">{say(W.IMPORT_IGNORED)}</option>
                                        {upload.fields.map((f) => (
                                            <option key={f.code} value={f.code}>
                                                {pick(f, "name")}
                                            </option>
                                        ))}
                                    </select>
                                    {c.field !== null && !c.sure ? <small> {say(W.IMPORT_GUESSED)}</small> : null}
                                </td>
                                <td class="note">
                                    <bdi>
                                        {upload.rows
                                            .slice(0, 3)
                                            .map((r) => r.cells[c.index])
                                            .filter(Boolean)
                                            .join(" | ")}
                                    </bdi>
                                </td>
                            </tr>
                        ))}
                    </tbody>
                </table>
            </div>
        </>
    );
}
