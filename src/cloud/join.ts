/**
 * What has to hold before a project of somebody's own is put beside others: each name that people
 * and services find things by belongs to one project. Ports are found out by who listens.
 */
import { CONTROLLER, type IdByName, type Project } from "../framework/project.js";
import type { OwnProject } from "./add.js";
import { CloudError } from "./errors.js";
import { PROJECTS } from "./projects.js";

/** A sort of names, and those of one project. */
interface Names {
  readonly what: string;
  readonly of: (project: Project) => readonly (string | undefined)[];
}

/** @throws CloudError for a name of `own` that another project has, whether it has started or not */
export function assertNoClash(
  own: OwnProject,
  started: readonly Project[],
  idsOf: (project: Project) => Readonly<Record<string, IdByName>>,
): void {
  const others = [...new Set<Project>([...PROJECTS, ...started])];
  const sorts: readonly Names[] = [
    { what: "project", of: ({ name }) => [name] },
    { what: "process", of: ({ processes }) => processes.map(({ binary }) => binary) },
    { what: "service type", of: ({ catalog }) => catalog.map(({ type }) => type) },
    { what: "service user", of: ({ serviceUser }) => [serviceUser] },
  ];
  const kinds: Names = { what: "kind of thing", of: (project) => Object.keys(idsOf(project)) };
  for (const { what, of } of sorts) assertOwn(what, own, of, others);
  assertOwn(kinds.what, own, kinds.of, started);
}

function assertOwn(
  what: string,
  own: OwnProject,
  of: Names["of"],
  others: readonly Project[],
): void {
  const names = of(own).filter((name) => name !== undefined);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) {
    throw new CloudError(`project "${own.name}" has the ${what} "${twice}" twice`);
  }
  for (const name of names) {
    const owner = others.find((other) => of(other).includes(name));
    if (owner === undefined) continue;
    const whose = what === "project" ? "is there already" : `is ${owner.name}'s`;
    throw new CloudError(
      `project "${own.name}" cannot be added: the ${what} "${name}" ${whose}. Choose another name.`,
    );
  }
}

/** `project` with what it has on the controller on `host` instead. */
export function onHost(project: OwnProject, host: string): OwnProject {
  const here = (url: string): string =>
    url.replace(`http://${CONTROLLER}:`, () => `http://${host}:`);
  const catalog = project.catalog.map(({ type, url, adminUrl }) => ({
    type,
    url: here(url),
    ...(adminUrl !== undefined && { adminUrl: here(adminUrl) }),
  }));
  return { ...project, catalog };
}
