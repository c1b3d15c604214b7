/**
 * Launch Instance, Details: what is booted, how large, how often, and whether quotas and the image allow it. Upstream:
 * openstack_dashboard/dashboards/project/instances/workflows/create_instance.py (SetInstanceDetailsAction) at 2014.2.
 */
import { caught, type Op } from "../../../../../kernel/index.js";
import { volumeList, volumeSnapshotList } from "../../../api/cinder.js";
import { absoluteLimits, flavorList, novaExtension } from "../../../api/nova.js";
import type { Choice, Field } from "../../../forms/field.js";
import type { Step } from "../../../forms/workflow.js";
import { fileSize } from "../../../text.js";
import { listed } from "../../../web/attempts.js";
import { handle } from "../../../web/exceptions.js";
import type { HorizonRequest } from "../../../web/request.js";
import {
  AvailableImages,
  choose,
  flavorChoices,
  flavors,
  imageText,
  sortedByText,
  volumeChoice,
  zoneChoices,
} from "../choices.js";
import { checkDetails } from "./check-details.js";

export function details(): Step {
  const images = new AvailableImages();
  return {
    name: "Details",
    fields: (request) => fieldsOf(request, images),
    clean: (request, cleaned, errors) => checkDetails(request, images, cleaned, errors),
    help: (request) => help(request, images),
  };
}

function* fieldsOf(request: HorizonRequest, images: AvailableImages): Op<readonly Field[]> {
  const zones = yield* zoneChoices(request);
  const sizes = flavorChoices(yield* flavors(request));
  const snapshots = (yield* images.list(request))
    .filter(({ properties }) => properties["image_type"] === "snapshot")
    .map((image): Choice => [image.id, imageText(image)]);
  const volumes = (yield* listed(request, "Unable to retrieve list of volumes.", () =>
    volumeList(request),
  ))
    .filter(({ status, bootable }) => status === "available" && bootable === "true")
    .map((volume) => volumeChoice(volume, "vol"));
  const volumeSnapshots = (yield* listed(
    request,
    "Unable to retrieve list of volume snapshots.",
    () => volumeSnapshotList(request),
  ))
    .filter(({ status }) => status === "available")
    .map((snapshot) => volumeChoice(snapshot, "snap"));
  const bootable = (yield* images.list(request)).map((image): Choice => {
    return [image.id, `${imageText(image)} (${fileSize(image.size)})`];
  });
  const sources = yield* sourceChoices(request);
  // What a link of a volume or an image has chosen already.
  const asked = request.query.get("source_type") ?? "";
  const chosen = new Map([
    ["source_type", asked],
    [asked, request.query.get("source_id") ?? ""],
  ]);
  const choice = (name: string, label: string, choices: readonly Choice[], required = false) =>
    ({
      kind: "choice",
      name,
      label,
      choices,
      required,
      initial: choices.find(([value]) => value === chosen.get(name))?.[0] ?? choices[0]?.[0] ?? "",
    }) as const;
  return [
    choice("availability_zone", "Availability Zone", zones),
    { kind: "text", name: "name", label: "Instance Name", required: true, longest: 255 },
    choice("flavor", "Flavor", sizes, true),
    {
      kind: "integer",
      name: "count",
      label: "Instance Count",
      required: true,
      min: 1,
      initial: "1",
    },
    choice("source_type", "Instance Boot Source", sources, true),
    choice(
      "instance_snapshot_id",
      "Instance Snapshot",
      choose(sortedByText(snapshots), "Select Instance Snapshot", "No snapshots available"),
    ),
    choice("volume_id", "Volume", choose(volumes, "Select Volume", "No volumes available")),
    choice(
      "volume_snapshot_id",
      "Volume Snapshot",
      choose(volumeSnapshots, "Select Volume Snapshot", "No volume snapshots available"),
    ),
    choice(
      "image_id",
      "Image Name",
      choose(sortedByText(bootable), "Select Image", "No images available"),
    ),
    { kind: "integer", name: "volume_size", label: "Device size (GB)", min: 0, initial: "1" },
    { kind: "text", name: "device_name", label: "Device Name", initial: "vda" },
    { kind: "boolean", name: "delete_on_terminate", label: "Delete on Terminate" },
  ];
}

function* sourceChoices(request: HorizonRequest): Op<readonly Choice[]> {
  const choices: Choice[] = [
    ["", "Select source"],
    ["image_id", "Boot from image"],
    ["instance_snapshot_id", "Boot from snapshot"],
  ];
  if (!request.user.serviceEnabled("volume")) return choices;
  choices.push(["volume_id", "Boot from volume"]);
  try {
    if (yield* novaExtension(request, "BlockDeviceMappingV2Boot")) {
      choices.push(["volume_image_id", "Boot from image (creates a new volume)"]);
    }
  } catch (thrown) {
    handle(request, yield* caught(thrown), "Unable to retrieve extensions information.");
  }
  choices.push(["volume_snapshot_id", "Boot from volume snapshot (creates a new volume)"]);
  return choices;
}

/** Limits beside the form, and flavors and images for the script that counts with them. */
function* help(request: HorizonRequest, images: AvailableImages): Op<void> {
  try {
    yield* absoluteLimits(request);
    yield* flavorList(request);
    yield* images.list(request);
  } catch (thrown) {
    handle(request, yield* caught(thrown), "Unable to retrieve quota information.");
  }
}
