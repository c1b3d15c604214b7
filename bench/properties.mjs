/**
 * `npm run properties -- 2000 [seed]`: random scenarios with users, volumes and faults, each run twice for the
 * same bytes and once more without a recorder; with `--once`, once without. What Juno itself breaks is counted by
 * name. What has no name is shrunk to a scenario file that `novasim run` takes, and ends it; with `--all` it goes
 * on, and writes the first scenario of each sort of finding, cut short, to `by-chance-1.yaml` and so on, and whole
 * to `by-chance-1-whole.yaml`.
 */
import { writeFileSync } from "node:fs";
import * as fc from "fast-check";
import { assertGood, runRandom, runTwice, scenarios } from "../src/testing/fast-check/index.ts";
import { shorten, wrongWith } from "./shorten.mjs";

const [runs = "200", seed = "1", ...words] = process.argv.slice(2);
const faults = !words.includes("--without-faults");
const all = words.includes("--all");
const once = words.includes("--once");
const named = new Map();
/** By what was found, ids aside: how often. */
const unnamed = new Map();
let done = 0;
const began = process.cpuUsage();

/** Each thing that was wrong, without what is particular; what an invariant means is said in indented lines. */
const sortsOf = (message) => [
  ...new Set(
    message
      .split("\n")
      .filter((line) => !line.startsWith(" "))
      .map((line) =>
        line
          .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gu, "ID")
          .replace(/\b[0-9a-f]{32}\b/gu, "ID")
          .replace(/\d+/gu, "N"),
      ),
  ),
];

function keep(scenario, error) {
  const message = String(error.message);
  for (const sort of sortsOf(message)) {
    const times = (unnamed.get(sort) ?? 0) + 1;
    unnamed.set(sort, times);
    if (times > 1) continue;
    const file = `by-chance-${String(unnamed.size)}.yaml`;
    // Whole as well: what is cut short may stop for another reason than the whole did.
    writeFileSync(file.replace(".yaml", "-whole.yaml"), scenario.text);
    const short = shorten(scenario, (one) => sortsOf(wrongWith(one)).includes(sort));
    writeFileSync(file, short.text);
    console.error(`${file}: ${sort}`);
  }
}

function holds(scenario) {
  const ran = once ? runRandom(scenario) : runTwice(scenario);
  for (const { exception } of ran.findings) {
    if (exception !== undefined) named.set(exception, (named.get(exception) ?? 0) + 1);
  }
  assertGood(ran.result);
}

const checked = fc.check(
  fc.property(scenarios({ faults }), (scenario) => {
    if (++done % 100 === 0) console.error(`${String(done)} runs`);
    try {
      holds(scenario);
    } catch (error) {
      if (!all) throw error;
      keep(scenario, error);
    }
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
} else if (unnamed.size === 0) {
  const how = once ? "once each" : "twice the same bytes, recorder on or off the same end";
  console.log(`${checked.numRuns} runs hold, ${how}`);
} else {
  console.log(`${checked.numRuns} runs; what has no name:`);
  process.exitCode = 1;
}
const told = (counts) => {
  for (const [name, count] of [...counts].sort(([, a], [, b]) => b - a)) {
    console.log(`${String(count).padStart(6)}  ${name}`);
  }
};
told(unnamed);
console.log(`${(user / 1e6).toFixed(1)} s of CPU`);
told(named);
