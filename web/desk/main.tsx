/*
 * The organiser's desk. Begins here: asks who is signed in and shows the door or the screen that the address names.
 * Written for browsers of 2022 and later (the dialog element); the public site serves older ones.
 */
import { Component, render } from "preact";
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import * as W from "words";
import "./desk.css";
import { useCell } from "./cell";
import { prepare } from "./editions";
import { lang, say, tag } from "./lang";
import { usePlace } from "./router";
import { Screen } from "./screens/screen";
import { findSession, session } from "./session";
import { Shell } from "./shell";
import { FirstPassword, Redeem, SignIn } from "./signin";
import { Fault } from "./ui/load";
import { keepFocus } from "./ui/keep_focus";
import { openLiveRegions } from "./ui/live";

/* A fault of one screen leaves the way to the others. */
class Fence extends Component<{ name: string; children: ComponentChildren }, { fault: unknown }> {
    override state = { fault: undefined as unknown };
    static override getDerivedStateFromError(fault: unknown) {
        return { fault };
    }
    override componentDidUpdate(before: { name: string }) {
        if (before.name !== this.props.name && this.state.fault !== undefined) this.setState({ fault: undefined });
    }
    override render() {
        return this.state.fault !== undefined ? (
            <Fault error={this.state.fault} again={() => this.setState({ fault: undefined })} />
        ) : (
            this.props.children
        );
    }
}

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
    const accountId = who?.account.id;
    useEffect(() => {
        setReady(false);
        setFault(undefined);
        if (who && !who.must_change) prepare().then(() => setReady(true), setFault);
    }, [accountId, who?.must_change]);
    if (path[0] === "link") return <Redeem />;
    if (who === undefined)
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
