/** The program `trove`. Upstream: troveclient/shell.py (OpenStackTroveShell), 1.0.7. */
import type { Op } from "../../kernel/index.js";
import { TroveClient } from "../../services/trove/client/index.js";
import { loggingIn, type LoginOptions } from "../openstack/login.js";
import { openStackProgram, type Opened, type Opening } from "../openstack/program.js";
import type { Program } from "../shell/program.js";
import { backupCommands } from "./commands/backups.js";
import { clusterCommands } from "./commands/clusters.js";
import { configurationCommands } from "./commands/configurations.js";
import { databaseCommands } from "./commands/databases.js";
import { datastoreCommands } from "./commands/datastores.js";
import { instanceCommands } from "./commands/instances.js";
import { metadataCommands } from "./commands/metadata.js";
import { securityGroupCommands } from "./commands/security-groups.js";
import { globalOptions } from "./global-options.js";
import { TROVE_COMMANDS } from "./known-commands.js";
import type { TroveSession } from "./session.js";

const LOGIN: LoginOptions = {
  serviceType: "database",
  userAgent: "python-troveclient",
  words: {
    username: "You must provide a username via either --os-username or env[OS_USERNAME]",
    password: "You must provide a password via either --os-password or via env[OS_PASSWORD]",
    tenant: "You must provide a tenant_id via either --os-tenant-id or env[OS_TENANT_ID]",
    authUrl: "You must provide an auth url via either --os-auth-url or env[OS_AUTH_URL]",
    refused: "Invalid OpenStack Trove credentials.",
  },
};

const logIn = loggingIn(LOGIN, (session) => new TroveClient(session));

function* open(opening: Opening): Op<Opened<TroveSession>> {
  const { client: trove, ...opened } = yield* logIn(opening);
  return { ...opened, client: { trove, json: opening.args.flag("json") } };
}

const PROGRAM = openStackProgram<TroveSession>({
  name: "trove",
  about: "The database API of OpenStack from the command line.",
  options: globalOptions,
  commands: [
    ...instanceCommands,
    ...databaseCommands,
    ...backupCommands,
    ...datastoreCommands,
    ...configurationCommands,
    ...securityGroupCommands,
    ...clusterCommands,
    ...metadataCommands,
  ],
  upstream: TROVE_COMMANDS,
  open,
  errorLine: ({ message }) => `ERROR: ${message}\n`,
});

export const troveProgram = (): Program => PROGRAM;
