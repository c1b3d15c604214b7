/** From a scenario's `cloud:` section to what a Cloud is made from. */
import type { CloudOptions } from "../../cloud/options/options.js";
import type { Scenario } from "../schema/scenario.js";

/** Seeds that nobody chose. */
export const DEFAULT_SEED = 1;

export function cloudOptions(scenario: Scenario): CloudOptions {
  const options = { seed: DEFAULT_SEED, ...without({ seed: scenario.seed, ...scenario.cloud }) };
  // The schema knows `undefined` where the options know absence; `without` has removed those.
  return options;
}

/** `value` without what is undefined, all the way down. */
function without(value: unknown): object {
  return clean(value) as object;
}

function clean(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(kept.map(([key, item]) => [key, clean(item)]));
}
