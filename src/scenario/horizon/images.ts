/** What is done in the panel Images. */
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
  type Label,
  type Written,
} from "./form-act.js";

const IMAGES = { path: "/project/images/", table: "images" } as const;
const MB = 1024 * 1024;

const sizes: Readonly<Record<string, Label>> = {
  "minimum disk gb": number("Minimum Disk (GB).", "minimum_disk"),
  "minimum ram mb": number("Minimum RAM (MB).", "minimum_ram"),
};

function source(written: Written): Readonly<Record<string, Entry>> {
  const { "file mb": file } = written;
  return file === undefined
    ? { source_type: "Image Location" }
    : { source_type: "Image File", image_file: Number(file) * MB };
}

export const createImage = formAct("create image", {
  ...IMAGES,
  about: "Create Image.",
  action: "Create Image",
  fill: source,
  labels: {
    name: naming(called("Name.", "name"), "image", "one"),
    description: text("Description.", "description"),
    location: text("Image Location: where Glance is to fetch it from.", "copy_from"),
    "file mb": { schema: number("Image File: how large it is, in MB.", "").schema },
    format: called("Format: `QCOW2 - QEMU Emulator`, `Raw`.", "disk_format"),
    architecture: text("Architecture.", "architecture"),
    ...sizes,
    public: flag("Public.", "is_public"),
    protected: flag("Protected.", "protected"),
  },
});

export const editImage = formAct("edit image", {
  ...IMAGES,
  row: "image",
  about: "Edit, in the row of an image.",
  action: "Edit",
  labels: {
    image: naming(called("The image, by name."), "image"),
    name: maybeCalled("Name.", "name"),
    description: text("Description.", "description"),
    format: text("Format.", "disk_format"),
    ...sizes,
    public: flag("Public.", "public"),
    protected: flag("Protected.", "protected"),
  },
});

export const deleteImage = rowAct("delete image", {
  ...IMAGES,
  action: "Delete Image",
  about: "Delete Image: one or several.",
});

export const openImage = openAct("open image", {
  ...IMAGES,
  about: "The name of an image is clicked: its page.",
});
