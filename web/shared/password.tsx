/* The password of one's own account. */
import { useState } from "preact/hooks";
import * as W from "words";
import { say } from "./lang";
import { changePassword } from "./session";
import { NewPassword } from "./signin";
import { toast } from "./ui/toast";

export function Password() {
    const [old, setOld] = useState(""),
        [round, setRound] = useState(0);
    return (
        <details>
            <summary>{say(W.PASSWORD_CHANGE)}</summary>
            <NewPassword
                key={round}
                action={say(W.PASSWORD_SET)}
                send={async (password) => {
                    await changePassword(old, password);
                    setOld("");
                    setRound(round + 1);
                    toast(say(W.PASSWORD_CHANGED));
                }}
            >
                <label>
                    {say(W.PASSWORD)}
                    <input
                        type="password"
                        autocomplete="current-password"
                        required
                        value={old}
                        onInput={(e) => setOld(e.currentTarget.value)}
                    />
                </label>
            </NewPassword>
        </details>
    );
}
