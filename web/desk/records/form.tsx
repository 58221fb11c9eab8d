/*
 * A record as a form made from the table of fields. Only what was typed is sent, with the revision it was typed upon: what
 * others changed meanwhile in other fields stays theirs, and in the same fields is decided by a person (conflict.tsx).
 */
import { useEffect, useRef, useState } from "preact/hooks";
import * as W from "words";
import { Problem, errorText, get } from "../../shared/api";
import type { Conflict } from "../../shared/api";
import { currentEdition } from "../editions";
import { ago, moment, pick, say } from "../../shared/lang";
import { Link, go, usePlace } from "../../shared/router";
import type { Effect, Field, Label, Operation, RecordRow, Table, Value } from "../../api-types";
import type { Values } from "../types";
import { useDeed } from "../../shared/ui/busy";
import { explain } from "../../shared/ui/explain";
import { Fault, Loading, useGet } from "../../shared/ui/load";
import { announce } from "../../shared/ui/live";
import { toast } from "../../shared/ui/toast";
import { ThreeWay } from "./conflict";
import type { Choices } from "./conflict";
import { draftKey, dropDraft, findDraft, useKeptDraft } from "./drafts";
import { WITH_EFFECT, same, sendChanges, tryChanges } from "./edit";
import { EffectTable } from "./effect";
import { FieldEdit, FieldShown } from "./field";
import { Presence } from "./presence";
import { Related } from "./related";
import { Remove } from "./remove";
import { isOfEdition, recordName } from "./schema";
import { Extra } from "./extra";

interface FormProps {
    table: Table;
    record: RecordRow | null; /* null = a new one */
    preset: Values; /* what a new one begins with */
    presetLabels: Record<string, Label>;
    reload: () => void;
}

function fieldName(table: Table, name: string): string {
    const field = table.fields.find((f) => f.name === name);
    return field ? pick(field, "label") : name;
}

function errorsOf(error: unknown): Record<string, string> {
    if (!(error instanceof Problem)) return {};
    return Object.fromEntries(
        error.errors.map((e) => [e.field.replace(/^operations\[\d+\]\.(values\.)?/, ""), errorText(e)]),
    );
}

function RecordForm({ table, record, preset, presetLabels, reload }: FormProps) {
    const [edits, setEdits] = useState<Values>(preset),
        [labels, setLabels] = useState<Record<string, Label>>(presetLabels);
    const [restored, setRestored] = useState<number | null>(null),
        [conflicts, setConflicts] = useState<Conflict[]>([]);
    const [effect, setEffect] = useState<Effect | null>(null);
    const form = useRef<HTMLFormElement>(null),
        deed = useDeed();
    const key = draftKey(table.name, record?.id ?? "new");
    const mayEdit = record ? record.may_write : table.may_write,
        errors = errorsOf(deed.error);
    const changed = Object.entries(edits).filter(([name, value]) => !same(value, record?.values[name]));
    const isChanged = changed.length > 0;
    const title = record ? recordName(record) : say(W.NEW_IN, pick(table, "label"));
    const keptMs = useKeptDraft(
        key,
        mayEdit && isChanged
            ? { edits: Object.fromEntries(changed), labels, revision: record?.revision ?? null, title }
            : null,
    );

    useEffect(() => {
        if (!mayEdit) return;
        findDraft(key).then(
            (draft) => {
                if (!draft || Object.keys(draft.body.edits).length === 0) return;
                setEdits((now) => ({ ...draft.body.edits, ...now }));
                setLabels((now) => ({ ...draft.body.labels, ...now }));
                setRestored(draft.at_ms);
            },
            () => undefined,
        );
    }, [key]);
    useEffect(() => {
        if (deed.error === undefined) return;
        const first = form.current?.querySelector<HTMLElement>("[aria-invalid=true]");
        first?.focus();
        announce(explain(deed.error), true);
    }, [deed.error]);

    const change = (field: Field) => (value: Value, label?: Label) => {
        setEdits((now) => ({ ...now, [field.name]: value }));
        if (label) setLabels((now) => ({ ...now, [field.name]: label }));
        setEffect(null);
    };
    const operation = (revision: number | undefined, values: Values): Operation =>
        record
            ? { op: "update", table: table.name, id: record.id, revision: revision ?? record.revision, values }
            : { op: "create", table: table.name, values };
    const forget = async () => {
        await dropDraft(key).catch(() => undefined);
        setEdits(record ? {} : preset);
        setRestored(null);
        setEffect(null);
        deed.clear();
    };
    const save = (revision?: number, values?: Values) =>
        deed.run(async () => {
            try {
                const reply = await sendChanges([operation(revision, values ?? Object.fromEntries(changed))]);
                const result = reply.results[0];
                const others = (reply.merged ?? []).map((m) => fieldName(table, m.field)).join(say(W.COMMA));
                const merged = others === "" ? "" : ` ${say(W.MERGED_FIELDS, others)}`;
                toast(say(record ? W.SAVED : W.CREATED, title) + merged, { batch: reply.batch, after: reload });
                await forget();
                if (!record && result) go(`records/${table.name}/${result.id}`, "replace");
                else reload();
            } catch (error) {
                if (!(error instanceof Problem && error.conflicts.length > 0)) throw error;
                setConflicts(error.conflicts);
            }
        });
    const resolve = (choices: Choices) => {
        const values = Object.fromEntries(changed.filter(([name]) => choices[name] !== "theirs"));
        setConflicts([]);
        setEdits(values);
        if (Object.keys(values).length === 0) void forget().then(reload);
        else
            void get(`records/${table.name}/${record?.id ?? 0}`).then(
                (now) => save(now.revision, values),
                deed.fail,
            );
    };

    return (
        <form
            ref={form}
            class="record"
            data-saves
            noValidate
            onSubmit={(event) => {
                event.preventDefault();
                if (isChanged || !record) void save();
            }}
        >
            {restored ? (
                <p class="notice">
                    {say(W.DRAFT_RESTORED, moment(restored))}{" "}
                    <button type="button" class="quiet" onClick={() => void forget()}>
                        {say(W.DRAFT_DROP)}
                    </button>
                </p>
            ) : null}
            {deed.error !== undefined ? <Fault error={deed.error} /> : null}
            <fieldset disabled={!mayEdit} class="fields">
                <legend class="unseen">{title}</legend>
                {table.fields
                    .filter((f) => record || !f.read_only)
                    .map((field) =>
                        record && (field.fixed || field.read_only) ? (
                            <FieldShown
                                key={field.name}
                                field={field}
                                value={record.values[field.name] ?? null}
                                label={record.labels[field.name]}
                            />
                        ) : (
                            <FieldEdit
                                key={field.name}
                                field={field}
                                value={
                                    field.name in edits
                                        ? (edits[field.name] ?? null)
                                        : (record?.values[field.name] ?? null)
                                }
                                label={labels[field.name] ?? record?.labels[field.name]}
                                error={errors[field.name]}
                                change={change(field)}
                            />
                        ),
                    )}
            </fieldset>
            {mayEdit ? (
                <div class="sticky">
                    {effect ? <EffectTable effect={effect} /> : null}
                    <div class="actions">
                        <button type="submit" class="strong" disabled={deed.isBusy || !isChanged}>
                            {say(record ? W.SAVE : W.CREATE)}
                        </button>
                        {isChanged && WITH_EFFECT.has(table.name) ? (
                            <button
                                type="button"
                                disabled={deed.isBusy}
                                onClick={() =>
                                    void deed.run(async () =>
                                        setEffect(
                                            (await tryChanges([operation(undefined, Object.fromEntries(changed))]))
                                                .effect ?? null,
                                        ),
                                    )
                                }
                            >
                                {say(W.EFFECT_SHOW)}
                            </button>
                        ) : null}
                        {isChanged ? (
                            <button type="button" onClick={() => void forget()}>
                                {say(W.DISCARD)}
                            </button>
                        ) : null}
                        <span class="note" role="status">
                            {keptMs ? say(W.DRAFT_KEPT) : ""}
                        </span>
                        <span class="push" />
                        {record ? <Remove table={table} record={record} /> : null}
                    </div>
                </div>
            ) : (
                <p class="note">{say(W.READ_ONLY)}</p>
            )}
            {conflicts.length > 0 ? (
                <ThreeWay
                    fields={table.fields}
                    conflicts={conflicts}
                    labels={labels}
                    resolve={resolve}
                    cancel={() => setConflicts([])}
                />
            ) : null}
        </form>
    );
}

export function RecordScreen({ table, id }: { table: Table; id: number }) {
    const loaded = useGet(`records/${table.name}/${id}`);
    return (
        <Loading of={loaded}>
            {(record) => (
                <>
                    <nav class="crumbs" aria-label={say(W.CRUMBS)}>
                        <ol>
                            <li>
                                <Link to={`records/${table.name}`}>{pick(table, "plural")}</Link>
                            </li>
                            <li aria-current="page">
                                <bdi>{recordName(record)}</bdi>
                            </li>
                        </ol>
                    </nav>
                    <div class="title-row">
                        <h1>
                            <bdi>{recordName(record)}</bdi>
                        </h1>
                        <Presence table={table.name} id={id} />
                        <span class="push" />
                        <p class="note">
                            {record.changed_ms
                                ? say(W.CHANGED_BY, record.changed_by ?? say(W.SOMEBODY), ago(record.changed_ms))
                                : ""}{" "}
                            <Link to={`records/${table.name}/${id}/history`}>{say(W.HISTORY)}</Link>
                        </p>
                    </div>
                    <RecordForm
                        key={`${table.name}:${id}`}
                        table={table}
                        record={record}
                        preset={{}}
                        presetLabels={{}}
                        reload={loaded.reload}
                    />
                    <Extra table={table} record={record} reload={loaded.reload} />
                    <Related table={table} record={record} />
                </>
            )}
        </Loading>
    );
}

/* A new record; the query of the address gives what it begins with: ?organisation_id=12. */
export function NewRecord({ table }: { table: Table }) {
    const { query } = usePlace();
    const preset: Values = {},
        presetLabels: Record<string, Label> = {};
    const current = currentEdition();
    if (current && isOfEdition(table)) {
        preset.edition_id = current.id;
        presetLabels.edition_id = current.label;
    }
    for (const field of table.fields) {
        const given = query.get(field.name);
        if (given === null) continue;
        preset[field.name] = field.kind === "reference" || field.kind === "integer" ? Number(given) : given;
        const label = query.get(`${field.name}.label`);
        if (label) presetLabels[field.name] = { en: label, zh: label };
    }
    const title = say(W.NEW_IN, pick(table, "label"));
    return (
        <>
            <nav class="crumbs" aria-label={say(W.CRUMBS)}>
                <ol>
                    <li>
                        <Link to={`records/${table.name}`}>{pick(table, "plural")}</Link>
                    </li>
                    <li aria-current="page">{title}</li>
                </ol>
            </nav>
            <h1>{title}</h1>
            <RecordForm
                key={table.name}
                table={table}
                record={null}
                preset={preset}
                presetLabels={presetLabels}
                reload={() => undefined}
            />
        </>
    );
}
