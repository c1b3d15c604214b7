/**
 * Whose message it is, where a run has more than one server: the server that it names or that its nearest
 * cause names, else the only one of its thread, else the step that it came of.
 */
import type { Model } from "../model/model.js";

/** By the `seq` of a message; empty where there is nothing to tell apart. */
export function tagOf(seq: number, model: Model): string {
  if (model.once(namesOf).size < 2) return "";
  const [name, ...others] = model.servers.of(seq);
  if (name !== undefined && others.length === 0) return name;
  const root = model.causes.root(seq);
  const ofThread = model.once(byThread).get(root);
  const [only] = ofThread ?? [];
  if (name === undefined && only !== undefined && ofThread?.size === 1) return only;
  const chapter = model.chapters.all.find((one) => one.seq === root && one.number > 0);
  return chapter === undefined ? "" : `#${String(chapter.number)}`;
}

function namesOf({ things }: Model): ReadonlySet<string> {
  return new Set(things.all.flatMap(({ thing, name }) => (thing === "server" ? [name] : [])));
}

/** The servers that are named in each thread. */
function byThread({ entries, servers, causes, messages }: Model): ReadonlyMap<number, Set<string>> {
  const found = new Map<number, Set<string>>();
  for (const entry of entries) {
    if (messages.of(entry)?.sent !== entry) continue;
    const root = causes.root(entry.seq);
    const names = found.get(root) ?? new Set();
    found.set(root, names);
    for (const name of servers.of(entry.seq)) names.add(name);
  }
  return found;
}
