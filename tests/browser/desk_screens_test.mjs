/* Every screen of the organiser's desk, in both languages, wide and on a phone: drawn without a fault, accessible, nothing sticks out. */
import { join } from "node:path";
import { finish } from "./harness.mjs";
import { checkScreen, firstSignIn, openWindow, withDesk } from "./desk.mjs";

const ADMIN = "admin@expo.example";

const SCREENS = [
    ["today", "/desk", "h1"],
    ["organisations", "/desk/records/organisation", "table.records"],
    ["exhibitors", "/desk/records/exhibitor", "table.records"],
    ["exhibitor", "/desk/records/exhibitor/1", "form.record"],
    ["new-event", "/desk/records/programme_entry/new", "form.record"],
    ["history", "/desk/records/organisation/1/history", "ol.changes"],
    ["gaps", "/desk/gaps", ".board"],
    ["chains", "/desk/chains", "table.records"],
    ["chain", "/desk/chains/clean-energy", "table.records"],
    ["duplicates", "/desk/duplicates", "h1"],
    ["log", "/desk/log", "table.records"],
    ["batch", "/desk/log/1", "ol.changes"],
    ["accounts", "/desk/accounts", "table.records"],
    ["me", "/desk/me", "main h2"],
    ["import", "/desk/import", ".drop"],
    ["backup", "/desk/backup", "main h2"],
];

await withDesk(async (site, accounts) => {
    const { context, page } = await openWindow(site, {}, [401, 403]), storage = join(site.folder, "admin.json");
    await firstSignIn(page, site, ADMIN, accounts[ADMIN]);
    await context.storageState({ path: storage });
    await context.close();
    for (const [name, path, ready] of SCREENS) await checkScreen(site, storage, name, path, ready);
});
finish();
