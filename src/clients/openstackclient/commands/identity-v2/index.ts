/** The commands of `openstack.identity.v2_0`. Upstream: setup.cfg of python-openstackclient 0.4.1. */
import type { OpenStackCommand } from "../../output.js";
import { ec2CredentialCommands } from "./ec2-credentials.js";
import { endpointCommands } from "./endpoints.js";
import { projectCommands } from "./projects.js";
import { roleCommands } from "./roles.js";
import { serviceCommands } from "./services.js";
import { tokenCommands } from "./tokens.js";
import { userCommands } from "./users.js";

export const identityV2Commands: readonly OpenStackCommand[] = [
  ...ec2CredentialCommands,
  ...endpointCommands,
  ...projectCommands,
  ...roleCommands,
  ...serviceCommands,
  ...tokenCommands,
  ...userCommands,
];
