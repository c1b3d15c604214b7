/**
 * Create Image. The image is made while the person waits, its data is sent or fetched by a thread that nobody hears of again. A
 * file is its size in bytes here, and takes no time to come from the browser. Upstream:
 * openstack_dashboard/dashboards/project/images/images/forms.py (CreateImageForm), openstack_dashboard/api/glance.py
 * (image_create) at 2014.2.
 */
import { caught, type Op } from "../../../../kernel/index.js";
import { bearer, glanceClient } from "../../api/glance.js";
import { numberIn, textIn, type Cleaned, type Field } from "../../forms/field.js";
import type { ModalForm } from "../../forms/modal-form.js";
import { succeeded } from "../../web/attempts.js";
import type { HorizonRequest } from "../../web/request.js";
import { IMAGES_URL } from "./actions.js";
import { containerFormat, IMAGE_FORMATS } from "./formats.js";

const FIELDS: readonly Field[] = [
  { kind: "text", name: "name", label: "Name", required: true, longest: 255 },
  { kind: "text", name: "description", label: "Description" },
  {
    kind: "choice",
    name: "source_type",
    label: "Image Source",
    choices: [
      ["url", "Image Location"],
      ["file", "Image File"],
    ],
    initial: "url",
  },
  { kind: "text", name: "copy_from", label: "Image Location", longest: 255 },
  { kind: "integer", name: "image_file", label: "Image File" },
  {
    kind: "choice",
    name: "disk_format",
    label: "Format",
    required: true,
    choices: IMAGE_FORMATS,
    initial: "",
  },
  { kind: "text", name: "architecture", label: "Architecture", longest: 255 },
  { kind: "integer", name: "minimum_disk", label: "Minimum Disk (GB)", min: 0 },
  { kind: "integer", name: "minimum_ram", label: "Minimum RAM (MB)", min: 0 },
  { kind: "boolean", name: "is_public", label: "Public" },
  { kind: "boolean", name: "protected", label: "Protected" },
];

export const createImage: ModalForm = {
  title: "Create An Image",
  submit: "Create Image",
  successUrl: IMAGES_URL,
  *fields() {
    return FIELDS;
  },
  *clean(_request, cleaned, errors) {
    const url = textIn(cleaned, "copy_from") !== "";
    const file = numberIn(cleaned, "image_file") !== null;
    if (!url && !file) {
      errors.set("", ["A image or external image location must be specified."]);
    } else if (url && file) {
      errors.set("", ["Can not specify both image and external image location."]);
    }
  },
  handle: (request, cleaned) =>
    succeeded(request, "Unable to create new image.", function* () {
      const name = textIn(cleaned, "name");
      const { id } = yield* glanceClient(request).create(bearer(request), metaOf(cleaned));
      request.env.spawn("update image", update(request, id, cleaned));
      request.message("success", `Your image ${name} has been queued for creation.`);
    }),
};

function metaOf(cleaned: Cleaned) {
  const [description, architecture] = [
    textIn(cleaned, "description"),
    textIn(cleaned, "architecture"),
  ];
  return {
    is_public: cleaned["is_public"] === true,
    protected: cleaned["protected"] === true,
    disk_format: textIn(cleaned, "disk_format"),
    container_format: containerFormat(textIn(cleaned, "disk_format")),
    min_disk: numberIn(cleaned, "minimum_disk") ?? 0,
    min_ram: numberIn(cleaned, "minimum_ram") ?? 0,
    name: textIn(cleaned, "name"),
    properties: {
      ...(description !== "" && { description }),
      ...(architecture !== "" && { architecture }),
    },
  };
}

/** The thread: what goes wrong in it, only the image's status shows. */
function* update(request: HorizonRequest, id: string, cleaned: Cleaned): Op<void> {
  const client = glanceClient(request);
  const bytes = numberIn(cleaned, "image_file");
  try {
    if (bytes === null) {
      const copyFrom = textIn(cleaned, "copy_from");
      yield* client.update(bearer(request), id, {}, { copyFrom });
    } else {
      yield* client.upload(bearer(request), id, {}, bytes, Infinity);
    }
  } catch (thrown) {
    const { name, message } = yield* caught(thrown);
    request.env.log("error", `Unhandled exception in thread: ${name}: ${message}`);
  }
}
