/**
 * The program `cinder`, which has other commands for each version of the API. Upstream:
 * cinderclient/shell.py (OpenStackCinderShell), 1.1.1.
 */
import type { ApiVersion, CinderClient } from "../../services/cinder/client/index.js";
import { Arguments } from "../openstack/arguments.js";
import type { Command } from "../openstack/command.js";
import { openStackProgram } from "../openstack/program.js";
import { parseKnown, type Environment } from "../shell/parser/index.js";
import type { Program } from "../shell/program.js";
import { metadataCommands } from "./commands/metadata.js";
import { qosCommands } from "./commands/qos.js";
import { quotaCommands } from "./commands/quotas.js";
import { serviceCommands } from "./commands/services.js";
import { snapshotCommands } from "./commands/snapshots.js";
import { transferCommands } from "./commands/transfers.js";
import { encryptionCommands } from "./commands/encryption-types.js";
import { typeCommands } from "./commands/types.js";
import { volumeChangeCommands } from "./commands/volume-changes.js";
import { volumeCommands } from "./commands/volumes.js";
import { globalOptions } from "./global-options.js";
import { CINDER_COMMANDS } from "./known-commands.js";
import { open } from "./login.js";

const name = "cinder";

const commandsOf = (version: ApiVersion): readonly Command<CinderClient>[] => [
  ...volumeCommands(version),
  ...volumeChangeCommands(version),
  ...metadataCommands,
  ...snapshotCommands(version),
  ...typeCommands(version),
  ...encryptionCommands,
  ...qosCommands,
  ...quotaCommands(version),
  ...serviceCommands,
  ...transferCommands(version),
];

/** What has no service type of version 2's in its decorators. */
const FORGOTTEN = ["qos-key", "quota-delete"];

/** A command of version 2 asks the service of version 2, unless it was forgotten that it should. */
const commands: Readonly<Record<ApiVersion, readonly Command<CinderClient>[]>> = {
  v1: commandsOf("v1"),
  v2: commandsOf("v2").map((command) => ({
    ...command,
    ...(!FORGOTTEN.includes(command.name) && { serviceType: "volumev2" }),
  })),
};

const programOf = (version: ApiVersion): Program =>
  openStackProgram<CinderClient>({
    name,
    about: `The block storage API of OpenStack, ${version}, from the command line.`,
    options: globalOptions,
    commands: commands[version],
    upstream: CINDER_COMMANDS[version],
    prefersShown: true,
    open,
    errorLine: ({ message }) => `ERROR: ${message}\n`,
  });

const programs: Readonly<Record<ApiVersion, Program>> = {
  v1: programOf("v1"),
  v2: programOf("v2"),
};

/** What the line or the environment says; a version that there is not has the commands of the first. */
function chosen(words: readonly string[], variables: Environment): Program {
  const spec = {
    prog: name,
    about: "",
    options: globalOptions,
    positionals: [],
    prefersShown: true,
  };
  const { values } = parseKnown(spec, words, variables);
  return programs[new Arguments(values).text("os_volume_api_version") === "2" ? "v2" : "v1"];
}

const PROGRAM: Program = {
  name,
  read: (words, variables) => chosen(words, variables).read(words, variables),
  run: (env, words, variables, console) =>
    chosen(words, variables).run(env, words, variables, console),
};

export const cinderProgram = (): Program => PROGRAM;
