/* Finding an organisation of the edition by its name in any spelling; never one's own. */
import { get, query } from "../shared/api";
import { pick } from "../shared/lang";
import type { Option } from "../shared/ui/picker";
import { chosen } from "./mine";

const SHOWN = 12;

export async function findFirms(words: string, signal: AbortSignal): Promise<Option[]> {
    if (words.trim() === "") return [];
    const found = await get(
        `search?${query({ q: words, kind: "organisation", edition: chosen.value?.edition, limit: SHOWN })}`,
        signal,
    );
    return found.items
        .filter((hit) => Number(hit.key) !== chosen.value?.organisation_id)
        .map((hit) => ({ key: hit.key, name: pick(hit, "name") }));
}
