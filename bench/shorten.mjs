/**
 * A scenario that fails, cut to what it takes to fail so: steps are left out one by one, then flags and services,
 * as long as what is found stays of the same sort. fast-check cuts only the one that ends a run.
 */
import { assertGood, RandomScenario, runRandom } from "../src/testing/fast-check/index.ts";

/** @param fails whether a scenario still fails in that way */
export function shorten(scenario, fails) {
  let { source } = scenario;
  const attempt = (changed) => {
    if (!fails(new RandomScenario(changed))) return false;
    source = changed;
    return true;
  };
  for (let size = Math.ceil(source.steps.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = source.steps.length - size; at >= 0; at -= size) {
      const steps = source.steps.filter((_, index) => index < at || index >= at + size);
      if (steps.length > 0) attempt({ ...source, steps });
    }
  }
  const without = (record, key) =>
    Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
  for (const key of ["flags", "services"]) {
    attempt({ ...source, cloud: without(source.cloud, key) });
  }
  for (const flag of Object.keys(source.cloud.flags ?? {})) {
    const flags = without(source.cloud.flags, flag);
    attempt({ ...source, cloud: { ...source.cloud, flags } });
  }
  return new RandomScenario(source);
}

/** What is wrong with a scenario by itself. */
export function wrongWith(scenario) {
  try {
    assertGood(runRandom(scenario).result);
    return "";
  } catch (error) {
    return String(error.message);
  }
}
