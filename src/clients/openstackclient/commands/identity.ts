/**
 * Projects, users, roles, services, endpoints and tokens, by version 2.0 of the identity API. Upstream:
 * openstackclient/identity/common.py (find_service), openstackclient/identity/v2_0/, 0.4.1.
 */
import { CommandError } from "../../../framework/apiclient/index.js";
import type { Op } from "../../../kernel/index.js";
import { textOf, type JsonObject } from "../../../python/index.js";
import {
  ENDPOINTS,
  ROLES,
  SERVICES,
  TENANTS,
  USERS,
  type IdentityApi,
  type Kind,
} from "../../keystone/identity-api.js";
import type { Arguments } from "../../openstack/arguments.js";
import { flagOption, valueOption } from "../../openstack/options.js";
import type { OptionSpec } from "../../shell/parser/index.js";
import { found } from "../find.js";
import { argument, lister, longOption, rowsOf, shower, type OpenStackCommand } from "../output.js";

/** A thing of `kind` by id or name. @throws CommandError */
const the = (identity: IdentityApi, kind: Kind, nameOrId: string): Op<JsonObject> =>
  found(
    {
      what: kind.what,
      get: (id) => identity.get(kind, id),
      *named(name) {
        return (yield* identity.list(kind)).filter((one) => one["name"] === name);
      },
    },
    nameOrId,
  );

function* idOf(identity: IdentityApi, kind: Kind, nameOrId: string): Op<string> {
  return textOf(yield* the(identity, kind, nameOrId), "id");
}

/** By id or name, else by type. @throws CommandError */
function* serviceOf(identity: IdentityApi, nameTypeOrId: string): Op<JsonObject> {
  try {
    return yield* the(identity, SERVICES, nameTypeOrId);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
  }
  const ofType = (yield* identity.list(SERVICES)).find(({ type }) => type === nameTypeOrId);
  if (ofType !== undefined) return ofType;
  throw new CommandError(`No service with a type, name or ID of '${nameTypeOrId}' exists.`);
}

const word = (args: Arguments, dest: string): string => args.exactText(dest) ?? "";

const enabling: readonly OptionSpec[] = [
  { ...flagOption("--enable", "Enabled, as it usually is."), group: "enabled" },
  { ...flagOption("--disable", "Disabled."), group: "enabled" },
];

/** `project show`, `role show`. */
const showOf = (kind: Kind, dest: string): OpenStackCommand =>
  shower(
    {
      name: `${dest} show`,
      about: `Show a ${dest}.`,
      positionals: [argument(dest, "Its name or id.")],
    },
    ({ identity }, args) => the(identity, kind, word(args, dest)),
  );

const deleteOf = (kind: Kind, dest: string): OpenStackCommand => ({
  name: `${dest} delete`,
  about: `Delete a ${dest}.`,
  positionals: [argument(dest, "Its name or id.")],
  *run({ identity }, args) {
    const id = yield* idOf(identity, kind, word(args, dest));
    yield* identity.change("DELETE", `${kind.path}/${id}`);
  },
});

/** The user of a thing that OpenStack's v2.0 calls `tenantId`. */
function withProject({ tenantId, ...user }: JsonObject): JsonObject {
  return tenantId === undefined ? user : { ...user, project_id: tenantId };
}

const projects: readonly OpenStackCommand[] = [
  shower(
    {
      name: "project create",
      about: "Make a project.",
      positionals: [{ ...argument("name", "Its name."), metavar: "<project-name>" }],
      options: [
        valueOption("--description", "<project-description>", "What it is for."),
        ...enabling,
      ],
    },
    ({ identity }, args) =>
      identity.create(TENANTS, {
        name: word(args, "name"),
        description: args.exactText("description") ?? null,
        enabled: !args.flag("disable"),
      }),
  ),
  deleteOf(TENANTS, "project"),
  lister(
    { name: "project list", about: "List projects.", options: [longOption] },
    function* ({ identity }, args) {
      const more = args.flag("long") ? ["Description", "Enabled"] : [];
      return rowsOf(yield* identity.list(TENANTS), ["ID", "Name", ...more]);
    },
  ),
  showOf(TENANTS, "project"),
];

const users: readonly OpenStackCommand[] = [
  shower(
    {
      name: "user create",
      about: "Make a user.",
      positionals: [{ ...argument("name", "Its name."), metavar: "<user-name>" }],
      options: [
        valueOption("--password", "<user-password>", "Its password."),
        valueOption("--email", "<user-email>", "Its address."),
        valueOption("--project", "<project>", "Its own project, by name or id."),
        ...enabling,
      ],
    },
    function* ({ identity }, args) {
      const project = args.text("project");
      const tenantId = project === undefined ? undefined : yield* idOf(identity, TENANTS, project);
      const made = yield* identity.create(USERS, {
        name: word(args, "name"),
        password: args.exactText("password") ?? null,
        ...(tenantId !== undefined && { tenantId }),
        email: args.exactText("email") ?? null,
        enabled: !args.flag("disable"),
      });
      return withProject(made);
    },
  ),
  deleteOf(USERS, "user"),
  lister(
    {
      name: "user list",
      about: "List users.",
      options: [valueOption("--project", "<project>", "Only those of a project."), longOption],
    },
    function* ({ identity }, args) {
      const named = args.text("project");
      const project = named === undefined ? undefined : yield* idOf(identity, TENANTS, named);
      const names = new Map<string, string>();
      if (args.flag("long")) {
        for (const one of yield* identity.list(TENANTS)) {
          names.set(textOf(one, "id"), textOf(one, "name"));
        }
      }
      const at = project === undefined ? USERS.path : `${TENANTS.path}/${project}/users`;
      const all = yield* identity.list(USERS, at);
      if (!args.flag("long")) return rowsOf(all, ["ID", "Name"]);
      return {
        columns: ["ID", "Name", "Project", "Email", "Enabled"],
        rows: all.map((user) => {
          const id = textOf(user, "tenantId");
          const { email = "", enabled = "" } = user;
          return [textOf(user, "id"), textOf(user, "name"), names.get(id) ?? id, email, enabled];
        }),
      };
    },
  ),
  shower(
    {
      name: "user show",
      about: "Show a user.",
      positionals: [argument("user", "Its name or id.")],
    },
    function* ({ identity }, args) {
      return withProject(yield* the(identity, USERS, word(args, "user")));
    },
  ),
];

const ASSIGNMENT = {
  positionals: [argument("role", "Its name or id.")],
  options: [
    { ...valueOption("--project", "<project>", "In this project."), required: true },
    { ...valueOption("--user", "<user>", "Of this user."), required: true },
  ],
};

/** The role that is meant, and where it is put or taken from. */
function* assignment(
  identity: IdentityApi,
  args: Arguments,
): Op<{ role: JsonObject; path: string }> {
  const role = yield* the(identity, ROLES, word(args, "role"));
  const project = yield* idOf(identity, TENANTS, word(args, "project"));
  const user = yield* idOf(identity, USERS, word(args, "user"));
  const path = `/tenants/${project}/users/${user}/roles/OS-KSADM/${textOf(role, "id")}`;
  return { role, path };
}

const roles: readonly OpenStackCommand[] = [
  shower(
    { name: "role add", about: "Give a user a role in a project.", ...ASSIGNMENT },
    function* ({ identity }, args) {
      const { role, path } = yield* assignment(identity, args);
      yield* identity.change("PUT", path);
      return role;
    },
  ),
  {
    name: "role remove",
    about: "Take a role in a project from a user.",
    ...ASSIGNMENT,
    *run({ identity }, args) {
      const { path } = yield* assignment(identity, args);
      yield* identity.change("DELETE", path);
    },
  },
  shower(
    {
      name: "role create",
      about: "Make a role.",
      positionals: [{ ...argument("role_name", "Its name."), metavar: "<role-name>" }],
    },
    ({ identity }, args) => identity.create(ROLES, { name: word(args, "role_name") }),
  ),
  deleteOf(ROLES, "role"),
  lister({ name: "role list", about: "List roles." }, function* ({ identity }) {
    return rowsOf(yield* identity.list(ROLES), ["ID", "Name"]);
  }),
  showOf(ROLES, "role"),
  lister(
    {
      name: "user role list",
      about: "List the roles of a user in a project.",
      positionals: [{ ...argument("user", "Its name or id."), count: "optional" }],
      options: [valueOption("--project", "<project>", "In this project.")],
    },
    function* ({ identity, access }, args) {
      const wanted = args.text("project") ?? access.tenantId ?? "";
      const project = yield* the(identity, TENANTS, wanted);
      const user = yield* the(identity, USERS, args.text("user") ?? access.userId ?? "");
      const [tenantId, userId] = [textOf(project, "id"), textOf(user, "id")];
      const path = `/tenants/${tenantId}/users/${userId}/roles`;
      const all = yield* identity.list({ ...ROLES, many: "roles" }, path);
      const its = { project: textOf(project, "name"), user: textOf(user, "name") };
      return rowsOf(
        all.map((role) => ({ ...role, ...its })),
        ["ID", "Name", "Project", "User"],
      );
    },
  ),
];

const services: readonly OpenStackCommand[] = [
  shower(
    {
      name: "service create",
      about: "Make a service of the catalog.",
      positionals: [{ ...argument("name", "Its name."), metavar: "<service-name>" }],
      options: [
        { ...valueOption("--type", "<service-type>", "What it serves."), required: true },
        valueOption("--description", "<service-description>", "What it is for."),
      ],
    },
    ({ identity }, args) =>
      identity.create(SERVICES, {
        name: word(args, "name"),
        type: word(args, "type"),
        description: args.exactText("description") ?? null,
      }),
  ),
  {
    name: "service delete",
    about: "Delete a service of the catalog.",
    positionals: [argument("service", "Its name or id.")],
    *run({ identity }, args) {
      const service = yield* serviceOf(identity, word(args, "service"));
      yield* identity.change("DELETE", `${SERVICES.path}/${textOf(service, "id")}`);
    },
  },
  lister(
    { name: "service list", about: "List the services of the catalog.", options: [longOption] },
    function* ({ identity }, args) {
      const more = args.flag("long") ? ["Type", "Description"] : [];
      return rowsOf(yield* identity.list(SERVICES), ["ID", "Name", ...more]);
    },
  ),
  shower(
    {
      name: "service show",
      about: "Show a service of the catalog.",
      positionals: [argument("service", "Its type, name or id.")],
    },
    ({ identity }, args) => serviceOf(identity, word(args, "service")),
  ),
];

const ofService = (endpoint: JsonObject, service: JsonObject): JsonObject => ({
  ...endpoint,
  service_name: service["name"] ?? null,
  service_type: service["type"] ?? null,
});

const endpoints: readonly OpenStackCommand[] = [
  shower(
    {
      name: "endpoint create",
      about: "Make an endpoint of a service.",
      positionals: [{ ...argument("service", "Whose it is."), metavar: "<endpoint-service>" }],
      options: [
        valueOption("--region", "<region>", "Its region."),
        { ...valueOption("--publicurl", "<public-url>", "Its public URL."), required: true },
        valueOption("--adminurl", "<admin-url>", "Its URL for administrators."),
        valueOption("--internalurl", "<internal-url>", "Its URL for the services."),
      ],
    },
    function* ({ identity }, args) {
      const service = yield* serviceOf(identity, word(args, "service"));
      const endpoint = yield* identity.create(ENDPOINTS, {
        region: args.exactText("region") ?? null,
        service_id: textOf(service, "id"),
        publicurl: word(args, "publicurl"),
        adminurl: args.exactText("adminurl") ?? null,
        internalurl: args.exactText("internalurl") ?? null,
      });
      return ofService(endpoint, service);
    },
  ),
  {
    name: "endpoint delete",
    about: "Delete an endpoint.",
    positionals: [{ ...argument("endpoint", "Its id."), metavar: "<endpoint-id>" }],
    *run({ identity }, args) {
      yield* identity.change("DELETE", `${ENDPOINTS.path}/${word(args, "endpoint")}`);
    },
  },
  lister(
    { name: "endpoint list", about: "List endpoints.", options: [longOption] },
    function* ({ identity }, args) {
      const all: JsonObject[] = [];
      for (const endpoint of yield* identity.list(ENDPOINTS)) {
        all.push(ofService(endpoint, yield* serviceOf(identity, textOf(endpoint, "service_id"))));
      }
      const more = args.flag("long") ? ["PublicURL", "AdminURL", "InternalURL"] : [];
      return rowsOf(all, ["ID", "Region", "Service Name", "Service Type", ...more]);
    },
  ),
];

const tokens: readonly OpenStackCommand[] = [
  shower({ name: "token issue", about: "Show the token of this login." }, function* ({ access }) {
    const { token, expires = null, tenantId = null, userId = null } = access;
    return { expires, id: token, project_id: tenantId, user_id: userId };
  }),
  {
    name: "token revoke",
    about: "Revoke a token.",
    positionals: [argument("token", "The token.")],
    *run({ identity }, args) {
      yield* identity.change("DELETE", `/tokens/${word(args, "token")}`);
    },
  },
];

export const identityCommands: readonly OpenStackCommand[] = [
  ...projects,
  ...users,
  ...roles,
  ...services,
  ...endpoints,
  ...tokens,
];
