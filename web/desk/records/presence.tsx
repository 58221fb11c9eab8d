/* Who else has the record open. */
import { useEffect, useState } from "preact/hooks";
import * as W from "words";
import type { Other } from "../../api-types";
import { post } from "../../shared/api";
import { say } from "../../shared/lang";
import { serves } from "../../shared/serves";

const TELL_EVERY_MS = 10000; /* the server forgets after 30 s */

export function Presence({ table, id }: { table: string; id: number }) {
    const [others, setOthers] = useState<Other[]>([]);
    useEffect(() => {
        if (!serves("presence")) return undefined;
        let isOver = false;
        const tell = () => {
            if (document.visibilityState === "hidden") return;
            post("presence", { table, id }).then(
                (reply) => {
                    if (!isOver) setOthers(reply.others);
                },
                () => undefined,
            );
        };
        tell();
        const timer = setInterval(tell, TELL_EVERY_MS);
        return () => {
            isOver = true;
            clearInterval(timer);
            post("presence", { table, id, closed: true }).catch(() => undefined);
        };
    }, [table, id]);
    const names = others.map((o) => o.name ?? say(W.SOMEBODY)).join(say(W.COMMA));
    return (
        <p class={others.length > 0 ? "presence" : "presence unseen"} role="status">
            {others.length > 0 ? say(W.ALSO_OPEN, names) : ""}
        </p>
    );
}
