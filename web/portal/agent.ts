/* Which browser a "User-Agent" is, in the words of its user: the name and the system, as far as they are known. */
import * as W from "words";
import { say } from "../shared/lang";

/* The first that fits: the later ones call themselves by the names of the earlier, too. */
const BROWSERS: [RegExp, string][] = [
    [/DingTalk/i, "DingTalk"],
    [/Edg(e|A|iOS)?\//, "Edge"],
    [/HuaweiBrowser/i, "Huawei Browser"],
    [/MQQBrowser|QQ\//, "QQ"],
    [/Firefox|FxiOS/, "Firefox"],
    [/Chrome|CriOS/, "Chrome"],
    [/Safari/, "Safari"],
];
const SYSTEMS: [RegExp, string][] = [
    [/HarmonyOS|OpenHarmony/i, "HarmonyOS"],
    [/Android/, "Android"],
    [/iPhone/, "iPhone"],
    [/iPad/, "iPad"],
    [/Windows/, "Windows"],
    [/Mac OS X/, "macOS"],
    [/Linux/, "Linux"],
];

function first(list: [RegExp, string][], agent: string): string | undefined {
    return list.find(([mark]) => mark.test(agent))?.[1];
}

export function browserOf(agent: string): string {
    const browser = /MicroMessenger/i.test(agent) ? say(W.WECHAT) : first(BROWSERS, agent),
        system = first(SYSTEMS, agent);
    return [browser, system].filter(Boolean).join(" · ") || agent || say(W.UNKNOWN);
}
