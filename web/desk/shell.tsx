/* What stands around every screen: where one is, where one can go, which edition, whether the server answers. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import * as W from "words";
import { sessionEnded } from "../shared/api";
import { useCell } from "../shared/cell";
import { chooseEdition, edition, editions } from "./editions";
import { listen, questionMarkWorks, switchQuestionMark } from "./keys";
import { pick, say } from "../shared/lang";
import { Palette } from "./palette";
import { Link, usePlace } from "../shared/router";
import { groups, shownOf } from "./sections";
import { session, signOut } from "../shared/session";
import { LanguageSwitch, SignInAgain } from "../shared/signin";
import { Dialog } from "../shared/ui/dialog";
import { Offline } from "../shared/offline";
import { Toasts, toast } from "../shared/ui/toast";
import { explain } from "../shared/ui/explain";

const NARROW = "(max-width: 60rem)";

function Editions() {
    const all = useCell(editions),
        now = useCell(edition);
    if (all.length === 0) return null;
    return (
        <label class="edition">
            <span class="unseen">{say(W.EDITION_WORKED_ON)}</span>
            <select value={now} onChange={(e) => chooseEdition(e.currentTarget.value)}>
                {all.map((one) => (
                    <option key={one.code} value={one.code}>
                        {one.code} · {pick(one, "label")}
                    </option>
                ))}
            </select>
        </label>
    );
}

function Navigation() {
    const { path } = usePlace();
    const here = path.slice(0, path[0] === "records" ? 2 : 1).join("/");
    return (
        <nav class="desk-nav" id="desk-nav" aria-label={say(W.NAV)}>
            {groups.map((group) => {
                const shown = shownOf(group.sections);
                return shown.length === 0 ? null : (
                    <section key={group.word[0]}>
                        <h2>{say(group.word)}</h2>
                        <ul>
                            {shown.map((s) => (
                                <li key={s.to}>
                                    <Link to={s.to} aria-current={s.to === here ? "page" : undefined}>
                                        {say(s.word)}
                                    </Link>
                                </li>
                            ))}
                        </ul>
                    </section>
                );
            })}
        </nav>
    );
}

function Shortcuts({ close }: { close: () => void }) {
    const [isOn, setOn] = useState(questionMarkWorks());
    const rows: [string, string][] = [
        ["Ctrl K", say(W.KEY_PALETTE)],
        ["Ctrl S", say(W.KEY_SAVE)],
        ["↑ ↓", say(W.KEY_ROWS)],
        ["Enter", say(W.KEY_OPEN)],
        ["Home End", say(W.KEY_ENDS)],
        ["Esc", say(W.KEY_CLOSE)],
        ["?  Ctrl /", say(W.KEY_HELP)],
    ];
    return (
        <Dialog title={say(W.SHORTCUTS)} close={close}>
            <dl class="keys">
                {rows.map(([key, what]) => (
                    <div key={key}>
                        <dt>
                            <kbd>{key}</kbd>
                        </dt>
                        <dd>{what}</dd>
                    </div>
                ))}
            </dl>
            <label class="check">
                <input
                    type="checkbox"
                    checked={isOn}
                    onChange={(e) => {
                        setOn(e.currentTarget.checked);
                        switchQuestionMark(e.currentTarget.checked);
                    }}
                />{" "}
                {say(W.KEY_QUESTION_MARK)}
            </label>
        </Dialog>
    );
}

function Top({
    openPalette,
    openHelp,
    isNavOpen,
    toggleNav,
}: {
    openPalette: () => void;
    openHelp: () => void;
    isNavOpen: boolean;
    toggleNav: () => void;
}) {
    const account = useCell(session)?.account;
    return (
        <header class="desk-top">
            <button
                type="button"
                class="quiet menu"
                aria-expanded={isNavOpen}
                aria-controls="desk-nav"
                onClick={toggleNav}
            >
                {say(W.MENU)}
            </button>
            <Link class="brand" to="">
                {say(W.DESK)}
            </Link>
            <Editions />
            <button type="button" class="find-button" aria-keyshortcuts="Control+K" onClick={openPalette}>
                {say(W.PALETTE_BOX)} <kbd>Ctrl K</kbd>
            </button>
            <span class="push" />
            <LanguageSwitch />
            <button type="button" class="quiet" aria-label={say(W.SHORTCUTS)} onClick={openHelp}>
                ?
            </button>
            <Link class="who" to="me">
                <bdi>{account?.name || account?.email}</bdi>
            </Link>
            <button
                type="button"
                class="quiet"
                onClick={() => signOut().catch((e: unknown) => toast(explain(e), { isFault: true }))}
            >
                {say(W.SIGN_OUT)}
            </button>
        </header>
    );
}

export function Shell({ children }: { children: ComponentChildren }) {
    const [dialog, setDialog] = useState<"palette" | "help" | null>(null);
    const [isNavOpen, setNavOpen] = useState(false);
    const { path } = usePlace(),
        isEnded = useCell(sessionEnded);
    useEffect(() => listen({ palette: () => setDialog("palette"), help: () => setDialog("help") }), []);
    useEffect(() => {
        if (matchMedia(NARROW).matches) setNavOpen(false);
    }, [path.join("/")]);
    return (
        <div class={isNavOpen ? "app desk nav-open" : "app desk"}>
            <a class="skip" href="#content">
                {say(W.SKIP)}
            </a>
            <Top
                openPalette={() => setDialog("palette")}
                openHelp={() => setDialog("help")}
                isNavOpen={isNavOpen}
                toggleNav={() => setNavOpen(!isNavOpen)}
            />
            <Offline />
            <Navigation />
            <main id="content" tabIndex={-1}>
                {children}
            </main>
            <Toasts layer={0} />
            {dialog === "palette" ? <Palette close={() => setDialog(null)} /> : null}
            {dialog === "help" ? <Shortcuts close={() => setDialog(null)} /> : null}
            {isEnded ? <SignInAgain /> : null}
        </div>
    );
}
