/**
 * Snapshots of volumes that are files on some storage, which Cinder cannot take while a guest writes to them: its
 * host does. Upstream: nova/compute/manager.py (volume_snapshot_create, volume_snapshot_delete) at 2014.2.
 */
import { expectedExceptions, type ArgsIn } from "../../../../bus/index.js";
import { NotImplementedException } from "../../../../python/index.js";
import { bindsArguments, type Method } from "../decorators.js";
import type { computeApi } from "../rpcapi.js";

type Create = ArgsIn<typeof computeApi, "volume_snapshot_create">;
type Delete = ArgsIn<typeof computeApi, "volume_snapshot_delete">;

const create = bindsArguments<Create>(
  "volume_snapshot_create",
  ({ driver }, ctxt, { instance, volume_id, create_info }) =>
    driver.volumeSnapshotCreate(ctxt, instance, volume_id, create_info),
);

const remove = bindsArguments<Delete>(
  "volume_snapshot_delete",
  ({ driver }, ctxt, { instance, volume_id, snapshot_id, delete_info }) =>
    driver.volumeSnapshotDelete(ctxt, instance, volume_id, snapshot_id, delete_info),
);

const EXPECTED = [NotImplementedException];

export const volumeSnapshotCreate: Method<Create> = (compute, ctxt, args) =>
  expectedExceptions(EXPECTED, create(compute, ctxt, args));

export const volumeSnapshotDelete: Method<Delete> = (compute, ctxt, args) =>
  expectedExceptions(EXPECTED, remove(compute, ctxt, args));
