/** The program `nova`. Upstream: novaclient/shell.py (OpenStackComputeShell), 2.20.0. */
import { NovaClient } from "../../services/nova/client/index.js";
import { loggingIn, type LoginOptions } from "../openstack/login.js";
import { openStackProgram } from "../openstack/program.js";
import type { Program } from "../shell/program.js";
import { aggregateCommands } from "./commands/aggregates/aggregates.js";
import { boot } from "./commands/boot/boot.js";
import { floatingIpCommands } from "./commands/floating-ips.js";
import { flavorCommands } from "./commands/flavors.js";
import { list } from "./commands/list.js";
import { listCommands } from "./commands/flavor-list.js";
import { hypervisorCommands } from "./commands/hypervisors.js";
import { imageCommands } from "./commands/images.js";
import { keypairCommands } from "./commands/keypairs.js";
import { metadataCommands } from "./commands/metadata.js";
import { moveCommands } from "./commands/moves.js";
import { overviewCommands } from "./commands/overviews.js";
import { quotaCommands } from "./commands/quotas.js";
import { consoleCommands } from "./commands/actions/consoles.js";
import { interfaceCommands } from "./commands/actions/interfaces.js";
import { snapshotCommands } from "./commands/actions/snapshot.js";
import { serverCommands } from "./commands/servers.js";
import { serviceCommands } from "./commands/services.js";
import { attachmentCommands } from "./commands/volumes/attachments.js";
import { volumeCommands } from "./commands/volumes/volumes.js";
import { usageCommands } from "./commands/usage/usage.js";
import { agentCommands } from "./commands/hosts/agents.js";
import { guestPartCommands } from "./commands/actions/guest-parts.js";
import { hostCommands } from "./commands/hosts/hosts.js";
import { serverGroupCommands } from "./commands/hosts/server-groups.js";
import { addressCommands } from "./commands/networks/addresses.js";
import { intoGuestCommands } from "./commands/actions/into-guest.js";
import { bareMetalCommands } from "./commands/hosts/bare-metal.js";
import { cellCommands } from "./commands/hosts/cells.js";
import { createNetwork } from "./commands/networks/create-network.js";
import { dnsCommands } from "./commands/networks/dns.js";
import { networkCommands } from "./commands/networks/networks.js";
import { vpnCommands } from "./commands/networks/vpn.js";
import { loginCommands } from "./commands/usage/login.js";
import { securityGroupCommands } from "./commands/security-groups/groups.js";
import { securityGroupRuleCommands } from "./commands/security-groups/rules.js";
import { globalOptions } from "./global-options.js";
import { NOVA_COMMANDS } from "./known-commands.js";

const LOGIN: LoginOptions = {
  serviceType: "compute",
  userAgent: "python-novaclient",
  words: {
    username:
      "You must provide a username or user id via --os-username, --os-user-id, env[OS_USERNAME] or env[OS_USER_ID]",
    password:
      "Expecting a password provided via either --os-password, env[OS_PASSWORD], or prompted response",
    tenant:
      "You must provide a tenant name or tenant id via --os-tenant-name, --os-tenant-id, env[OS_TENANT_NAME] or env[OS_TENANT_ID]",
    authUrl:
      "You must provide an auth url via either --os-auth-url or env[OS_AUTH_URL] or specify an auth_system which defines a default url with --os-auth-system or env[OS_AUTH_SYSTEM]",
    refused: "Invalid OpenStack Nova credentials.",
  },
};

const PROGRAM = openStackProgram<NovaClient>({
  name: "nova",
  about: "The compute API of OpenStack from the command line.",
  options: globalOptions,
  commands: [
    boot,
    list,
    ...serverCommands,
    ...snapshotCommands,
    ...moveCommands,
    ...consoleCommands,
    ...interfaceCommands,
    ...metadataCommands,
    ...listCommands,
    ...flavorCommands,
    ...imageCommands,
    ...keypairCommands,
    ...quotaCommands,
    ...overviewCommands,
    ...usageCommands,
    ...aggregateCommands,
    ...serviceCommands,
    ...floatingIpCommands,
    ...hypervisorCommands,
    ...attachmentCommands,
    ...volumeCommands,
    ...guestPartCommands,
    ...securityGroupCommands,
    ...securityGroupRuleCommands,
    ...serverGroupCommands,
    ...hostCommands,
    ...agentCommands,
    ...addressCommands,
    ...networkCommands,
    createNetwork,
    ...dnsCommands,
    ...vpnCommands,
    ...bareMetalCommands,
    ...cellCommands,
    ...loginCommands,
    ...intoGuestCommands,
  ],
  upstream: NOVA_COMMANDS,
  aliases: new Map([["--endpoint_type", "--endpoint-type"]]),
  open: loggingIn(
    LOGIN,
    (session) => new NovaClient(session, session.tenantId, session.transport.kernel, session),
  ),
  errorLine: ({ name, message }) => `ERROR (${name}): ${message}\n`,
});

export const novaProgram = (): Program => PROGRAM;
