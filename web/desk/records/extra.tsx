/* What a table has beside its form: texts as visitors will see them, pictures, nodes read out of a text, the next edition. */
import type { ComponentType } from "preact";
import type { RecordRow, Table } from "../types";
import { Suggestions } from "./classify";
import { Pictures } from "./pictures";
import { RollOver } from "./roll_over";

interface Props {
    table: Table;
    record: RecordRow;
    reload: () => void;
}

const EXTRAS: Record<string, ComponentType<Props>> = { exhibitor: Suggestions, pavilion: Pictures, edition: RollOver };

export function Extra(props: Props) {
    const Of = EXTRAS[props.table.table];
    return Of ? <Of {...props} /> : null;
}
