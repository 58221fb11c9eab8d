/*
 * Pages on a slow phone: Chromium at 390 x 844 with the CPU slowed 4 times (DevTools protocol), the sample served by the
 * real program on loopback, caches cold, median of RUNS.
 *
 *   kB      transferred, all of it: page, style, script (budget: 100 kB before pictures)
 *   paint   first contentful paint after navigation
 *   map     the whole map is in the document and painted (two frames after the caption below it was parsed)
 *   ready   interactive: loaded, and the last task over 50 ms has ended (budget: 1,000 ms)
 */
import { withSite } from "../tests/browser/harness.mjs";

const RUNS = 7, SLOWDOWN = 4;
const pages = [
    ["home", "/en/2024/"], ["home zh", "/zh/2024/"], ["chains", "/en/2024/chains"],
    ["chain, 118 nodes", "/en/2024/chains/clean-energy"], ["chain zh", "/zh/2024/chains/clean-energy"],
    ["exhibitors", "/en/2024/exhibitors"], ["exhibitor", "/en/2024/exhibitors/1"], ["node", "/en/2024/nodes/bat.cell"],
    ["scenario", "/en/2024/scenarios/airack"], ["gaps", "/en/2024/gaps"],
];

/* Runs in the page before anything else: notes the tasks and when the map was painted. */
function watch() {
    window.noted = { map: null, busy: 0 };
    new PerformanceObserver((list) => {
        for (const task of list.getEntries()) window.noted.busy = Math.max(window.noted.busy, task.startTime + task.duration);
    }).observe({ type: "longtask", buffered: true });
    const look = () => {
        const map = document.getElementById("map");
        if (!map || !map.closest("figure").querySelector("figcaption")) return;
        observer.disconnect();
        requestAnimationFrame(() => requestAnimationFrame(() => { window.noted.map = performance.now(); }));
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { childList: true, subtree: true });
}

async function visit(site, path) {
    const context = await site.browser.newContext({ viewport: { width: 390, height: 844 } });
    try {
        const page = await context.newPage();
        const devtools = await context.newCDPSession(page);
        let bytes = 0;
        devtools.on("Network.loadingFinished", (event) => { bytes += event.encodedDataLength; });
        await devtools.send("Network.enable");
        await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
        await page.addInitScript(watch);
        await page.goto(site.address + path, { waitUntil: "load" });
        await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0 &&
            (!document.getElementById("map") || window.noted.map !== null));
        const times = await page.evaluate(() => ({
            paint: performance.getEntriesByName("first-contentful-paint")[0].startTime,
            ready: Math.max(performance.getEntriesByType("navigation")[0].loadEventEnd, window.noted.busy),
            map: window.noted.map,
        }));
        return { bytes, ...times };
    } finally {
        await context.close();
    }
}

const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const ms = (number) => (number === null ? "" : number.toFixed(0)).padStart(8);

await withSite(async (site) => {
    console.log(`${"page".padEnd(20)}${"kB".padStart(8)}${"paint ms".padStart(10)}${"map ms".padStart(8)}${"ready ms".padStart(10)}`);
    for (const [name, path] of pages) {
        const runs = [];
        for (let i = 0; i < RUNS; i++) runs.push(await visit(site, path));
        const of = (key) => median(runs.map((run) => run[key]));
        const map = runs[0].map === null ? null : of("map");
        console.log(`${name.padEnd(20)}${(of("bytes") / 1000).toFixed(1).padStart(8)}${ms(of("paint")).padStart(10)}${ms(map)}${ms(of("ready")).padStart(10)}`);
    }
});
