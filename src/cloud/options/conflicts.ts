/**
 * What no schema of single values sees in a cloud's options: names given twice, and options that
 * nobody in the cloud reads. Keystone's users and Nova's flavors must differ upstream as well. Two
 * images or networks may have one name there, but the ids of what is there from the start are drawn
 * by its name, and found by it (`{{image:cirros}}`); who wants two makes the second in a step.
 */
import { CONTROLLER, type Project } from "../../framework/project.js";
import { formatPath, type Complaint, type Path } from "../../text/complaints.js";
import { controllerNames, servicesOf, startedProjects } from "../processes/processes.js";
import { CONTROLLER_PROCESSES, PROJECTS, serviceUsersOf } from "../projects.js";
import type { CheckedOptions } from "./options.js";

/** Flags have a check of their own. */
type Options = Omit<CheckedOptions, "flags" | "flag_files" | "user_files">;

/** @param base where the options stand in what was written: `["cloud"]` */
export function optionConflicts(options: Options, base: Path = []): readonly Complaint[] {
  const sections = ["computes", "images", "networks", "flavors", "users"] as const;
  return [
    ...sections.flatMap((section) => {
      const entries = options[section];
      return typeof entries === "object" ? twice(entries, [...base, section]) : [];
    }),
    ...hosts(options, base),
    ...users(options, base),
    ...servicesTwice(options, base),
    ...projectsElsewhere(options, base),
    ...ofProjects(options, base),
  ];
}

function twice(entries: readonly { readonly name: string }[], path: Path): Complaint[] {
  const seen = new Set<string>();
  return entries.flatMap(({ name }, index) => {
    const before = seen.has(name);
    seen.add(name);
    if (!before) return [];
    const message = `the name "${name}" is given twice in ${formatPath(path)}`;
    return [{ path: [...path, index, "name"], message, hint: "Names must differ." }];
  });
}

function hosts(options: Options, base: Path): Complaint[] {
  const { computes } = options;
  if (typeof computes !== "object") return [];
  const controllers = controllerNames(options);
  const index = computes.findIndex(({ name }) => controllers.includes(name));
  if (index < 0) return [];
  const message = `a compute host cannot be named "${computes[index]?.name ?? ""}": the controller is`;
  const path = [...base, "computes", index, "name"];
  return [{ path, message, hint: "Choose another name." }];
}

function users({ users = [] }: Options, base: Path): Complaint[] {
  const services = serviceUsersOf(PROJECTS);
  return users.flatMap(({ name }, index) => {
    if (!services.includes(name)) return [];
    const message = `the user "${name}" exists from the start: services ask Keystone as it`;
    return [{ path: [...base, "users", index, "name"], message, hint: "Choose another name." }];
  });
}

const PROJECT_NAMES: readonly string[] = PROJECTS.map(({ name }) => name);

function servicesTwice(options: Options, base: Path): Complaint[] {
  const all = servicesOf(options);
  const own = options.services?.length ?? 0;
  const same = (a: number, b: number): boolean =>
    all[a]?.name === all[b]?.name && all[a]?.host === all[b]?.host;
  const there = controllerNames(options);
  return all.flatMap(({ name, host }, at) => {
    const index = at - (all.length - own);
    if (index < 0) return [];
    const others = startedProjects(all.filter((_, other) => other !== at));
    // A project whose one process bears its name is started by that name.
    const starts = PROJECT_NAMES.includes(name) && !others.some((project) => project.name === name);
    const runs = CONTROLLER_PROCESSES.includes(name) && there.includes(host) && !starts;
    if (!runs && !all.some((_, before) => before < at && same(before, at))) return [];
    const message = runs ? `${name} runs on ${host} already` : `${name} on ${host} is given twice`;
    const hint = "A host runs one of each; a preset names some too.";
    return [{ path: [...base, "services", index], message, hint }];
  });
}

/** What a whole project consists of runs where its catalog says: on the controller. */
function projectsElsewhere({ services = [] }: Options, base: Path): Complaint[] {
  const all: readonly Project[] = PROJECTS;
  return services.flatMap((one, index) => {
    if (typeof one === "string" || one.host === undefined || one.host === CONTROLLER) return [];
    const project = all.find(({ name }) => name === one.name);
    if (project === undefined || CONTROLLER_PROCESSES.includes(one.name)) return [];
    const message = `${one.name} is a project of several processes: it cannot be put on one host`;
    const hint = `Write ${one.name} alone.`;
    return [{ path: [...base, "services", index, "host"], message, hint }];
  });
}

function ofProjects(options: Options, base: Path): Complaint[] {
  const started = startedProjects(servicesOf(options));
  const read = new Set(started.flatMap((project) => Object.keys(project.options)));
  const all: readonly Project[] = PROJECTS;
  const unread = all.flatMap(({ name, options: shape }) =>
    Object.keys(shape)
      .filter((key) => !read.has(key) && Object.hasOwn(options, key))
      .map((key) => {
        const message = `no service of this cloud reads \`${key}\``;
        return { path: base, key, message, hint: `Add ${name} to its services.` };
      }),
  );
  const own = started.flatMap((project) => project.conflicts?.(options) ?? []);
  return [...unread, ...own.map((one) => ({ ...one, path: [...base, ...one.path] }))];
}
