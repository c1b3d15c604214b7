/**
 * The tab of volumes: what there is, what it is attached to, and what can be done with it. That its buttons look at limits is one
 * call, asked for once a page. Upstream: openstack_dashboard/dashboards/project/volumes/tabs.py (VolumeTab),
 * openstack_dashboard/dashboards/project/volumes/volumes/tables.py at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import { textOf, type JsonObject } from "../../../../python/index.js";
import { attachmentsOf, nameOf, volumeGet, volumeList } from "../../api/cinder.js";
import { serverGet, serverList } from "../../api/nova.js";
import type { TableView } from "../../tables/view.js";
import { attempted, listed } from "../../web/attempts.js";
import type { HorizonRequest } from "../../web/request.js";
import { volumeUrl } from "./addresses.js";
import { rowActions, tableActions } from "./actions.js";
import { baseColumns, rowStatus } from "./columns.js";
import type { VolumeRow } from "./volume-row.js";

/** The name of a server that something is attached to; null if Nova does not say. */
export function* attachedName(
  request: HorizonRequest,
  attachment: JsonObject,
  servers: ReadonlyMap<string, string>,
): Op<string | null> {
  const id = textOf(attachment, "server_id");
  const known = servers.get(id);
  if (known !== undefined) return known;
  const message = "Unable to retrieve attachment information.";
  return (yield* attempted(request, message, () => serverGet(request, id)))?.name ?? null;
}

function* attachedTo(request: HorizonRequest, { volume, servers }: VolumeRow): Op<string> {
  const texts: string[] = [];
  for (const one of attachmentsOf(volume).filter((each) => Object.keys(each).length > 0)) {
    const name = yield* attachedName(request, one, servers);
    texts.push(`Attached to ${name ?? "None"} on ${textOf(one, "device")}`);
  }
  return texts.join(", ");
}

function* load(request: HorizonRequest): Op<{ rows: readonly VolumeRow[] }> {
  const volumes = yield* listed(request, "Unable to retrieve volume list.", () =>
    volumeList(request),
  );
  const message = "Unable to retrieve volume/instance attachment information";
  const found = yield* attempted(request, message, () => serverList(request));
  const servers = new Map((found?.servers ?? []).map(({ id, name }) => [id, name]));
  return { rows: volumes.map((volume) => ({ volume, servers })) };
}

export const volumesView: Omit<TableView<VolumeRow>, "title"> = {
  load,
  spec: {
    name: "volumes",
    title: "Volumes",
    id: ({ volume }) => textOf(volume, "id"),
    display: ({ volume }) => nameOf(volume),
    link: ({ volume }) => volumeUrl(textOf(volume, "id")),
    status: ({ volume }) => rowStatus(volume),
    columns: [
      ...baseColumns<VolumeRow>(({ volume }) => volume),
      {
        header: "Type",
        cell: ({ volume: { volume_type: type } }) =>
          typeof type === "string" && type !== "None" ? type : null,
      },
      { header: "Attached To", cell: (row, request) => attachedTo(request, row) },
      { header: "Availability Zone", cell: ({ volume }) => textOf(volume, "availability_zone") },
      {
        header: "Bootable",
        cell: ({ volume }) => (volume["bootable"] === "true" ? "Yes" : "No"),
      },
      {
        header: "Encrypted",
        cell: ({ volume: { encrypted = null } }) =>
          encrypted === null ? "-" : encrypted === false ? "No" : "Yes",
      },
    ],
    tableActions,
    rowActions,
    *rowData(request, id) {
      return { volume: yield* volumeGet(request, id), servers: new Map() };
    },
  },
};
