/**
 * What was observed of a run as lines, with names for ids:
 *
 *     nova-api -> glance-api HEAD /v1/images/{image} 200
 *     nova-compute@compute-1 -> nova-conductor call Instance.save task_state=networking if [null]
 *     notification compute.instance.create.start
 *     stored building/networking
 */
import type { Cloud } from "../../src/cloud/cloud.js";
import type { Micros } from "../../src/kernel/index.js";
import type { Seen } from "./bed.js";

export interface Line {
  readonly at: Micros;
  /** Number of the observation, as a recording counts entries. */
  readonly seq: number;
  readonly text: string;
}

type Sent = Extract<Seen, { kind: "rpc.call" | "rpc.cast" | "rpc.fanout" }>;

interface Primitive {
  readonly "nova_object.name"?: string;
  readonly "nova_object.data"?: Readonly<Record<string, unknown>>;
  readonly "nova_object.changes"?: readonly string[];
}

interface Args {
  readonly objname?: string;
  readonly objinst?: Primitive;
  readonly objmethod?: string;
  readonly kwargs?: Readonly<Record<string, unknown>>;
  readonly updates?: Readonly<Record<string, unknown>>;
  readonly events?: readonly Primitive[];
  readonly args?: readonly unknown[];
}

/** What tables call what their rows are, in a path. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ["instances", "{server}"],
  ["images", "{snapshot}"],
  ["ports", "{port}"],
]);

export class Lines {
  readonly #seen: readonly Seen[];
  readonly #names = new Map<string, string>();
  readonly #statuses = new Map<number, number>();
  readonly #takers = new Map<number, string[]>();
  readonly #ends = new Map<number, string>();

  constructor(cloud: Cloud, seen: readonly Seen[]) {
    this.#seen = seen;
    this.#name(cloud, "image", "cirros", "{image}");
    this.#name(cloud, "network", "private", "{network}");
    this.#name(cloud, "project", "demo", "{tenant}");
    this.#name(cloud, "project", "service", "{service}");
    this.#name(cloud, "user", "demo", "{user}");
    for (const each of seen) this.#learn(each);
  }

  from(start: number): Line[] {
    const lines: Line[] = [];
    const states = new Map<string | number, [unknown, unknown]>();
    for (const [seq, each] of this.#seen.entries()) {
      const text = this.#text(each, states);
      if (text !== undefined && seq >= start) lines.push({ at: each.at, seq, text });
    }
    return lines;
  }

  #name(cloud: Cloud, kind: string, name: string, shown: string): void {
    const id = cloud.id(kind, name);
    if (id !== undefined) this.#names.set(id, shown);
  }

  #learn(each: Seen): void {
    if (each.kind === "rest.response") this.#statuses.set(each.id, each.status);
    else if (each.kind === "rpc.delivered") {
      this.#takers.set(each.id, [...(this.#takers.get(each.id) ?? []), short(each.to)]);
    } else if (each.kind === "rpc.failure") {
      this.#ends.set(each.id, ` fails ${each.failure.class}`);
    } else if (each.kind === "rpc.timeout") this.#ends.set(each.id, " times out");
    else if (each.kind === "rpc.lost") this.#ends.set(each.id, " is lost");
    else if (each.kind === "db" && each.op === "insert") {
      const shown = KINDS.get(each.table);
      if (shown !== undefined) this.#names.set(String(each.key), shown);
    }
  }

  #text(each: Seen, states: Map<string | number, [unknown, unknown]>): string | undefined {
    switch (each.kind) {
      case "rest.request": {
        const who = `${short(each.from)} -> ${short(each.to)}`;
        const status = this.#statuses.get(each.id);
        return `${who} ${each.method} ${this.#path(each.path)} ${status ?? "unanswered"}`;
      }
      case "rpc.call":
      case "rpc.cast":
      case "rpc.fanout": {
        const takers = this.#takers.get(each.id) ?? [meant(each)];
        const who = `${short(each.from)} -> ${[...takers].sort().join(", ")}`;
        const what = said(each.method, each.args as Args);
        return `${who} ${each.kind.slice(4)} ${what}${this.#ends.get(each.id) ?? ""}`;
      }
      case "notification":
        return `notification ${each.event_type}`;
      case "db": {
        if (each.table !== "instances") return undefined;
        const { vm_state, task_state } = each.changes;
        const [vm, task] = states.get(each.key) ?? [undefined, null];
        const now: [unknown, unknown] = [
          vm_state === undefined ? vm : vm_state[1],
          task_state === undefined ? task : task_state[1],
        ];
        states.set(each.key, now);
        if (vm_state === undefined && task_state === undefined) return undefined;
        return `stored ${word(now[0])}/${word(now[1] ?? "-")}`;
      }
      default:
        return undefined;
    }
  }

  #path(path: string): string {
    return path.replaceAll(
      /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}/g,
      (id) => this.#names.get(id) ?? "{id}",
    );
  }
}

/** There is one controller, so only compute hosts are told apart. */
const short = (actor: string): string => actor.replace(/@(controller|demo|admin)$/, "");

/** Whom a message is for that nobody has taken. */
const meant = ({ exchange, topic, server }: Sent): string =>
  exchange === "nova" ? short(`nova-${topic}@${server ?? "controller"}`) : (server ?? topic);

/** A method, or whose method of an object, with what changes and what is expected. */
function said(method: string, args: Args): string {
  const { objinst, objname, objmethod, kwargs, updates, events } = args;
  const called = objname === "InstanceActionEvent" ? args.args : undefined;
  if (objmethod !== undefined) {
    const name = objinst?.["nova_object.name"] ?? objname ?? "";
    return `${name}.${objmethod}${changed(objinst)}${expected(kwargs)}${event(called)}`;
  }
  if (updates !== undefined) return `${method}${shown(Object.entries(updates))}`;
  if (events !== undefined) return `${method} ${events.map(nameOf).join(", ")}`;
  return method;
}

function changed(objinst: Primitive | undefined): string {
  const data = objinst?.["nova_object.data"] ?? {};
  return shown((objinst?.["nova_object.changes"] ?? []).map((key) => [key, data[key]]));
}

/** Values of columns that are words; of all else only that they are written. */
function shown(entries: readonly (readonly [string, unknown])[]): string {
  return entries
    .map(([key, value]) => (PLAIN.has(key) ? ` ${key}=${word(value)}` : ` ${key}`))
    .sort()
    .join("");
}

const word = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value ?? null);

const PLAIN = new Set(["vm_state", "task_state", "host", "node", "power_state", "device_name"]);

function expected(kwargs: Args["kwargs"]): string {
  const tasks = kwargs?.["expected_task_state"] as string | readonly (string | null)[] | undefined;
  if (tasks === undefined) return "";
  return ` if [${(typeof tasks === "string" ? [tasks] : tasks).map((task) => task ?? "null").join(", ")}]`;
}

const nameOf = (event: Primitive): string => word(event["nova_object.data"]?.["name"]);

/** Of an instance, and which. */
function event(args: Args["args"]): string {
  const name = args?.[1];
  return typeof name === "string" ? ` ${name}` : "";
}
