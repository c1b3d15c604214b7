/** `list`, `show`, `create` and the ends of volumes. Upstream: cinderclient/v1/shell.py, 1.1.1. */
import { CommandError } from "../../../framework/apiclient/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import { isObject, str, type Json, type JsonObject } from "../../../python/index.js";
import type { CinderClient } from "../../../services/cinder/client/index.js";
import type { Command } from "../../openstack/command.js";
import { valueOption, withTwin } from "../../openstack/options.js";
import { int } from "../../shell/parser/index.js";
import {
  allTenants,
  displayDescription,
  displayName,
  metadataOf,
  metadataOption,
  ofAllTenants,
  one,
  some,
} from "../arguments.js";
import { findVolume } from "../find.js";
import { printList, printProperties } from "../print.js";

const list: Command<CinderClient> = {
  name: "list",
  about: "List the volumes.",
  options: [
    ...allTenants,
    valueOption("--display-name", "<display-name>", "Only those of this name."),
    valueOption("--status", "<status>", "Only those of this status."),
    metadataOption("Only those with this metadata."),
  ],
  *run({ volumes }, args, console) {
    const tenants = ofAllTenants(args);
    const metadata = args.texts("metadata").length > 0 ? str(metadataOf(args)) : null;
    const found = yield* volumes.all({
      all_tenants: tenants,
      display_name: args.text("display_name") ?? null,
      status: args.text("status") ?? null,
      metadata,
    });
    const whose = tenants === 0 ? [] : ["Tenant ID"];
    printList(console, found.map(asListed), ["ID", ...whose, ...LIST_COLUMNS]);
  },
};

const LIST_COLUMNS = ["Status", "Display Name", "Size", "Volume Type", "Bootable", "Attached to"];

/** With its project, and the servers that it is attached to. */
function asListed(volume: JsonObject): JsonObject {
  const { attachments = null, "os-vol-tenant-attr:tenant_id": tenant } = volume;
  const all = Array.isArray(attachments) ? (attachments as readonly Json[]).filter(isObject) : [];
  const attached_to = all.map(({ server_id = null }) => str(server_id)).join(",");
  return { ...(tenant !== undefined && { tenant_id: tenant }), ...volume, attached_to };
}

const show: Command<CinderClient> = {
  name: "show",
  about: "Show a volume in full.",
  positionals: [one("volume", "The volume's name or ID.")],
  *run(cinder, args, console) {
    printProperties(console, yield* findVolume(cinder, args.exactText("volume") ?? ""));
  },
};

const create: Command<CinderClient> = {
  name: "create",
  about: "Make a volume.",
  positionals: [{ ...one("size", "How large it is to be, in GB."), type: int }],
  options: [
    ...withTwin(valueOption("--snapshot-id", "<snapshot-id>", "The snapshot to make it of.")),
    ...withTwin(valueOption("--source-volid", "<source-volid>", "The volume to make it of.")),
    ...withTwin(valueOption("--image-id", "<image-id>", "The image to make it of.")),
    ...withTwin(displayName),
    ...withTwin(displayDescription),
    ...withTwin(valueOption("--volume-type", "<volume-type>", "Its type.")),
    ...withTwin(
      valueOption("--availability-zone", "<availability-zone>", "The zone that it is to be in."),
    ),
    metadataOption("Its metadata."),
  ],
  *run({ volumes }, args, console) {
    const text = (dest: string): string | null => args.exactText(dest) ?? null;
    const made = yield* volumes.create({
      size: args.number("size") ?? null,
      snapshot_id: text("snapshot_id"),
      source_volid: text("source_volid"),
      name: text("display_name"),
      description: text("display_description"),
      volume_type: text("volume_type"),
      availability_zone: text("availability_zone"),
      imageRef: text("image_id"),
      metadata: metadataOf(args),
    });
    printProperties(console, made);
  },
};

/** A command that ends volumes one by one, and fails only if it fails for all. */
const removing = (
  name: string,
  about: string,
  remove: (cinder: CinderClient, id: string) => Op<void>,
  refusal: string,
): Command<CinderClient> => ({
  name,
  about,
  positionals: [some("volume", "The volumes' names or IDs.")],
  *run(cinder, args, console) {
    const names = args.texts("volume");
    let failures = 0;
    for (const volume of names) {
      try {
        yield* remove(cinder, (yield* findVolume(cinder, volume)).id);
      } catch (thrown) {
        const { message } = yield* caught(thrown);
        failures++;
        console.print(`Delete for volume ${volume} failed: ${message}`);
      }
    }
    if (failures === names.length) throw new CommandError(refusal);
  },
});

const remove = removing(
  "delete",
  "Delete volumes.",
  ({ volumes }, id) => volumes.delete(id),
  "Unable to delete any of the specified volumes.",
);

const forceDelete = removing(
  "force-delete",
  "Delete volumes, whatever state they are in.",
  ({ volumes }, id) => volumes.forceDelete(id),
  "Unable to force delete any of the specified volumes.",
);

export const volumeCommands: readonly Command<CinderClient>[] = [
  ...[list, show, create, remove, forceDelete],
];
