/* Says while the server does not answer, to eyes and ears. */
import { useEffect, useState } from "preact/hooks";
import * as W from "words";
import { reachable } from "./api";
import { useCell } from "./cell";
import { say } from "./lang";
import { announce } from "./ui/live";

export function Offline() {
    const isReachable = useCell(reachable);
    const [wasGone, setWasGone] = useState(false);
    useEffect(() => {
        if (!isReachable) {
            setWasGone(true);
            announce(say(W.OFFLINE), true);
        } else if (wasGone) {
            setWasGone(false);
            announce(say(W.ONLINE_AGAIN));
        }
    }, [isReachable]);
    return isReachable ? null : <div class="offline">{say(W.OFFLINE)}</div>;
}
