/* What a table has beside its form: texts as visitors will see them, pictures, nodes read out of a text, the next edition. */
import type { ComponentType } from "preact";
import { serves } from "../../shared/serves";
import type { RecordRow, Table } from "../../api-types";
import { Suggestions } from "./classify";
import { Pictures } from "./pictures";
import { RollOver } from "./roll_over";

interface Props {
    table: Table;
    record: RecordRow;
    reload: () => void;
}

/* By table, with the address of the API that it stands on. */
const EXTRAS: Record<string, [ComponentType<Props>, string]> = {
    exhibitor: [Suggestions, "classify"],
    pavilion: [Pictures, "records/{table}"],
    edition: [RollOver, "editions/{edition}/roll-over"],
};

export function Extra(props: Props) {
    const [Of, address] = EXTRAS[props.table.name] ?? [];
    return Of && address && serves(address) ? <Of {...props} /> : null;
}
