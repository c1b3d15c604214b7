/**
 * What a user may do where: the roles it was given itself, those of its groups, and, where that is
 * switched on, those of a domain that its projects inherit. Upstream: keystone/assignment/core.py
 * (get_roles_for_user_and_project, get_roles_for_user_and_domain), keystone/assignment/backends/sql.py
 * (list_projects_for_user, list_domains_for_user) at 2014.2.
 */
import type { Row } from "../../../framework/index.js";
import type { KeystoneApp } from "../app.js";
import type { Assignment, Domain, Project } from "../store/rows.js";

type Actors = readonly string[];

/** The ids of a user's roles on a project, each once. */
export function rolesOnProject(app: KeystoneApp, user: string, project: Row<Project>): string[] {
  const groups = app.database.groupsOf(user);
  const inherited = (type: Assignment["type"], actors: Actors): string[] =>
    app.flags.os_inherit_enabled ? given(app, type, actors, project.domain_id, true) : [];
  return unique([
    ...given(app, "UserProject", [user], project.uuid),
    ...inherited("UserDomain", [user]),
    ...given(app, "GroupProject", groups, project.uuid),
    ...inherited("GroupDomain", groups),
  ]);
}

/** The ids of a user's roles on a domain itself, each once. */
export function rolesOnDomain(app: KeystoneApp, user: string, domain: Row<Domain>): string[] {
  return unique([
    ...given(app, "UserDomain", [user], domain.uuid, false),
    ...given(app, "GroupDomain", app.database.groupsOf(user), domain.uuid, false),
  ]);
}

/** The projects that a user has any role on. */
export function projectsOf(app: KeystoneApp, user: string): Row<Project>[] {
  const { assignments, projects } = app.database;
  const all = [user, ...app.database.groupsOf(user)].flatMap((actor_id) =>
    assignments.find({ actor_id }),
  );
  const direct = all.filter(({ type }) => type.endsWith("Project"));
  const ids = new Set(direct.map(({ target_id }) => target_id));
  if (app.flags.os_inherit_enabled) {
    const domains = all.filter(({ type, inherited }) => type.endsWith("Domain") && inherited);
    for (const { target_id } of domains) {
      for (const { uuid } of projects.find({ domain_id: target_id })) ids.add(uuid);
    }
  }
  return [...ids].flatMap((id) => projects.get(id) ?? []);
}

/** The domains that a user has a role on, inherited by projects or not. */
export function domainsOf({ database }: KeystoneApp, user: string): Row<Domain>[] {
  const grants = [
    ...database.assignments.find({ actor_id: user, type: "UserDomain" }),
    ...database
      .groupsOf(user)
      .flatMap((actor_id) => database.assignments.find({ actor_id, type: "GroupDomain" })),
  ];
  return unique(grants.map(({ target_id }) => target_id)).flatMap(
    (id) => database.domains.get(id) ?? [],
  );
}

const given = (
  { database }: KeystoneApp,
  type: Assignment["type"],
  actors: Actors,
  target_id: string,
  inherited?: boolean,
): string[] =>
  actors.flatMap((actor_id) =>
    database.assignments
      .find({ actor_id, type, target_id, ...(inherited !== undefined && { inherited }) })
      .map(({ role_id }) => role_id),
  );

const unique = (ids: readonly string[]): string[] => [...new Set(ids)];
