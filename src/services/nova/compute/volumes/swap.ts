/**
 * swap_volume: a disk of a guest goes on as another volume, and Cinder says by which id it is to be known.
 * Only administrators may be told that, so that for others it ends half way (LP 1316079). Upstream:
 * nova/compute/manager.py (swap_volume, _swap_volume, _init_volume_connection) at 2014.2.
 */
import { originalMessage, type ArgsIn } from "../../../../bus/index.js";
import type { RequestContext } from "../../../../framework/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import {
  dumps,
  isObject,
  loads,
  str,
  subscript,
  type JsonObject,
} from "../../../../python/index.js";
import {
  getBlockDeviceOfVolume,
  type BlockDeviceMapping,
} from "../../objects/block-device-mapping.js";
import type { ComputeHost } from "../compute-host.js";
import { beforeReraising, eventlessMethod } from "../decorators.js";
import type { computeApi } from "../rpcapi.js";

type Swap = ArgsIn<typeof computeApi, "swap_volume">;

export const swapVolume = eventlessMethod<Swap>("swap_volume", function* (compute, plain, swap) {
  const { instance, old_volume_id, new_volume_id } = swap;
  const ctxt = plain.elevated();
  const of = { instance_uuid: instance.uuid };
  const bdm = yield* getBlockDeviceOfVolume(compute.store, ctxt, old_volume_id, of);
  const { answer, info } = yield* exchange(compute, ctxt, swap, bdm);
  bdm.connection_info = dumps(info);
  bdm.delete_on_termination = false;
  bdm.source_type = "volume";
  bdm.destination_type = "volume";
  bdm.snapshot_id = null;
  bdm.volume_id = str(subscript(answer, "save_volume_id") as string);
  bdm.volume_size = null;
  bdm.no_device = false;
  yield* bdm.save(ctxt);
  const { volumes } = compute;
  yield* volumes.attach(ctxt, new_volume_id, instance.uuid, bdm.device_name);
  yield* volumes.detach(ctxt.elevated(), old_volume_id);
});

interface Exchanged {
  /** `{ save_volume_id }`. */
  readonly answer: JsonObject;
  /** How the new volume is reached. */
  readonly info: JsonObject;
}

/** `_swap_volume`: whatever comes of it, Cinder hears that it is over. */
function* exchange(
  compute: ComputeHost,
  ctxt: RequestContext,
  { instance, old_volume_id, new_volume_id }: Swap,
  bdm: BlockDeviceMapping,
): Op<Exchanged> {
  const { volumes, driver } = compute;
  const connector = driver.volumeConnector(instance);
  let info: JsonObject | undefined;
  const over = function* (failed: boolean): Op<JsonObject> {
    const gone = failed ? new_volume_id : old_volume_id;
    if (info !== undefined) yield* volumes.terminate_connection(ctxt, gone, connector);
    return yield* volumes.migrate_volume_completion(ctxt, old_volume_id, new_volume_id, failed);
  };
  try {
    const fresh = yield* volumes.initialize_connection(ctxt, new_volume_id, connector);
    info = { ...fresh, serial: serialOf(bdm, old_volume_id) };
    yield* volumes.get(ctxt, old_volume_id);
    yield* volumes.get(ctxt, new_volume_id);
    info = yield* driver.swapVolume(instance, bdm.device_name, info);
  } catch (thrown) {
    const error = yield* caught(thrown);
    const said = originalMessage(error);
    compute.log(
      "error",
      info === undefined
        ? `Failed to connect to volume ${new_volume_id} with volume at ${bdm.device_name ?? "None"}: ${said}`
        : `Failed to swap volume ${old_volume_id} for ${new_volume_id}: ${said}`,
    );
    const undone = rollBack(compute, ctxt, old_volume_id, new_volume_id);
    let last = error;
    try {
      yield* beforeReraising(compute, error, undone);
    } catch (other) {
      last = yield* caught(other);
    }
    yield* over(true);
    throw last;
  }
  return { answer: yield* over(false), info };
}

function* rollBack(
  { volumes }: ComputeHost,
  ctxt: RequestContext,
  old_volume_id: string,
  new_volume_id: string,
): Op<void> {
  yield* volumes.roll_detaching(ctxt, old_volume_id);
  yield* volumes.unreserve_volume(ctxt, new_volume_id);
}

/** The guest goes on to see the serial number that it knows. @throws TypeError where nothing is stored */
function serialOf({ connection_info = null }: BlockDeviceMapping, oldId: string): string {
  const info = loads(connection_info);
  return isObject(info) && typeof info["serial"] === "string" ? info["serial"] : oldId;
}
