/**
 * What a scenario's modules have exported, put to use: services are added before the first step, the script is
 * what is run after the last. Who imports them is the command, which alone may touch files.
 */
import type { AddOptions, OwnProject, OwnService } from "../../cloud/add.js";
import type { Cloud } from "../../cloud/cloud.js";
import { CloudError } from "../../cloud/errors.js";
import type { Op } from "../../kernel/index.js";
import { isMapping } from "../../python/index.js";
import { isDefinition } from "./define-scenario.js";
import type { Scenario } from "../schema/scenario.js";
import type { World } from "../world.js";

/** Default exports, by the paths that the scenario has for them. */
export type Modules = ReadonlyMap<string, unknown>;

/** The paths of all that it needs. */
export const modulePaths = ({ services = [], script }: Scenario): string[] => [
  ...services.map(({ module }) => module),
  ...(script === undefined ? [] : [script]),
];

/** What is wrong with what a module exports; undefined if nothing is. */
export function moduleProblem(
  scenario: Scenario,
  path: string,
  exported: unknown,
): string | undefined {
  if (exported === undefined) return `${path} has no default export`;
  if (path === scenario.script) {
    return isDefinition(exported)
      ? undefined
      : `the default export of ${path} is no scenario: export default defineScenario({ title, *script(cloud) {} })`;
  }
  if (isMapping(exported) && isStrangeManager(exported["manager"])) {
    return `the manager of ${path} is no class that extends Manager of novasim, with endpoints()`;
  }
  return isOwn(exported)
    ? undefined
    : `the default export of ${path} is no service: export default { binary: "nova-board", manager: Board }, or a project of defineProject`;
}

/** One that nothing could be dispatched to. */
const isStrangeManager = (manager: unknown): boolean =>
  manager !== undefined &&
  (typeof manager !== "function" || !("endpoints" in (manager.prototype as object)));

const isOwn = (value: unknown): value is OwnService | OwnProject =>
  isMapping(value) && (typeof value["binary"] === "string" || Array.isArray(value["processes"]));

/** @throws CloudError for modules that were not imported, or a world that takes none */
export function addServices(world: World, scenario: Scenario, modules: Modules): void {
  for (const { module, host, flags } of scenario.services ?? []) {
    const own = modules.get(module);
    if (!isOwn(own) || world.add === undefined) throw new CloudError(missing(module));
    const options: AddOptions = {
      ...(host !== undefined && { host }),
      ...(flags !== undefined && { flags }),
    };
    world.add(own, options);
  }
}

/** What is run when the steps are done. @throws CloudError if its module was not imported */
export function scriptOf(
  world: World,
  { script }: Scenario,
  modules: Modules,
): Op<void> | undefined {
  if (script === undefined) return undefined;
  const definition = modules.get(script);
  if (!isDefinition(definition) || !isCloud(world)) throw new CloudError(missing(script));
  return definition.script(world);
}

/** A script is written for a whole cloud. */
const isCloud = (world: World): world is World & Cloud => world.add !== undefined;

const missing = (path: string): string =>
  `the module ${path} was not imported: novasim run does that; a program puts what it has imported into modules of what loadScenario gives`;
