/**
 * Whose message it is, where a run has more than one server: the server that it names or that its nearest
 * cause names, else the only one of its thread, else the step that it came of. Asked for what is looked at
 * alone: to ask it of every message would be to read every payload.
 */
import type { Model } from "../model/model.js";
import { clip, safe } from "../words.js";
import { part, type SequenceRow } from "./row.js";

const LONGEST = 16;
/** So many entries of a thread are asked for a server. */
const NEAR = 400;

/** `row` with its tag before its words. */
export function withTag(row: SequenceRow, model: Model): SequenceRow {
  const tag = row.kind === "arrow" ? tagOf(row.message, model) : "";
  if (row.kind !== "arrow" || tag === "") return row;
  return { ...row, label: [part(clip(safe(tag), LONGEST), "tag"), part(" "), ...row.label] };
}

/** By the `seq` of a message; empty where there is nothing to tell apart. */
export function tagOf(seq: number, model: Model): string {
  if (model.once(namesOf).size < 2) return "";
  const [name, ...others] = model.servers.of(seq);
  if (name !== undefined && others.length === 0) return name;
  const root = model.causes.root(seq);
  const known = model.once(threads);
  const only = known.get(root) ?? onlyServer(root, model);
  known.set(root, only);
  if (name === undefined && only !== "") return only;
  const { all } = model.chapters;
  const chapter = all[model.chapters.indexOf(root)];
  const isStep = chapter?.seq === root && chapter.number > 0;
  return isStep ? `#${String(chapter.number)}` : "";
}

function namesOf({ things }: Model): ReadonlySet<string> {
  return new Set(things.all.flatMap(({ thing, name }) => (thing === "server" ? [name] : [])));
}

/** By the root of a thread, its only server. */
function threads(): Map<number, string> {
  return new Map();
}

/** The server of the thread that begins with entry `root`; empty if there is none or are several. */
function onlyServer(root: number, { causes, servers }: Model): string {
  const found = new Set<string>();
  const open = [root];
  for (let asked = 0; asked < NEAR; asked++) {
    const seq = open.shift();
    if (seq === undefined) break;
    for (const name of servers.of(seq)) found.add(name);
    if (found.size > 1) return "";
    open.push(...causes.consequences(seq));
  }
  const [only = ""] = found;
  return only;
}
