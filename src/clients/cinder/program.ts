/** The program `cinder`, for version 1 of the API. Upstream: cinderclient/shell.py (OpenStackCinderShell), 1.1.1. */
import type { CinderClient } from "../../services/cinder/client/index.js";
import { openStackProgram } from "../openstack/program.js";
import { snapshotCommands } from "./commands/snapshots.js";
import { volumeChangeCommands } from "./commands/volume-changes.js";
import { volumeCommands } from "./commands/volumes.js";
import { globalOptions } from "./global-options.js";
import { CINDER_COMMANDS } from "./known-commands.js";
import { open } from "./login.js";

export const cinderProgram = openStackProgram<CinderClient>({
  name: "cinder",
  about: "The block storage API of OpenStack, v1, from the command line.",
  options: globalOptions,
  commands: [...volumeCommands, ...volumeChangeCommands, ...snapshotCommands],
  upstream: CINDER_COMMANDS,
  prefersShown: true,
  open,
  errorLine: ({ message }) => `ERROR: ${message}\n`,
});
