/**
 * The lanes of a sequence picture: an actor each, by project, in the order in which they come into the
 * story; clients first. Lanes know no widths: that is for whoever draws them.
 */
import type { Actor } from "../../timeline/index.js";
import { CLIENT } from "../model/actors.js";
import type { Model } from "../model/model.js";
import { safe } from "../words.js";
import type { SequenceRow } from "./row.js";

export interface Lane {
  readonly actor: Actor;
  /** `api`: the service without the name of its project, which stands above. */
  readonly head: string;
  /** Its host, where that tells it from another lane; empty where not. */
  readonly under: string;
}

export interface Band {
  readonly project: string;
  readonly lanes: readonly Lane[];
}

/** @param rows those that are drawn: who has nothing in them has no lane */
export function bandsOf(model: Model, rows: readonly SequenceRow[]): readonly Band[] {
  const met = new Set<string>();
  // Marks alone make no lane in front: a stopped agent would take the first.
  for (const row of rows) {
    if (row.kind !== "arrow") continue;
    for (const name of [row.from, ...row.to]) met.add(name);
  }
  for (const row of rows) {
    if (row.kind === "mark" && row.actor !== undefined) met.add(row.actor);
  }
  const actors = [...met].map((name) => model.actors.of(name));
  const byProject = new Map<string, Actor[]>();
  for (const actor of [...actors.filter(isClient), ...actors.filter((one) => !isClient(one))]) {
    const band = byProject.get(actor.project);
    if (band === undefined) byProject.set(actor.project, [actor]);
    else band.push(actor);
  }
  return [...byProject].map(([project, members]) => ({
    project: project === CLIENT ? "" : safe(project),
    lanes: members.map((actor) => laneOf(actor, members)),
  }));
}

const isClient = ({ project }: Actor): boolean => project === CLIENT;

function laneOf(actor: Actor, band: readonly Actor[]): Lane {
  const { service, project, host } = actor;
  const head = service.startsWith(`${project}-`) ? service.slice(project.length + 1) : service;
  const several = band.filter((other) => other.service === service).length > 1;
  // Hosts that are named after nothing else tell where an agent or a hypervisor is.
  const far = host !== "" && (several || isClient(actor) || /\d$/.test(host));
  return { actor, head: safe(head), under: far ? safe(host) : "" };
}
