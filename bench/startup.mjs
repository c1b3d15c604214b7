/**
 * `npm run bench:startup -- [NAME...] [--rounds N] [--beside DIR] [--json]`: what a person waits for before anything is
 * warm, over what bare Node takes, medians. With `--beside DIR`, another checkout that has been built, both
 * take turns in each round: on a shared machine only figures of one run can be compared. CPU is that of
 * the process and all of its threads.
 */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { pathToFileURL } from "node:url";

const here = path.resolve(import.meta.dirname, "..");
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    beside: { type: "string" },
    json: { type: "boolean", default: false },
    rounds: { type: "string", default: "7" },
  },
});
const TESTS = 200;

/** Prints how long the first cloud and its first boot took: wall and CPU, in ms. */
const FIRST = `
  const { Cloud } = await import(process.argv[1]);
  const used = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
  const began = performance.now();
  const before = used();
  const cloud = new Cloud();
  const demo = cloud.user("demo");
  cloud.run(demo.nova.boot({ name: "t", flavor: "m1.nano", image: "cirros", networks: ["private"] }));
  cloud.settle();
  const measured = { wall: performance.now() - began, cpu: used() - before };
  if (cloud.server("t")?.status !== "ACTIVE") throw new Error("it is not ACTIVE");
  console.log(JSON.stringify(measured));
`;

/** What somebody tests whose code boots and shelves. */
const TEST_FILE = `
  import { Cloud } from "novasim";
  import { expect, it } from "vitest";

  it.each(Array.from({ length: ${TESTS} }, (_, i) => i))("shelves server %i", (i) => {
    const cloud = new Cloud({ seed: i });
    const demo = cloud.user("demo");
    const { id } = cloud.run(
      demo.nova.boot({ name: "t", flavor: "m1.nano", image: "cirros", networks: ["private"] }),
    );
    cloud.settle();
    cloud.run(demo.nova.shelve(id));
    cloud.settle();
    expect(cloud.server("t")?.status).toBe("SHELVED_OFFLOADED");
  });
`;

/** Tells the third stream what the process has used when it ends. */
const TELL = `process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  require("node:fs").writeSync(3, String((user + system) / 1000));
});`;

const folder = mkdtempSync(path.join(tmpdir(), "novasim-startup-"));
const tell = path.join(folder, "tell.cjs");
writeFileSync(tell, TELL);

/** Runs Node to its end. @returns wall and CPU in ms, and what it printed */
function run(args, cwd) {
  const began = performance.now();
  const { status, stdout, stderr, output } = spawnSync(process.execPath, ["-r", tell, ...args], {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const wall = performance.now() - began;
  if (status !== 0) throw new Error(`node ${args.join(" ")} failed:\n${stdout}${stderr}`);
  return { wall, cpu: Number(output[3]), stdout };
}

/** A folder of somebody who has installed the package of `root`, and has one file of tests. */
function installed(root) {
  const home = mkdtempSync(path.join(folder, "user-"));
  const modules = path.join(home, "node_modules");
  const target = path.join(modules, "novasim");
  mkdirSync(target, { recursive: true });
  cpSync(path.join(root, "package.json"), path.join(target, "package.json"));
  cpSync(path.join(root, "dist"), path.join(target, "dist"), {
    recursive: true,
    filter: (file) => !/\.map$|dist.(?:types|bench)/u.test(file),
  });
  symlinkSync(path.join(root, "node_modules", "vitest"), path.join(modules, "vitest"));
  writeFileSync(path.join(home, "package.json"), '{ "type": "module" }');
  writeFileSync(path.join(home, "shelve.test.js"), TEST_FILE);
  return home;
}

/** By name, of a checkout; each gives wall and CPU of one go in ms. */
const BENCHES = {
  help: (root) => () => run(["dist/cli/main.js", "--help"], root),
  run: (root) => () => run(["dist/cli/main.js", "run", "scenarios/boot-and-shelve.yaml"], root),
  import: (root) => () => run(["-e", `import(${JSON.stringify(library(root))})`], root),
  "first cloud and boot": (root) => () =>
    JSON.parse(run(["--input-type=module", "-e", FIRST, library(root)], root).stdout),
  // In threads, so that their work counts as the process's own.
  [`${TESTS} tests`]: (root) => {
    const home = installed(root);
    const vitest = path.join(root, "node_modules", "vitest", "vitest.mjs");
    return () => run([vitest, "run", "--pool", "threads"], home);
  },
};
/** What is no process of its own has nothing of Node in it. */
const WITHIN = new Set(["first cloud and boot"]);

const library = (root) => pathToFileURL(path.join(root, "dist", "index.js")).href;
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const medians = (list) => ({
  wall: median(list.map(({ wall }) => wall)),
  cpu: median(list.map(({ cpu }) => cpu)),
});
const told = ({ wall, cpu }) =>
  `${wall.toFixed(0).padStart(6)} wall ${cpu.toFixed(0).padStart(6)} CPU`;

const roots = [here, ...(values.beside === undefined ? [] : [path.resolve(values.beside)])];
for (const root of roots) {
  if (existsSync(path.join(root, "dist", "index.js"))) continue;
  console.error(`${root} has no dist/index.js: run \`npm run bundle\` there`);
  process.exit(2);
}
const wanted = Object.entries(BENCHES).filter(
  ([name]) => positionals.length === 0 || positionals.some((word) => name.includes(word)),
);
if (wanted.length === 0) {
  console.error(`no bench is named like ${positionals.join(", ")}; there are:`);
  for (const name of Object.keys(BENCHES)) console.error(`  ${name}`);
  process.exit(2);
}

try {
  if (!values.json) console.log("ms over bare Node, medians");
  for (const [name, make] of wanted) {
    const rounds = name.endsWith("tests") ? 3 : Number(values.rounds);
    const goes = roots.map((root) => ({ go: make(root), took: [] }));
    const bare = [];
    for (const { go } of goes) go();
    for (let i = 0; i < rounds; i++) {
      bare.push(run(["-e", "0"], here));
      for (const { go, took } of goes) took.push(go());
    }
    const node = WITHIN.has(name) ? { wall: 0, cpu: 0 } : medians(bare);
    const [ours, theirs] = goes.map(({ took }) => {
      const { wall, cpu } = medians(took);
      return { wall: wall - node.wall, cpu: cpu - node.cpu };
    });
    if (values.json) {
      console.log(JSON.stringify({ bench: name, ...ours, beside: theirs, node: process.version }));
      continue;
    }
    const beside = theirs === undefined ? "" : `   beside${told(theirs)}`;
    console.log(`${name.padEnd(24)}${told(ours)}${beside}`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
