/** The commands of `openstack.compute.v2`. Upstream: setup.cfg of python-openstackclient 0.4.1. */
import type { OpenStackCommand } from "../../output.js";
import { flavorCommands } from "./flavors.js";
import { floatingIpCommands } from "./floating-ips.js";
import { hypervisorCommands } from "./hypervisors.js";
import { keypairCommands } from "./keypairs.js";
import { securityGroupCommands } from "./security-groups.js";
import { serverChangeCommands } from "./server-changes.js";
import { createServer } from "./server-create.js";
import { serverCommands } from "./servers.js";
import { computeServiceCommands } from "./services.js";

export const computeCommands: readonly OpenStackCommand[] = [
  ...computeServiceCommands,
  ...flavorCommands,
  ...floatingIpCommands,
  ...hypervisorCommands,
  ...keypairCommands,
  ...securityGroupCommands,
  createServer,
  ...serverCommands,
  ...serverChangeCommands,
];
