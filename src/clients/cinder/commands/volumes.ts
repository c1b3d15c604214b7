/** `list`, `show`, `create` and the ends of volumes. Upstream: cinderclient/v{1,2}/shell.py, 1.1.1. */
import { CommandError } from "../../../framework/apiclient/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import { isObject, str, ValueError, type Json, type JsonObject } from "../../../python/index.js";
import type { ApiVersion, CinderClient } from "../../../services/cinder/client/index.js";
import type { Arguments } from "../../openstack/arguments.js";
import type { Command } from "../../openstack/command.js";
import { valueOption, withTwin } from "../../openstack/options.js";
import { int, type OptionSpec } from "../../shell/parser/index.js";
import {
  allTenants,
  descriptionIn,
  descriptionOptions,
  metadataOf,
  metadataOption,
  nameFilter,
  nameHeader,
  nameIn,
  nameOptions,
  ofAllTenants,
  one,
  some,
} from "../arguments.js";
import { findVolume } from "../find.js";
import { printInfo, printList, printProperties } from "../print.js";

const PAGING = [
  valueOption("--marker", "<marker>", "Only those that come after the volume of this ID."),
  valueOption("--limit", "<limit>", "So many at most."),
  valueOption("--sort_key", "<sort_key>", "The property to sort them by."),
  valueOption("--sort_dir", "<sort_dir>", "desc or asc."),
];

const list = (version: ApiVersion): Command<CinderClient> => ({
  name: "list",
  about: "List the volumes.",
  options: [
    ...allTenants,
    ...nameFilter(version),
    valueOption("--status", "<status>", "Only those of this status."),
    metadataOption("Only those with this metadata."),
    ...(version === "v2" ? PAGING : []),
  ],
  *run({ volumes }, args, console) {
    const tenants = ofAllTenants(args);
    const metadata = args.texts("metadata").length > 0 ? str(metadataOf(args)) : null;
    const found = yield* volumes.all({
      all_tenants: tenants,
      [version === "v1" ? "display_name" : "name"]: nameIn(args),
      status: args.text("status") ?? null,
      metadata,
      ...(version === "v2" && {
        marker: args.text("marker") ?? null,
        limit: args.text("limit") ?? null,
        sort_key: oneOf(args, "sort_key", SORT_KEYS),
        sort_dir: oneOf(args, "sort_dir", SORT_DIRS),
      }),
    });
    const whose = tenants === 0 ? [] : ["Tenant ID"];
    const columns = ["Status", nameHeader(version), ...LIST_COLUMNS];
    printList(console, found.map(asListed), ["ID", ...whose, ...columns]);
  },
});

const LIST_COLUMNS = ["Size", "Volume Type", "Bootable", "Attached to"];

const SORT_DIRS = ["asc", "desc"];
const SORT_KEYS = ["id", "status", "size", "availability_zone", "name", "bootable", "created_at"];

/** The library looks before it asks. @throws ValueError */
function oneOf(args: Arguments, dest: string, values: readonly string[]): string | null {
  const given = args.exactText(dest);
  if (given === undefined) return null;
  if (values.includes(given)) return given;
  throw new ValueError(`${dest} must be one of the following: ${values.join(", ")}.`);
}

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
    printInfo(console, yield* findVolume(cinder, args.exactText("volume") ?? ""));
  },
};

const SIZE = { ...one("size", "How large it is to be, in GB."), type: int };

const create = (version: ApiVersion): Command<CinderClient> => ({
  name: "create",
  about: "Make a volume.",
  positionals: [version === "v1" ? SIZE : { ...SIZE, count: "optional" }],
  options: [
    ...(version === "v2" ? [CONSISTENCY_GROUP] : []),
    ...withTwin(valueOption("--snapshot-id", "<snapshot-id>", "The snapshot to make it of.")),
    ...withTwin(valueOption("--source-volid", "<source-volid>", "The volume to make it of.")),
    ...(version === "v2" ? [SOURCE_REPLICA] : []),
    ...withTwin(valueOption("--image-id", "<image-id>", "The image to make it of.")),
    ...nameOptions(version),
    ...descriptionOptions(version),
    ...withTwin(valueOption("--volume-type", "<volume-type>", "Its type.")),
    ...withTwin(
      valueOption("--availability-zone", "<availability-zone>", "The zone that it is to be in."),
    ),
    metadataOption("Its metadata."),
    ...(version === "v2" ? [HINT] : []),
  ],
  ...(version === "v2" && { wrong: sizeless }),
  *run({ volumes }, args, console) {
    const text = (dest: string): string | null => args.exactText(dest) ?? null;
    const made = yield* volumes.create({
      size: args.number("size") ?? null,
      snapshot_id: text("snapshot_id"),
      source_volid: text("source_volid"),
      name: nameIn(args),
      description: descriptionIn(args),
      volume_type: text("volume_type"),
      availability_zone: text("availability_zone"),
      imageRef: text("image_id"),
      metadata: metadataOf(args),
      source_replica: text("source_replica"),
      consistencygroup_id: text("consisgroup_id"),
      scheduler_hints: hintsIn(args),
    });
    if (version === "v1") printProperties(console, made);
    else printInfo(console, yield* volumes.get(made.id));
  },
});

const CONSISTENCY_GROUP = valueOption(
  "--consisgroup-id",
  "<consistencygroup-id>",
  "The consistency group that it is to be in.",
);
const SOURCE_REPLICA = valueOption(
  "--source-replica",
  "<source-replica>",
  "The replicated volume to make it of.",
);
const HINT: OptionSpec = {
  ...valueOption("--hint", "<key=value>", "What the scheduler is to know; may be repeated."),
  dest: "scheduler_hints",
  many: true,
  otherwise: [],
};

/** A size of 0 is none. */
function sizeless(args: Arguments): string | undefined {
  const sources = ["snapshot_id", "source_volid"].map((dest) => args.text(dest));
  const replica = args.exactText("source_replica");
  const given = Boolean(args.number("size")) || sources.some((id) => id !== undefined);
  if (given || replica !== undefined) return undefined;
  return "Size is a required parameter if snapshot or source volume is not specified.";
}

/** One that is given many times has all its values. */
function hintsIn(args: Arguments): JsonObject {
  const hints = new Map<string, string | string[]>();
  for (const word of args.texts("scheduler_hints")) {
    const [key = "", ...rest] = word.split("=");
    const value = rest.join("=");
    const before = hints.get(key);
    hints.set(key, before === undefined ? value : [before, value].flat());
  }
  return Object.fromEntries(hints);
}

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

/** Of several volumes, in the words of a version. */
const anyOf = (version: ApiVersion): string =>
  version === "v1" ? "any of the specified volumes." : "any of specified volumes.";

const remove = (version: ApiVersion): Command<CinderClient> =>
  removing(
    "delete",
    "Delete volumes.",
    ({ volumes }, id) => volumes.delete(id),
    `Unable to delete ${anyOf(version)}`,
  );

const forceDelete = (version: ApiVersion): Command<CinderClient> =>
  removing(
    "force-delete",
    "Delete volumes, whatever state they are in.",
    ({ volumes }, id) => volumes.forceDelete(id),
    `Unable to force delete ${anyOf(version)}`,
  );

export const volumeCommands = (version: ApiVersion): readonly Command<CinderClient>[] => [
  list(version),
  show,
  create(version),
  remove(version),
  forceDelete(version),
];
