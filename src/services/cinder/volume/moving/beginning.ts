/**
 * Where a move begins, and what it goes back to: both ends of a migration ask. Upstream:
 * cinder/volume/manager.py (migrate_volume, migrate_volume_completion, retype) at 2014.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { VolumeRow } from "../../db/schema.js";
import { volumeUpdate } from "../../db/volumes.js";
import { DriverNotInitialized } from "../../exception.js";
import type { VolumeHost } from "../volume-host.js";

/** Whether somebody has it. */
export const originalStatus = ({
  instance_uuid,
  attached_host,
}: Pick<VolumeRow, "instance_uuid" | "attached_host">): string =>
  instance_uuid === null && attached_host === null ? "available" : "in-use";

/** A driver that is not there is an error of the migration. @throws DriverNotInitialized */
export function assertReady(host: VolumeHost, ctxt: RequestContext, volume_id: string): void {
  try {
    host.requireDriver();
  } catch (error) {
    if (error instanceof DriverNotInitialized) {
      volumeUpdate(host.db, ctxt, volume_id, { migration_status: "error" });
    }
    throw error;
  }
}
