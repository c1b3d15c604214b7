/**
 * Forms for one volume: its name, a larger size, a snapshot, an image of it. Upstream:
 * openstack_dashboard/dashboards/project/volumes/volumes/forms.py, views.py,
 * openstack_dashboard/dashboards/project/volumes/snapshots/forms.py at 2014.2.
 */
import { textOf } from "../../../../python/index.js";
import { cinderClient, descriptionOf, nameOf, volumeGet } from "../../api/cinder.js";
import { numberIn, textIn, type Field } from "../../forms/field.js";
import type { ModalForm } from "../../forms/modal-form.js";
import { left, limitUsages } from "../../usage/limits.js";
import { attempted, required, succeeded } from "../../web/attempts.js";
import { SNAPSHOTS_TAB, VOLUMES_URL } from "./addresses.js";

const REDIRECT = { redirect: VOLUMES_URL };

const named = (label: string, initial = ""): Field => ({
  kind: "text",
  name: "name",
  label,
  required: true,
  longest: 255,
  initial,
});

const described = (initial = ""): Field => ({
  kind: "text",
  name: "description",
  label: "Description",
  longest: 255,
  initial,
});

const fixed = (name: string, label: string, initial: string, required = false): Field => ({
  kind: "text",
  name,
  label,
  initial,
  required,
  readonly: true,
});

export const editVolume = (id: string): ModalForm => ({
  title: "Edit Volume",
  submit: "Edit Volume",
  successUrl: VOLUMES_URL,
  *fields(request) {
    const volume = yield* required(request, "Unable to retrieve volume.", VOLUMES_URL, () =>
      volumeGet(request, id),
    );
    return [named("Volume Name", nameOf(volume)), described(descriptionOf(volume) ?? "")];
  },
  handle: (request, cleaned) =>
    succeeded(
      request,
      "Unable to update volume.",
      function* () {
        const name = textIn(cleaned, "name");
        const changes = {
          display_name: name,
          display_description: textIn(cleaned, "description"),
        };
        yield* cinderClient(request).volumes.update(id, changes);
        request.message("info", `Updating volume "${name}"`);
      },
      REDIRECT,
    ),
});

export function extendVolume(id: string): ModalForm {
  let size = 0;
  return {
    title: "Extend Volume",
    submit: "Extend Volume",
    successUrl: VOLUMES_URL,
    *fields(request) {
      // Without the volume the form cannot be built (AttributeError).
      const volume = yield* volumeGetOrFail(id)(request);
      size = Number(volume["size"]);
      return [
        fixed("name", "Volume Name", nameOf(volume)),
        fixed("orig_size", "Current Size (GB)", String(size)),
        { kind: "integer", name: "new_size", label: "New Size (GB)", required: true },
      ];
    },
    *clean(request, cleaned, errors) {
      const wanted = numberIn(cleaned, "new_size");
      // `None` is less than any number.
      if (wanted === null || wanted <= size) {
        errors.set("", ["New size must be greater than current size."]);
        return;
      }
      const available = left(
        yield* limitUsages(request),
        "maxTotalVolumeGigabytes",
        "gigabytesUsed",
      );
      if (available >= wanted - size) return;
      errors.set("new_size", [
        `Volume cannot be extended to ${String(wanted)}GB as you only have ${String(available)}GB of your quota available.`,
      ]);
    },
    handle: (request, cleaned) =>
      succeeded(
        request,
        "Unable to extend volume.",
        function* () {
          yield* cinderClient(request).volumes.extend(id, numberIn(cleaned, "new_size"));
          request.message("info", `Extending volume: "${textIn(cleaned, "name")}"`);
        },
        REDIRECT,
      ),
    *context(request) {
      yield* limitUsages(request);
    },
  };
}

const volumeGetOrFail = (id: string) => (request: Parameters<typeof volumeGet>[0]) =>
  required(request, "Unable to retrieve volume information.", VOLUMES_URL, () =>
    volumeGet(request, id),
  );

export const createSnapshot = (id: string): ModalForm => ({
  title: "Create Volume Snapshot",
  submit: "Create Volume Snapshot",
  successUrl: SNAPSHOTS_TAB,
  *fields() {
    return [
      named("Snapshot Name"),
      described(),
      {
        kind: "text",
        name: "volume_id",
        label: "Volume id",
        required: true,
        hidden: true,
        initial: id,
      },
    ];
  },
  handle: (request, cleaned) =>
    succeeded(
      request,
      "Unable to create volume snapshot.",
      function* () {
        const force = (yield* volumeGet(request, id))["status"] === "in-use";
        const name = textIn(cleaned, "name");
        const description = textIn(cleaned, "description");
        yield* cinderClient(request).snapshots.create({ volume_id: id, force, name, description });
        request.message(
          "info",
          force
            ? `Forcing to create snapshot "${name}" from attached volume.`
            : `Creating volume snapshot "${name}".`,
        );
      },
      REDIRECT,
    ),
  *context(request) {
    yield* attempted(request, "Unable to retrieve volume information.", function* () {
      yield* volumeGet(request, id);
      yield* limitUsages(request);
    });
  },
});

const FORMATS = [
  ["qcow2", "QCOW2 - QEMU Emulator"],
  ["raw", "Raw"],
  ["vdi", "VDI"],
  ["vmdk", "VMDK"],
] as const;

export const uploadToImage = (id: string): ModalForm => ({
  title: "Upload Volume to Image",
  submit: "Upload",
  successUrl: VOLUMES_URL,
  *fields(request) {
    const message = `Unable to retrieve volume information for volume: "${id}"`;
    const volume = yield* required(request, message, VOLUMES_URL, () => volumeGet(request, id));
    return [
      fixed("name", "Volume Name", nameOf(volume), true),
      { kind: "text", name: "image_name", label: "Image Name", required: true, longest: 255 },
      {
        kind: "choice",
        name: "disk_format",
        label: "Disk Format",
        choices: FORMATS,
        initial: "raw",
      },
      {
        kind: "boolean",
        name: "force",
        label: "Force",
        hidden: textOf(volume, "status") !== "in-use",
      },
    ];
  },
  handle(request, cleaned) {
    const name = textIn(cleaned, "name");
    const message = `Unable to upload volume to image for volume: "${name}"`;
    return succeeded(request, message, function* () {
      yield* cinderClient(request).volumes.uploadToImage(id, {
        force: cleaned["force"] === true,
        image_name: textIn(cleaned, "image_name"),
        container_format: "bare",
        disk_format: textIn(cleaned, "disk_format"),
      });
      request.message(
        "info",
        `Successfully sent the request to upload volume to image for volume: "${name}"`,
      );
    });
  },
});

export const editSnapshot = (id: string): ModalForm => ({
  title: "Edit Snapshot",
  submit: "Edit Snapshot",
  successUrl: VOLUMES_URL,
  *fields(request) {
    const message = "Unable to retrieve volume snapshot.";
    const snapshot = yield* required(request, message, VOLUMES_URL, () =>
      cinderClient(request).snapshots.get(id),
    );
    return [named("Snapshot Name", nameOf(snapshot)), described(descriptionOf(snapshot) ?? "")];
  },
  handle: (request, cleaned) =>
    succeeded(
      request,
      "Unable to update volume snapshot.",
      function* () {
        const name = textIn(cleaned, "name");
        const changes = {
          display_name: name,
          display_description: textIn(cleaned, "description"),
        };
        yield* cinderClient(request).snapshots.update(id, changes);
        request.message("info", `Updating volume snapshot "${name}"`);
      },
      REDIRECT,
    ),
});
