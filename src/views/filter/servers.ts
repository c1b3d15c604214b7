/** Which servers an entry is about: those that it names, else those that its nearest cause names. */
import type { Entry } from "../../timeline/index.js";
import type { Model } from "../model/model.js";

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gu;
/** A chain of causes is as long as a thread; who is not named near by is not meant. */
const FARTHEST = 40;

/** By name. */
export function serversOf(entry: Entry, model: Model): ReadonlySet<string> {
  let at: Entry | undefined = entry;
  for (let steps = 0; at !== undefined && steps < FARTHEST; steps++) {
    const named = namedIn(at, model);
    if (named.size > 0) return named;
    const cause = model.causes.of(at.seq);
    at = cause === undefined ? undefined : model.entries[cause];
  }
  return new Set();
}

function namedIn(entry: Entry, { things }: Model): ReadonlySet<string> {
  const named = new Set<string>();
  for (const [id] of JSON.stringify(entry).matchAll(UUID)) {
    const thing = things.get(JSON.stringify(["nova", "instances", id]));
    if (thing !== undefined) named.add(thing.name);
  }
  return named;
}
