/**
 * Forms for one server: a snapshot of it, another image for it. Upstream: openstack_dashboard/dashboards/project/images/snapshots/forms.py,
 * views.py, openstack_dashboard/dashboards/project/instances/forms.py (RebuildInstanceForm) at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import type { Json } from "../../../../python/index.js";
import { novaClient, novaExtension, serverGet } from "../../api/nova.js";
import { textIn, type Choice, type Field } from "../../forms/field.js";
import type { ModalForm } from "../../forms/modal-form.js";
import { fileSize } from "../../text.js";
import { attempted, required, succeeded } from "../../web/attempts.js";
import type { HorizonRequest } from "../../web/request.js";
import { AvailableImages, imageText } from "./choices.js";

const INSTANCES_URL = "/project/instances/";
const REDIRECT = { redirect: INSTANCES_URL };

export const snapshotInstance = (id: string): ModalForm => ({
  title: "Create Snapshot",
  submit: "Create Snapshot",
  successUrl: "/project/images/",
  *fields() {
    return [
      { kind: "text", name: "instance_id", label: "Instance ID", hidden: true, initial: id },
      { kind: "text", name: "name", label: "Snapshot Name", required: true, longest: 255 },
    ];
  },
  handle: (request, cleaned) =>
    succeeded(
      request,
      "Unable to create snapshot.",
      function* () {
        const client = novaClient(request);
        const name = textIn(cleaned, "name");
        yield* client.action(id, "createImage", { name, metadata: {} });
        // For its name alone.
        const server = yield* serverGet(request, id);
        request.message("success", `Snapshot "${name}" created for instance "${server.name}"`);
      },
      REDIRECT,
    ),
  *context(request) {
    yield* required(request, "Unable to retrieve instance.", INSTANCES_URL, () =>
      serverGet(request, id),
    );
  },
});

/** Nova alone knows which image it has now: the choice is among all. */
export const rebuildInstance = (id: string): ModalForm => ({
  title: "Rebuild Instance",
  submit: "Rebuild Instance",
  successUrl: INSTANCES_URL,
  *fields(request): Op<readonly Field[]> {
    const images = yield* new AvailableImages().list(request);
    const choices = images.map((image): Choice => [
      image.id,
      `${imageText(image)} (${fileSize(image.size)})`,
    ]);
    const first = choices.length > 0 ? "Select Image" : "No images available";
    return [
      {
        kind: "text",
        name: "instance_id",
        label: "Instance id",
        required: true,
        hidden: true,
        initial: id,
      },
      {
        kind: "choice",
        name: "image",
        label: "Select Image",
        required: true,
        choices: [["", first], ...choices],
      },
      ...(yield* diskConfigField(request)),
    ];
  },
  *handle(request, cleaned) {
    yield* succeeded(
      request,
      "Unable to rebuild instance.",
      function* () {
        const disk = textIn(cleaned, "disk_config");
        const body: Record<string, Json> = { imageRef: textIn(cleaned, "image") };
        if (cleaned["disk_config"] !== undefined) body["OS-DCF:diskConfig"] = disk;
        yield* novaClient(request).action(id, "rebuild", body);
        request.message("success", `Rebuilding instance ${id}.`);
      },
      REDIRECT,
    );
    return true;
  },
});

function* diskConfigField(request: HorizonRequest): Op<readonly Field[]> {
  const message = "Unable to retrieve extensions information.";
  const supported = yield* attempted(request, message, () => novaExtension(request, "DiskConfig"));
  if (supported !== true) return [];
  return [
    {
      kind: "choice",
      name: "disk_config",
      label: "Disk Partition",
      choices: [
        ["AUTO", "Automatic"],
        ["MANUAL", "Manual"],
      ],
      initial: "AUTO",
    },
  ];
}
