/**
 * detach_volume: a guest loses a disk, and its row goes before Cinder hears that it is done. Upstream:
 * nova/compute/manager.py (detach_volume, _detach_volume) at 2014.2.
 */
import { originalMessage, type ArgsIn } from "../../../../bus/index.js";
import type { RequestContext } from "../../../../framework/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { isObject, loads } from "../../../../python/index.js";
import {
  getBlockDeviceOfVolume,
  type BlockDeviceMapping,
} from "../../objects/block-device-mapping.js";
import type { Instance } from "../../objects/instance.js";
import { encryptionMetadata } from "../../volume/encryptors.js";
import type { ComputeHost } from "../compute-host.js";
import { beforeReraising, eventlessMethod } from "../decorators.js";
import type { computeApi } from "../rpcapi.js";
import { countBeforeDetach } from "./usage.js";

type Detach = ArgsIn<typeof computeApi, "detach_volume">;

/** No lock of the instance's: an attach may be under way. */
export const detachVolume = eventlessMethod<Detach>(
  "detach_volume",
  function* (compute, ctxt, { volume_id, instance }) {
    const { store, volumes, driver } = compute;
    const bdm = yield* getBlockDeviceOfVolume(store, ctxt, volume_id);
    yield* countBeforeDetach(compute, ctxt, instance, bdm);
    yield* fromGuest(compute, ctxt, instance, bdm);
    yield* volumes.terminate_connection(ctxt, volume_id, driver.volumeConnector(instance));
    yield* bdm.destroy(ctxt);
    yield* compute.notify(ctxt, instance, "volume.detach", { extra: { volume_id } });
    yield* volumes.detach(ctxt.elevated(), volume_id);
  },
);

/** @throws TypeError where nothing is known of the connection yet (LP 1327218) */
function* fromGuest(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
  { device_name, volume_id, connection_info }: BlockDeviceMapping,
): Op<void> {
  const { driver, volumes } = compute;
  const which = `volume ${volume_id ?? "None"} from`;
  const where = device_name ?? "None";
  compute.log("info", `Detach ${which} mountpoint ${where}`);
  const stored = loads(connection_info ?? null);
  const connection = isObject(stored) ? stored : null;
  try {
    if (driver.powerState(instance) === undefined) {
      compute.log("warning", "Detaching volume from unknown instance");
    }
    yield* encryptionMetadata(compute, ctxt, volume_id ?? "None", connection);
    yield* driver.detachVolume(instance, device_name);
  } catch (thrown) {
    const error = yield* caught(thrown);
    compute.log("error", `Failed to detach ${which} ${where}: ${originalMessage(error)}`);
    yield* beforeReraising(compute, error, volumes.roll_detaching(ctxt, volume_id ?? "None"));
    throw error;
  }
}
