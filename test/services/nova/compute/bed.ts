/**
 * One or more nova-computes with a real conductor behind them. The scheduler, Neutron and Glance are
 * stand-ins that do as they are told and note what they were asked.
 */
import { RpcServer, endpoint } from "../../../../src/bus/index.js";
import type { RpcSent } from "../../../../src/bus/observations.js";
import type { FlagValues, Env } from "../../../../src/framework/index.js";
import type { DbChange } from "../../../../src/framework/observations.js";
import { milliseconds, seconds, type Op } from "../../../../src/kernel/index.js";
import { computeApi } from "../../../../src/services/nova/compute/rpcapi.js";
import {
  NovaCompute,
  type ComputeApis,
} from "../../../../src/services/nova/compute/start/service.js";
import { novaConductor } from "../../../../src/services/nova/conductor/index.js";
import { blockDevices } from "../../../../src/services/nova/db/block-devices.js";
import { actionStart } from "../../../../src/services/nova/db/instances/instance-actions.js";
import type { BlockDeviceMappingList } from "../../../../src/services/nova/objects/block-device-mapping.js";
import { InstanceExternalEvent } from "../../../../src/services/nova/objects/external-event.js";
import type { RequestedNetworks } from "../../../../src/services/nova/objects/network-request.js";
import { getInstance, type Instance } from "../../../../src/services/nova/objects/instance.js";
import { objectSerializer } from "../../../../src/services/nova/objects/wire/serializer.js";
import {
  schedulerApi,
  type Destination,
  type FilterProperties,
} from "../../../../src/services/nova/scheduler/rpcapi.js";
import { VolumeApi } from "../../../../src/services/nova/volume/cinder.js";
import { GuestFiles } from "../../../../src/hardware/guest-files.js";
import { IntegrationBridge } from "../../../../src/hardware/integration-bridge.js";
import { Hypervisor } from "../../../../src/hardware/hypervisor.js";
import { NoValidHost } from "../../../../src/services/nova/exception.js";
import { NovaBed, requestSpec, uuid } from "../bed.js";
import { FakeImages, cirros } from "./fake-images.js";
import { FakeNetwork, PORT } from "./fake-network.js";

const span = (ms: number) => ({ min: milliseconds(ms), max: milliseconds(ms) });
export const LATENCY = {
  spawn: span(2000),
  power_off: span(1000),
  power_on: span(1000),
  suspend: span(1000),
  resume: span(1000),
  snapshot: span(1000),
  destroy: span(200),
  attach_volume: span(300),
  detach_volume: span(300),
  image_mb_per_s: 100,
};

/** A compute host with all that a test may want to reach for. */
export interface Host {
  readonly env: Env;
  readonly process: NovaCompute;
  readonly hypervisor: Hypervisor;
  readonly network: FakeNetwork;
  readonly bridge: IntegrationBridge;
}

export class ComputeBed extends NovaBed {
  readonly images = new FakeImages();
  readonly files = new GuestFiles();
  readonly compute = this.client(computeApi);
  /** What the scheduler answers with, one after another; then NoValidHost. */
  readonly destinations: string[] = [];
  readonly #before = new Map<string, [vm: string, task: string | null]>();

  constructor(flags: FlagValues = {}) {
    super({ notification_driver: ["messaging"], ...flags });
    this.start(novaConductor(this.nova("nova-conductor"), this.db));
    this.#startScheduler();
  }

  #startScheduler(): void {
    const bed = this.destinations;
    const manager = {
      *select_destinations(): Op<Destination[]> {
        const host = bed.shift();
        if (host === undefined) throw new NoValidHost({ reason: "" });
        return [{ host, nodename: host, limits: { memory_mb: 16_384 } }];
      },
    };
    const server = new RpcServer(this.nova("nova-scheduler").bus, {
      topic: "scheduler",
      server: "controller",
      serializer: objectSerializer(this.store),
      endpoints: [endpoint(schedulerApi, manager)],
      onError: () => undefined,
    });
    server.start();
  }

  /** Start nova-compute on a host, new or known. */
  startCompute(name = "c1", known?: Omit<Host, "process" | "env">): Host {
    const parts = known ?? {
      hypervisor: new Hypervisor(name),
      network: new FakeNetwork(name),
      bridge: new IntegrationBridge(name),
    };
    const { hypervisor, bridge, network } = parts;
    const env = this.nova("nova-compute", name);
    const host = { hypervisor, bridge, files: this.files, latency: LATENCY };
    const apis: ComputeApis = { network, images: this.images, volumes: new VolumeApi(env) };
    const process = this.start(new NovaCompute(env, host, apis));
    return { ...parts, env, process };
  }

  /** As the API has done it: an instance, its root disk, its action. */
  server(n = 1, values: Parameters<NovaBed["instance"]>[1] = {}, metadata = {}): Instance {
    const instance = this.instance(n, values, metadata);
    this.imageDisk(instance.uuid, instance.image_ref);
    this.action(instance.uuid, "create");
    return instance;
  }

  action(instanceUuid: string, name: string): void {
    actionStart(this.db, this.ctxt, instanceUuid, name);
  }

  devices(instanceUuid: string): BlockDeviceMappingList {
    return blockDevices(this.db, this.store, instanceUuid);
  }

  /** Cast build_and_run_instance, as the conductor does. */
  build(
    instance: Instance,
    properties: FilterProperties = {},
    {
      host = "c1",
      memory_mb = 16_384,
      requested_networks = null,
    }: {
      readonly host?: string;
      readonly memory_mb?: number;
      readonly requested_networks?: RequestedNetworks;
    } = {},
  ): void {
    const filter_properties = { limits: { memory_mb }, ...properties };
    this.run(
      this.compute.prepare({ server: host }).build_and_run_instance(this.ctxt, {
        instance,
        image: cirros,
        request_spec: requestSpec(),
        filter_properties,
        admin_password: "secret",
        injected_files: [],
        requested_networks,
        security_groups: ["default"],
        block_device_mapping: this.devices(instance.uuid),
        node: host,
        limits: { memory_mb },
      }),
    );
  }

  /** Mark server `n` as deleting and cast terminate_instance, as the API does. */
  terminate(n = 1, reservations: readonly string[] = []): void {
    const instance = this.reload(n);
    instance.task_state = "deleting";
    this.run(instance.save(this.ctxt));
    const args = { instance, bdms: this.devices(instance.uuid), reservations };
    this.run(this.compute.prepare({ server: "c1" }).terminate_instance(this.ctxt, args));
  }

  /** What happens once Neutron has told nova-api. */
  event(name: string, status = "completed", n = 1): void {
    const instance = this.reload(n);
    const fields = { instance_uuid: instance.uuid, name, status, tag: PORT };
    const event = new InstanceExternalEvent(this.store, fields);
    const compute = this.compute.prepare({ server: "c1" });
    this.run(
      compute.external_instance_event(this.ctxt, { instances: [instance], events: [event] }),
    );
  }

  /** Instance `n` as the API would load it now. */
  reload(n = 1): Instance {
    return this.run(getInstance(this.store, this.ctxt, uuid(n)));
  }

  override forget(): void {
    super.forget();
    for (const { uuid, vm_state, task_state } of this.db.instances.find()) {
      this.#before.set(uuid, [vm_state, task_state]);
    }
  }

  /** `vm_state/task_state` as they were stored since `forget`, one after another. */
  states(n = 1): string[] {
    const pairs: string[] = [];
    let [vm, task] = this.#before.get(uuid(n)) ?? ["building", "scheduling"];
    let last = `${vm}/${task ?? "NULL"}`;
    for (const { op, table, key, changes } of this.of<DbChange>("db")) {
      if (table !== "instances" || key !== uuid(n) || op !== "update") continue;
      const changed = changes as Record<string, readonly [unknown, unknown]>;
      if (changed["vm_state"] !== undefined) vm = changed["vm_state"][1] as string;
      if (changed["task_state"] !== undefined) task = changed["task_state"][1] as string | null;
      const pair = `${vm}/${task ?? "NULL"}`;
      if (pair !== last) pairs.push(pair);
      last = pair;
    }
    return pairs;
  }

  /** What `from` sent over the bus for the tester's request: `method detail`. */
  sent(from: string): string[] {
    return this.of<RpcSent>("rpc.call")
      .concat(this.of<RpcSent>("rpc.cast"))
      .filter((each) => each.from === from && each.request === "req-1")
      .sort((a, b) => a.id - b.id)
      .map(({ method, args }) => [method, ...detailOf(args)].join(" "));
  }

  /** Event types of notifications, oldest first. */
  notified(): string[] {
    return this.of<{ kind: "notification"; event_type: string }>("notification").map(
      ({ event_type }) => event_type,
    );
  }

  settle(): void {
    this.wait(seconds(30));
  }

  logs(): string[] {
    return this.of<{ kind: "log"; level: string; message: string }>("log").map(
      ({ level, message }) => `${level}: ${message}`,
    );
  }
}

function detailOf(args: unknown): string[] {
  const { objinst, objmethod, objname, updates } = args as {
    objinst?: { "nova_object.name": string };
    objmethod?: string;
    objname?: string;
    updates?: object;
  };
  if (objinst !== undefined) return [`${objinst["nova_object.name"]}.${objmethod ?? ""}`];
  if (objname !== undefined) return [`${objname}.${objmethod ?? ""}`];
  return updates === undefined ? [] : [Object.keys(updates).join(",")];
}
