/** Update Image, and the page of one image. Upstream: openstack_dashboard/dashboards/project/images/images/forms.py (UpdateImageForm), views.py (UpdateView, DetailView), tabs.py at 2014.2. */
import type { Op } from "../../../../kernel/index.js";
import { bearer, glanceClient, imageGet } from "../../api/glance.js";
import { numberIn, textIn, type Field } from "../../forms/field.js";
import type { ModalForm } from "../../forms/modal-form.js";
import { fileSize, gigabytes, megabytes, titled } from "../../text.js";
import { page, type Answer } from "../../web/answer.js";
import { required, succeeded } from "../../web/attempts.js";
import type { HorizonRequest } from "../../web/request.js";
import { IMAGES_URL } from "./actions.js";
import { containerFormat, IMAGE_FORMATS } from "./formats.js";

const fixed = (name: string, label: string, initial: string): Field => ({
  kind: "text",
  name,
  label,
  initial,
  readonly: true,
});

const flag = (name: string, label: string, initial: boolean): Field => ({
  kind: "boolean",
  name,
  label,
  initial: initial ? ["on"] : [],
});

export const updateImage = (id: string): ModalForm => ({
  title: "Update Image",
  submit: "Update Image",
  successUrl: IMAGES_URL,
  *fields(request) {
    const image = yield* required(request, "Unable to retrieve image.", IMAGES_URL, () =>
      imageGet(request, id),
    );
    const own = (name: string): string => image.properties[name] ?? "";
    return [
      { kind: "text", name: "image_id", label: "Image id", hidden: true, initial: id },
      {
        kind: "text",
        name: "name",
        label: "Name",
        required: true,
        longest: 255,
        initial: image.name ?? id,
      },
      {
        kind: "text",
        name: "description",
        label: "Description",
        initial: own("description"),
      },
      fixed("kernel", "Kernel ID", own("kernel_id")),
      fixed("ramdisk", "Ramdisk ID", own("ramdisk_id")),
      fixed("architecture", "Architecture", own("architecture")),
      {
        kind: "choice",
        name: "disk_format",
        label: "Format",
        required: true,
        choices: IMAGE_FORMATS.filter(([value]) => value !== ""),
        initial: image.disk_format ?? "",
      },
      {
        kind: "integer",
        name: "minimum_disk",
        label: "Minimum Disk (GB)",
        min: 0,
        initial: String(image.min_disk),
      },
      {
        kind: "integer",
        name: "minimum_ram",
        label: "Minimum RAM (MB)",
        min: 0,
        initial: String(image.min_ram),
      },
      flag("public", "Public", image.is_public),
      flag("protected", "Protected", image.protected),
    ];
  },
  handle: (request, cleaned) =>
    succeeded(request, `Unable to update image "${id}".`, function* () {
      const text = (name: string): string => textIn(cleaned, name);
      yield* glanceClient(request).update(bearer(request), id, {
        is_public: cleaned["public"] === true,
        protected: cleaned["protected"] === true,
        disk_format: text("disk_format"),
        container_format: containerFormat(text("disk_format")),
        name: text("name"),
        min_ram: numberIn(cleaned, "minimum_ram") ?? 0,
        min_disk: numberIn(cleaned, "minimum_disk") ?? 0,
        properties: {
          description: text("description"),
          ...(text("kernel") !== "" && { kernel_id: text("kernel") }),
          ...(text("ramdisk") !== "" && { ramdisk_id: text("ramdisk") }),
          ...(text("architecture") !== "" && { architecture: text("architecture") }),
        },
      });
      request.message("success", "Image was successfully updated.");
    }),
});

export function* imageDetail(request: HorizonRequest, id: string): Op<Answer> {
  const image = yield* required(request, "Unable to retrieve image details.", IMAGES_URL, () =>
    imageGet(request, id),
  );
  return page("Image Details", function* () {
    const yesno = (flag: boolean): string => (flag ? "Yes" : "No");
    const { description, ...custom } = image.properties;
    return [
      {
        kind: "list",
        title: "Info",
        items: [
          ["Name", image.name ?? "None"],
          ...(description === undefined ? [] : [["Description", description] as const]),
          ["ID", image.id],
          ["Owner", image.owner ?? "None"],
          ["Status", titled(image.status)],
          ["Public", yesno(image.is_public)],
          ["Protected", yesno(image.protected)],
          ["Checksum", image.checksum ?? "None"],
          ["Created", image.created_at ?? "Unknown"],
          ["Updated", image.updated_at ?? "Never updated"],
        ],
      },
      {
        kind: "list",
        title: "Specs",
        items: [
          ["Size", fileSize(image.size)],
          ["Container Format", (image.container_format ?? "None").toUpperCase()],
          ["Disk Format", (image.disk_format ?? "None").toUpperCase()],
          ...(image.min_disk > 0 ? [["Min Disk", gigabytes(image.min_disk)] as const] : []),
          ...(image.min_ram > 0 ? [["Min RAM", megabytes(image.min_ram)] as const] : []),
        ],
      },
      ...(Object.keys(custom).length === 0
        ? []
        : [{ kind: "list" as const, title: "Custom Properties", items: Object.entries(custom) }]),
    ];
  });
}
