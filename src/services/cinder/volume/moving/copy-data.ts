/**
 * The data of a volume go over to one on another host: both are connected to this one, the other by its own service,
 * and are copied here. What connects is the system's matter. An export that was made for this is known to nobody
 * who removes it afterwards, and stays until the volume goes. Upstream: cinder/volume/driver.py (copy_volume_data,
 * _attach_volume, _detach_volume), cinder/brick/initiator/connector.py (get_connector_properties) at 2014.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { addressOf } from "../../../../http/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import type { JsonObject } from "../../../../python/index.js";
import { volumeUpdate, type Volume } from "../../db/volumes.js";
import { RemoveExportException, VolumeBackendAPIException } from "../../exception.js";
import type { VolumeHost } from "../volume-host.js";

/** @throws what the driver's commands end in, what the other host answers */
export function* copyVolumeData(
  host: VolumeHost,
  ctxt: RequestContext,
  source: Volume,
  target: Volume,
): Op<void> {
  const { env } = host;
  const connector = connectorOf(host);
  const there = host.peer(target);
  const { uuid: volume_id } = target;
  yield* attached(host, ctxt, target, there.initialize_connection(ctxt, { volume_id, connector }));
  const release = (force: boolean): Op<void> =>
    there.terminate_connection(ctxt, { volume_id, connector, force });
  try {
    yield* attached(host, ctxt, source, attachHere(host, ctxt, source));
  } catch (thrown) {
    const error = yield* caught(thrown);
    yield* release(true);
    throw error;
  }
  let failed = true;
  try {
    yield* host.driver.copyVolume(source.size);
    failed = false;
  } catch (thrown) {
    const error = yield* caught(thrown);
    env.log("error", `Failed to copy volume ${source.uuid} to ${volume_id}.`);
    throw error;
  } finally {
    yield* release(failed);
    yield* detachHere(host, source);
  }
}

/** `brick_get_connector_properties`. */
function connectorOf({ env }: VolumeHost): JsonObject {
  const { host } = env;
  return { ip: addressOf(env.actor), host, initiator: `iqn.1993-08.org.debian:01:${host}` };
}

/** A volume that cannot be connected has the status that it had. */
function* attached(
  { db, env }: VolumeHost,
  ctxt: RequestContext,
  { uuid, status }: Volume,
  attaching: Op<unknown>,
): Op<void> {
  try {
    yield* attaching;
  } catch (thrown) {
    const error = yield* caught(thrown);
    env.log("error", `Failed to attach volume ${uuid}`);
    volumeUpdate(db, ctxt, uuid, { status });
    throw error;
  }
}

/** @throws VolumeBackendAPIException */
function* attachHere(host: VolumeHost, ctxt: RequestContext, volume: Volume): Op<void> {
  const { db, driver, env } = host;
  const update = yield* driver.createExport(volume);
  const exported = volumeUpdate(db, ctxt, volume.uuid, update);
  try {
    yield* driver.initializeConnection(exported);
  } catch (thrown) {
    const error = yield* caught(thrown);
    const data = `Unable to fetch connection information from backend: ${error.message}`;
    env.log("error", data);
    yield* driver.removeExport(exported);
    throw new VolumeBackendAPIException({ data });
  }
}

/** @param volume as it was before it was exported @throws VolumeBackendAPIException, RemoveExportException */
function* detachHere({ driver, env }: VolumeHost, volume: Volume): Op<void> {
  try {
    yield* driver.terminateConnection();
  } catch (thrown) {
    const error = yield* caught(thrown);
    const data = `Unable to terminate volume connection: ${error.message}`;
    env.log("error", data);
    throw new VolumeBackendAPIException({ data });
  }
  try {
    yield* driver.removeExport(volume);
  } catch (thrown) {
    const { message: reason } = yield* caught(thrown);
    const what = `Error detaching volume ${volume.uuid}, due to remove export failure.`;
    env.log("error", what);
    throw new RemoveExportException({ volume: volume.uuid, reason });
  }
}
