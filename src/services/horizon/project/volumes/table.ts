/**
 * Project, Volumes, the tab of volumes: what there is, and what it is attached to. They can be deleted; forms are not
 * here, nor what their buttons ask (limits), nor the tab of snapshots. Upstream:
 * openstack_dashboard/dashboards/project/volumes/tabs.py,
 * openstack_dashboard/dashboards/project/volumes/volumes/tables.py at 2014.2.
 */
import { caught, type Op } from "../../../../kernel/index.js";
import { isObject, textOf, type Json, type JsonObject } from "../../../../python/index.js";
import { cinderClient, volumeList } from "../../api/cinder.js";
import { serverGet, serverList } from "../../api/nova.js";
import type { RowStatus } from "../../client/index.js";
import { counted } from "../../tables/action.js";
import type { TableView } from "../../tables/view.js";
import { titled } from "../../text.js";
import { handle, WithSafeMessage } from "../../web/exceptions.js";
import type { HorizonRequest } from "../../web/request.js";

interface VolumeRow {
  readonly volume: JsonObject;
  /** By id, the names of servers that the list had. */
  readonly servers: ReadonlyMap<string, string>;
}

const STATUS: Readonly<Record<string, RowStatus>> = {
  "in-use": "up",
  available: "up",
  error: "down",
  error_extending: "down",
};

const nameOf = ({ volume }: VolumeRow): string => {
  const name = volume["display_name"];
  return typeof name === "string" && name !== "" ? name : textOf(volume, "id");
};

function* attachedTo(request: HorizonRequest, { volume, servers }: VolumeRow): Op<string | null> {
  const list = volume["attachments"];
  const lines: string[] = [];
  for (const one of Array.isArray(list) ? (list as readonly Json[]).filter(isObject) : []) {
    const id = textOf(one, "server_id");
    if (id === "") continue;
    let name = servers.get(id);
    if (name === undefined) {
      try {
        name = (yield* serverGet(request, id)).name;
      } catch (thrown) {
        handle(request, yield* caught(thrown), "Unable to retrieve attachment information.");
      }
    }
    lines.push(`Attached to ${name ?? id} on ${textOf(one, "device")}`);
  }
  return lines.length === 0 ? null : lines.join("\n");
}

function* load(request: HorizonRequest): Op<{ rows: readonly VolumeRow[] }> {
  let volumes: readonly JsonObject[] = [];
  try {
    volumes = yield* volumeList(request);
  } catch (thrown) {
    handle(request, yield* caught(thrown), "Unable to retrieve volume list.");
  }
  let servers: ReadonlyMap<string, string> = new Map();
  try {
    const found = yield* serverList(request);
    servers = new Map(found.servers.map(({ id, name }) => [id, name]));
  } catch (thrown) {
    const message = "Unable to retrieve volume/instance attachment information";
    handle(request, yield* caught(thrown), message);
  }
  return { rows: volumes.map((volume) => ({ volume, servers })) };
}

export const volumesView: TableView<VolumeRow> = {
  title: "Volumes",
  load,
  spec: {
    name: "volumes",
    title: "Volumes",
    id: ({ volume }) => textOf(volume, "id"),
    display: nameOf,
    status: ({ volume }) => STATUS[textOf(volume, "status")] ?? "unknown",
    columns: [
      { header: "Name", cell: nameOf },
      {
        header: "Description",
        cell: ({ volume: { display_description: text } }) =>
          typeof text === "string" && text !== "" ? text.slice(0, 40) : null,
      },
      { header: "Size", cell: ({ volume }) => `${textOf(volume, "size")}GB` },
      { header: "Status", cell: ({ volume }) => titled(textOf(volume, "status")) },
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
        cell: ({ volume }) => (volume["encrypted"] === true ? "Yes" : "No"),
      },
    ],
    rowActions: [
      {
        kind: "batch",
        name: "delete",
        present: counted("Delete Volume"),
        past: counted("Scheduled deletion of Volume", "Scheduled deletion of Volumes"),
        *allowed(_request, row): Op<boolean> {
          const status = row === undefined ? "" : textOf(row.volume, "status");
          return ["available", "error", "error_extending"].includes(status);
        },
        *act(request, id, row): Op<void> {
          try {
            yield* cinderClient(request).volumes.delete(id);
          } catch (thrown) {
            const error = yield* caught(thrown);
            const words = error.message.split(" ");
            if (!words.includes("snapshots") || !words.includes("dependent")) throw error;
            const name = nameOf(row);
            throw new WithSafeMessage(
              error,
              `Unable to delete volume "${name}". One or more snapshots depend on it.`,
            );
          }
        },
      },
    ],
    *rowData(request, id) {
      return { volume: yield* cinderClient(request).volumes.get(id), servers: new Map() };
    },
  },
};
