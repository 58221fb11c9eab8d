/* Fields of the profile: each says its fault where it stands, and the first one that is wrong gets the focus. */
import type { ComponentChildren } from "preact";
import { createContext } from "preact";
import { useContext, useId } from "preact/hooks";
import * as W from "words";
import { errorText } from "../shared/api";
import type { FieldError } from "../shared/api";
import { say } from "../shared/lang";
import { findNodes } from "../shared/find_nodes";
import { Picker } from "../shared/ui/picker";
import { chosen } from "./mine";
import { nodeName } from "./names";

export const Faults = createContext<Map<string, FieldError>>(new Map());

/* The fault at a path, and what a control says of it. */
export function useFault(path: string) {
    const id = useId(),
        fault = useContext(Faults).get(path);
    return {
        aria: { "aria-invalid": fault !== undefined, "aria-describedby": fault ? id : undefined },
        words: fault ? (
            <span class="fault" id={id}>
                {errorText(fault)}
            </span>
        ) : null,
    };
}

/* The fault of a row or list as a whole. */
export function FaultAt({ path }: { path: string }) {
    const fault = useContext(Faults).get(path);
    return fault ? <p class="fault">{errorText(fault)}</p> : null;
}

interface FieldProps {
    id: string;
    label: string;
    fault: ComponentChildren;
    children: ComponentChildren;
}

/* A label, its control and its fault. The label stands beside the control, so that the choice in it is no part of its name. */
export function Field({ id, label, fault, children }: FieldProps) {
    return (
        <div class="field">
            <label for={id}>{label}</label>
            {children}
            {fault}
        </div>
    );
}

interface TextProps {
    path: string;
    label: string;
    value: string;
    change: (value: string) => void;
    type?: "text" | "date" | "number";
    placeholder?: string;
    max?: number;
    list?: string;
}

export function TextField({ path, label, value, change, type = "text", placeholder, max, list }: TextProps) {
    const id = useId(),
        fault = useFault(path);
    return (
        <Field id={id} label={label} fault={fault.words}>
            <input
                id={id}
                type={type === "number" ? "text" : type}
                inputMode={type === "number" ? "numeric" : undefined}
                value={value}
                maxLength={max}
                list={list}
                placeholder={placeholder}
                autocomplete="off"
                {...fault.aria}
                onInput={(e) => change(e.currentTarget.value)}
            />
        </Field>
    );
}

export function AreaField({ path, label, value, change, max, help }: TextProps & { help?: string }) {
    const id = useId(),
        fault = useFault(path);
    return (
        <Field id={id} label={label} fault={fault.words}>
            {help ? <small>{help}</small> : null}
            <textarea id={id} value={value} maxLength={max} {...fault.aria} onInput={(e) => change(e.currentTarget.value)} />
        </Field>
    );
}

interface ChoiceProps<T extends string> {
    path: string;
    label: string;
    value: T | "";
    options: [T, string][];
    change: (value: T) => void;
}

export function ChoiceField<T extends string>({ path, label, value, options, change }: ChoiceProps<T>) {
    const id = useId(),
        fault = useFault(path);
    return (
        <Field id={id} label={label} fault={fault.words}>
            <select id={id} value={value} {...fault.aria} onChange={(e) => change(e.currentTarget.value as T)}>
                {value === "" ? <option value="">{say(W.NOT_CHOSEN)}</option> : null}
                {options.map(([code, name]) => (
                    <option key={code} value={code}>
                        {name}
                    </option>
                ))}
            </select>
        </Field>
    );
}

interface NodeProps {
    path: string;
    label: string;
    node: string | null;
    change: (node: string | null) => void;
    clears?: boolean; /* the box is emptied after each choice, because each makes a row */
}

export function NodeField({ path, label, node, change, clears }: NodeProps) {
    const id = useId(),
        fault = useFault(path);
    return (
        <Field id={id} label={label} fault={fault.words}>
            <Picker
                id={id}
                key={clears ? "" : (node ?? "")}
                chosen={node && !clears ? { key: node, name: nodeName(node) } : null}
                placeholder={say(W.NODE_BOX)}
                isInvalid={fault.aria["aria-invalid"]}
                describedBy={fault.aria["aria-describedby"]}
                choose={(option) => change(option?.key ?? null)}
                find={(words, signal) => findNodes(words, chosen.value?.edition ?? "", signal)}
            />
        </Field>
    );
}

interface RowsProps<T> {
    path: string;
    rows: T[];
    change: (rows: T[]) => void;
    nameOf: (row: T) => string;
    children: (row: T, set: (changes: Partial<T>) => void, path: string) => ComponentChildren;
}

/* Rows that can be taken out one by one. */
export function Rows<T extends object>({ path, rows, change, nameOf, children }: RowsProps<T>) {
    return (
        <>
            <FaultAt path={path} />
            <ul class="profile-rows">
                {rows.map((row, n) => (
                    <li key={n}>
                        <FaultAt path={`${path}[${n}]`} />
                        {children(
                            row,
                            (changes) => change(rows.map((one, i) => (i === n ? { ...one, ...changes } : one))),
                            `${path}[${n}]`,
                        )}
                        <button
                            type="button"
                            class="quiet take-out"
                            aria-label={`${say(W.TAKE_OUT)}${say(W.COLON)}${nameOf(row)}`}
                            onClick={() => change(rows.filter((_, i) => i !== n))}
                        >
                            {say(W.TAKE_OUT)}
                        </button>
                    </li>
                ))}
            </ul>
        </>
    );
}
