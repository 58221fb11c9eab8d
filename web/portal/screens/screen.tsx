/* Which screen an address names. */
import * as W from "words";
import { say } from "../../shared/lang";
import { Link, usePlace } from "../../shared/router";
import { Empty } from "../../shared/ui/load";
import { useCell } from "../../shared/cell";
import { chosen } from "../mine";
import { sections } from "../sections";
import { Allow } from "./allow";
import { Find } from "./find";
import { Me } from "./me";
import { Partners } from "./partners";
import { People } from "./people";
import { Profile } from "./profile";

function Nowhere() {
    return (
        <Empty title={say(W.PORTAL_NO_SCREEN)}>
            <p>
                <Link to="">{say(W.PORTAL)}</Link>
            </p>
        </Empty>
    );
}

export function Screen() {
    const { path } = usePlace(),
        me = useCell(chosen);
    const shown = sections.filter((s) => s.isShown(me));
    /* Without a path, the first that there is. */
    switch (path[0] ?? shown[0]?.to) {
        case "":
            return <Partners />;
        case "find":
            return <Find />;
        case "profile":
            return <Profile />;
        case "people":
            return <People />;
        case "allow":
            return <Allow />;
        case "me":
            return <Me />;
        default:
            return <Nowhere />;
    }
}
