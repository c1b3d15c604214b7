/**
 * What nova-compute does before it takes messages: it waits for a conductor, has its driver connect, and looks
 * after what its last life left behind. Upstream: nova/compute/manager.py (init_host, _init_instance),
 * nova/conductor/api.py (wait_until_ready) at 2014.2; nova §3.6, SVC-39.
 */
import { MessagingTimeout, RpcClient, clientOf, originalMessage } from "../../../../bus/index.js";
import { adminContext, baseApi, type RequestContext } from "../../../../framework/index.js";
import { caught, quietly, seconds, type Op } from "../../../../kernel/index.js";
import { getBlockDevices } from "../../objects/block-device-mapping.js";
import { getInstancesByFilters, getInstancesByHost } from "../../objects/instance.js";
import { objectSerializer } from "../../objects/wire/serializer.js";
import * as taskStates from "../../states/task-states.js";
import * as vmStates from "../../states/vm-states.js";
import type { ComputeHost } from "../compute-host.js";
import { connectedVolumes } from "../build/block-devices.js";
import { isStorageShared } from "./shared-storage.js";
import { initInstance } from "./init-instance.js";
import { lifecycleListener } from "../guests/lifecycle-events.js";

export function* initHost(compute: ComputeHost): Op<void> {
  const ctxt = adminContext(compute.env);
  yield* quietly(waitForConductor(compute, ctxt));
  yield* compute.driver.initHost();
  const instances = yield* quietly(
    getInstancesByHost(compute.store, ctxt, compute.host, { expected_attrs: ["info_cache"] }),
  );
  compute.driver.registerLifecycleListener(lifecycleListener(compute));
  yield* destroyEvacuated(compute, ctxt);
  for (const instance of instances) yield* initInstance(compute, ctxt, instance);
}

const NO_CONDUCTOR =
  "Timed out waiting for nova-conductor.  Is it running? Or did this service start before " +
  "nova-conductor?  Reattempting establishment of nova-conductor connection...";

/** Ten short pings, then as long ones as any call, for ever (nova/conductor/api.py, wait_until_ready). */
function* waitForConductor(compute: ComputeHost, ctxt: RequestContext): Op<void> {
  const rpc = new RpcClient(compute.env.bus, objectSerializer(compute.store));
  const conductor = clientOf(baseApi("conductor"), rpc);
  for (let attempt = 1; ; attempt++) {
    const pinged = attempt <= 10 ? conductor.prepare({ timeout: seconds(10) }) : conductor;
    try {
      yield* pinged.ping(ctxt, { arg: "1.21 GigaWatts" });
      if (attempt > 1) {
        compute.env.log("info", "nova-conductor connection established successfully");
      }
      return;
    } catch (error) {
      if (!(error instanceof MessagingTimeout)) throw error;
      compute.log("warning", NO_CONDUCTOR);
    }
  }
}

/** States in which a server may be here although another host has it. */
const ON_THE_MOVE: readonly (string | null)[] = [
  taskStates.MIGRATING,
  taskStates.RESIZE_MIGRATING,
  taskStates.RESIZE_MIGRATED,
  taskStates.RESIZE_FINISH,
];

/** `_destroy_evacuated_instances`: guests whose server is on another host, or on none, by now. */
function* destroyEvacuated(compute: ComputeHost, ctxt: RequestContext): Op<void> {
  const uuid = compute.driver.listInstanceUuids();
  const found = getInstancesByFilters(
    compute.store,
    ctxt,
    { uuid, deleted: false },
    { use_slave: true },
  );
  for (const instance of yield* quietly(found)) {
    if (instance.host === compute.host || ON_THE_MOVE.includes(instance.task_state)) continue;
    if (instance.vm_state === vmStates.RESIZED) continue;
    const owner = instance.host ?? "None";
    compute.log(
      "info",
      `Deleting instance as its host (${owner}) is not equal to our host (${compute.host}).`,
    );
    try {
      const vifs = yield* compute.network.get_instance_nw_info(ctxt, instance);
      const { objects } = yield* getBlockDevices(compute.store, ctxt, instance.uuid);
      const destroyDisks = !(yield* isStorageShared(compute, ctxt, instance));
      const volumes = connectedVolumes(objects);
      yield* compute.driver.destroy(ctxt, instance, vifs, volumes, destroyDisks);
    } catch (thrown) {
      const error = yield* caught(thrown);
      compute.log("error", `Could not destroy ${instance.uuid}: ${originalMessage(error)}`);
    }
  }
}
