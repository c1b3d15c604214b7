/**
 * What every flow of nova-compute works with: its environment, the driver, the tracker, and the
 * ways to the other services. There is no database among them. Upstream: the attributes of
 * ComputeManager in nova/compute/manager.py at 2014.2.
 */
import { RpcClient, clientOf, type ClientOf, type Notifier } from "../../../bus/index.js";
import {
  type RequestContext,
  serviceFlags,
  type FlagsOf,
  type Env,
} from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { type JsonObject, subscript } from "../../../python/index.js";
import { consoleauthApi } from "../consoleauth/rpcapi.js";
import { computeTaskApi } from "../conductor/rpcapi.js";
import { InstanceNotFound } from "../exception.js";
import {
  asObject,
  novaNotifier,
  notifyAboutInstanceUsage,
  type UsageDetails,
} from "../notifications.js";
import { ConductorStore } from "../objects/wire/conductor-store.js";
import type { Instance } from "../objects/instance.js";
import { objectSerializer } from "../objects/wire/serializer.js";
import * as powerStates from "../../../hardware/power-states.js";
import * as vmStates from "../states/vm-states.js";
import type { ComputeDriver } from "../virt/driver.js";
import type { ImageApi } from "../image/api.js";
import type { VolumeApi } from "../volume/cinder.js";
import { computeFlags } from "./flags.js";
import { InstanceEvents } from "./instance-events.js";
import type { NeutronV2Api } from "../network-api/neutronv2/api.js";
import { ResourceTracker } from "./tracker/resource-tracker.js";
import { computeApi } from "./rpcapi.js";
import type { InstanceUsage } from "./tracker/claims.js";

/** What nova-compute asks of the network. */
export type NetworkApi = Pick<
  NeutronV2Api,
  | "allocate_for_instance"
  | "add_fixed_ip_to_instance"
  | "remove_fixed_ip_from_instance"
  | "allocate_port_for_instance"
  | "deallocate_for_instance"
  | "deallocate_port_for_instance"
  | "get_instance_nw_info"
  | "migrate_instance_finish"
>;

/** What nova-compute itself asks of Glance; its driver asks more. */
export type ComputeImages = Pick<ImageApi, "get" | "detail" | "delete">;

export interface ComputeParts {
  readonly env: Env;
  readonly images: ComputeImages;
  readonly network: NetworkApi;
  readonly volumes: VolumeApi;
  readonly driver: (events: InstanceEvents, store: ConductorStore) => ComputeDriver;
}

export class ComputeHost {
  readonly env: Env;
  readonly host: string;
  readonly flags: FlagsOf<typeof computeFlags>;
  readonly store: ConductorStore;
  readonly computeTask: ClientOf<typeof computeTaskApi, RequestContext>;
  readonly computeRpc: ClientOf<typeof computeApi, RequestContext>;
  readonly consoleauth: ClientOf<typeof consoleauthApi, RequestContext>;
  readonly notifier: Notifier;
  readonly images: ComputeImages;
  readonly network: NetworkApi;
  readonly volumes: VolumeApi;
  readonly events: InstanceEvents;
  readonly driver: ComputeDriver;
  readonly tracker: ResourceTracker;
  /** Instances whose power state is being looked at. */
  readonly syncing = new Set<string>();

  readonly #notifies: boolean;

  constructor(parts: ComputeParts) {
    const { env } = parts;
    this.env = env;
    this.host = env.host;
    this.flags = env.flags.read(computeFlags);
    this.store = new ConductorStore(env);
    const rpc = new RpcClient(env.bus, objectSerializer(this.store));
    this.computeTask = clientOf(computeTaskApi, rpc);
    this.computeRpc = clientOf(computeApi, rpc);
    this.consoleauth = clientOf(consoleauthApi, rpc);
    this.notifier = novaNotifier(env, "compute");
    this.#notifies = env.flags.read(serviceFlags).notification_driver.length > 0;
    this.images = parts.images;
    this.network = parts.network;
    this.volumes = parts.volumes;
    this.events = new InstanceEvents(env.kernel);
    this.driver = parts.driver(this.events, this.store);
    this.tracker = new ResourceTracker(env, this.store, this.driver);
  }

  /** Do `op` while no other operation on that instance runs on this host. */
  locked<T>(instance: Instance, op: Op<T>): Op<T> {
    return this.env.locks.synchronized(instance.uuid, op);
  }

  /** Emit `compute.instance.<suffix>`; without a driver the payload is not even made. */
  *notify(
    ctxt: RequestContext,
    instance: Instance,
    suffix: string,
    details?: UsageDetails,
  ): Op<void> {
    if (!this.#notifies) return;
    yield* notifyAboutInstanceUsage(this.notifier, ctxt, asObject(instance), suffix, details);
  }

  /** `_get_power_state`: a guest that is not there has no state. */
  powerState(instance: Instance): powerStates.PowerState {
    return this.driver.powerState(instance) ?? powerStates.NOSTATE;
  }

  /** `_instance_update`: write columns through the conductor, then tell the tracker. */
  *instanceUpdate(ctxt: RequestContext, uuid: string, updates: JsonObject): Op<void> {
    const { conductor } = this.store;
    const call = { instance_uuid: uuid, updates, service: "conductor" } as const;
    const row = yield* conductor.instance_update(ctxt, call);
    subscript(row, "host");
    yield* this.tracker.updateUsage(ctxt, row as unknown as InstanceUsage);
  }

  /** `_set_instance_error_state`. An instance that is gone is none of our business any more. */
  *setInstanceErrorState(ctxt: RequestContext, instance: Instance): Op<void> {
    try {
      yield* this.instanceUpdate(ctxt, instance.uuid, { vm_state: vmStates.ERROR });
    } catch (error) {
      if (!(error instanceof InstanceNotFound)) throw error;
      this.log("debug", `Instance ${instance.uuid} has been destroyed from under us`);
    }
  }

  log(level: "debug" | "info" | "warning" | "error", message: string): void {
    this.env.log(level, message);
  }
}
