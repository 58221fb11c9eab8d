/* Signing in: by password, by a link from a mail, the first password of one's own, and again after a session has ended. */
import { useEffect, useState } from "preact/hooks";
import * as W from "words";
import { Problem, errorText } from "./api";
import { DESK, PORTAL, app } from "./app";
import { useCell } from "./cell";
import { chooseLang, lang, say } from "./lang";
import { address, usePlace, go } from "./router";
import { askForLink, changePassword, isExhibitorOnly, redeem, session, signIn, signOut } from "./session";
import { useDeed } from "./ui/busy";
import { Dialog } from "./ui/dialog";
import { explain } from "./ui/explain";
import type { ComponentChildren } from "preact";

const PASSWORD_MIN = 12;

/* Counts down from the Retry-After of a refused sign-in. */
function useWait(error: unknown): number {
    const [left, setLeft] = useState(0);
    useEffect(() => {
        const wait = error instanceof Problem ? error.retryAfter : 0;
        setLeft(wait);
        if (wait === 0) return undefined;
        const timer = setInterval(() => setLeft((n) => Math.max(0, n - 1)), 1000);
        return () => clearInterval(timer);
    }, [error]);
    return left;
}

function Refusal({ error, left }: { error: unknown; left: number }) {
    if (error === undefined) return null;
    const isWrong = error instanceof Problem && error.status === 401;
    return (
        <div class="notice" role="alert">
            <p>
                {isWrong
                    ? say(W.SIGN_IN_WRONG)
                    : error instanceof Problem && error.status === 429
                      ? say(W.SIGN_IN_SLOWED)
                      : explain(error)}
            </p>
            {left > 0 ? <p>{say(W.WAIT_SECONDS, left)}</p> : null}
        </div>
    );
}

export function LanguageSwitch() {
    const now = useCell(lang);
    return (
        <nav class="languages" aria-label={say(W.LANGUAGES)}>
            <ul>
                {(["en", "zh"] as const).map((one) => (
                    <li key={one}>
                        <button
                            type="button"
                            class="quiet"
                            lang={one === "zh" ? "zh-Hans" : "en"}
                            aria-pressed={now === one}
                            onClick={() => chooseLang(one)}
                        >
                            {one === "zh" ? "中文" : "English"}
                        </button>
                    </li>
                ))}
            </ul>
        </nav>
    );
}

function Door({ title, children }: { title: string; children: ComponentChildren }) {
    return (
        <div class="app door">
            <header>
                <a class="brand" href={address("")}>
                    {say(app.name)}
                </a>
                <LanguageSwitch />
            </header>
            <main id="content" tabIndex={-1}>
                <h1>{title}</h1>
                {children}
            </main>
            <footer>
                <a href="/">{say(W.DESK_SITE)}</a>
            </footer>
        </div>
    );
}

function PasswordForm({ email, done }: { email?: string; done?: () => void }) {
    const [name, setName] = useState(email ?? ""),
        [password, setPassword] = useState("");
    const deed = useDeed(),
        left = useWait(deed.error);
    return (
        <form
            class="stack"
            onSubmit={(event) => {
                event.preventDefault();
                void deed.run(async () => {
                    await signIn(name, password);
                    done?.();
                });
            }}
        >
            <Refusal error={deed.error} left={left} />
            <label>
                {say(W.EMAIL)}
                <input
                    type="email"
                    name="email"
                    autocomplete="username"
                    required
                    value={name}
                    readOnly={email !== undefined}
                    onInput={(e) => setName(e.currentTarget.value)}
                />
            </label>
            <label>
                {say(W.PASSWORD)}
                <input
                    type="password"
                    name="password"
                    autocomplete="current-password"
                    required
                    value={password}
                    onInput={(e) => setPassword(e.currentTarget.value)}
                />
            </label>
            <button type="submit" class="strong" disabled={deed.isBusy || left > 0}>
                {say(W.SIGN_IN)}
            </button>
        </form>
    );
}

function LinkForm() {
    const [email, setEmail] = useState(""),
        [isSent, setSent] = useState(false);
    const deed = useDeed(),
        left = useWait(deed.error);
    if (isSent)
        return (
            <p class="notice" role="status">
                {say(W.LINK_SENT, email)}
            </p>
        );
    return (
        <form
            class="stack"
            onSubmit={(event) => {
                event.preventDefault();
                void deed.run(async () => {
                    await askForLink(email);
                    setSent(true);
                });
            }}
        >
            <p>{say(W.LINK_HELP)}</p>
            <Refusal error={deed.error} left={left} />
            <label>
                {say(W.EMAIL)}
                <input
                    type="email"
                    required
                    autocomplete="username"
                    value={email}
                    onInput={(e) => setEmail(e.currentTarget.value)}
                />
            </label>
            <button type="submit" disabled={deed.isBusy || left > 0}>
                {say(W.LINK_SEND)}
            </button>
        </form>
    );
}

export function SignIn() {
    return (
        <Door title={say(W.SIGN_IN)}>
            <PasswordForm />
            <details>
                <summary>{say(W.LINK_FORGOTTEN)}</summary>
                <LinkForm />
            </details>
        </Door>
    );
}

/* Two fields that agree; the rules stand before, the server's objection after. */
function NewPassword({
    send,
    action,
    children,
}: {
    send: (password: string) => Promise<void>;
    action: string;
    children?: ComponentChildren;
}) {
    const [first, setFirst] = useState(""),
        [second, setSecond] = useState("");
    const deed = useDeed(),
        differs = second !== "" && first !== second;
    return (
        <form
            class="stack"
            onSubmit={(event) => {
                event.preventDefault();
                if (first === second) void deed.run(() => send(first));
            }}
        >
            {children}
            {/* Keepers of passwords want to know whose it is. */}
            <input type="email" hidden readOnly autocomplete="username" value={session.value?.account.email ?? ""} />
            {deed.error !== undefined ? (
                <div class="notice" role="alert">
                    <p>{passwordRefusal(deed.error)}</p>
                </div>
            ) : null}
            <label>
                {say(W.PASSWORD_NEW)}
                <input
                    type="password"
                    name="new-password"
                    autocomplete="new-password"
                    required
                    minLength={PASSWORD_MIN}
                    value={first}
                    aria-describedby="password-rules"
                    onInput={(e) => setFirst(e.currentTarget.value)}
                />
            </label>
            <p class="note" id="password-rules">
                {say(W.PASSWORD_RULES, PASSWORD_MIN)}
            </p>
            <label>
                {say(W.PASSWORD_AGAIN)}
                <input
                    type="password"
                    name="new-password-again"
                    autocomplete="new-password"
                    required
                    value={second}
                    aria-invalid={differs}
                    onInput={(e) => setSecond(e.currentTarget.value)}
                />
            </label>
            {differs ? (
                <p class="fault" role="alert">
                    {say(W.PASSWORD_DIFFERS)}
                </p>
            ) : null}
            <button type="submit" class="strong" disabled={deed.isBusy || differs}>
                {action}
            </button>
        </form>
    );
}

function passwordRefusal(error: unknown): string {
    return error instanceof Problem && error.errors.length > 0 ? error.errors.map(errorText).join(" ") : explain(error);
}

/* The first thing after a one-time password. */
export function FirstPassword() {
    const [old, setOld] = useState("");
    return (
        <Door title={say(W.FIRST_PASSWORD)}>
            <NewPassword action={say(W.PASSWORD_SET)} send={(password) => changePassword(old, password)}>
                <p>{say(W.FIRST_PASSWORD_HELP)}</p>
                <label>
                    {say(W.PASSWORD_ONE_TIME)}
                    <input
                        type="password"
                        name="old-password"
                        autocomplete="current-password"
                        required
                        value={old}
                        onInput={(e) => setOld(e.currentTarget.value)}
                    />
                </label>
            </NewPassword>
            <p>
                <button type="button" class="quiet" onClick={() => void signOut()}>
                    {say(W.SIGN_OUT)}
                </button>
            </p>
        </Door>
    );
}

/* To the application in which whoever came in works. */
function enter(): void {
    const home = isExhibitorOnly() ? PORTAL : DESK;
    if (home === app.root || session.value?.must_change) go("", "replace");
    else location.replace(home);
}

/* Where a link from a mail leads: .../link#TOKEN. The token stands behind the #, which is sent to no server and no log. */
export function Redeem() {
    const [token] = useState(() => location.hash.slice(1));
    const kind = usePlace().query.get("purpose");
    const deed = useDeed();
    return (
        <Door title={say(W.LINK_TITLE)}>
            {token === "" ? (
                <p class="notice">{say(W.LINK_EMPTY)}</p>
            ) : kind !== "sign-in" ? (
                <NewPassword
                    action={say(W.PASSWORD_SET)}
                    send={async (password) => {
                        await redeem(token, password);
                        enter();
                    }}
                />
            ) : (
                <>
                    {deed.error !== undefined ? (
                        <div class="notice" role="alert">
                            <p>{explain(deed.error)}</p>
                        </div>
                    ) : null}
                    <button
                        type="button"
                        class="strong"
                        disabled={deed.isBusy}
                        onClick={() =>
                            void deed.run(async () => {
                                await redeem(token, "");
                                enter();
                            })
                        }
                    >
                        {say(W.SIGN_IN)}
                    </button>
                </>
            )}
        </Door>
    );
}

/* Over the work that was under way, which stays as it was. */
export function SignInAgain() {
    return (
        <Dialog title={say(W.SESSION_ENDED)}>
            <p>{say(W.SESSION_ENDED_HELP)}</p>
            <PasswordForm email={session.value?.account.email ?? ""} />
        </Dialog>
    );
}

export { NewPassword };
