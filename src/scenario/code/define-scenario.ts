/**
 * A scenario as a module: the same keys as in a file, and a script in the place of the steps. `novasim run` takes
 * such a module beside YAML, records it the same way and replays it.
 */
import type { z } from "zod";
import type { Cloud } from "../../cloud/cloud.js";
import type { CloudOptions } from "../../cloud/options/options.js";
import type { Op } from "../../kernel/index.js";
import { isMapping } from "../../python/index.js";
import type { scenarioSchema } from "../schema/scenario.js";

type Written = z.input<typeof scenarioSchema>;

/** A scenario in code: the keys of a file, and a script in the place of its steps. */
export interface ScenarioDefinition {
  /** Its short name: `evacuate`. Default: the name of its file. */
  readonly scenario?: string;
  /** One line for lists. */
  readonly title: string;
  /** What it shows, and why. */
  readonly about?: string;
  /** Where chance comes from. Default 1. */
  readonly seed?: number;
  /** What there is before the script begins. */
  readonly cloud?: Omit<CloudOptions, "seed">;
  /** What must hold at the end, as in a file. */
  readonly expect?: Written["expect"];
  /** What happens. It is part of the run: it waits with `yield*`, and drives nothing itself. */
  script(cloud: Cloud): Op<void>;
}

/**
 * A scenario in code; the default export of its module.
 *
 * @example
 * ```ts
 * import { defineScenario } from "novasim";
 *
 * export default defineScenario({
 *   title: "a server is booted",
 *   *script(cloud) {
 *     const { nova } = cloud.user("demo");
 *     yield* nova.boot({ name: "t1", flavor: "m1.nano", image: "cirros" });
 *   },
 * });
 * ```
 */
export const defineScenario = (definition: ScenarioDefinition): ScenarioDefinition => definition;

export const isDefinition = (value: unknown): value is ScenarioDefinition =>
  isMapping(value) && typeof value["script"] === "function" && typeof value["title"] === "string";

/** The file that says the same as `definition`, whose script is in the module at `path`: JSON. */
export function sourceText(definition: ScenarioDefinition, path: string): string {
  const { title, about, seed, cloud, expect, scenario = shortName(path) } = definition;
  const note = `The script of ${path.replace(/^.*\//u, "")}.`;
  const steps = [{ note }];
  return JSON.stringify(
    { scenario, title, about, seed, cloud, script: path, steps, expect },
    null,
    1,
  );
}

/** `./evacuate.scenario.mjs`: `evacuate`. */
const shortName = (path: string): string =>
  path
    .replace(/^.*\//u, "")
    .replace(/(?:\.scenario)?\.m?[jt]s$/u, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/gu, "-") || "script";
