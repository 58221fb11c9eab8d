/*
 * The organiser's desk. Begins here: asks who is signed in and shows the door or the screen that the address names.
 * Written for browsers of 2022 and later (the dialog element); the public site serves older ones.
 */
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import * as W from "words";
import "../shared/app.css";
import "./desk.css";
import { PORTAL } from "../shared/app";
import { useCell } from "../shared/cell";
import { prepare } from "./editions";
import { Fence } from "../shared/fence";
import { lang, say, tag } from "../shared/lang";
import { usePlace } from "../shared/router";
import { Screen } from "./screens/screen";
import { findSession, isExhibitorOnly, session } from "../shared/session";
import { Shell } from "./shell";
import { FirstPassword, Redeem, SignIn } from "../shared/signin";
import { Fault } from "../shared/ui/load";
import { keepFocus } from "../shared/ui/keep_focus";
import { openLiveRegions } from "../shared/ui/live";

function Desk() {
    const [isReady, setReady] = useState(false),
        [fault, setFault] = useState<unknown>(undefined);
    const now = useCell(lang),
        who = useCell(session),
        { path } = usePlace();
    useEffect(() => {
        document.documentElement.lang = tag();
        document.title = say(W.DESK);
    }, [now]);
    const accountId = who?.account.id,
        isElsewhere = who && path[0] !== "link" && isExhibitorOnly();
    useEffect(() => {
        setReady(false);
        setFault(undefined);
        if (isElsewhere) location.replace(PORTAL);
        else if (who && !who.must_change) prepare().then(() => setReady(true), setFault);
    }, [accountId, who?.must_change]);
    if (path[0] === "link") return <Redeem />;
    if (who === undefined || isElsewhere)
        return (
            <p class="waiting" role="status">
                {say(W.LOADING)}
            </p>
        );
    if (who === null) return <SignIn />;
    if (who.must_change) return <FirstPassword />;
    if (fault !== undefined)
        return (
            <Shell>
                <Fault
                    error={fault}
                    again={() =>
                        void prepare().then(() => {
                            setFault(undefined);
                            setReady(true);
                        }, setFault)
                    }
                />
            </Shell>
        );
    if (!isReady)
        return (
            <Shell>
                <p class="note" role="status">
                    {say(W.LOADING)}
                </p>
            </Shell>
        );
    return (
        <Shell>
            <Fence name={path.join("/")}>
                <Screen />
            </Fence>
        </Shell>
    );
}

openLiveRegions();
const root = document.getElementById("desk");
if (root) {
    keepFocus(root);
    render(<Desk />, root);
}
void findSession();
