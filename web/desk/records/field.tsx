/* One field of a form, by its kind: label, control, help and what is wrong with it, tied together for every reader. */
import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import * as W from "words";
import { remember, remembered } from "../../shared/cell";
import { inLang, pick, say } from "../../shared/lang";
import type { Field, Label, Value } from "../../api-types";
import { MarkdownPreview } from "../ui/markdown";
import { Picker } from "../../shared/ui/picker";
import type { Option } from "../../shared/ui/picker";
import { findCodes, findReference, holdsCode, optionId } from "./find";
import { labelText, shown } from "./schema";

interface Props {
    field: Field;
    value: Value;
    label: Label | undefined; /* of the reference */
    error: string | undefined;
    change: (value: Value, label?: Label) => void;
}

const LONG_MIN = 200; /* texts that may be longer get more than a line */

/* The language of a text field by its name, so that readers and spelling know it. */
function langOf(name: string): string | undefined {
    return name.endsWith("_zh") ? "zh-Hans" : name.endsWith("_en") ? "en" : undefined;
}

function Reference({
    field,
    value,
    label,
    change,
    id,
    error,
    describedBy,
}: Props & { id: string; describedBy: string | undefined }) {
    const table = field.target ?? "",
        isCode = holdsCode(field);
    const [taken, setTaken] = useState<Option | null>(null); /* while its id is looked up */
    return (
        <Picker
            id={id}
            isRequired={field.needed}
            isInvalid={error !== undefined}
            describedBy={describedBy}
            chosen={taken ?? (value === null ? null : { key: String(value), name: labelText(label) || String(value) })}
            find={(words, signal) => (isCode ? findCodes(field, words, signal) : findReference(table, words, signal))}
            choose={(option) => {
                if (!option) return change(null);
                const label = { en: option.name, zh: option.name };
                if (isCode) return change(option.key, label);
                setTaken(option);
                void optionId(table, option).then(
                    (id) => {
                        change(id, label);
                        setTaken(null);
                    },
                    () => setTaken(null),
                );
            }}
        />
    );
}

function Code({
    field,
    value,
    change,
    id,
    error,
    describedBy,
}: Props & { id: string; describedBy: string | undefined }) {
    return (
        <select
            id={id}
            value={value === null ? "" : String(value)}
            required={field.needed}
            aria-invalid={error !== undefined}
            aria-describedby={describedBy}
            onChange={(e) => change(e.currentTarget.value || null)}
        >
            {field.needed && value !== null ? null : <option value="">{say(W.NOT_CHOSEN)}</option>}
            {(field.choices ?? []).map((choice) => (
                <option key={choice.code} value={choice.code}>
                    {inLang(choice)}
                </option>
            ))}
        </select>
    );
}

/* The text and, side by side, how visitors will see it; on a narrow screen below it. */
function Markdown({
    name,
    shared,
    text,
    change,
}: {
    name: string;
    shared: JSX.HTMLAttributes<HTMLTextAreaElement>;
    text: string;
    change: Props["change"];
}) {
    const [isOpen, setOpen] = useState(() => remembered("preview") !== "no"),
        id = `${shared.id}-preview`;
    return (
        <>
            <div class={isOpen ? "markdown" : ""}>
                <textarea {...shared} onInput={(e) => change(e.currentTarget.value || null)} />
                {isOpen ? (
                    <section class="preview" id={id} tabIndex={0} aria-labelledby={`${id}-name`}>
                        {/* As on the site, where the text's headings stand below one of the second level. */}
                        <h2 class="unseen" id={`${id}-name`}>{`${say(W.PREVIEW)}${say(W.COLON)}${name}`}</h2>
                        <MarkdownPreview text={text} lang={shared.lang as string | undefined} />
                    </section>
                ) : null}
            </div>
            <button
                type="button"
                class="quiet"
                aria-expanded={isOpen}
                aria-controls={isOpen ? id : undefined}
                aria-label={`${say(isOpen ? W.PREVIEW_HIDE : W.PREVIEW_SHOW)}${say(W.COLON)}${name}`}
                onClick={() => {
                    remember("preview", isOpen ? "no" : "yes");
                    setOpen(!isOpen);
                }}
            >
                {say(isOpen ? W.PREVIEW_HIDE : W.PREVIEW_SHOW)}
            </button>
        </>
    );
}

const TYPES: Record<string, string> = { date: "date", time: "time", integer: "number", website: "url" };

function Text({
    field,
    value,
    change,
    id,
    error,
    describedBy,
}: Props & { id: string; describedBy: string | undefined }) {
    const text = value === null ? "" : String(value);
    const shared = {
        id,
        value: text,
        required: field.needed,
        lang: langOf(field.name),
        "aria-invalid": error !== undefined,
        "aria-describedby": describedBy,
        name: field.name,
    };
    const isLong =
        field.kind === "long-text" ||
        (field.kind === "text" && (field.max ?? 0) > LONG_MIN && text.length > 60);
    if (field.kind === "markdown") return <Markdown name={pick(field, "label")} shared={shared} text={text} change={change} />;
    if (isLong) return <textarea {...shared} onInput={(e) => change(e.currentTarget.value || null)} />;
    return (
        <input
            {...shared}
            type={TYPES[field.kind] ?? "text"}
            dir="auto"
            onInput={(e) => {
                const typed = e.currentTarget.value;
                change(typed === "" ? null : field.kind === "integer" ? Number(typed) : typed);
            }}
        />
    );
}

/* A field that is not for changing, as text. */
export function FieldShown({ field, value, label }: { field: Field; value: Value; label: Label | undefined }) {
    const text = shown(field, value, label);
    return (
        <div class="field">
            <span class="label">{pick(field, "label")}</span>
            <p class="value">
                <bdi>{text || "–"}</bdi>
            </p>
        </div>
    );
}

export function FieldEdit(props: Props) {
    const { field, value, error, change } = props;
    const id = useId(),
        help = pick(field, "help");
    const describedBy = [help ? `${id}-help` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ") || undefined;
    const more = { ...props, id, describedBy };
    if (field.kind === "boolean") {
        return (
            <div class="field">
                <label class="check">
                    <input
                        id={id}
                        type="checkbox"
                        name={field.name}
                        checked={value === true || value === 1}
                        aria-describedby={describedBy}
                        onChange={(e) => change(e.currentTarget.checked)}
                    />
                    {pick(field, "label")}
                </label>
                <Words id={id} help={help} error={error} />
            </div>
        );
    }
    const isReference = field.kind === "reference" || holdsCode(field);
    return (
        <div
            class={field.kind === "long-text" || field.kind === "markdown" ? "field broad" : "field"}
            data-field={field.name}
        >
            <label for={id}>
                {pick(field, "label")}
                {field.needed ? (
                    <span class="required" title={say(W.REQUIRED)}>
                        {" "}
                        *
                    </span>
                ) : null}
            </label>
            {isReference ? <Reference {...more} /> : field.kind === "word" ? <Code {...more} /> : <Text {...more} />}
            <Words id={id} help={help} error={error} />
        </div>
    );
}

function Words({ id, help, error }: { id: string; help: string; error: string | undefined }) {
    return (
        <>
            {error ? (
                <p class="fault" id={`${id}-error`}>
                    {error}
                </p>
            ) : null}
            {help ? (
                <p class="note" id={`${id}-help`}>
                    {help}
                </p>
            ) : null}
        </>
    );
}
