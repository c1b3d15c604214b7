/**
 * `role assignment list`. Upstream: openstackclient/identity/v3/role_assignment.py, 0.4.1;
 * keystoneclient/v3/role_assignments.py, 0.11.1.
 */
import { isObject, type Json, type JsonObject } from "../../../../python/index.js";
import { flagOption, valueOption } from "../../../openstack/options.js";
import {
  DOMAINS_V3,
  GROUPS_V3,
  PROJECTS_V3,
  ROLE_ASSIGNMENTS_V3,
  ROLES_V3,
  USERS_V3,
} from "../../identity-v3.js";
import { lister, type OpenStackCommand } from "../../output.js";
import { idIfNamed } from "./common.js";
import { grantOptions } from "./roles.js";

const list = lister(
  {
    name: "role assignment list",
    about: "List who has which role where.",
    options: [
      flagOption("--effective", "With what follows from groups and inheritance."),
      valueOption("--role", "<role>", "Only those of a role."),
      ...grantOptions,
    ],
  },
  function* ({ identityV3 }, args) {
    const role = yield* idIfNamed(identityV3, ROLES_V3, args.text("role"));
    const user = yield* idIfNamed(identityV3, USERS_V3, args.text("user"));
    const domain = yield* idIfNamed(identityV3, DOMAINS_V3, args.text("domain"));
    const project = yield* idIfNamed(identityV3, PROJECTS_V3, args.text("project"));
    const group = yield* idIfNamed(identityV3, GROUPS_V3, args.text("group"));
    const assignments = yield* identityV3.list(ROLE_ASSIGNMENTS_V3, {
      "user.id": user,
      "group.id": group,
      "scope.project.id": project,
      "scope.domain.id": domain,
      "role.id": role,
      effective: args.flag("effective") ? true : null,
    });
    return {
      columns: ["Role", "User", "Group", "Project", "Domain"],
      rows: assignments.map(cells),
    };
  },
);

function cells({ role, user, group, scope }: JsonObject): Json[] {
  const place = isObject(scope) ? scope : {};
  const { project, domain } = place;
  return [
    idOf(role),
    idOf(user),
    user === undefined ? idOf(group) : "",
    idOf(project),
    project === undefined ? idOf(domain) : "",
  ];
}

const idOf = (thing: Json | undefined): Json => (isObject(thing) ? (thing["id"] ?? "") : "");

export const roleAssignmentCommands: readonly OpenStackCommand[] = [list];
