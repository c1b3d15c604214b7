/**
 * `npm run properties -- 2000 [seed]`: random scenarios with users, volumes and faults, each run twice for the
 * same bytes and once more without a recorder. What Juno itself breaks is counted by name; what has no name
 * ends it, shrunk to a scenario file that `novasim run` takes.
 */
import { writeFileSync } from "node:fs";
import * as fc from "fast-check";
import { assertGood, runTwice, scenarios } from "../src/testing/fast-check/index.ts";

const [runs = "200", seed = "1", ...words] = process.argv.slice(2);
const faults = !words.includes("--without-faults");
const named = new Map();
let done = 0;
const began = process.cpuUsage();
const checked = fc.check(
  fc.property(scenarios({ faults }), (scenario) => {
    const ran = runTwice(scenario);
    assertGood(ran.result);
    for (const { exception } of ran.findings) {
      named.set(exception, (named.get(exception) ?? 0) + 1);
    }
    if (++done % 100 === 0) console.error(`${done} runs`);
  }),
  { numRuns: Number(runs), seed: Number(seed), endOnFailure: words.includes("--no-shrink") },
);
const { user } = process.cpuUsage(began);
if (checked.failed) {
  const [scenario] = checked.counterexample;
  writeFileSync("by-chance.yaml", scenario.text);
  console.error(String(checked.errorInstance?.message));
  console.error(
    `after ${checked.numRuns} runs, ${checked.numShrinks} times shrunk:\n\n${scenario.text}`,
  );
  console.error(`by-chance.yaml has it: npx novasim run by-chance.yaml`);
  process.exitCode = 1;
} else {
  console.log(
    `${checked.numRuns} runs hold, twice the same bytes, recorder on or off the same end`,
  );
}
console.log(`${(user / 1e6).toFixed(1)} s of CPU`);
for (const [name, count] of [...named].sort(([, a], [, b]) => b - a)) {
  console.log(`${String(count).padStart(6)}  ${name}`);
}
