/**
 * Manage Volume Attachments: a table of what a volume is attached to, from which it can be detached, above a form that attaches it.
 * Upstream: openstack_dashboard/dashboards/project/volumes/volumes/forms.py (AttachForm), tables.py (AttachmentsTable),
 * views.py (EditAttachmentsView) at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import { textOf, type JsonObject } from "../../../../python/index.js";
import { attachmentsOf, nameOf, volumeGet } from "../../api/cinder.js";
import { novaClient, serverList, type NovaServer } from "../../api/nova.js";
import { textIn, type Choice } from "../../forms/field.js";
import { formView, type ModalForm } from "../../forms/modal-form.js";
import { counted } from "../../tables/action.js";
import { bound, type TableView } from "../../tables/view.js";
import { page, type Answer } from "../../web/answer.js";
import { attempted, succeeded } from "../../web/attempts.js";
import type { HorizonRequest } from "../../web/request.js";
import { VOLUMES_URL } from "./addresses.js";
import { attachedName } from "./volumes-table.js";

const NOBODY: ReadonlyMap<string, string> = new Map();

/** The volume of one request; undefined, and a message, if Cinder does not have it. */
class AttachedVolume {
  readonly #id: string;
  #volume: JsonObject | undefined;

  constructor(id: string) {
    this.#id = id;
  }

  *get(request: HorizonRequest): Op<JsonObject | undefined> {
    this.#volume ??= yield* attempted(request, "Unable to retrieve volume information.", () =>
      volumeGet(request, this.#id),
    );
    return this.#volume;
  }
}

interface Attachment {
  readonly attachment: JsonObject;
  readonly volume: string;
}

const serverOf = (
  request: HorizonRequest,
  { attachment }: Pick<Attachment, "attachment">,
): Op<string | null> => attachedName(request, attachment, NOBODY);

const attachmentsTable = (of: AttachedVolume): Omit<TableView<Attachment>, "title"> => ({
  *load(request) {
    const volume = yield* of.get(request);
    if (volume === undefined) return { rows: [] };
    const name = nameOf(volume);
    return { rows: attachmentsOf(volume).map((attachment) => ({ attachment, volume: name })) };
  },
  spec: {
    name: "attachments",
    title: "Attachments",
    id: ({ attachment }) => textOf(attachment, "id"),
    display: ({ volume, attachment }) =>
      `Volume ${volume} on instance ${textOf(attachment, "instance_name")}`,
    columns: [
      {
        header: "Instance",
        *cell(row, request) {
          // Once for the cell and once for how the row is called.
          const name = yield* serverOf(request, row);
          yield* serverOf(request, row);
          return name;
        },
      },
      { header: "Device", cell: ({ attachment }) => textOf(attachment, "device") },
    ],
    tableActions: [detach],
    rowActions: [detach],
  },
});

const detach = {
  kind: "batch" as const,
  name: "detach",
  present: counted("Detach Volume"),
  past: counted("Detaching Volume"),
  successUrl: VOLUMES_URL,
  *act(request: HorizonRequest, id: string, row: Attachment): Op<void> {
    yield* serverOf(request, row);
    yield* novaClient(request).volumes.detach(textOf(row.attachment, "server_id"), id);
  },
};

function attachForm(id: string, of: AttachedVolume): ModalForm {
  let servers: readonly NovaServer[] = [];
  return {
    title: "Manage Volume Attachments",
    submit: "Attach Volume",
    successUrl: VOLUMES_URL,
    *fields(request) {
      const message = "Unable to retrieve attachment information.";
      servers = (yield* attempted(request, message, () => serverList(request)))?.servers ?? [];
      const volume = yield* of.get(request);
      const attached = attachmentsOf(volume ?? {}).map(({ server_id }) => server_id);
      const choices = servers
        .filter(({ status }) => ["ACTIVE", "SHUTOFF"].includes(status))
        .filter((server) => !attached.includes(server.id))
        .map((server): Choice => [server.id, `${server.name} (${server.id})`]);
      const first = choices.length === 0 ? "No instances available" : "Select an instance";
      const hidden = { kind: "text", hidden: true } as const;
      return [
        {
          kind: "choice",
          name: "instance",
          label: "Attach to Instance",
          required: true,
          choices: [["", first], ...choices],
        },
        { ...hidden, name: "device", label: "Device Name" },
        { ...hidden, name: "volume_id", label: "Volume id", required: true, initial: id },
      ];
    },
    *handle(request, cleaned) {
      const instance = textIn(cleaned, "instance");
      const { name } = servers.find((server) => server.id === instance) ?? { name: "" };
      return yield* succeeded(
        request,
        "Unable to attach volume.",
        function* () {
          const client = novaClient(request).volumes;
          const attached = yield* client.attach(instance, id, textIn(cleaned, "device"));
          const volume = yield* volumeGet(request, id);
          request.message(
            "info",
            `Attaching volume ${nameOf(volume)} to instance ${name} on ${textOf(attached, "device")}.`,
          );
        },
        { redirect: VOLUMES_URL },
      );
    },
  };
}

export function* attachments(request: HorizonRequest, id: string): Op<Answer> {
  const of = new AttachedVolume(id);
  const table = bound(attachmentsTable(of));
  const form = attachForm(id, of);
  if (request.method === "POST") {
    // The form is looked at first, whatever is sent.
    if (!table.isMeant(request)) return yield* formView(request, form);
    yield* form.fields(request);
  }
  yield* table.load(request);
  const done = yield* table.handle(request);
  if (done !== undefined) return done;
  const shown = yield* formView(request, form);
  if (shown.kind !== "page") return shown;
  const ready = (yield* of.get(request))?.["status"] === "available";
  return page(form.title, function* () {
    const parts = ready ? yield* shown.main() : [];
    return [...parts, yield* table.part(request)];
  });
}
