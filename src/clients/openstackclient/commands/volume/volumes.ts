/**
 * `volume create|delete|list|set|show|unset`. The column of what a volume is attached to is always empty,
 * since nothing of Cinder's has that name. Upstream: openstackclient/volume/v1/volume.py, 0.4.1.
 */
import type { JsonObject } from "../../../../python/index.js";
import { flagOption, valueOption } from "../../../openstack/options.js";
import { TENANTS, USERS } from "../../../keystone/identity-api.js";
import { int } from "../../../shell/parser/index.js";
import { idOf, found } from "../../find.js";
import {
  argument,
  dictText,
  lister,
  logged,
  longOption,
  rowsOf,
  shower,
  word,
  type OpenStackCommand,
} from "../../output.js";
import { propertiesIn, propertyKeyOption, propertyOption } from "../../properties.js";
import { lookupV2 } from "../identity-v2/lookups.js";
import { volumeLookup } from "./lookups.js";

const VOLUME = [argument("volume", "Its name or id.")];

/** With the names that `openstack` has for metadata and type. */
function shown({ metadata, volume_type = null, ...volume }: JsonObject): JsonObject {
  return { ...volume, properties: dictText(metadata), type: volume_type };
}

const create = shower(
  {
    name: "volume create",
    about: "Make a volume.",
    positionals: [argument("name", "Its name.")],
    options: [
      {
        ...valueOption("--size", "<size>", "How large it is to be, in GB."),
        ...{ required: true, type: int },
      },
      valueOption("--snapshot-id", "<snapshot-id>", "The snapshot to make it of."),
      valueOption("--description", "<description>", "What it is for."),
      valueOption("--type", "<volume-type>", "Its type."),
      valueOption("--user", "<user>", "Whose it is to be, for administrators."),
      valueOption("--project", "<project>", "In which project, for administrators."),
      valueOption("--availability-zone", "<availability-zone>", "In which zone."),
      propertyOption("A property of it."),
      valueOption("--image", "<image>", "The image to make it of, by id."),
      valueOption("--source", "<volume>", "The volume to make it of, by name or id."),
    ],
  },
  function* ({ identity, volume: cinder }, args) {
    const [source, project, user] = [args.text("source"), args.text("project"), args.text("user")];
    const sourceId = source === undefined ? null : yield* idOf(volumeLookup(cinder), source);
    const projectId =
      project === undefined ? null : yield* idOf(lookupV2(identity, TENANTS), project);
    const userId = user === undefined ? null : yield* idOf(lookupV2(identity, USERS), user);
    const made = yield* cinder.volumes.create({
      size: args.number("size") ?? 0,
      snapshot_id: args.exactText("snapshot_id") ?? null,
      source_volid: sourceId,
      name: word(args, "name"),
      description: args.exactText("description") ?? null,
      volume_type: args.exactText("type") ?? null,
      user_id: userId,
      project_id: projectId,
      availability_zone: args.exactText("availability_zone") ?? null,
      metadata: propertiesIn(args) ?? null,
      imageRef: args.exactText("image") ?? null,
    });
    return shown(made);
  },
);

const remove: OpenStackCommand = {
  name: "volume delete",
  about: "Delete a volume.",
  positionals: VOLUME,
  options: [flagOption("--force", "Whatever state it is in.")],
  *run({ volume: cinder }, args) {
    const id = yield* idOf(volumeLookup(cinder), word(args, "volume"));
    if (args.flag("force")) yield* cinder.volumes.forceDelete(id);
    else yield* cinder.volumes.delete(id);
  },
};

const list = lister(
  {
    name: "volume list",
    about: "List volumes.",
    options: [
      valueOption("--status", "<status>", "Only those of this status."),
      valueOption("--name", "<name>", "Only those of this name."),
      flagOption("--all-projects", "Of all projects, for administrators."),
      longOption,
    ],
  },
  function* ({ volume: cinder }, args) {
    const volumes = yield* cinder.volumes.all({
      all_tenants: args.flag("all_projects") ? "True" : null,
      display_name: args.text("name") ?? null,
      status: args.text("status") ?? null,
    });
    const usual = ["ID", "Display Name", "Status", "Size"];
    if (!args.flag("long")) {
      return rowsOf(volumes, [...usual, "Attached to"], [...usual, "Attached"]);
    }
    return rowsOf(
      volumes,
      [...usual, "Volume Type", "Bootable", "Attached to", "Metadata"],
      [...usual, "Type", "Bootable", "Attached", "Properties"],
      { Metadata: dictText },
    );
  },
);

const set: OpenStackCommand = {
  name: "volume set",
  about: "Change a volume.",
  positionals: VOLUME,
  options: [
    valueOption("--name", "<new-name>", "Its new name."),
    valueOption("--description", "<new-description>", "What it is for."),
    propertyOption("A property to have beside the others."),
  ],
  *run({ volume: cinder }, args, console) {
    const id = yield* idOf(volumeLookup(cinder), word(args, "volume"));
    const properties = propertiesIn(args);
    if (properties !== undefined) yield* cinder.volumes.setMetadata(id, properties);
    const [name, description] = [args.text("name"), args.text("description")];
    const changes = {
      ...(name !== undefined && { display_name: name }),
      ...(description !== undefined && { display_description: description }),
    };
    const changed = Object.keys(changes).length > 0;
    if (changed) yield* cinder.volumes.update(id, changes);
    if (!changed && properties === undefined) {
      logged(console, "ERROR", "shell", "No changes requested\n");
    }
  },
};

const show = shower(
  { name: "volume show", about: "Show a volume.", positionals: VOLUME },
  function* ({ volume: cinder }, args) {
    const volume = shown(yield* found(volumeLookup(cinder), word(args, "volume")));
    const { "os-vol-tenant-attr:tenant_id": tenant, ...its } = volume;
    return tenant === undefined ? volume : { ...its, project_id: tenant };
  },
);

const unset: OpenStackCommand = {
  name: "volume unset",
  about: "Take properties from a volume.",
  positionals: VOLUME,
  options: [propertyKeyOption("A property to take away.")],
  *run({ volume: cinder }, args, console) {
    const id = yield* idOf(volumeLookup(cinder), word(args, "volume"));
    const keys = args.texts("property");
    if (keys.length > 0) yield* cinder.volumes.deleteMetadata(id, keys);
    else logged(console, "ERROR", "shell", "No changes requested\n");
  },
};

export const volumeCommands: readonly OpenStackCommand[] = [create, remove, list, set, show, unset];
