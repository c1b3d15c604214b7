/**
 * An administrator has a volume moved to another host; and Nova says that it has swapped one volume for another, which
 * the other half of a move is if Cinder asked for it. Upstream: cinder/volume/api.py (migrate_volume,
 * migrate_volume_completion) at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import { noAttribute, str, type Json } from "../../../../python/index.js";
import { enabledServices, serviceIsUp } from "../../db/services.js";
import { snapshotsOfVolume } from "../../db/snapshots.js";
import { volumeTypeGet } from "../../db/volume-types.js";
import type { Volume } from "../../db/volumes.js";
import { InvalidHost, InvalidVolume } from "../../exception.js";
import { backendOf } from "../../hosts.js";
import { propertiesOf } from "../../request-spec.js";
import { VOLUME_TOPIC } from "../../volume/rpcapi.js";
import type { Asking } from "../route.js";
import { updateVolume } from "./volumes.js";

/** @throws InvalidVolume, InvalidHost; AttributeError for a host that is no text */
export function* migrateVolume(
  asking: Asking,
  volume: Volume,
  host: Json,
  force_host_copy: boolean,
): Op<void> {
  const { app, ctxt, enforce } = asking;
  const { uuid: volume_id, volume_type_id: type } = volume;
  enforce(volume, "volume:migrate_volume");
  assertMovable(asking, volume);
  assertThere(asking, host);
  if (host === volume.host) {
    throw refusedHost(asking, "Destination host must be different than current host");
  }
  updateVolume(asking, volume, { migration_status: "starting" });
  const volume_type = type === null || type === "" ? {} : { ...volumeTypeGet(app.db, type) };
  yield* app.schedulers.migrate_volume_to_host(ctxt, {
    topic: VOLUME_TOPIC,
    volume_id,
    host: str(host),
    force_host_copy,
    request_spec: { volume_properties: propertiesOf(volume), volume_type, volume_id },
    filter_properties: null,
  });
}

/** @throws InvalidVolume */
function assertMovable({ app, ctxt }: Asking, volume: Volume): void {
  const refused = (reason: string, logged = true): InvalidVolume => {
    if (logged) app.env.log("error", reason);
    return new InvalidVolume({ reason });
  };
  const { status, migration_status, replication_status, consistencygroup_id: group } = volume;
  if (status !== "available" && status !== "in-use") {
    throw refused("Volume status must be available/in-use.");
  }
  if (migration_status !== null) {
    throw refused("Volume is already part of an active migration", false);
  }
  if (snapshotsOfVolume(app.db, ctxt, volume.uuid).length > 0) {
    throw refused("volume must not have snapshots");
  }
  if (replication_status !== null && replication_status !== "disabled") {
    throw refused("Volume must not be replicated.");
  }
  if (group !== null && group !== "") {
    throw refused("Volume must not be part of a consistency group.");
  }
}

function refusedHost({ app }: Asking, reason: string): InvalidHost {
  app.env.log("error", reason);
  return new InvalidHost({ reason });
}

/** That a service is there and alive; its pools are the scheduler's matter. @throws InvalidHost, AttributeError */
function assertThere(asking: Asking, host: Json): void {
  const { db, downTime } = asking.app;
  const found = enabledServices(db, VOLUME_TOPIC).filter((service) => {
    if (typeof host !== "string") throw noAttribute(host, "split");
    return serviceIsUp(db, service, downTime) && service.host === backendOf(host);
  });
  if (found.length === 0) throw refusedHost(asking, `No available service named ${str(host)}`);
}

/** @returns the id that Nova is to know the volume by @throws InvalidVolume, what the volume's host answers */
export function* completeMigration(
  { app, ctxt, enforce }: Asking,
  volume: Volume,
  target: Volume,
  error: Json,
): Op<string> {
  enforce(volume, "volume:migrate_volume_completion");
  const [its, others] = [volume.migration_status ?? "", target.migration_status ?? ""];
  // A swap that Nova's user asked for.
  if (its === "" && others === "") return target.uuid;
  const refused = (reason: string): InvalidVolume => new InvalidVolume({ reason });
  if (its === "") throw refused("Source volume not mid-migration.");
  if (others === "") throw refused("Destination volume not mid-migration.");
  const expected = `target:${volume.uuid}`;
  if (others !== expected) {
    throw refused(`Destination has migration_status ${others}, expected ${expected}.`);
  }
  return yield* app.volumes
    .prepare({ server: backendOf(volume.host ?? "") })
    .migrate_volume_completion(ctxt, {
      volume_id: volume.uuid,
      new_volume_id: target.uuid,
      error,
    });
}
