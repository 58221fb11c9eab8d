/* What stands around every screen: for whom one acts, where one can go, the language, whether the server answers. */
import type { ComponentChildren } from "preact";
import * as W from "words";
import { sessionEnded } from "../shared/api";
import { useCell } from "../shared/cell";
import { pick, say } from "../shared/lang";
import { Offline } from "../shared/offline";
import { Link, usePlace } from "../shared/router";
import { LanguageSwitch, SignInAgain } from "../shared/signin";
import { Toasts } from "../shared/ui/toast";
import { choose, chosen, mine, nameOf } from "./mine";
import { sections } from "./sections";

function Mine() {
    const all = useCell(mine),
        now = useCell(chosen);
    if (!now) return null;
    if (all.length === 1)
        return (
            <p class="mine">
                <bdi>{nameOf(now)}</bdi> <small>{pick(now, "edition") || now.edition}</small>
            </p>
        );
    return (
        <label class="mine">
            <span class="unseen">{say(W.MINE_CHOOSE)}</span>
            <select
                value={String(now.id)}
                onChange={(e) => {
                    const one = all.find((m) => m.id === Number(e.currentTarget.value));
                    if (one) choose(one);
                }}
            >
                {all.map((one) => (
                    <option key={one.id} value={String(one.id)}>
                        {nameOf(one)} · {one.edition}
                    </option>
                ))}
            </select>
        </label>
    );
}

function Navigation() {
    const { path } = usePlace(),
        now = useCell(chosen);
    const here = path[0] ?? "";
    return (
        <nav class="portal-nav" aria-label={say(W.NAV)}>
            <ul>
                {sections
                    .filter((s) => s.isShown(now))
                    .map((s) => (
                        <li key={s.to}>
                            <Link to={s.to} aria-current={s.to === here ? "page" : undefined}>
                                {say(s.word)}
                            </Link>
                        </li>
                    ))}
            </ul>
        </nav>
    );
}

export function Shell({ children }: { children: ComponentChildren }) {
    const isEnded = useCell(sessionEnded);
    return (
        <div class="app portal">
            <a class="skip" href="#content">
                {say(W.SKIP)}
            </a>
            <header class="portal-top">
                <Link class="brand" to="">
                    {say(W.PORTAL)}
                </Link>
                <LanguageSwitch />
                <Mine />
            </header>
            <Navigation />
            <Offline />
            <main id="content" tabIndex={-1}>
                {children}
            </main>
            <footer>
                <a href="/">{say(W.DESK_SITE)}</a>
            </footer>
            <Toasts layer={0} />
            {isEnded ? <SignInAgain /> : null}
        </div>
    );
}
