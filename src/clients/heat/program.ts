/**
 * The program `heat`. Files are those of the user's folder. Upstream: heatclient/shell.py (HeatShell),
 * python-heatclient 0.2.12.
 */
import { openStackProgram } from "../openstack/program.js";
import type { Program } from "../shell/program.js";
import { adopt } from "./commands/adopt.js";
import { resourceCommands } from "./commands/resources.js";
import { stackCommands } from "./commands/stacks.js";
import { templateCommands } from "./commands/templates.js";
import { globalOptions } from "./global-options.js";
import { HEAT_COMMANDS } from "./known-commands.js";
import { open, type HeatUser } from "./login.js";

const PROGRAM = openStackProgram<HeatUser>({
  name: "heat",
  about: "The orchestration of OpenStack from the command line.",
  options: globalOptions,
  commands: [...stackCommands, adopt, ...resourceCommands, ...templateCommands],
  upstream: HEAT_COMMANDS,
  argparse: { prefix: "", choices: HEAT_COMMANDS },
  open,
  errorLine: ({ message }) => `${message}\n`,
});

export const heatProgram = (): Program => PROGRAM;
