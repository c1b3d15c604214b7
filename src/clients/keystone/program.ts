/** The program `keystone`. Upstream: keystoneclient/shell.py (OpenStackIdentityShell), 0.11.1. */
import {
  AuthorizationFailure,
  CommandError,
  Unauthorized,
} from "../../framework/apiclient/index.js";
import { openStackProgram } from "../openstack/program.js";
import type { Program } from "../shell/program.js";
import { catalogCommands } from "./commands/catalog.js";
import { endpointCommands } from "./commands/endpoints.js";
import { roleCommands } from "./commands/roles.js";
import { serviceCommands } from "./commands/services.js";
import { tenantCommands } from "./commands/tenants.js";
import { userCommands } from "./commands/users.js";
import { globalOptions } from "./global-options.js";
import type { IdentityApi } from "./identity-api.js";
import { KEYSTONE_COMMANDS } from "./known-commands.js";
import { open } from "./login.js";

const PROGRAM = openStackProgram<IdentityApi>({
  name: "keystone",
  about: "The identity API of OpenStack, v2.0, from the command line.",
  options: globalOptions,
  commands: [
    ...userCommands,
    ...tenantCommands,
    ...roleCommands,
    ...serviceCommands,
    ...endpointCommands,
    ...catalogCommands,
  ],
  upstream: KEYSTONE_COMMANDS.filter((name) => name !== "help"),
  argparse: { prefix: "", choices: KEYSTONE_COMMANDS },
  open,
  // A login that is refused is told in Keystone's words, a command is not.
  reworded(error) {
    if (error instanceof Unauthorized) {
      return new CommandError("Invalid OpenStack Identity credentials.");
    }
    return error instanceof AuthorizationFailure
      ? new CommandError("Unable to authorize user")
      : error;
  },
  errorLine: ({ message }) => `${message}\n`,
});

export const keystoneProgram = (): Program => PROGRAM;
