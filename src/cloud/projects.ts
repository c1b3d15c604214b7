/**
 * The OpenStack projects that a cloud can be made of, and what follows from that list for all of
 * them: their binaries, presets, what can be asked for by name. A project is known here by its
 * `project.ts`, and nothing else about it stands in this folder. Upstream: DevStack's `stack.sh`.
 */
import type { Project, UserDomain } from "../framework/project.js";
import { ceilometer } from "../services/ceilometer/project.js";
import { cinder } from "../services/cinder/project.js";
import { exampleService } from "../services/exampleservice/index.js";
import { glance } from "../services/glance/project.js";
import { heat } from "../services/heat/project.js";
import { horizon } from "../services/horizon/project.js";
import { keystone } from "../services/keystone/project.js";
import { neutron } from "../services/neutron/project.js";
import { nova } from "../services/nova/project.js";
import { swift } from "../services/swift/project.js";
import { trove } from "../services/trove/project.js";
import type { OwnService } from "./add.js";

/** In the order in which they start. */
export const PROJECTS = [
  keystone,
  glance,
  neutron,
  swift,
  cinder,
  heat,
  nova,
  ceilometer,
  trove,
  horizon,
] as const;

export type KnownProject = (typeof PROJECTS)[number];

const ALL: readonly Project[] = PROJECTS;

/** Services of one's own that ship with novasim. They join Nova, as `Cloud.add` has it. */
export const OWN_SERVICES: readonly OwnService[] = [exampleService];

/** What a preset starts: projects, and optional processes of theirs. */
type Startable = KnownProject["name"] | KnownProject["processes"][number]["binary"];

const MINIMAL: readonly Startable[] = ["keystone", "glance", "neutron", "nova"];

const presets = {
  minimal: MINIMAL,
  // All ten, and what a user of them meets: routers, images by URL, deletes that are put off.
  full: [
    ...PROJECTS.map(({ name }) => name),
    ...(["neutron-l3-agent", "image-mirror", "glance-scrubber"] as const),
  ],
  "nova-network": [...MINIMAL, "nova-network"],
} as const satisfies Readonly<Record<string, readonly Startable[]>>;

export type Preset = keyof typeof presets;

/** What a cloud starts that names one of these; `minimal` unless it says otherwise. */
export const PRESETS: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(presets));

/** What can be asked for beside a preset: services of one's own, optional processes, projects. */
export const OPTIONAL_SERVICES: readonly string[] = [
  ...OWN_SERVICES.map(({ binary }) => binary),
  ...ALL.flatMap(({ processes }) => processes.filter(({ optional }) => optional === true)).map(
    ({ binary }) => binary,
  ),
  ...ALL.map(({ name }) => name).filter((name) => !MINIMAL.some((other) => other === name)),
];

/** What can be put on one more host by its name: any process of a controller. */
export const CONTROLLER_PROCESSES: readonly string[] = ALL.flatMap(({ processes }) =>
  processes.filter(({ on, optional }) => on === "controller" && optional !== true),
).map(({ binary }) => binary);

/** All catalogs, as Keystone's rows have been numbered so far: who starts last comes first. */
export const catalogOf = (projects: readonly Project[]) =>
  projects
    .toReversed()
    .flatMap(({ name, catalog }) => catalog.map((entry) => ({ name, ...entry })));

/** The domains that they make users in. */
export const userDomainsOf = (projects: readonly Project[]): readonly UserDomain[] =>
  projects.flatMap(({ userDomain }) => (userDomain === undefined ? [] : [userDomain]));

/** The users as whom services ask Keystone and each other, in the same order. */
export const serviceUsersOf = (projects: readonly Project[]): readonly string[] =>
  projects.toReversed().flatMap(({ serviceUser }) => serviceUser ?? []);
