/**
 * What went wrong while something was done to a server: a message of its own request that was struck, or
 * somebody who was needed for it and was away. Only on that ground is what stays behind called by the name of
 * a defect; that something went wrong elsewhere or at another time is none.
 */
import { meet, type Mishap, type MishapKind, type Stretch } from "../../../framework/mishaps.js";
import type { Premises, Work } from "../../../framework/project.js";
import { minutes } from "../../../kernel/index.js";
import type { NovaDatabase } from "../db/database.js";

/** What may be known of the run. */
export type Evidence = Pick<Premises, "mishaps"> & Partial<Pick<Premises, "work" | "loops">>;

/** How long a loop may be at work on one server before it is held to have stopped: its host's lock may be held. */
export const BEGUN = minutes(1);

/**
 * Whether somebody is at work on a server, or a message of it is on its way: for a request of its own, for one that
 * is no action of any server's, or because its host has just started.
 */
export function isWorkedOn(db: NovaDatabase, uuid: string, { work, loops }: Evidence): boolean {
  // A loop that confirms a move tells of it as a user's request does; one that waits for good is no excuse.
  const begun = db.kernel.now - BEGUN;
  const actions = db.instance_actions.find({ instance_uuid: uuid });
  const byLoop = actions.some(
    ({ request_id, start_time }) =>
      loops?.has(request_id) === true && db.kernel.calendar.parse(start_time) >= begun,
  );
  if (byLoop) return true;
  if (work === undefined) return false;
  const starts = [...hostsOf(db, uuid)].some((host) => work.starting.has(`nova-compute@${host}`));
  return starts || isRequested(db, work, (instance_uuid) => instance_uuid === uuid);
}

/** The same of any server of a project: for what is counted of all of them. */
export function isProjectWorkedOn(
  db: NovaDatabase,
  project_id: string,
  { work }: Evidence,
): boolean {
  if (work === undefined) return false;
  const starts = [...work.starting].some((process) => process.startsWith("nova-compute@"));
  const ofProject = (uuid: string) => db.instances.getAny(uuid)?.project_id === project_id;
  return starts || isRequested(db, work, ofProject);
}

/** Whether somebody works for a request for one of `servers`, or for one that is for none. */
const isRequested = (
  db: NovaDatabase,
  { requests }: Work,
  servers: (instance_uuid: string) => boolean,
): boolean =>
  [...requests].some((request_id) => {
    const actions = db.instance_actions.find({ request_id });
    return actions.length === 0 || actions.some(({ instance_uuid }) => servers(instance_uuid));
  });

/** What keeps a message from being done: an operation of hardware that fails is told of, and raised. */
export const UNTOLD: readonly MishapKind[] = ["message", "connection", "request", "process"];

/** Whether it may be why something that was done to a server then has not come to its end. */
export function befell(
  db: NovaDatabase,
  uuid: string,
  { mishaps }: Evidence,
  when: Stretch,
  kinds: readonly MishapKind[] = UNTOLD,
): boolean {
  const own = new Set(db.instance_actions.find({ instance_uuid: uuid }).map(requestOf));
  const others = new Set(db.instance_actions.find().map(requestOf));
  const hosts = hostsOf(db, uuid);
  return mishaps.some((mishap) => {
    const { kind, requests, places } = mishap;
    if (!kinds.includes(kind) || !meet(mishap, when)) return false;
    const known = [...requests];
    if (known.some((request) => own.has(request))) return true;
    if (kind === "process") return places.some((place) => serves(place, hosts));
    return !known.some((request) => others.has(request));
  });
}

/** When the nova-compute of a host was away. */
export const outagesOf = ({ mishaps }: Evidence, host: string): readonly Mishap[] =>
  mishaps.filter(
    ({ kind, places }) => kind === "process" && places.includes(`nova-compute@${host}`),
  );

const requestOf = ({ request_id }: { readonly request_id: string }): string => request_id;

/** Whom Nova needs for whatever is done to a server. */
const NEEDED = /^(?:nova|neutron|keystone|glance)\b/u;

/** What runs on a compute host is needed by its own servers alone, what runs on the controller by all. */
const serves = (process: string, hosts: ReadonlySet<string>): boolean => {
  const [name = "", host = ""] = process.split("@");
  const ofHost = name.startsWith("nova-compute") || name.startsWith("neutron-openvswitch-agent");
  return NEEDED.test(name) && (!ofHost || hosts.has(host));
};

/** Hosts that a server is on, was built on, or was moved from or to; none: nobody knows. */
function hostsOf(db: NovaDatabase, uuid: string): ReadonlySet<string> {
  const row = db.instances.getAny(uuid);
  const moves = db.migrations.findAny({ instance_uuid: uuid });
  const names = [
    row?.host,
    row?.launched_on,
    ...moves.flatMap(({ source_compute, dest_compute }) => [source_compute, dest_compute]),
  ];
  return new Set(names.filter((name) => typeof name === "string"));
}

/** From a moment in a row on, for good. */
export const since = (db: NovaDatabase, at: string): Stretch => ({
  from: db.kernel.calendar.parse(at),
  to: Infinity,
});
