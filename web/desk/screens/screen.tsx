/* Which screen an address names. */
import * as W from "words";
import { useCell } from "../../shared/cell";
import { say } from "../../shared/lang";
import { HistoryScreen } from "../records/history";
import { NewRecord, RecordScreen } from "../records/form";
import { RecordList } from "../records/list";
import { tables } from "../records/schema";
import { Link, usePlace } from "../../shared/router";
import { Empty } from "../../shared/ui/load";
import { Accounts } from "./accounts";
import { Backup } from "./backup";
import { ChainScreen, Chains } from "./chains";
import { Duplicates } from "./duplicates";
import { Gaps } from "./gaps";
import { Import, ImportScreen } from "./import";
import { BatchScreen, Log } from "./log";
import { Me } from "./me";
import { RetentionScreen } from "./retention";
import { Today } from "./today";

function Nowhere() {
    return (
        <Empty title={say(W.NO_SCREEN)}>
            <p>
                <Link to="">{say(W.TODAY)}</Link>
            </p>
        </Empty>
    );
}

/* /desk/records/TABLE[/new | /ID[/history]] */
function Records({ path }: { path: string[] }) {
    const table = useCell(tables)?.get(path[0] ?? ""),
        id = Number(path[1]);
    if (!table) return <Nowhere />;
    if (path[1] === undefined) return <RecordList key={table.name} table={table} />;
    if (path[1] === "new") return <NewRecord key={table.name} table={table} />;
    if (!Number.isSafeInteger(id)) return <Nowhere />;
    return path[2] === "history" ? (
        <HistoryScreen key={id} table={table} id={id} />
    ) : (
        <RecordScreen key={`${table.name}-${id}`} table={table} id={id} />
    );
}

export function Screen() {
    const { path } = usePlace();
    switch (path[0]) {
        case undefined:
            return <Today />;
        case "records":
            return <Records path={path.slice(1)} />;
        case "chains":
            return path[1] === undefined ? <Chains /> : <ChainScreen key={path[1]} code={path[1]} />;
        case "gaps":
            return <Gaps />;
        case "import":
            return path[1] === undefined ? <Import /> : <ImportScreen key={path[1]} id={Number(path[1])} />;
        case "duplicates":
            return <Duplicates />;
        case "accounts":
            return <Accounts />;
        case "me":
            return <Me />;
        case "log":
            return path[1] === undefined ? <Log /> : <BatchScreen key={path[1]} id={Number(path[1])} />;
        case "backup":
            return <Backup />;
        case "retention":
            return <RetentionScreen />;
        default:
            return <Nowhere />;
    }
}
