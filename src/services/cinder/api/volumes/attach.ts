/**
 * What Nova asks of a volume that a server is to have: it is reserved, connected, attached, and all of
 * that undone. What is a matter of states alone is a read, a test and a write, with nothing that would
 * keep another request out. Upstream: cinder/volume/api.py (reserve_volume ... terminate_connection) at
 * 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import type { Json } from "../../../../python/index.js";
import { volumeGet, type Volume } from "../../db/volumes.js";
import { InvalidVolume, InvalidVolumeAttachMode } from "../../exception.js";
import { backendOf } from "../../hosts.js";
import type { ConnectionInfo } from "../../volume/rpcapi.js";
import type { Asking } from "../route.js";
import { updateVolume } from "./volumes.js";

/** @throws InvalidVolume */
export function reserveVolume(asking: Asking, { uuid, ...before }: Volume): void {
  const { app, ctxt, enforce } = asking;
  enforce(before, "volume:reserve_volume");
  const volume = volumeGet(app.db, ctxt, uuid);
  if (volume.status === "available") {
    updateVolume(asking, volume, { status: "attaching" });
    return;
  }
  const reason = "Volume status must be available to reserve";
  app.env.log("error", reason);
  throw new InvalidVolume({ reason });
}

/** In any other state there is nothing to be done. */
export function unreserveVolume(asking: Asking, volume: Volume): void {
  asking.enforce(volume, "volume:unreserve_volume");
  if (volume.status === "attaching") updateVolume(asking, volume, { status: "available" });
}

/** @throws InvalidVolume */
export function beginDetaching(asking: Asking, volume: Volume): void {
  asking.enforce(volume, "volume:begin_detaching");
  const { status, attach_status, migration_status } = volume;
  // Users do not see a volume that is being migrated become detached.
  if (migration_status !== null && migration_status !== "") return;
  if (status !== "in-use" || attach_status !== "attached") {
    const reason =
      "Unable to detach volume. Volume status must be 'in-use' and attach_status must be 'attached' " +
      `to detach. Currently: status: '${status}', attach_status: '${attach_status}'`;
    asking.app.env.log("error", reason);
    throw new InvalidVolume({ reason });
  }
  updateVolume(asking, volume, { status: "detaching" });
}

/** In any other state there is nothing to be done. */
export function rollDetaching(asking: Asking, volume: Volume): void {
  asking.enforce(volume, "volume:roll_detaching");
  if (volume.status === "detaching") updateVolume(asking, volume, { status: "in-use" });
}

export interface AttachBody {
  readonly instance_uuid: string | null;
  readonly host_name: string | null;
  readonly mountpoint: Json;
  readonly mode: string;
}

/** @throws InvalidVolumeAttachMode, what the volume's host answers */
export function* attach(asking: Asking, volume: Volume, body: AttachBody): Op<void> {
  const { app, ctxt, enforce } = asking;
  const { uuid: volume_id } = volume;
  const { mode } = body;
  enforce(volume, "volume:attach");
  const { adminMetadata } = app.db;
  // Elevated: whoever may attach a volume may have this noted of it.
  if (!Object.hasOwn(adminMetadata.get(volume_id), "readonly")) {
    adminMetadata.set(volume_id, { readonly: "False" });
  }
  if (adminMetadata.get(volume_id)["readonly"] === "True" && mode !== "ro") {
    throw new InvalidVolumeAttachMode({ mode, volume_id });
  }
  yield* hostOf(asking, volume).attach_volume(ctxt, { volume_id, ...body });
}

/** @throws what the volume's host answers */
export function* detach(asking: Asking, volume: Volume): Op<void> {
  asking.enforce(volume, "volume:detach");
  yield* hostOf(asking, volume).detach_volume(asking.ctxt, { volume_id: volume.uuid });
}

/** @throws what the volume's host answers */
export function initializeConnection(
  asking: Asking,
  volume: Volume,
  connector: Json,
): Op<ConnectionInfo> {
  asking.enforce(volume, "volume:initialize_connection");
  const args = { volume_id: volume.uuid, connector };
  return hostOf(asking, volume).initialize_connection(asking.ctxt, args);
}

/** A volume that is only reserved is free again before anything else. @throws what the volume's host answers */
export function* terminateConnection(
  asking: Asking,
  volume: Volume,
  connector: Json,
  force = false,
): Op<void> {
  asking.enforce(volume, "volume:terminate_connection");
  unreserveVolume(asking, volume);
  const args = { volume_id: volume.uuid, connector, force };
  yield* hostOf(asking, volume).terminate_connection(asking.ctxt, args);
}

const hostOf = ({ app }: Asking, { host }: Volume): Asking["app"]["volumes"] =>
  app.volumes.prepare({ server: backendOf(host ?? "") });
