/** The program `ceilometer`. Upstream: ceilometerclient/shell.py (CeilometerShell), 1.0.12. */
import type { CeilometerClient } from "../../services/ceilometer/client/index.js";
import { openStackProgram } from "../openstack/program.js";
import type { Program } from "../shell/program.js";
import { alarmStateCommands } from "./commands/alarm-state.js";
import { alarmCommands } from "./commands/alarms.js";
import { eventCommands } from "./commands/events.js";
import { queryCommands } from "./commands/queries.js";
import { sampleCommands } from "./commands/samples.js";
import { globalOptions } from "./global-options.js";
import { CEILOMETER_COMMANDS } from "./known-commands.js";
import { open } from "./login.js";

const PROGRAM = openStackProgram<CeilometerClient>({
  name: "ceilometer",
  about: "The telemetry API of OpenStack from the command line.",
  options: globalOptions,
  commands: [
    ...sampleCommands,
    ...alarmCommands,
    ...alarmStateCommands,
    ...queryCommands,
    ...eventCommands,
  ],
  upstream: CEILOMETER_COMMANDS.filter((name) => name !== "help"),
  argparse: { prefix: "", choices: CEILOMETER_COMMANDS },
  prefersShown: true,
  open,
  errorLine: ({ message }) => `${message}\n`,
});

export const ceilometerProgram = (): Program => PROGRAM;
