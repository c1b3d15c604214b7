/** Projects, domains and roles in v3. Upstream: keystone/assignment/controllers.py at 2014.2. */
import type { Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import type { HttpResponse } from "../../../http/index.js";
import type { KeystoneApp } from "../app.js";
import * as assignment from "../managers/assignment.js";
import { getDomain } from "../managers/identity.js";
import { normalizedDict } from "../web/v2-action.js";
import { rendered, v3Action, type V3Call } from "../web/v3-action.js";
import { ownDomain, requireSameDomain, requireSameId } from "./checks.js";
import { linked, listed } from "./listing.js";

type Member = "project" | "domain" | "role";

/** What one kind of thing does of its own. */
interface Kind<M extends Member> {
  readonly member: M;
  readonly filters: readonly string[];
  all(app: KeystoneApp): readonly JsonObject[];
  one(app: KeystoneApp, id: string): JsonObject;
  create(call: V3Call, ref: JsonObject & { readonly id: string }): Op<JsonObject>;
  update(call: V3Call, id: string, ref: JsonObject): Op<JsonObject>;
  remove(call: V3Call, id: string): Op<void>;
}

const projects: Kind<"project"> = {
  member: "project",
  filters: ["domain_id", "enabled", "name"],
  all: ({ database }) => database.projects.find().map(assignment.projectDict),
  one: (app, id) => assignment.projectDict(assignment.getProject(app, id)),
  *create(call, ref) {
    const whole = { ...ownDomain(call, ref), id: ref.id };
    return assignment.projectDict(yield* assignment.createProject(call.app, whole));
  },
  *update({ app }, id, ref) {
    requireSameDomain(app, ref, () => assignment.getProject(app, id).domain_id);
    return assignment.changedProjectDict(yield* assignment.updateProject(app, id, ref));
  },
  remove: ({ app }, id) => assignment.deleteProject(app, id),
};

const domains: Kind<"domain"> = {
  member: "domain",
  filters: ["enabled", "name"],
  all: ({ database }) => database.domains.find().map(assignment.domainDict),
  one: (app, id) => assignment.domainDict(getDomain(app, id)),
  *create({ app }, ref) {
    return assignment.domainDict(yield* assignment.createDomain(app, ref));
  },
  *update({ app }, id, ref) {
    return assignment.domainDict(yield* assignment.updateDomain(app, id, ref));
  },
  remove: ({ app }, id) => assignment.deleteDomain(app, id),
};

const roles: Kind<"role"> = {
  member: "role",
  filters: ["name"],
  all: ({ database }) => database.roles.find().map(assignment.roleDict),
  one: (app, id) => assignment.roleDict(assignment.getRole(app, id)),
  *create({ app }, ref) {
    return assignment.roleDict(yield* assignment.createRole(app, ref));
  },
  *update({ app }, id, ref) {
    return assignment.roleDict(yield* assignment.updateRole(app, id, ref));
  },
  remove: ({ app }, id) => assignment.deleteRole(app, id),
};

export const v3AssignmentRoutes = [...routesOf(projects), ...routesOf(domains), ...routesOf(roles)];

/** Make, list, show, change, remove. */
function routesOf<M extends Member>(kind: Kind<M>) {
  const { member } = kind;
  const collection = `${member}s` as const;
  const key = `${member}_id`;
  const one = `/${collection}/{${key}}`;
  const target = (app: KeystoneApp, { id }: Pick<V3Call, "id">): void => {
    kind.one(app, id(key));
  };
  const shown = (call: V3Call, dict: JsonObject): HttpResponse =>
    rendered(call, { [member]: linked(call.base, collection, dict) });
  return [
    v3Action(
      "POST",
      `/${collection}`,
      { name: `create_${member}`, takes: [member], validates: member },
      function* (call) {
        const ref = { ...normalizedDict(call.args[member] ?? null), id: call.app.newId() };
        return shown(call, yield* kind.create(call, ref));
      },
    ),
    v3Action(
      "GET",
      `/${collection}`,
      { name: `list_${collection}`, takes: [], filtered: true },
      function* (call) {
        const { filters } = kind;
        const limit = call.app.limits.assignment;
        const options = { collection, filters, columns: filters, limit };
        return listed(call, kind.all(call.app), options, (dict) =>
          linked(call.base, collection, dict),
        );
      },
    ),
    v3Action("GET", one, { name: `get_${member}`, takes: [key], target }, function* (call) {
      return shown(call, kind.one(call.app, call.id(key)));
    }),
    v3Action(
      "PATCH",
      one,
      { name: `update_${member}`, takes: [key, member], target, validates: member },
      function* (call) {
        const id = call.id(key);
        const ref = requireSameId(id, call.args[member] ?? null);
        return shown(call, yield* kind.update(call, id, ref));
      },
    ),
    v3Action("DELETE", one, { name: `delete_${member}`, takes: [key], target }, function* (call) {
      yield* kind.remove(call, call.id(key));
      return rendered(call, null);
    }),
  ];
}
