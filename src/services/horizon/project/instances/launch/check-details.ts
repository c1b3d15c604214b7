/**
 * What is wrong with the details of a launch, in the order in which it is looked at: quotas, then what is booted. That an empty
 * size of a new volume ends in a page of status 500 is upstream's. Upstream: create_instance.py
 * (SetInstanceDetailsAction.clean) at 2014.2.
 */
import type { Op } from "../../../../../kernel/index.js";
import { ValueError } from "../../../../../python/index.js";
import type { GlanceImage } from "../../../api/glance.js";
import type { NovaFlavor } from "../../../api/nova.js";
import type { Cleaned, Errors } from "../../../forms/field.js";
import { quotaUsages } from "../../../usage/quotas.js";
import type { HorizonRequest } from "../../../web/request.js";
import { flavors, type AvailableImages } from "../choices.js";

const GIGABYTE = 1_073_741_824;

export function* checkDetails(
  request: HorizonRequest,
  images: AvailableImages,
  cleaned: Cleaned,
  errors: Errors,
): Op<void> {
  const count = Number(cleaned["count"] ?? 1);
  const available = yield* quotaUsages(request);
  const instances = available["instances"] ?? 0;
  if (instances < count) {
    const left = `you only have ${String(instances)} of your quota available.`;
    const words =
      count === 1
        ? `The requested instance cannot be launched as ${left} `
        : `The requested ${String(count)} instances cannot be launched as ${left}`;
    errors.set("", [words]);
    return;
  }
  const flavor = (yield* flavors(request)).find(({ id }) => id === cleaned["flavor"]);
  if (flavor !== undefined) checkSize(flavor, count, available, errors);
  const sourceType = request.post.get("source_type") ?? "";
  const missing = (field: string, words: string): void => {
    if ((cleaned[field] ?? "") === "") errors.set(field, [words]);
  };
  switch (sourceType) {
    case "volume_image_id":
    case "image_id": {
      if (sourceType === "volume_image_id") {
        checkVolumeSize(request.post.get("volume_size") ?? "", errors);
        missing("device_name", "You must set device name");
      }
      missing("image_id", "You must select an image.");
      const image = (yield* images.list(request)).find(({ id }) => id === cleaned["image_id"]);
      if (image === undefined || flavor === undefined) return;
      checkImage(image, flavor, errors);
      const size = cleaned["volume_size"];
      if (sourceType === "volume_image_id" && typeof size === "number" && size > 0) {
        checkRoom(image, size, errors);
      }
      return;
    }
    case "instance_snapshot_id":
      missing("instance_snapshot_id", "You must select a snapshot.");
      return;
    case "volume_id":
      missing("volume_id", "You must select a volume.");
      if (count > 1) {
        errors.set("", [
          "Launching multiple instances is only supported for images and instance snapshots.",
        ]);
      }
      return;
    case "volume_snapshot_id":
      missing("volume_snapshot_id", "You must select a snapshot.");
      missing("device_name", "You must set device name");
      return;
    default:
      return;
  }
}

function checkSize(
  { vcpus, ram }: NovaFlavor,
  count: number,
  available: Readonly<Record<string, number>>,
  errors: Errors,
): void {
  const over = (
    [
      ["Cores", available["cores"], count * vcpus],
      ["RAM", available["ram"], count * ram],
    ] as const
  ).filter(([, left = 0, asked]) => left < asked);
  if (over.length === 0) return;
  const listed = over
    .map(
      ([name, left, asked]) => `${name}(Available: ${String(left)}, Requested: ${String(asked)})`,
    )
    .join(", ");
  const words = `The requested instance cannot be launched. The following requested resource(s) exceed quota(s): ${listed}.`;
  errors.set(count === 1 ? "flavor" : "count", [words]);
}

/** @throws ValueError for an empty size, once it has been found fault with */
function checkVolumeSize(written: string, errors: Errors): void {
  if (written === "") errors.set("volume_size", ["You must set volume size"]);
  const size = Number(written);
  if (written === "" || Number.isNaN(size)) {
    throw new ValueError(
      written === ""
        ? "could not convert string to float: "
        : `invalid literal for float(): ${written}`,
    );
  }
  if (size <= 0) errors.set("volume_size", ["Volume size must be greater than 0"]);
}

function checkImage(image: GlanceImage, flavor: NovaFlavor, errors: Errors): void {
  const { min_ram, min_disk } = image;
  const small = (min_ram > 0 && min_ram > flavor.ram) || (min_disk > 0 && min_disk > flavor.disk);
  if (!small) return;
  errors.set("image_id", [
    `The flavor '${flavor.name}' is too small for requested image.\n` +
      `Minimum requirements: ${String(min_ram)} MB of RAM and ${String(min_disk)} GB of Root Disk.`,
  ]);
}

function checkRoom({ name, size, min_disk }: GlanceImage, volume: number, errors: Errors): void {
  const smallest = Math.max(Math.ceil(size / GIGABYTE), min_disk);
  if (volume >= smallest) return;
  errors.set("volume_size", [
    `The Volume size is too small for the '${name ?? ""}' image and has to be greater than or equal to '${String(smallest)}' GB.`,
  ]);
}
