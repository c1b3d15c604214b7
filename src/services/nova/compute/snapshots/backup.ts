/**
 * backup_instance: a snapshot that takes the place of the oldest of its type. Upstream:
 * nova/compute/manager.py (backup_instance, _do_snapshot_instance, _rotate_backups) at 2014.2; nova §3.2.
 */
import type { ArgsIn } from "../../../../bus/index.js";
import { str } from "../../../../python/index.js";
import { RotationRequiredForBackup } from "../../exception.js";
import * as taskStates from "../../states/task-states.js";
import { eventlessMethod, wrapInstanceFault } from "../decorators.js";
import type { computeApi } from "../rpcapi.js";
import { deletingImageOnError, takeSnapshot } from "./snapshot.js";

type Backup = ArgsIn<typeof computeApi, "backup_instance">;

/** The old ones go although there may be no new one: its server, or its image, has gone meanwhile. */
export const backupInstance = eventlessMethod<Backup>(
  "backup_instance",
  function* (compute, ctxt, backup) {
    yield* backUp(compute, ctxt, backup);
    yield* rotateBackups(compute, ctxt, backup);
  },
);

const backUp = deletingImageOnError<Backup>(function* (compute, ctxt, backup) {
  if (backup.rotation < 0) throw new RotationRequiredForBackup();
  yield* takeSnapshot(compute, ctxt, backup, taskStates.IMAGE_BACKUP);
});

/** Its error is kept as a fault of the server twice, here and of the whole. */
const rotateBackups = wrapInstanceFault<Backup>(function* (compute, ctxt, backup) {
  const { instance, backup_type, rotation } = backup;
  const newestFirst = yield* compute.images.detail(ctxt, {
    "property-image_type": "backup",
    "property-backup_type": str(backup_type),
    "property-instance_uuid": instance.uuid,
    sort_key: "created_at",
    sort_dir: "desc",
  });
  const [found, kept] = [String(newestFirst.length), String(rotation)];
  compute.log("debug", `Found ${found} images (rotation: ${kept})`);
  const excess = newestFirst.slice(rotation).reverse();
  if (excess.length > 0) compute.log("debug", `Rotating out ${String(excess.length)} backups`);
  for (const { id } of excess) {
    compute.log("debug", `Deleting image ${id}`);
    yield* compute.images.delete(ctxt, id);
  }
});
