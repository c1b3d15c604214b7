/** Whether one entry is what one flow line says. */
import type { Entry } from "../entry.js";
import type { FlowLine, Party, RestLine, RpcLine, StateLine } from "./line.js";
import { Messages, type RpcSentEntry } from "../messages.js";

/** A server's state after an entry of table `instances`. */
interface ServerState {
  readonly names: readonly string[];
  readonly vmState: unknown;
  readonly taskState: unknown;
}

/** What an entry alone does not say: how messages ended, what servers were called and did. */
export class FlowFacts {
  readonly messages: Messages;
  /** By the `seq` of an entry that changed a server's state. */
  readonly states = new Map<number, ServerState>();

  constructor(entries: readonly Entry[]) {
    this.messages = new Messages(entries);
    const servers = new Map<string, { name: unknown; vm_state: unknown; task_state: unknown }>();
    for (const entry of entries) {
      if (entry.kind !== "db" || entry.table !== "instances") continue;
      const key = String(entry.key);
      const server = servers.get(key) ?? { name: undefined, vm_state: undefined, task_state: null };
      servers.set(key, server);
      const { display_name, uuid, vm_state, task_state } = entry.changes;
      if (display_name !== undefined) server.name = display_name[1];
      if (vm_state !== undefined) server.vm_state = vm_state[1];
      if (task_state !== undefined) server.task_state = task_state[1];
      if (vm_state === undefined && task_state === undefined) continue;
      const names = [key, uuid?.[1], server.name].filter((name) => typeof name === "string");
      this.states.set(entry.seq, { names, vmState: server.vm_state, taskState: server.task_state });
    }
  }
}

/** Whether `entry` is what `line` says. */
export function fits(line: FlowLine, entry: Entry, facts: FlowFacts): boolean {
  switch (line.kind) {
    case "rest":
      return (
        entry.kind === "rest.request" &&
        entry.method === line.method &&
        isParty(line.from, entry.from) &&
        isParty(line.to, entry.to) &&
        isPath(line.path, entry.path) &&
        hasStatus(line, entry, facts)
      );
    case "rpc":
      return (
        isRpc(entry) &&
        entry.kind === `rpc.${line.verb}` &&
        entry.method === line.method &&
        isParty(line.from, entry.from) &&
        reaches(line.to, entry, facts) &&
        endsAs(line, entry, facts)
      );
    case "notification":
      return (
        entry.kind === "notification" &&
        entry.event_type === line.event &&
        (isParty(line.from, entry.actor ?? "") || isParty(line.from, entry.publisher_id))
      );
    case "state":
      return isState(line, facts.states.get(entry.seq));
    default:
      return line satisfies never;
  }
}

/**
 * `nova-api` is any `nova-api@host`; with a host it is that one; `*` is anybody. A worker,
 * `nova-api:2@host`, is what it is a worker of.
 */
export function isParty(party: Party, name: string): boolean {
  if (party === "*" || name === party) return true;
  const process = name.replace(/:\d+@/, "@");
  return process === party || (!party.includes("@") && process.startsWith(`${party}@`));
}

/**
 * `/v2/{tenant}/servers` is `/v2/d7beb7f2/servers?limit=1`. The format that a client has put at the end
 * (`/v2.0/ports.json`) may be left away, as in an API reference.
 */
export function isPath(pattern: string, path: string): boolean {
  const [wanted, query] = cut(pattern);
  const [given, asked] = cut(path);
  if (query !== undefined && query !== asked) return false;
  const left = wanted.split("/");
  const right = (wanted.endsWith(".json") ? given : given.replace(/\.json$/, "")).split("/");
  if (left.length !== right.length) return false;
  return left.every((segment, i) =>
    /^\{.*\}$/.test(segment) ? right[i] !== "" : segment === right[i],
  );
}

/** Who took the message; before anybody has, whom its topic is for. */
export function reaches(to: Party, entry: RpcSentEntry, facts: FlowFacts): boolean {
  const takers = facts.messages.rpc.get(entry.id)?.delivered ?? [];
  if (takers.length > 0) return takers.some((taker) => isParty(to, taker.to));
  if (to === "*" || to === entry.topic) return true;
  const [service = "", host] = to.split("@");
  const convention = service === entry.topic || service.endsWith(`-${entry.topic}`);
  return convention && (host === undefined || host === entry.server);
}

export function isRpc(entry: Entry): entry is RpcSentEntry {
  return entry.kind === "rpc.call" || entry.kind === "rpc.cast" || entry.kind === "rpc.fanout";
}

function hasStatus(
  line: RestLine,
  entry: Extract<Entry, { kind: "rest.request" }>,
  facts: FlowFacts,
): boolean {
  if (line.status === undefined) return true;
  return facts.messages.rest.get(entry.id)?.response?.status === line.status;
}

function endsAs(line: RpcLine, entry: RpcSentEntry, facts: FlowFacts): boolean {
  if (line.fails === undefined) return true;
  const outcome = facts.messages.rpc.get(entry.id)?.outcome;
  if (outcome?.kind === "rpc.timeout")
    return line.fails === "*" || line.fails === "MessagingTimeout";
  if (outcome?.kind !== "rpc.failure") return false;
  return line.fails === "*" || line.fails === outcome.failure.class;
}

function isState(line: StateLine, state: ServerState | undefined): boolean {
  if (state === undefined || !state.names.includes(line.server)) return false;
  if (state.vmState !== line.vmState) return false;
  return line.taskState === undefined || (state.taskState ?? null) === line.taskState;
}

function cut(path: string): [string, string | undefined] {
  const mark = path.indexOf("?");
  return mark === -1 ? [path, undefined] : [path.slice(0, mark), path.slice(mark + 1)];
}
