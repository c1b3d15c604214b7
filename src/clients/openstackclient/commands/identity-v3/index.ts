/**
 * The commands of `openstack.identity.v3`, without those of OAuth and of federation. Upstream: setup.cfg of
 * python-openstackclient 0.4.1; identity/v3/token.py (IssueToken).
 */
import { shower, type OpenStackCommand } from "../../output.js";
import { credentialCommands } from "./credentials.js";
import { domainCommands } from "./domains.js";
import { endpointV3Commands } from "./endpoints.js";
import { groupCommands } from "./groups.js";
import { policyCommands } from "./policies.js";
import { projectV3Commands } from "./projects.js";
import { roleAssignmentCommands } from "./role-assignments.js";
import { roleV3Commands } from "./roles.js";
import { serviceV3Commands } from "./services.js";
import { userV3Commands } from "./users.js";

const issueToken = shower(
  { name: "token issue", about: "Show the token of this login." },
  function* ({ access }) {
    const { tenant_id, ...token } = access.summary;
    return tenant_id === undefined ? token : { ...token, project_id: tenant_id };
  },
);

export const identityV3Commands: readonly OpenStackCommand[] = [
  ...credentialCommands,
  ...domainCommands,
  ...endpointV3Commands,
  ...groupCommands,
  ...policyCommands,
  ...projectV3Commands,
  ...roleV3Commands,
  ...roleAssignmentCommands,
  ...serviceV3Commands,
  issueToken,
  ...userV3Commands,
];
