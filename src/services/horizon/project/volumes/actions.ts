/**
 * What can be done with volumes, in the order in which it is offered. Backups (`enable_backup` is off) and other types (of Cinder's
 * version 2 alone) are not. Upstream: openstack_dashboard/dashboards/project/volumes/volumes/tables.py at 2014.2.
 */
import { caught, type Op } from "../../../../kernel/index.js";
import { textOf } from "../../../../python/index.js";
import { cinderClient, nameOf, volumeLimits } from "../../api/cinder.js";
import { counted, type Action, type ActionText, type LinkAction } from "../../tables/action.js";
import { attempted } from "../../web/attempts.js";
import { WithSafeMessage } from "../../web/exceptions.js";
import type { HorizonRequest } from "../../web/request.js";
import { CREATE_URL, volumeUrl } from "./addresses.js";
import type { VolumeRow } from "./volume-row.js";

type Limits = Readonly<Record<string, number>>;

/** A limit that is not known is none, a use that is not known is nothing. */
const exceeded = (limits: Limits, max: string, used: string): boolean =>
  (limits[max] ?? Infinity) - (limits[used] ?? 0) <= 0;

const within = (row: VolumeRow | undefined, states: readonly string[]): boolean =>
  row !== undefined && states.includes(textOf(row.volume, "status"));

const modal = (
  name: string,
  text: string,
  path: string,
  states: readonly string[],
  also: (request: HorizonRequest, row: VolumeRow) => boolean = () => true,
): LinkAction<VolumeRow> => ({
  kind: "link",
  name,
  text,
  modal: true,
  href: (row) => (row === undefined ? "" : `${volumeUrl(textOf(row.volume, "id"))}${path}`),
  *allowed(request, row) {
    return row !== undefined && within(row, states) && also(request, row);
  },
});

const AVAILABLE = ["available"];
const READY = ["available", "in-use"];

const createVolume: LinkAction<VolumeRow> = {
  kind: "link",
  name: "create",
  text: "Create Volume",
  modal: true,
  href: () => CREATE_URL,
  *allowed(request): Op<boolean | ActionText> {
    const limits = yield* volumeLimits(request);
    const over =
      exceeded(limits, "maxTotalVolumeGigabytes", "totalGigabytesUsed") ||
      exceeded(limits, "maxTotalVolumes", "totalVolumesUsed");
    return over ? { text: "Create Volume (Quota exceeded)", disabled: true } : true;
  },
};

/** Cinder's reason is told where it is that there are snapshots, and no other. */
const deleteVolume: Action<VolumeRow> = {
  kind: "batch",
  name: "delete",
  present: counted("Delete Volume"),
  past: counted("Scheduled deletion of Volume", "Scheduled deletion of Volumes"),
  *allowed(_request, row) {
    return row === undefined || within(row, ["available", "error", "error_extending"]);
  },
  *act(request, id, row): Op<void> {
    try {
      yield* cinderClient(request).volumes.delete(id);
    } catch (thrown) {
      const error = yield* caught(thrown);
      const words = error.message.split(" ");
      if (!words.includes("snapshots") || !words.includes("dependent")) throw error;
      throw new WithSafeMessage(
        error,
        `Unable to delete volume "${nameOf(row.volume)}". One or more snapshots depend on it.`,
      );
    }
  },
};

const createSnapshot: LinkAction<VolumeRow> = {
  ...modal("snapshots", "Create Snapshot", "create_snapshot/", READY),
  *allowed(request, row): Op<boolean | ActionText> {
    const limits =
      (yield* attempted(request, "Unable to retrieve tenant limits.", () =>
        volumeLimits(request),
      )) ?? {};
    if (!within(row, READY)) return false;
    return exceeded(limits, "maxTotalSnapshots", "totalSnapshotsUsed")
      ? { text: "Create Snapshot (Quota exceeded)", disabled: true }
      : true;
  },
};

export const tableActions: readonly Action<VolumeRow>[] = [createVolume, deleteVolume];

export const rowActions: readonly Action<VolumeRow>[] = [
  modal("edit", "Edit Volume", "update/", READY),
  modal("extend", "Extend Volume", "extend/", AVAILABLE),
  {
    ...modal(
      "launch_volume",
      "Launch as Instance",
      "",
      AVAILABLE,
      (_request, { volume }) => volume["bootable"] === "true",
    ),
    href: (row) =>
      `/project/instances/launch?source_type=volume_id&source_id=${textOf(row?.volume ?? {}, "id")}%3Avol`,
  },
  modal("attachments", "Edit Attachments", "attach/", READY),
  createSnapshot,
  modal("upload_to_image", "Upload to Image", "upload_to_image/", READY, ({ user }) =>
    user.serviceEnabled("image"),
  ),
  deleteVolume,
];
