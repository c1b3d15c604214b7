/**
 * A cluster of MongoDB is put together once its guests are there: the query routers are told of the config
 * servers, a replica set is made of the members, and the set becomes a shard. What fails is seen at the instances
 * and not at the cluster, whose task is over all the same, but for a guest that takes too long altogether.
 * Upstream: trove/common/strategies/mongodb/taskmanager.py (MongoDbClusterTasks) at 2014.2.
 */
import { caught, done, seconds, withTimeout, type Op } from "../../../../kernel/index.js";
import { IndexException, repr, TimedOut } from "../../../../python/index.js";
import { clusterById, setClusterTask } from "../../cluster/clusters.js";
import { NONE } from "../../cluster/tasks.js";
import type { TroveContext } from "../../context.js";
import { PollTimeOut } from "../../exception.js";
import { visibleAddresses } from "../../instance/addresses.js";
import {
  builtInstance,
  serviceStatus,
  setTask,
  type Instance,
  type InstanceRecord,
} from "../../instance/instances.js";
import * as service from "../../instance/service-status.js";
import { BUILDING_ERROR_SERVER } from "../../instance/tasks.js";
import { pollUntil } from "../../poll.js";
import { ClusterGuest } from "../../remote/cluster-guest.js";
import type { TaskParts } from "../task-parts.js";

export interface Shard {
  readonly cluster_id: string;
  readonly shard_id: string;
  readonly replica_set_name: string;
}

export function* createCluster(parts: TaskParts, ctxt: TroveContext, id: string): Op<void> {
  clusterById(parts, ctxt, id);
  const building = new Building(parts, ctxt, id);
  yield* building.within("timeout for building cluster.", building.whole());
}

export function* addShard(parts: TaskParts, ctxt: TroveContext, shard: Shard): Op<void> {
  clusterById(parts, ctxt, shard.cluster_id);
  const building = new Building(parts, ctxt, shard.cluster_id, shard.shard_id);
  const adding = building.shard(shard.replica_set_name);
  yield* building.within("timeout for building shard.", adding);
}

class Building {
  readonly #parts: TaskParts;
  readonly #ctxt: TroveContext;
  readonly #id: string;
  readonly #shardId: string | undefined;

  constructor(parts: TaskParts, ctxt: TroveContext, id: string, shardId?: string) {
    this.#parts = parts;
    this.#ctxt = ctxt;
    this.#id = id;
    this.#shardId = shardId;
  }

  *within(words: string, op: Op<void>): Op<void> {
    const { db, env, flags } = this.#parts;
    try {
      yield* withTimeout(seconds(flags.cluster_usage_timeout), "building a cluster", op);
      env.log("info", `Setting task to NONE on cluster ${this.#id}`);
      setClusterTask(db, this.#id, NONE);
    } catch (error) {
      if (!(error instanceof TimedOut)) throw error;
      this.#parts.exception(words, error);
      this.#fail();
    }
  }

  *whole(): Op<void> {
    if (!(yield* this.#areReady())) return;
    const instances = yield* this.#loaded(this.#rows());
    const of = (type: string) => instances.filter(({ row }) => row.type === type);
    const [routers, members] = [of("query_router"), of("member")];
    const servers = of("config_server").map((instance) => this.#address(instance));
    const telling = this.#each(routers, (router) => this.#guest(router).addConfigServers(servers));
    if (!(yield* this.#orFailed("error adding config servers", telling))) return;
    if (!(yield* this.#replicaSet(members))) return;
    if (!(yield* this.#asShard(routers, "rs1", members))) return;
    yield* this.#each(instances, (instance) => this.#guest(instance).clusterComplete());
  }

  *shard(replicaSet: string): Op<void> {
    if (!(yield* this.#areReady())) return;
    const members = yield* this.#loaded(this.#rows());
    if (!(yield* this.#replicaSet(members))) return;
    const { instances } = this.#parts.db;
    const found = instances.find({ cluster_id: this.#id, type: "query_router" });
    const routers = yield* this.#loaded(found);
    if (!(yield* this.#asShard(routers, replicaSet, members))) return;
    yield* this.#each(members, (member) => this.#guest(member).clusterComplete());
  }

  /** Those of the cluster, or of the shard. */
  #rows(): readonly InstanceRecord[] {
    const all = this.#parts.db.instances.find({ cluster_id: this.#id });
    return all.filter(({ shard_id }) => this.#shardId === undefined || shard_id === this.#shardId);
  }

  /** `_all_instances_ready`: one that has failed ends the wait. */
  *#areReady(): Op<boolean> {
    const { db, env, flags } = this.#parts;
    const ids = this.#rows().map(({ uuid }) => uuid);
    const hasFailed = (id: string): boolean => isOneOf(serviceStatus(db, id), FAILURES);
    const patience = { sleepTime: flags.usage_sleep_time, timeOut: flags.usage_timeout };
    try {
      yield* pollUntil(env, patience, () => {
        const open = ids.find((id) => hasFailed(id) || !isOneOf(serviceStatus(db, id), READY));
        return done(open === undefined || hasFailed(open));
      });
    } catch (error) {
      if (!(error instanceof PollTimeOut)) throw error;
      this.#parts.exception("Timeout for all instance service statuses to become ready.", error);
      this.#fail();
      return false;
    }
    const failed = ids.filter(hasFailed);
    if (failed.length === 0) return true;
    env.log("error", `Some instances failed to become ready: ${repr(failed)}`);
    this.#fail();
    return false;
  }

  /** The first member begins, and is told of the others. */
  #replicaSet([first, ...others]: readonly Instance[]): Op<boolean> {
    if (first === undefined) throw new IndexException("list index out of range");
    this.#address(first);
    const addresses = others.map((instance) => this.#address(instance));
    return this.#orFailed("error adding members", this.#guest(first).addMembers(addresses));
  }

  #asShard(
    [router]: readonly Instance[],
    replicaSet: string,
    [member]: readonly Instance[],
  ): Op<boolean> {
    if (router === undefined || member === undefined) {
      throw new IndexException("list index out of range");
    }
    const adding = this.#guest(router).addShard(replicaSet, this.#address(member));
    return this.#orFailed("error adding shard", adding);
  }

  *#orFailed(words: string, op: Op<void>): Op<boolean> {
    try {
      yield* op;
      return true;
    } catch (thrown) {
      if (thrown instanceof TimedOut) throw thrown;
      this.#parts.exception(words, yield* caught(thrown));
      this.#fail();
      return false;
    }
  }

  /** `update_statuses_on_failure`. */
  #fail(): void {
    const { db, flags } = this.#parts;
    if (!flags.update_status_on_fail) return;
    for (const { uuid } of this.#rows()) setTask(db, uuid, BUILDING_ERROR_SERVER);
  }

  *#each(instances: readonly Instance[], tell: (instance: Instance) => Op<void>): Op<void> {
    for (const instance of instances) yield* tell(instance);
  }

  *#loaded(rows: readonly InstanceRecord[]): Op<readonly Instance[]> {
    const loaded: Instance[] = [];
    for (const { uuid } of rows) {
      loaded.push(yield* builtInstance(this.#parts, this.#ctxt, uuid));
    }
    return loaded;
  }

  /** @throws IndexError for one that has none which its users are told */
  #address(instance: Instance): string {
    const [address] = visibleAddresses(this.#parts, instance);
    if (address !== undefined) return address;
    throw new IndexException("list index out of range");
  }

  #guest({ row }: Instance): ClusterGuest {
    return new ClusterGuest(this.#parts.guests, this.#ctxt, row.uuid);
  }
}

const READY: readonly service.ServiceStatus[] = [service.RUNNING, service.BUILD_PENDING];
const FAILURES: readonly service.ServiceStatus[] = [
  service.FAILED,
  service.FAILED_TIMEOUT_GUESTAGENT,
];

const isOneOf = (status: service.ServiceStatus, some: readonly service.ServiceStatus[]): boolean =>
  some.some(({ code }) => code === status.code);
