/* A program on the API as its types allow it; what they must refuse is marked. Compiled by types_test.mjs, never run. */
import type { Exhibitor, List, Problem, Routes } from "../../web/api-types.d.ts";

type Path = keyof Routes;

declare function get<P extends Path>(path: P, at: Routes[P]["path"], query?: Routes[P]["query"]): Promise<Routes[P]["reply"]>;

export async function walk(): Promise<string[]> {
    const names: string[] = [];
    let cursor: string | undefined;
    do {
        const page: List<Exhibitor> = await get("/api/v1/exhibitors", {}, { chain: "clean-energy", stage: "upstream", limit: 50, cursor });
        for (const exhibitor of page.items) names.push(exhibitor.name_en ?? exhibitor.name_zh ?? "");
        cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    return names;
}

export async function look(): Promise<number> {
    const one = await get("/api/v1/exhibitors/{id}", { id: 12 }, { fields: ["id", "needs"] });
    const chain = await get("/api/v1/chains/{code}", { code: "clean-energy" });
    const area: string | undefined = one.area?.code;
    const live = chain.links.filter((link) => link.live !== null && link.kind === "essential");
    // @ts-expect-error an area may be unknown
    one.area.code;
    // @ts-expect-error there is no such stage
    await get("/api/v1/exhibitors", {}, { stage: "top" });
    // @ts-expect-error there is no such parameter
    await get("/api/v1/exhibitors", {}, { contry: "US" });
    // @ts-expect-error there is no such field
    await get("/api/v1/exhibitors", {}, { fields: ["nam_en"] });
    // @ts-expect-error an exhibitor is named by a number
    await get("/api/v1/exhibitors/{id}", { id: "twelve" });
    // @ts-expect-error there is no such address
    await get("/api/v1/nothing", {});
    return live.length + (area?.length ?? 0);
}

export function words(problem: Problem): string {
    return `${problem.title}: ${problem.detail ?? ""}`;
}
