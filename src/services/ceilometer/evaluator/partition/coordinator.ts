/**
 * How several evaluators share alarms by fanout casts. Each reports that it is there; the oldest of those that have been
 * heard of lately leads. It deals all alarms out anew whenever evaluators come or go, or many alarms have been deleted,
 * and deals out single new ones in between. Upstream: ceilometer/alarm/partition/coordination.py
 * (PartitionCoordinator) at 2014.2.
 */
import { RpcClient, clientOf, type ClientOf } from "../../../../bus/index.js";
import type { Env } from "../../../../framework/index.js";
import { caught, unixMicros, type Micros, type Op, type Stream } from "../../../../kernel/index.js";
import { dictOrder, iterate, repr, str, textOf, type Json } from "../../../../python/index.js";
import { evaluatorFlags } from "../../alarm-flags.js";
import type { CeilometerClient } from "../../client/index.js";
import { adminContext, ceilometerSerializer, type CeilometerContext } from "../../context.js";
import { PartitionIdentity } from "./identity.js";
import { alarmPartitionApi } from "./rpcapi.js";

interface Report {
  readonly partition: PartitionIdentity;
  readonly heard: Micros;
}

export class PartitionCoordinator {
  readonly #env: Env;
  readonly #chance: Stream;
  readonly #rpc: ClientOf<typeof alarmPartitionApi, CeilometerContext>;
  readonly #start: Micros;
  readonly #this: PartitionIdentity;
  #oldest: PartitionIdentity | undefined;
  #isMaster = false;
  #presenceChanged = false;
  readonly #reports = new Map<string, Report>();
  #lastAlarms: ReadonlySet<string> = new Set();
  #deletedAlarms = new Set<string>();
  #assignment: string[] = [];

  constructor(env: Env) {
    const { kernel } = env;
    const { partition_rpc_topic: topic } = env.flags.read(evaluatorFlags);
    this.#env = env;
    this.#chance = env.stream("alarm partition");
    this.#start = kernel.now;
    const seconds = unixMicros(kernel.calendar.stamp(kernel.now)) / 1e6;
    this.#this = new PartitionIdentity(this.#chance.uuid(), seconds);
    const rpc = new RpcClient(env.bus, ceilometerSerializer);
    this.#rpc = clientOf({ ...alarmPartitionApi, topic }, rpc).prepare({ fanout: true });
  }

  *reportPresence(): Op<void> {
    const { uuid, priority } = this.#this;
    this.#debug(`${this.#this.name} reporting presence`);
    try {
      yield* this.#rpc.presence(adminContext(this.#env), { data: { uuid, priority } });
    } catch (thrown) {
      yield* this.#failed("presence reporting failed", thrown);
    }
  }

  /** @param interval in seconds */
  *checkMastership(interval: number, client: CeilometerClient): Op<void> {
    this.#debug(`${this.#this.name} checking mastership status`);
    try {
      const assuming = !this.#isMaster;
      this.#isMaster = this.#leads(interval) && (yield* this.#lead(assuming, client));
      this.#presenceChanged = false;
    } catch (thrown) {
      yield* this.#failed("mastership check failed", thrown);
    }
  }

  /** What of those that are to be judged is this one's. */
  *assigned<A extends { readonly alarm_id: string }>(enabled: () => Op<A[]>): Op<A[]> {
    if (this.#assignment.length === 0) {
      this.#debug(`${this.#this.name} has no assigned alarms to evaluate`);
      return [];
    }
    try {
      this.#debug(`${this.#this.name} alarms for evaluation: ${repr(this.#assignment)}`);
      const own = new Set(this.#assignment);
      return (yield* enabled()).filter(({ alarm_id }) => own.has(alarm_id));
    } catch (thrown) {
      yield* this.#failed("assignment retrieval failed", thrown);
      return [];
    }
  }

  /** Somebody says that it is there. */
  presence(uuid: Json, priority: Json): void {
    const partition = new PartitionIdentity(uuid, priority);
    if (partition.key === this.#this.key) return;
    if (!this.#reports.has(partition.key)) this.#presenceChanged = true;
    if (partition.isBefore(this.#oldest)) this.#oldest = partition;
    this.#reports.set(partition.key, { partition, heard: this.#env.kernel.now });
  }

  assign(uuid: Json, alarms: Json): void {
    if (uuid !== this.#this.uuid) return;
    this.#debug(`${this.#this.name} got assignment: ${repr(alarms)}`);
    this.#assignment = iterate(alarms).map(str);
  }

  allocate(uuid: Json, alarms: Json): void {
    if (uuid !== this.#this.uuid) return;
    this.#debug(`${this.#this.name} got allocation: ${repr(alarms)}`);
    this.#assignment.push(...iterate(alarms).map(str));
  }

  /** `_is_master`: not before it has lived for two intervals; who was silent for as long is forgotten. */
  #leads(interval: number): boolean {
    const { now } = this.#env.kernel;
    const since = (at: Micros): number => (now - at) / 1e6;
    if (since(this.#start) < interval * 2) {
      this.#debug(`${this.#this.name} still warming up`);
      return false;
    }
    let leads = true;
    for (const { partition, heard } of [...this.#reports.values()]) {
      this.#debug(`last heard from ${partition.name} ${since(heard)} seconds ago`);
      if (since(heard) > interval * 2) {
        this.#reports.delete(partition.key);
        if (this.#oldest?.key === partition.key) this.#oldest = undefined;
        this.#debug(`${this.#this.name} detects stale evaluator: ${partition.name}`);
        this.#presenceChanged = true;
      } else if (partition.isBefore(this.#this)) {
        leads = false;
        this.#env.log("info", `${this.#this.name} sees older potential master: ${partition.name}`);
      }
    }
    this.#env.log("info", `${this.#this.name} is master?: ${leads ? "True" : "False"}`);
    return leads;
  }

  /** `_master_role`. @returns whether nobody older has turned up meanwhile */
  *#lead(assuming: boolean, client: CeilometerClient): Op<boolean> {
    const alarms = (yield* client.alarms()).map((alarm) => textOf(alarm, "alarm_id"));
    const created = dictOrder(alarms.filter((id) => !this.#lastAlarms.has(id)));
    this.#debug(`newly created alarms ${repr(created)}`);
    const manyDeleted = this.#deletionRequiresRebalance(alarms);
    const anew = assuming || manyDeleted || this.#presenceChanged;
    let ahead = this.#this.isBefore(this.#oldest);
    if (anew) ahead = yield* this.#distribute(alarms, true);
    else if (created.length > 0) ahead = yield* this.#distribute(created, false);
    this.#lastAlarms = new Set(alarms);
    this.#env.log(
      "info",
      `${this.#this.name} not overtaken as master? ${ahead ? "True" : "False"}`,
    );
    return ahead;
  }

  #deletionRequiresRebalance(alarms: readonly string[]): boolean {
    const gone = [...this.#lastAlarms].filter((id) => !alarms.includes(id));
    for (const id of gone) this.#deletedAlarms.add(id);
    if (this.#deletedAlarms.size <= Math.floor(alarms.length / 5)) return false;
    this.#debug("alarm deletion activity requires rebalance");
    this.#deletedAlarms = new Set();
    return true;
  }

  /** @returns whether it came to an end */
  *#distribute(alarms: readonly string[], anew: boolean): Op<boolean> {
    const verb = anew ? "assign" : "allocate";
    this.#debug(`triggering ${verb}`);
    const share = Math.ceil(alarms.length / (this.#reports.size + 1));
    this.#debug(`per evaluator allocation ${share}`);
    let offset = 0;
    for (const partition of this.#shuffled()) {
      if (this.#oldest?.isBefore(this.#this) === true) {
        const why = `as older partition detected: ${this.#oldest.name}`;
        this.#env.log("warning", `${this.#this.name} bailing on distribution cycle ${why}`);
        return false;
      }
      const allocation = alarms.slice(offset, offset + share);
      if (allocation.length > 0) {
        this.#debug(`${verb}-ing ${repr(allocation)} to ${partition.name}`);
        const data = { uuid: partition.uuid, alarms: allocation };
        yield* this.#rpc[verb](adminContext(this.#env), { data });
      }
      offset += share;
    }
    const own = alarms.slice(offset);
    this.#debug(`master taking ${repr(own)} for self`);
    if (anew) this.#assignment = own;
    else this.#assignment.push(...own);
    return true;
  }

  /** `random.shuffle`. */
  #shuffled(): readonly PartitionIdentity[] {
    const left = [...this.#reports.values()].map(({ partition }) => partition);
    const shuffled: PartitionIdentity[] = [];
    while (left.length > 0) shuffled.push(...left.splice(this.#chance.int(0, left.length - 1), 1));
    return shuffled;
  }

  #debug(message: string): void {
    this.#env.log("debug", message);
  }

  *#failed(what: string, thrown: unknown): Op<void> {
    const { name, message } = yield* caught(thrown);
    this.#env.log("error", `${what}: ${name}: ${message}`);
  }
}
