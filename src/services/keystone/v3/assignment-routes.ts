/** Projects, domains and roles in v3. Upstream: keystone/assignment/controllers.py at 2014.2. */
import * as assignment from "../managers/assignment.js";
import { getDomain } from "../managers/identity.js";
import { ownDomain, requireSameDomain } from "./checks.js";
import { resourceRoutes, type Kind } from "./resource.js";

const projects: Kind = {
  member: "project",
  part: "assignment",
  filters: ["domain_id", "enabled", "name"],
  all: ({ database }) => database.projects.find().map(assignment.projectDict),
  one: (app, id) => assignment.projectDict(assignment.getProject(app, id)),
  *create(call, ref) {
    const whole = { ...ownDomain(call, ref), id: call.app.newId() };
    return assignment.projectDict(yield* assignment.createProject(call.app, whole));
  },
  *update({ app }, id, ref) {
    requireSameDomain(app, ref, () => assignment.getProject(app, id).domain_id);
    return assignment.changedProjectDict(yield* assignment.updateProject(app, id, ref));
  },
  remove: ({ app }, id) => assignment.deleteProject(app, id),
};

const domains: Kind = {
  member: "domain",
  part: "assignment",
  filters: ["enabled", "name"],
  all: ({ database }) => database.domains.find().map(assignment.domainDict),
  one: (app, id) => assignment.domainDict(getDomain(app, id)),
  *create({ app }, ref) {
    return assignment.domainDict(yield* assignment.createDomain(app, { ...ref, id: app.newId() }));
  },
  *update({ app }, id, ref) {
    return assignment.domainDict(yield* assignment.updateDomain(app, id, ref));
  },
  remove: ({ app }, id) => assignment.deleteDomain(app, id),
};

const roles: Kind = {
  member: "role",
  part: "assignment",
  filters: ["name"],
  all: ({ database }) => database.roles.find().map(assignment.roleDict),
  one: (app, id) => assignment.roleDict(assignment.getRole(app, id)),
  *create({ app }, ref) {
    return assignment.roleDict(yield* assignment.createRole(app, { ...ref, id: app.newId() }));
  },
  *update({ app }, id, ref) {
    return assignment.roleDict(yield* assignment.updateRole(app, id, ref));
  },
  remove: ({ app }, id) => assignment.deleteRole(app, id),
};

export const v3AssignmentRoutes = [projects, domains, roles].flatMap(resourceRoutes);
