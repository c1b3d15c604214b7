/**
 * `npm run bench:package`: what who installs the package has of it. It is packed, installed in an empty folder, and
 * vitest is timed there: a first test, files of 200 and of 1,000 tests with a whole cloud each, and imports alone.
 * Wall time and processor time, medians of some runs; compare only figures of one machine and one hour.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { install, run } from "../tools/installed.mjs";

const TEST = (n) => `
test("server ${n}", () => {
  const cloud = new Cloud({ seed: ${n} });
  const { nova } = cloud.user("demo");
  cloud.run(nova.boot({ name: "web", flavor: "m1.nano", image: "cirros" }));
  cloud.settle();
  expect(cloud.server("web")?.status).toBe("ACTIVE");
});`;

/** A file of so many tests, in a folder of its own. */
function file(folder, count) {
  const where = path.join(folder, `of-${count}`);
  mkdirSync(where);
  const tests = Array.from({ length: count }, (_, n) => TEST(n + 1)).join("\n");
  const head = 'import { Cloud } from "novasim";\nimport { expect, test } from "vitest";\n';
  writeFileSync(path.join(where, "cloud.test.js"), `${head}${tests}\n`);
  return where;
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** @returns medians in milliseconds, and what the first run printed */
function timed(rounds, cwd, ...command) {
  const runs = Array.from({ length: rounds }, () => {
    const began = performance.now();
    // The time of a process that has ended only a shell can tell.
    const script = 'TIMEFORMAT="cpu %U %S"; { time "$@" 2>&1; } 2>&1';
    const said = run(cwd, "bash", "-c", script, "bash", ...command);
    const wall = performance.now() - began;
    const [, user = "", system = ""] = /cpu ([\d.]+) ([\d.]+)\s*$/u.exec(said) ?? [];
    return { wall, cpu: (Number(user) + Number(system)) * 1_000, said };
  });
  const of = (key) => median(runs.map((one) => one[key]));
  return { wall: of("wall"), cpu: of("cpu"), said: runs[0].said };
}

const ms = (value) => `${Math.round(value).toLocaleString("en")} ms`;
const folder = install(["vitest"]);
try {
  const node = (code) => timed(5, folder, process.execPath, "--input-type=module", "-e", code);
  const nothing = node("");
  for (const entry of ["novasim", "novasim/views", "novasim/kernel"]) {
    const { wall, cpu } = node(`await import("${entry}")`);
    const more = `${ms(wall - nothing.wall)}; processor ${ms(cpu - nothing.cpu)}`;
    console.log(`import "${entry}"`.padEnd(30), more);
  }
  for (const count of [1, 200, 1_000]) {
    const where = file(folder, count);
    const { wall, cpu, said } = timed(
      count > 500 ? 1 : 3,
      where,
      "npx",
      "vitest",
      "run",
      "--root",
      where,
    );
    const [, parts = ""] = /Duration .*?\((.*)\)/u.exec(said) ?? [];
    const all = `${ms(wall)}; processor ${ms(cpu)}; ${parts}`;
    console.log(`vitest, a file of ${count}`.padEnd(30), all);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
