/**
 * Create Volume, what can be chosen: nothing, a snapshot, an image, another volume, or the one thing that the address names. The
 * types are asked for unguarded. Upstream: openstack_dashboard/dashboards/project/volumes/volumes/forms.py
 * (CreateForm.__init__) at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import { isObject, textOf, type JsonObject } from "../../../../python/index.js";
import {
  cinderClient,
  descriptionOf,
  nameOf,
  volumeExtension,
  volumeGet,
  volumeList,
  volumeSnapshotList,
} from "../../api/cinder.js";
import { imageGet, type GlanceImage } from "../../api/glance.js";
import type { Choice, Field } from "../../forms/field.js";
import { fileSize } from "../../text.js";
import { attempted, listed } from "../../web/attempts.js";
import type { HorizonRequest } from "../../web/request.js";
import { AvailableImages } from "../instances/choices.js";

const GIB = 1024 * 1024 * 1024;

export const gibibytes = (bytes: number): number => Math.ceil(bytes / GIB);

const snapshotChoice = (snapshot: JsonObject): Choice => [
  textOf(snapshot, "id"),
  `${nameOf(snapshot)} (${textOf(snapshot, "size")}GB)`,
];

const imageChoice = ({ id, name, size }: GlanceImage): Choice => [
  id,
  `${name ?? id} (${fileSize(size)})`,
];

const volumeChoice = (volume: JsonObject): Choice => [
  textOf(volume, "id"),
  `${nameOf(volume)} (${fileSize(Number(volume["size"]) * GIB)})`,
];

/** What stands in the form before anybody has written in it. */
interface Initial {
  readonly name?: string;
  readonly description?: string;
  readonly type?: string;
  readonly size?: number;
}

export function* createFields(request: HorizonRequest): Op<readonly Field[]> {
  const types = yield* cinderClient(request).types.all();
  const names = types.map((type): Choice => [textOf(type, "name"), textOf(type, "name")]);
  const { query } = request;
  const snapshot = query.get("snapshot_id");
  const image = query.get("image_id");
  const volume = query.get("volume_id");
  const zones = snapshot === undefined ? yield* zoneField(request) : [];
  const [sources, initial] =
    snapshot !== undefined
      ? yield* fromSnapshot(request, snapshot)
      : image !== undefined
        ? yield* fromImage(request, image)
        : volume !== undefined
          ? yield* fromVolume(request, volume)
          : [yield* allSources(request), {}];
  return [
    {
      kind: "text",
      name: "name",
      label: "Volume Name",
      required: true,
      longest: 255,
      initial: initial.name ?? "",
    },
    {
      kind: "text",
      name: "description",
      label: "Description",
      longest: 255,
      initial: initial.description ?? "",
    },
    ...sources,
    {
      kind: "choice",
      name: "type",
      label: "Type",
      choices: [["", "No volume type"], ...names],
      initial: names.some(([name]) => name === initial.type) ? (initial.type ?? "") : "",
    },
    {
      kind: "integer",
      name: "size",
      label: "Size (GB)",
      required: true,
      min: 1,
      initial: String(initial.size ?? 1),
    },
    ...zones,
  ];
}

function* zoneField(request: HorizonRequest): Op<readonly Field[]> {
  const supported =
    (yield* attempted(
      request,
      "Unable to determine if availability zones extension is supported.",
      () => volumeExtension(request, "AvailabilityZones"),
    )) ?? false;
  const zones = !supported
    ? []
    : yield* listed(request, "Unable to retrieve availability zones.", () =>
        cinderClient(request).zones.all(),
      );
  const choices = zones
    .filter(({ zoneState }) => isObject(zoneState) && zoneState["available"] === true)
    .map((zone): Choice => [textOf(zone, "zoneName"), textOf(zone, "zoneName")])
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const first: Choice = [
    "",
    choices.length === 0 ? "No availability zones found" : "Any Availability Zone",
  ];
  return [
    {
      kind: "choice",
      name: "availability_zone",
      label: "Availability Zone",
      choices: [first, ...choices],
    },
  ];
}

const source = (name: string, label: string, choices: readonly Choice[]): Field => ({
  kind: "choice",
  name,
  label,
  choices,
  initial: choices[0]?.[0] ?? "",
});

const SNAPSHOT = ["snapshot_source", "Use snapshot as a source"] as const;
const IMAGE = ["image_source", "Use image as a source"] as const;
const VOLUME = ["volume_source", "Use a volume as source"] as const;

type Sources = readonly [fields: readonly Field[], initial: Initial];

function* fromSnapshot(request: HorizonRequest, id: string): Op<Sources> {
  const message = "Unable to load the specified snapshot.";
  const found = yield* attempted(request, message, function* (): Op<Sources> {
    const snapshot = yield* cinderClient(request).snapshots.get(id);
    const type = yield* attempted(
      request,
      undefined,
      function* () {
        return textOf(yield* volumeGet(request, textOf(snapshot, "volume_id")), "volume_type");
      },
      { ignore: true },
    );
    const initial = {
      name: nameOf(snapshot),
      size: Number(snapshot["size"]),
      ...(type !== undefined && { type }),
    };
    return [[source(...SNAPSHOT, [snapshotChoice(snapshot)])], initial];
  });
  return found ?? [[source(...SNAPSHOT, [])], {}];
}

function* fromImage(request: HorizonRequest, id: string): Op<Sources> {
  const message = `Unable to load the specified image. ${id}`;
  const image = yield* attempted(request, message, () => imageGet(request, id));
  if (image === undefined) return [[source(...IMAGE, [])], {}];
  const size = Math.max(gibibytes(image.size), image.min_disk);
  const initial = { ...(image.name !== null && { name: image.name }), size };
  return [[source(...IMAGE, [imageChoice(image)])], initial];
}

function* fromVolume(request: HorizonRequest, id: string): Op<Sources> {
  const message = `Unable to load the specified volume. ${id}`;
  const volume = yield* attempted(request, message, () => volumeGet(request, id));
  if (volume === undefined) return [[source(...VOLUME, [])], {}];
  const initial = {
    name: nameOf(volume),
    description: descriptionOf(volume) ?? "",
    size: Number(volume["size"]),
    type: textOf(volume, "volume_type"),
  };
  return [[source(...VOLUME, [volumeChoice(volume)])], initial];
}

/** Those of which there is something. */
function* allSources(request: HorizonRequest): Op<readonly Field[]> {
  const snapshots = (yield* listed(request, "Unable to retrieve volume snapshots.", () =>
    volumeSnapshotList(request),
  )).filter(({ status }) => status === "available");
  const images = yield* new AvailableImages().list(request);
  const volumes = (yield* listed(request, "Unable to retrieve list of volumes.", () =>
    volumeList(request),
  )).filter(({ status }) => status === "available");
  const all = [
    ["Snapshot", SNAPSHOT, ["", "Choose a snapshot"], snapshots.map(snapshotChoice)],
    ["Image", IMAGE, ["", "Choose an image"], images.map(imageChoice)],
    ["Volume", VOLUME, ["", "Choose a volume"], volumes.map(volumeChoice)],
  ] as const;
  const there = all.filter(([, , , choices]) => choices.length > 0);
  if (there.length === 0) return [];
  const kinds = there.map(([text, [name]]): Choice => [name, text]);
  return [
    {
      kind: "choice",
      name: "volume_source_type",
      label: "Volume Source",
      choices: [["no_source_type", "No source, empty volume"], ...kinds],
      initial: "no_source_type",
    },
    ...there.map(([, [name, label], first, choices]) =>
      source(name, label, [[first[0], first[1]], ...choices]),
    ),
  ];
}
