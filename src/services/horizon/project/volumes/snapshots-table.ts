/**
 * The tab of volumes' snapshots. Upstream: openstack_dashboard/dashboards/project/volumes/tabs.py (SnapshotTab),
 * openstack_dashboard/dashboards/project/volumes/snapshots/tables.py at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import { textOf, type JsonObject } from "../../../../python/index.js";
import {
  cinderClient,
  nameOf,
  volumeGet,
  volumeList,
  volumeSnapshotList,
} from "../../api/cinder.js";
import { counted, type Action, type LinkAction } from "../../tables/action.js";
import type { TableView } from "../../tables/view.js";
import { attempted } from "../../web/attempts.js";
import type { HorizonRequest } from "../../web/request.js";
import { CREATE_URL, snapshotUrl } from "./addresses.js";
import { baseColumns, rowStatus } from "./columns.js";

interface SnapshotRow {
  readonly snapshot: JsonObject;
  /** Undefined: of another project, or gone. */
  readonly volume: JsonObject | undefined;
}

const idOf = (row: SnapshotRow | undefined): string => textOf(row?.snapshot ?? {}, "id");

const link = (
  name: string,
  text: string,
  href: (id: string) => string,
  also: (row: SnapshotRow) => boolean = () => true,
): LinkAction<SnapshotRow> => ({
  kind: "link",
  name,
  text,
  modal: true,
  href: (row) => href(idOf(row)),
  *allowed(_request, row) {
    return row?.snapshot["status"] === "available" && also(row);
  },
});

const deleteSnapshot: Action<SnapshotRow> = {
  kind: "batch",
  name: "delete",
  present: counted("Delete Volume Snapshot"),
  past: counted("Scheduled deletion of Volume Snapshot", "Scheduled deletion of Volume Snapshots"),
  act: (request, id) => cinderClient(request).snapshots.delete(id),
};

function* load(request: HorizonRequest): Op<{ rows: readonly SnapshotRow[] }> {
  const rows = yield* attempted(request, "Unable to retrieve volume snapshots.", function* () {
    const snapshots = yield* volumeSnapshotList(request);
    const volumes = new Map((yield* volumeList(request)).map((one) => [one["id"], one]));
    return snapshots.map((snapshot) => ({
      snapshot,
      volume: volumes.get(textOf(snapshot, "volume_id")),
    }));
  });
  return { rows: rows ?? [] };
}

export const snapshotsView: Omit<TableView<SnapshotRow>, "title"> = {
  load,
  spec: {
    name: "volume_snapshots",
    title: "Volume Snapshots",
    id: idOf,
    display: ({ snapshot }) => nameOf(snapshot),
    link: (row) => snapshotUrl(idOf(row)),
    status: ({ snapshot }) => rowStatus(snapshot),
    columns: [
      ...baseColumns<SnapshotRow>(({ snapshot }) => snapshot),
      {
        header: "Volume Name",
        cell: ({ volume }) => (volume === undefined ? "Unknown" : nameOf(volume)),
      },
    ],
    tableActions: [deleteSnapshot],
    rowActions: [
      link("create_from_snapshot", "Create Volume", (id) => `${CREATE_URL}?snapshot_id=${id}`),
      link(
        "launch_snapshot",
        "Launch as Instance",
        (id) => `/project/instances/launch?source_type=volume_snapshot_id&source_id=${id}%3Asnap`,
        ({ volume }) => volume?.["bootable"] === "true",
      ),
      link("edit", "Edit Snapshot", (id) => `${snapshotUrl(id)}update/`),
      deleteSnapshot,
    ],
    *rowData(request, id) {
      const snapshot = yield* cinderClient(request).snapshots.get(id);
      return { snapshot, volume: yield* volumeGet(request, textOf(snapshot, "volume_id")) };
    },
  },
};
