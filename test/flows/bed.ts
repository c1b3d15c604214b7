/**
 * A whole cloud that is watched: every message, notification and stored state of a flow as a line
 * of text, complete and in order, so that a flow can be laid beside the specification row by row.
 */
import { HttpClient } from "../../src/http/index.js";
import { Cloud, type CloudSetup } from "../../src/cloud/cloud.js";
import type { Latency } from "../../src/cloud/options/options.js";
import type { AnyObservation } from "../../src/timeline/entry.js";
import type { CommandResult } from "../../src/clients/index.js";
import type { HttpResponse } from "../../src/http/index.js";
import {
  milliseconds,
  seconds,
  type Duration,
  type Micros,
  type Span,
} from "../../src/kernel/index.js";
import type { Json } from "../../src/python/index.js";
import { Lines, type Line } from "./lines.js";

export const BOOT = "nova boot t3 --flavor m1.nano --image cirros --nic net-id=private";

/** What an observation at detail `flow` was, when, and what led to it. */
export type Seen = AnyObservation & { readonly at: Micros; readonly cause: number };

const every = (span: Duration): Span => ({ min: span, max: span });

/** Every hop takes as long as any other of its kind, so that no order is a matter of luck. */
const EVEN: Partial<Latency> = {
  rest: every(milliseconds(2)),
  rpc: every(milliseconds(1)),
  spawn: every(seconds(2)),
  power_off: every(seconds(2)),
  power_on: every(seconds(2)),
  snapshot: every(seconds(1)),
  destroy: every(milliseconds(400)),
  wire_port: every(milliseconds(100)),
};

interface Access {
  readonly access: {
    readonly token: { readonly id: string; readonly tenant: { readonly id: string } };
  };
}

export class WholeCloud {
  readonly cloud: Cloud;
  readonly seen: Seen[] = [];
  /** Everything before it is no part of what is asked about. */
  #from = 0;

  constructor(options: CloudSetup = {}) {
    this.cloud = new Cloud({
      ...options,
      flags: { notification_driver: ["messagingv2"], ...options.flags },
      latency: { ...EVEN, ...options.latency },
      observer: {
        observe: (at, what, detail, cause) => {
          if (detail !== "flow") return cause;
          return this.seen.push({ at, ...what, cause } as Seen) - 1;
        },
      },
    });
  }

  /** Look only at what comes from now on. */
  mark(): void {
    this.#from = this.seen.length;
  }

  get recent(): readonly Seen[] {
    return this.seen.slice(this.#from);
  }

  /** A command line of a user; `demo` is nobody special, `admin` is. */
  type(line: string, user = "demo"): CommandResult {
    return this.cloud.user(user).command(line);
  }

  /** Let go on for `span` seconds what goes on. */
  pass(span: number): void {
    this.cloud.advance(seconds(span));
  }

  /** Until nothing is under way and the L2 agents and Neutron's batches are through. */
  rest(): void {
    this.cloud.settle();
    this.pass(8);
    this.cloud.settle();
  }

  /** A server that is ACTIVE; the flow that made it is behind. */
  boot(line = BOOT): void {
    this.type(line);
    this.rest();
    this.mark();
  }

  /** Go on until the server is stored in that state: `building/spawning`. */
  until(state: string): void {
    this.when(
      `stored ${state}`,
      () => this.cloud.server("t3") !== undefined && this.state === state,
    );
  }

  /** Go on until a message of that kind is on its way: a line of the flow that fits. */
  untilSaid(line: RegExp): void {
    this.when(String(line), () => this.lines().some(({ text }) => line.test(text)));
  }

  when(what: string, met: () => boolean): void {
    const { kernel } = this.cloud;
    if (!kernel.runUntil(met, kernel.now + seconds(1000))) throw new Error(`never: ${what}`);
  }

  /** A call of the conductor's, as an operator at the bus makes it. */
  operator(method: string, args: Record<string, Json>): Json {
    const admin = this.cloud.user("admin");
    const message = { method, args, version: "2.0" };
    return this.cloud.run(admin.rpc.call(admin.adminContext(), "conductor", message));
  }

  /** A request by hand, after a login: `http("admin", "GET", "8774/v2/{tenant}/flavors")`. */
  http(user: string, method: string, at: string, body?: Json): HttpResponse {
    const client = new HttpClient(this.cloud.network, "curl");
    const passwordCredentials = { username: user, password: "secret" };
    const login = { auth: { tenantName: user, passwordCredentials } };
    const url = "http://controller:5000/v2.0/tokens";
    const { body: access } = this.cloud.run(client.request("POST", url, { body: login }));
    const { token } = (access as unknown as Access).access;
    const asked = `http://controller:${at.replace("{tenant}", token.tenant.id)}`;
    const headers = { "x-auth-token": token.id };
    return this.cloud.run(client.request(method, asked, { headers, ...(body && { body }) }));
  }

  /** Begin a command line, and let no time go by. */
  begin(line: string, user = "demo"): void {
    this.cloud.user(user).begin(line);
  }

  /** `active/-`, as it is stored. */
  get state(): string {
    const server = this.server;
    return `${server.vm_state}/${server.task_state ?? "-"}`;
  }

  get server() {
    const server = this.cloud.server("t3");
    if (server === undefined) throw new Error("there is no server t3");
    return server;
  }

  lines(): readonly Line[] {
    return new Lines(this.cloud, this.seen).from(this.#from);
  }

  /** Everything since the mark, of whatever request. */
  texts(): string[] {
    return this.lines().map(({ text }) => text);
  }

  /**
   * The flow of one request of a user: everything that it led to, wherever, until the user's next
   * request. The last one that fits counts, so a command's own look-ups are left out.
   */
  flow(request: RegExp): Line[] {
    const lines = this.lines();
    const root = lines.findLast(
      ({ text }) => text.startsWith("nova-client ") && request.test(text),
    );
    if (root === undefined) throw new Error(`no request is ${String(request)}`);
    return lines.filter(({ seq }) => this.#rootOf(seq) === root.seq);
  }

  /** The request of a user that led to it. */
  #rootOf(seq: number): number | undefined {
    for (let at = seq; at >= 0; at = this.seen[at]?.cause ?? -1) {
      const each = this.seen[at];
      if (each?.kind === "rest.request" && each.from.startsWith("nova-client@")) return at;
    }
    return undefined;
  }

  /** What was stored of the server, one after the other. */
  states(): string[] {
    return this.texts()
      .filter((text) => text.startsWith("stored "))
      .map((text) => text.slice("stored ".length));
  }

  /** Nova's notifications, as they came. */
  notifications(): string[] {
    return this.recent
      .filter((each) => each.kind === "notification")
      .map((each) => each.event_type)
      .filter((type) => !/^(port|network|identity|image)\./.test(type));
  }

  /** Rows of a table as they are now, from what was seen of them since the cloud's start. */
  rows(table: string, project = "nova"): Map<string | number, Record<string, unknown>> {
    const rows = new Map<string | number, Record<string, unknown>>();
    for (const each of this.seen) {
      if (each.kind !== "db" || each.table !== table || each.project !== project) continue;
      if (each.op === "delete") rows.delete(each.key);
      else {
        const row = rows.get(each.key) ?? {};
        for (const [column, [, now]] of Object.entries(each.changes)) row[column] = now;
        rows.set(each.key, row);
      }
    }
    return rows;
  }

  /** `500 message`, oldest first. */
  faults(): string[] {
    return [...this.rows("instance_faults").values()].map(
      ({ code, message }) => `${String(code)} ${String(message)}`,
    );
  }

  /** `compute_build_and_run_instance Success`, in the order in which they began. */
  events(): string[] {
    return [...this.rows("instance_actions_events").values()].map(
      ({ event, result }) => `${String(event)} ${typeof result === "string" ? result : "-"}`,
    );
  }

  /** `compute-1 ovs ACTIVE`: where each port of a server is bound, how, and its status. */
  ports(): string[] {
    const bindings = this.rows("ml2_port_bindings", "neutron");
    return [...this.rows("ports", "neutron")]
      .filter(([, { device_owner }]) => String(device_owner).startsWith("compute:"))
      .map(([id, { status }]) => {
        const { host, vif_type } = bindings.get(id) ?? {};
        return `${String(host)} ${String(vif_type)} ${String(status)}`;
      });
  }

  /** `instances 1+0, cores 1+0, ram 64+0`: in use and reserved of what servers use. */
  quota(): string {
    return [...this.rows("quota_usages").values()]
      .filter(({ resource }) => resource !== "security_groups")
      .map(
        ({ resource, in_use, reserved }) =>
          `${String(resource)} ${String(in_use)}+${String(reserved)}`,
      )
      .join(", ");
  }

  /** Hosts that the conductor has sent the build to, and how often a host gave it back. */
  attempts(): string[] {
    return this.texts().flatMap((text) => {
      const sent = /^nova-conductor -> nova-compute@(\S+) cast build_and_run_instance/.exec(text);
      if (sent !== null) return [sent[1] ?? ""];
      return /^nova-compute\S* -> nova-conductor cast build_instances/.test(text) ? ["back"] : [];
    });
  }
}
