/*
 * The portal of exhibitors and visitor organisations, under /my. Begins here: asks who is signed in and shows the door or the
 * screen that the address names. Written for browsers inside apps, too (WeChat: Chromium 80): no dialog stands in the way of work.
 */
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import * as W from "words";
import "../shared/app.css";
import "./portal.css";
import { DESK } from "../shared/app";
import { useCell } from "../shared/cell";
import { Fence } from "../shared/fence";
import { lang, say, tag } from "../shared/lang";
import { usePlace } from "../shared/router";
import { findAddresses } from "../shared/serves";
import { findSession, may, session } from "../shared/session";
import { FirstPassword, Redeem, SignIn } from "../shared/signin";
import { keepFocus } from "../shared/ui/keep_focus";
import { openLiveRegions } from "../shared/ui/live";
import { Fault, Waiting } from "../shared/ui/load";
import { Choice } from "./choice";
import { chosen, findMine } from "./mine";
import { Screen } from "./screens/screen";
import { Shell } from "./shell";

/* Nothing is drawn for an organisation before it is known what the server offers. */
const prepare = (): Promise<void> => findMine(findAddresses());

/* What stands in the shell: waiting, a fault, the choice of an organisation, or the screen. */
function Inside() {
    const [isReady, setReady] = useState(false),
        [fault, setFault] = useState<unknown>(undefined);
    const accountId = useCell(session)?.account.id,
        me = useCell(chosen),
        { path } = usePlace();
    const begin = () => {
        setFault(undefined);
        prepare().then(() => setReady(true), setFault);
    };
    useEffect(() => {
        setReady(false);
        begin();
    }, [accountId]);
    if (fault !== undefined) return <Fault error={fault} again={begin} />;
    if (!isReady) return <Waiting />;
    if (!me && path[0] !== "me" && path[0] !== "allow") return <Choice isOrganiser={may("desk-read")} desk={DESK} />;
    return (
        <Fence name={`${me?.id ?? 0}/${path.join("/")}`}>
            <Screen key={me?.id ?? 0} />
        </Fence>
    );
}

function Portal() {
    const now = useCell(lang),
        who = useCell(session),
        { path } = usePlace();
    useEffect(() => {
        document.documentElement.lang = tag();
        document.title = say(W.PORTAL);
    }, [now]);
    if (path[0] === "link") return <Redeem />;
    if (who === undefined)
        return (
            <p class="waiting" role="status">
                {say(W.LOADING)}
            </p>
        );
    if (who === null) return <SignIn />;
    if (who.must_change) return <FirstPassword />;
    return (
        <Shell>
            <Inside />
        </Shell>
    );
}

openLiveRegions();
const root = document.getElementById("portal");
if (root) {
    keepFocus(root);
    render(<Portal />, root);
}
void findSession();
