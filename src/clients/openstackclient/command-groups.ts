/**
 * Which commands there are: those of every version of each API that is spoken, and those of none. What is in
 * a group upstream and not here is known by name. Upstream: setup.cfg (entry points), openstackclient/shell.py
 * (initialize_app), openstackclient/common/commandmanager.py, 0.4.1; cliff 1.7.0 (App, CommandManager).
 */
import { dictOrder } from "../../python/index.js";
import type { Arguments } from "../openstack/arguments.js";
import { computeCommands } from "./commands/compute/index.js";
import { commonCommands } from "./commands/common/index.js";
import { moduleCommands } from "./commands/common/modules.js";
import { identityV2Commands } from "./commands/identity-v2/index.js";
import { identityV3Commands } from "./commands/identity-v3/index.js";
import { createImage } from "./commands/image/image-create.js";
import { imageCommands } from "./commands/image/images.js";
import { imageV2Commands } from "./commands/image/images-v2.js";
import { networkCommands } from "./commands/networks.js";
import { containerCommands } from "./commands/object-store/containers.js";
import { objectCommands } from "./commands/object-store/objects.js";
import { snapshotCommands } from "./commands/volume/snapshots.js";
import { volumeTypeCommands } from "./commands/volume/types.js";
import { volumeCommands } from "./commands/volume/volumes.js";
import { KNOWN_COMMANDS, type GroupName } from "./known-commands.js";
import { versionOf, type ApiName } from "./login/versions.js";
import type { OpenStackCommand } from "./output.js";

const GROUPS: Readonly<Record<GroupName, readonly OpenStackCommand[]>> = {
  cli: moduleCommands,
  common: commonCommands,
  "compute.v2": computeCommands,
  "identity.v2_0": identityV2Commands,
  "identity.v3": identityV3Commands,
  "image.v1": [createImage, ...imageCommands],
  "image.v2": imageV2Commands,
  "network.v2": networkCommands,
  "object_store.v1": [...containerCommands, ...objectCommands],
  "volume.v1": [...volumeCommands, ...volumeTypeCommands, ...snapshotCommands],
};

/** In the order in which a dictionary of Python lists them. */
export const APIS: readonly ApiName[] = [
  ...(["compute", "network", "image", "volume", "identity", "object_store"] as const),
];

export interface CommandSet {
  readonly commands: ReadonlyMap<string, OpenStackCommand>;
  /** The names of all, in the order in which the program goes through them. */
  readonly names: readonly string[];
  /** Those that are not simulated. */
  readonly unmodelled: ReadonlySet<string>;
}

/** The commands of the versions that `options` name. */
export function commandsFor(options: Arguments): CommandSet {
  const wanted = APIS.map((api) => `${api}.v${versionOf(api, options).replaceAll(".", "_")}`);
  const groups = ["cli", ...wanted, "common"].filter(isGroup);
  const commands = new Map(
    groups.flatMap((group) => GROUPS[group].map((command) => [command.name, command] as const)),
  );
  const [first = [], ...others] = groups.map((group) => dictOrder(KNOWN_COMMANDS[group]));
  const names = dictOrder([...first, "help", "complete", ...others.flat()]);
  const unmodelled = names.filter((name) => name !== "help" && !commands.has(name));
  return { commands, names, unmodelled: new Set(unmodelled) };
}

const isGroup = (name: string): name is GroupName => Object.hasOwn(GROUPS, name);
