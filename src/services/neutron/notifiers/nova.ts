/**
 * Tells Nova about its ports. The first event starts a timer; all that come until it fires go out
 * in one request. What Nova does not take is logged and dropped: nothing is sent twice.
 * Upstream: neutron/notifiers/nova.py; other-services §3.5.
 */
import type { FlagsOf, Env } from "../../../framework/index.js";
import { caught, seconds, sleep, type Op } from "../../../kernel/index.js";
import { isUuidLike, type Json, type JsonObject } from "../../../python/index.js";
import type { ServerEvent } from "../../nova/client/index.js";
import { novaNotifierFlags } from "../flags.js";
import type { Port, PortStatus } from "../db/rows.js";
import { NovaEventsClient } from "./nova-client.js";

/** Whether a port is a server's, and Nova knows that server. */
const isComputePort = (deviceId: Json | undefined, owner: Json | undefined): boolean =>
  typeof deviceId === "string" &&
  isUuidLike(deviceId) &&
  typeof owner === "string" &&
  owner.startsWith("compute:");

export class NovaNotifier {
  readonly #env: Env;
  readonly #flags: FlagsOf<typeof novaNotifierFlags>;
  readonly #client: NovaEventsClient;
  readonly #name: string;
  #pending: ServerEvent[] = [];
  #waiting = false;

  constructor(env: Env, name: string) {
    this.#env = env;
    this.#name = name;
    this.#flags = env.flags.read(novaNotifierFlags);
    this.#client = new NovaEventsClient(env, this.#flags);
  }

  /** `port` is what it was; it has `status` now. */
  portStatusChanged(port: Port, status: PortStatus): void {
    if (!this.#flags.notify_nova_on_port_status_changes) return;
    if (!isComputePort(port.device_id, port.device_owner)) return;
    const name = eventOf(port.status, status);
    if (name === undefined) return;
    this.#queue({
      server_uuid: port.device_id,
      name,
      status: status === "ERROR" ? "failed" : "completed",
      tag: port.uuid,
    });
  }

  /** Whether requests that change ports are told of (`notify_nova_on_port_data_changes`). */
  get tellsChanges(): boolean {
    return this.#flags.notify_nova_on_port_data_changes;
  }

  /** A request changed a port, or the floating IP that leads to it. */
  portChanged(port: Pick<Port, "device_id" | "device_owner"> | JsonObject): void {
    if (!this.tellsChanges) return;
    const { device_id, device_owner } = port;
    if (!isComputePort(device_id, device_owner)) return;
    this.#queue({ server_uuid: device_id as string, name: "network-changed" });
  }

  #queue(event: ServerEvent): void {
    this.#pending.push(event);
    if (this.#waiting) return;
    this.#waiting = true;
    const { kernel, actor } = this.#env;
    // Part of the story, whoever noticed the change first; the batch is nobody's request.
    kernel.spawn(this.#sendLater(), {
      name: `send events of ${this.#name}`,
      actor,
      daemon: false,
      detail: "flow",
    });
  }

  *#sendLater(): Op<void> {
    yield* sleep(seconds(this.#flags.send_events_interval));
    this.#waiting = false;
    const events = this.#pending;
    this.#pending = [];
    try {
      yield* this.#client.create(events);
    } catch (thrown) {
      const error = yield* caught(thrown);
      const names = events.map(({ name, server_uuid }) => `${name} of ${server_uuid}`);
      this.#env.log(
        "warning",
        `Failed to notify nova on events ${names.join(", ")}: ${error.message}`,
      );
    }
  }
}

/** Up is news from anything but up; down is news only from up. */
function eventOf(was: PortStatus, is: PortStatus): string | undefined {
  if (was === "ACTIVE") return is === "DOWN" ? "network-vif-unplugged" : undefined;
  if (was === "ERROR") return undefined;
  return is === "ACTIVE" || is === "ERROR" ? "network-vif-plugged" : undefined;
}
