/** What is done in the panel Volumes. */
import type { Entry } from "../../clients/index.js";
import {
  called,
  flag,
  formAct,
  maybeCalled,
  naming,
  number,
  openAct,
  rowAct,
  text,
  type Written,
} from "./form-act.js";

const PATH = "/project/volumes/";
const SNAPSHOTS = `${PATH}?tab=volumes_and_snapshots__snapshots_tab`;
const VOLUMES = { path: PATH, table: "volumes" } as const;
const VOLUME = { ...VOLUMES, row: "volume" } as const;
const SNAPSHOT = { path: SNAPSHOTS, table: "volume_snapshots", row: "snapshot" } as const;

const volume = called("The volume, by name.");
const description = text("Description.", "description");

const SOURCES = { snapshot: "Snapshot", image: "Image", volume: "Volume" } as const;

function source(written: Written): Readonly<Record<string, Entry>> {
  for (const [words, kind] of Object.entries(SOURCES)) {
    const chosen = written[words];
    if (chosen !== undefined) {
      return { volume_source_type: kind, [`${words}_source`]: chosen };
    }
  }
  return {};
}

export const createVolume = formAct("create volume", {
  ...VOLUMES,
  about: "Create Volume.",
  action: "Create Volume",
  oneOf: Object.keys(SOURCES),
  fill: source,
  labels: {
    name: called("Volume Name.", "name"),
    description,
    "size gb": number("Size (GB). Default 1.", "size"),
    type: maybeCalled("Type.", "type"),
    snapshot: { schema: maybeCalled("Use this snapshot as a source.", "").schema },
    image: naming({ schema: maybeCalled("Use this image as a source.", "").schema }, "image"),
    volume: { schema: maybeCalled("Use this volume as source.", "").schema },
    "availability zone": maybeCalled("Availability Zone.", "availability_zone"),
  },
});

export const editVolume = formAct("edit volume", {
  ...VOLUME,
  about: "Edit Volume.",
  action: "Edit Volume",
  labels: { volume, name: maybeCalled("Volume Name.", "name"), description },
});

export const extendVolume = formAct("extend volume", {
  ...VOLUME,
  about: "Extend Volume.",
  action: "Extend Volume",
  labels: { volume, "size gb": number("New Size (GB).", "new_size", true) },
});

export const createVolumeSnapshot = formAct("create volume snapshot", {
  ...VOLUME,
  about: "Create Snapshot, in the row of a volume.",
  action: "Create Snapshot",
  labels: { volume, name: called("Snapshot Name.", "name"), description },
});

export const uploadToImage = formAct("upload to image", {
  ...VOLUME,
  about: "Upload to Image, in the row of a volume.",
  action: "Upload to Image",
  labels: {
    volume,
    name: naming(called("Image Name.", "image_name"), "image", "one"),
    format: text("Disk Format: QCOW2 - QEMU Emulator, Raw, VDI or VMDK.", "disk_format"),
    force: flag("Force, of a volume that is in use.", "force"),
  },
});

export const attachVolume = formAct("attach volume", {
  ...VOLUME,
  about: "Edit Attachments, in the row of a volume, and Attach Volume there.",
  action: "Edit Attachments",
  labels: {
    volume,
    instance: naming(called("Attach to Instance.", "instance"), "server"),
  },
});

export const detachVolume = formAct("detach volume", {
  path: PATH,
  table: "attachments",
  through: { table: "volumes", action: ["Edit Attachments"], label: "volume" },
  row: "instance",
  about: "Edit Attachments, in the row of a volume, and Detach Volume there.",
  action: "Detach Volume",
  labels: { volume, instance: naming(called("From which instance."), "server") },
});

export const deleteVolume = rowAct("delete volume", {
  ...VOLUMES,
  action: "Delete Volume",
  about: "Delete Volume: one or several.",
});

export const openVolume = openAct("open volume", {
  ...VOLUMES,
  about: "The name of a volume is clicked: its page.",
});

export const createVolumeFromSnapshot = formAct("create volume from snapshot", {
  ...SNAPSHOT,
  about: "Create Volume, in the row of a volume snapshot.",
  action: "Create Volume",
  labels: {
    snapshot: called("The snapshot, by name."),
    name: maybeCalled("Volume Name. Default: that of the snapshot.", "name"),
    "size gb": number("Size (GB). Default: that of the snapshot.", "size"),
  },
});

export const editVolumeSnapshot = formAct("edit volume snapshot", {
  ...SNAPSHOT,
  about: "Edit Snapshot, in the row of a volume snapshot.",
  action: "Edit Snapshot",
  labels: {
    snapshot: called("The snapshot, by name."),
    name: maybeCalled("Snapshot Name.", "name"),
    description,
  },
});

export const deleteVolumeSnapshot = rowAct("delete volume snapshot", {
  path: SNAPSHOTS,
  table: "volume_snapshots",
  action: "Delete Volume Snapshot",
  about: "Delete Volume Snapshot: one or several.",
});
