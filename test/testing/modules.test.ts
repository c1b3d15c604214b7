/** Scenarios in code and services of one's own in scenario files, by the command as it ships. */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const folder = path.join(root, "dist", "module-test");

const FILES = {
  "evacuate.scenario.mjs": `
import { defineScenario, seconds, sleep } from "novasim";
export default defineScenario({
  title: "a server is booted again when its host has died",
  seed: 3,
  cloud: { computes: 2 },
  *script(cloud) {
    const { nova } = cloud.user("demo");
    const { id } = yield* nova.boot({ name: "t1", flavor: "m1.nano", image: "cirros" });
    yield* sleep(seconds(30));
    cloud.crash(cloud.server(id).host);
    yield* nova.delete(id);
    yield* nova.boot({ name: "t1", flavor: "m1.nano", image: "cirros" });
    yield* sleep(seconds(90));
  },
  expect: { server: { t1: { status: "ACTIVE" } } },
});
`,
  "typed.scenario.ts": `export default { title: "typed", *script(): Generator {} };\n`,
  "none.mjs": "export const board = 1;\n",
  "throws.scenario.mjs": `export default { title: "t", *script() { throw new Error("out of luck"); } };\n`,
  "board.mjs": `
import { Manager } from "novasim";
class Board extends Manager {
  endpoints() { return []; }
}
export default { binary: "nova-board", manager: Board };
`,
  "odd.mjs": 'export default { binary: "nova-odd", manager: class {} };\n',
  "odd.yaml": "scenario: odd\nservices: [{ module: ./odd.mjs }]\nsteps: [{ advance: 1s }]\n",
  "board.yaml": `scenario: board
services: [{ module: ./board.mjs, host: compute-9 }]
steps:
  - run: nova list
  - advance: 5s
`,
  "lost.yaml": "scenario: lost\nservices: [{ module: ./bord.mjs }]\nsteps: [{ advance: 1s }]\n",
  "wrong.yaml": "scenario: wrong\nservices: [{ module: ./none.mjs }]\nsteps: [{ advance: 1s }]\n",
  "outside.yaml":
    "scenario: outside\nservices: [{ module: ../index.js }]\nsteps: [{ advance: 1s }]\n",
};

beforeAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(FILES)) fs.writeFileSync(path.join(folder, name), text);
});
afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

function novasim(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(root, "dist/cli/main.js"), ...words],
    { cwd: folder, encoding: "utf8", env: { ...process.env, NO_COLOR: "1" } },
  );
  return { status, stdout, stderr };
}

describe("a scenario in code", () => {
  it("is run, recorded and replayed as a file is", () => {
    const recorded = novasim("run", "evacuate.scenario.mjs", "--record", "e.timeline.jsonl");
    expect(recorded.stderr).toMatch(/^evacuate: ok, /mu);
    expect(recorded.status).toBe(0);
    const replayed = novasim("replay", "e.timeline.jsonl");
    expect(replayed.stderr).toMatch(/^e\.timeline\.jsonl: the same, \d+ entries$/mu);
    const header = fs.readFileSync(path.join(folder, "e.timeline.jsonl"), "utf8").split("\n")[0];
    expect(JSON.parse(header ?? "")).toMatchObject({
      scenario: "evacuate",
      seed: 3,
      source: { script: "./evacuate.scenario.mjs" },
    });
  });

  it("takes a seed, and is told when its script throws", () => {
    expect(novasim("run", "evacuate.scenario.mjs", "--seed", "8", "-q").status).toBe(0);
    const { status, stderr } = novasim("run", "throws.scenario.mjs");
    expect(status).toBe(1);
    expect(stderr).toContain("the script failed: Error: out of luck");
  });

  it("is checked without being run, and refused where it is none", () => {
    expect(novasim("check", "evacuate.scenario.mjs").stdout).toBe(
      "evacuate.scenario.mjs: ok, a script\n",
    );
    const { status, stderr } = novasim("check", "none.mjs");
    expect(status).toBe(2);
    expect(stderr).toContain(
      "none.mjs is no scenario: it has no default export with a title and a script",
    );
  });

  it("in TypeScript is run where Node takes types out, and else says which Node does", () => {
    const { status, stderr } = novasim("run", "typed.scenario.ts");
    const strips = "typescript" in process.features && process.features.typescript !== false;
    if (strips) expect(status).toBe(0);
    else {
      expect(status).toBe(2);
      expect(stderr).toContain("which Node");
      expect(stderr).toContain("Use Node 22.18 or newer, or write typed.scenario.mjs.");
    }
  });
});

describe("a service of one's own in a scenario file", () => {
  it("is started on its host before the first step", () => {
    const { status, stdout, stderr } = novasim("run", "board.yaml", "--as", "jsonl");
    expect(stderr).toMatch(/^board: ok/mu);
    expect(status).toBe(0);
    expect(stdout.split("\n")[0]).toContain('"nova-board@compute-9"');
  });

  it("that is not there, is none, or lies elsewhere is told by its path", () => {
    expect(novasim("check", "lost.yaml").stderr).toMatch(
      /cannot read \.\/bord\.mjs: there is no such file[\s\S]*board\.mjs/u,
    );
    expect(novasim("check", "wrong.yaml").stderr).toContain("./none.mjs has no default export");
    expect(novasim("check", "odd.yaml").stderr).toContain(
      "the manager of ./odd.mjs is no class that extends Manager of novasim",
    );
    expect(novasim("run", "outside.yaml").stderr).toContain(
      "the module ../index.js is outside of the folder of the scenario",
    );
  });
});
