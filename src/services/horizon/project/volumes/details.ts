/** Pages of one volume and of one snapshot. Upstream: openstack_dashboard/dashboards/project/volumes/volumes/views.py (DetailView), snapshots/views.py and their tabs.py at 2014.2. */
import type { Op } from "../../../../kernel/index.js";
import { isObject, textOf, type JsonObject } from "../../../../python/index.js";
import { attachmentsOf, cinderClient, descriptionOf, nameOf, volumeGet } from "../../api/cinder.js";
import { serverGet } from "../../api/nova.js";
import type { ListPart } from "../../client/index.js";
import { page, type Answer } from "../../web/answer.js";
import { required } from "../../web/attempts.js";
import type { HorizonRequest } from "../../web/request.js";
import { VOLUMES_URL } from "./addresses.js";

const list = (title: string, items: readonly (readonly [string, string])[]): ListPart => ({
  kind: "list",
  title,
  items,
});

const capitalized = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

const metadataOf = ({ metadata }: JsonObject): [string, string][] =>
  isObject(metadata) ? Object.keys(metadata).map((key) => [key, textOf(metadata, key)]) : [];

function infoOf(thing: JsonObject): [string, string][] {
  const description = descriptionOf(thing);
  return [
    ["Name", nameOf(thing)],
    ["ID", textOf(thing, "id")],
    ...(description === null ? [] : [["Description", description] as [string, string]]),
    ["Status", capitalized(textOf(thing, "status"))],
  ];
}

export function* volumeDetail(request: HorizonRequest, id: string): Op<Answer> {
  const servers: string[] = [];
  const message = "Unable to retrieve volume details.";
  const volume = yield* required(request, message, VOLUMES_URL, function* () {
    const found = yield* volumeGet(request, id);
    // Whoever it is attached to is asked for by the volume, and once more by its page.
    for (const one of attachmentsOf(found)) {
      servers.push((yield* serverGet(request, textOf(one, "server_id"))).name);
    }
    return found;
  });
  return page("Volume Details", function* () {
    const attached = attachmentsOf(volume).map((one, index): readonly [string, string] => [
      "Attached To",
      `${servers[index] ?? ""} on ${textOf(one, "device")}`,
    ]);
    return [
      list("Info", infoOf(volume)),
      list("Specs", [
        ["Size", `${textOf(volume, "size")} GB`],
        ["Created", textOf(volume, "created_at")],
      ]),
      list("Attachments", attached.length > 0 ? attached : [["Attached To", "Not attached"]]),
      list("Metadata", metadataOf(volume)),
    ];
  });
}

export function* snapshotDetail(request: HorizonRequest, id: string): Op<Answer> {
  const message = "Unable to retrieve snapshot details.";
  const [snapshot, volume] = yield* required(request, message, VOLUMES_URL, function* () {
    const found = yield* cinderClient(request).snapshots.get(id);
    return [found, yield* volumeGet(request, textOf(found, "volume_id"))] as const;
  });
  return page("Volume Snapshot Details", function* () {
    return [
      list("Info", [...infoOf(snapshot), ["Volume", nameOf(volume)]]),
      list("Specs", [
        ["Size", `${textOf(snapshot, "size")} GB`],
        ["Created", textOf(snapshot, "created_at")],
      ]),
    ];
  });
}
