/**
 * Create Volume, once it is sent: Horizon compares sizes and quotas itself before Cinder is asked. Upstream:
 * openstack_dashboard/dashboards/project/volumes/volumes/forms.py (CreateForm.clean, handle), views.py (CreateView) at 2014.2.
 */
import { caught, type Op } from "../../../../kernel/index.js";
import { textOf } from "../../../../python/index.js";
import { cinderClient, volumeGet } from "../../api/cinder.js";
import { imageGet } from "../../api/glance.js";
import { numberIn, textIn, type Cleaned } from "../../forms/field.js";
import type { ModalForm } from "../../forms/modal-form.js";
import { fileSize } from "../../text.js";
import { left, limitUsages } from "../../usage/limits.js";
import { handle } from "../../web/exceptions.js";
import type { HorizonRequest } from "../../web/request.js";
import { VOLUMES_TAB } from "./addresses.js";
import { createFields, gibibytes } from "./create-fields.js";

/** What a volume is made of, by the names of Cinder's request. */
interface Source {
  readonly snapshot_id?: string;
  readonly imageRef?: string;
  readonly source_volid?: string;
}

/** A reason that stands above the form. */
class Refused extends Error {}

export const createVolume: ModalForm = {
  title: "Create Volume",
  submit: "Create Volume",
  successUrl: VOLUMES_TAB,
  fields: createFields,
  *clean(_request, cleaned, errors) {
    const kind = textIn(cleaned, "volume_source_type");
    const words = {
      image_source: "Image source must be specified",
      snapshot_source: "Snapshot source must be specified",
      volume_source: "Volume source must be specified",
    };
    for (const [name, text] of Object.entries(words)) {
      if (kind === name && textIn(cleaned, name) === "") errors.set(name, [text]);
    }
  },
  *handle(request, cleaned, errors) {
    try {
      yield* create(request, cleaned);
      return true;
    } catch (thrown) {
      if (thrown instanceof Refused) errors.set("", [thrown.message]);
      else {
        handle(request, yield* caught(thrown), undefined, { ignore: true });
        errors.set("", ["Unable to create volume."]);
      }
      return false;
    }
  },
  *context(request) {
    try {
      yield* limitUsages(request);
    } catch (thrown) {
      handle(request, yield* caught(thrown));
    }
  },
};

function* create(request: HorizonRequest, cleaned: Cleaned): Op<void> {
  const usages = yield* limitUsages(request);
  const gigabytes = left(usages, "maxTotalVolumeGigabytes", "gigabytesUsed");
  const volumes = left(usages, "maxTotalVolumes", "volumesUsed");
  const size = numberIn(cleaned, "size") ?? 0;
  const source = yield* sourceOf(request, cleaned, size);
  if (gigabytes < size) {
    throw new Refused(
      `A volume of ${String(size)}GB cannot be created as you only have ${String(gigabytes)}GB of your quota available.`,
    );
  }
  if (volumes <= 0) throw new Refused("You are already using all of your available volumes.");
  const name = textIn(cleaned, "name");
  const zone = textIn(cleaned, "availability_zone");
  yield* cinderClient(request).volumes.create({
    size,
    name,
    description: textIn(cleaned, "description"),
    volume_type: textIn(cleaned, "type"),
    ...source,
    metadata: {},
    availability_zone: zone === "" || source.snapshot_id !== undefined ? null : zone,
  });
  request.message("info", `Creating volume "${name}"`);
}

function* sourceOf(request: HorizonRequest, cleaned: Cleaned, size: number): Op<Source> {
  const kind = textIn(cleaned, "volume_source_type");
  const chosen = (name: string): string => (["", name].includes(kind) ? textIn(cleaned, name) : "");
  const tooSmall = (what: string): Refused =>
    new Refused(`The volume size cannot be less than ${what}`);
  const [snapshot, image, volume] = [
    chosen("snapshot_source"),
    chosen("image_source"),
    chosen("volume_source"),
  ];
  if (snapshot !== "") {
    const found = yield* cinderClient(request).snapshots.get(snapshot);
    if (size < Number(found["size"])) {
      throw tooSmall(`the snapshot size (${textOf(found, "size")}GB)`);
    }
    return { snapshot_id: snapshot };
  }
  if (image !== "") {
    const found = yield* imageGet(request, image);
    if (size < gibibytes(found.size)) throw tooSmall(`the image size (${fileSize(found.size)})`);
    if (found.min_disk > 0 && size < found.min_disk) {
      throw tooSmall(`the image minimum disk size (${String(found.min_disk)}GB)`);
    }
    return { imageRef: image };
  }
  if (volume === "") return {};
  const found = yield* volumeGet(request, volume);
  if (size < Number(found["size"])) {
    throw tooSmall(`the source volume size (${textOf(found, "size")}GB)`);
  }
  return { source_volid: volume };
}
