/**
 * The lanes of a sequence picture: an actor each, by project or by host, in the order in which they
 * come into the story; clients first. Those who only overhear what is said to everybody are slim, and
 * one lane if they run the same service; a group may be folded into one. Lanes know no pixels.
 */
import type { Actor } from "../../timeline/index.js";
import { CLIENT } from "../model/actors.js";
import type { Model } from "../model/model.js";
import { safe } from "../words.js";
import type { SequenceRow } from "./row.js";

export interface Lane {
  /** Whose lane it is; the first of several. */
  readonly actor: Actor;
  /** All whose lane it is. */
  readonly actors: readonly Actor[];
  /** `api`: the service without the name of its project, which stands above. */
  readonly head: string;
  /** Its host, where that tells it from another lane; empty where not. */
  readonly under: string;
  /** `slim`: nothing but what is said to everybody. `more`: several of those. `folded`: a whole group. */
  readonly kind: "one" | "slim" | "more" | "folded";
}

export interface Band {
  /** The project or host; empty for those who type commands. */
  readonly name: string;
  readonly lanes: readonly Lane[];
  readonly folded: boolean;
}

export const GROUPS = ["project", "host"] as const;
export type Group = (typeof GROUPS)[number];

export interface Grouping {
  readonly group?: Group;
  /** Names of groups that are one lane. */
  readonly folded?: readonly string[];
  /** The rows that are left of those that make the lanes: who has none in them is silent. */
  readonly shown?: readonly SequenceRow[];
}

/** @param rows those that lanes are made for: who has nothing in them has no lane */
export function bandsOf(
  model: Model,
  rows: readonly SequenceRow[],
  { group = "project", folded = [], shown = rows }: Grouping = {},
): readonly Band[] {
  const actors = metIn(rows).map((name) => model.actors.of(name));
  const loud = loudIn(shown);
  const groups = new Map<string, Actor[]>();
  for (const actor of [...actors.filter(isClient), ...actors.filter((one) => !isClient(one))]) {
    const name = isClient(actor) ? "" : actor[group];
    const known = groups.get(name);
    if (known === undefined) groups.set(name, [actor]);
    else known.push(actor);
  }
  return [...groups].map(([name, members]) => {
    const isFolded = name !== "" && folded.includes(name);
    const lanes = isFolded
      ? [foldedLane(name, members)]
      : lanesOf(members, group, ({ name: actor }) => loud.has(actor));
    return { name: safe(name), lanes, folded: isFolded };
  });
}

/** Everybody of `rows`, in the order of their first message. */
function metIn(rows: readonly SequenceRow[]): readonly string[] {
  const met = new Set<string>();
  // Marks alone make no lane in front: a stopped agent would take the first.
  for (const row of rows) {
    if (row.kind !== "arrow") continue;
    for (const name of [row.from, ...row.to]) met.add(name);
  }
  for (const row of rows) {
    if (row.kind === "mark" && row.actor !== undefined) met.add(row.actor);
  }
  return [...met];
}

/** Who says something, is spoken to, or has something happen to it. */
function loudIn(rows: readonly SequenceRow[]): ReadonlySet<string> {
  const loud = new Set<string>();
  for (const row of rows) {
    if (row.kind === "arrow") {
      loud.add(row.from);
      // What one alone takes is said to it, whatever it was sent as.
      if (row.mark !== "fanout" || row.to.length === 1) for (const name of row.to) loud.add(name);
    } else if (row.kind === "mark" && row.actor !== undefined) loud.add(row.actor);
  }
  return loud;
}

const isClient = ({ project }: Actor): boolean => project === CLIENT;

function lanesOf(
  members: readonly Actor[],
  group: Group,
  isLoud: (actor: Actor) => boolean,
): readonly Lane[] {
  const lanes: Lane[] = [];
  const silent = new Map<string, Actor[]>();
  for (const actor of members.filter((one) => !isLoud(one))) {
    silent.set(actor.service, [...(silent.get(actor.service) ?? []), actor]);
  }
  for (const actor of members) {
    const quiet = isLoud(actor) ? [] : (silent.get(actor.service) ?? []);
    if (quiet.length > 1) {
      // Where the first of them would be.
      if (quiet[0] === actor) lanes.push(moreLane(quiet, members, group));
    } else lanes.push(laneOf(actor, members, group, quiet.length === 0 ? "one" : "slim"));
  }
  return lanes;
}

function laneOf(actor: Actor, band: readonly Actor[], group: Group, kind: Lane["kind"]): Lane {
  const { service, project, host } = actor;
  const short = group === "project" && service.startsWith(`${project}-`);
  const head = short ? service.slice(project.length + 1) : service;
  const several = band.filter((other) => other.service === service).length > 1;
  // Hosts that are named after nothing else tell where an agent or a hypervisor is.
  const far =
    host !== "" && (isClient(actor) || (group === "project" && (several || /\d$/.test(host))));
  return { actor, actors: [actor], head: safe(head), under: far ? safe(host) : "", kind };
}

/** `38 more compute`. */
function moreLane(actors: readonly Actor[], band: readonly Actor[], group: Group): Lane {
  const [actor] = actors as [Actor];
  const { head } = laneOf(actor, band, group, "more");
  const others = band.some((one) => one.service === actor.service && !actors.includes(one));
  const words = `${String(actors.length)} ${others ? "more " : ""}${head}`;
  return { actor, actors, head: words, under: "", kind: "more" };
}

function foldedLane(name: string, actors: readonly Actor[]): Lane {
  const [actor] = actors as [Actor];
  const head = actors.length === 1 ? "1 folded" : `${String(actors.length)} folded`;
  return { actor, actors, head, under: safe(name), kind: "folded" };
}
