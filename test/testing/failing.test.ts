/**
 * A team's test file, run as a team runs it: `novasim/vitest` out of the bundle, in a vitest of its own. One test passes and one
 * fails, and what the failing one leaves is looked at.
 */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
/** Inside the package, so that its own name leads to the bundle. */
const folder = path.join(root, "dist", "failing-test");

const FILE = `
import { describe, expect } from "vitest";
import { test } from "novasim/vitest";

const BOOT = { name: "t1", flavor: "m1.nano", image: "cirros", networks: ["private"] };

describe("the team's", () => {
  test("first test", ({ cloud, server }) => {
    cloud.run(cloud.user("demo").nova.boot(BOOT));
    expect(server("t1")).toReach("ACTIVE");
    expect(cloud).toShowFlow(["nova-api -> nova-conductor cast build_instances"]);
    expect(cloud).toHaveNoLeaks();
    expect(cloud).toSatisfyInvariants();
  });

  test("second test, which fails", ({ cloud, server }) => {
    cloud.run(cloud.user("demo").nova.boot(BOOT));
    cloud.crash("compute-1");
    expect(server("t1")).toReach("ACTIVE", "1m");
  });

  describe("with three hosts", () => {
    test.override({ cloudOptions: { computes: 3, seed: 9 } });

    test("has them", ({ cloud }) => {
      expect(cloud.actors.filter(({ service }) => service === "nova-compute")).toHaveLength(3);
      expect(cloud.timeline.header.seed).toBe(9);
    });
  });
});
`;

describe("a test that fails on a cloud", () => {
  let output = "";
  beforeAll(() => {
    fs.rmSync(folder, { recursive: true, force: true });
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, "team.test.mjs"), FILE);
    fs.writeFileSync(
      path.join(folder, "vitest.config.mjs"),
      // What is outside of node_modules is no dependency to vitest, unless it is told.
      'export default { test: { include: ["*.test.mjs"], server: { deps: { external: [/dist/] } } } };\n',
    );
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [path.join(root, "node_modules/vitest/vitest.mjs"), "run", "--root", folder],
      { cwd: folder, encoding: "utf8", env: { ...process.env, NO_COLOR: "1", NOVASIM_SEED: "7" } },
    );
    output = `${stdout}${stderr}`;
  });
  afterAll(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it("fails alone, with what the server is", () => {
    expect(output).toMatch(/Tests +1 failed \| 2 passed/u);
    expect(output).toMatch(/server t1 did not become ACTIVE within 1m: it is BUILD/u);
  });

  it("tells the tail of the flow, the seed, and the line that repeats it", () => {
    const name = "the team's > second test, which fails";
    expect(output).toMatch(/second test, which fails: failed on a cloud of seed 7/u);
    expect(output).toContain("nova-compute@compute-1");
    expect(output).toContain(
      "repeat:    NOVASIM_SEED=7 npx vitest run team.test.mjs -t 'second test, which fails'",
    );
    expect(output).not.toContain(`${name.replace("second", "first")}: failed`);
  });

  it("leaves its recording and its page beside the test, and nothing of those that passed", () => {
    const left = path.join(folder, "novasim-failures");
    const files = fs.readdirSync(left).sort();
    expect(files).toHaveLength(2);
    expect(files[0]).toMatch(/the-team-s-second-test-which-fails\.html$/u);
    expect(files[1]).toMatch(/the-team-s-second-test-which-fails\.timeline\.jsonl$/u);
    const [page = "", recording = ""] = files.map((file) =>
      fs.readFileSync(path.join(left, file), "utf8"),
    );
    expect(page).toMatch(/^<!doctype html>\n<!-- novasim page/u);
    expect(recording.split("\n").length).toBeGreaterThan(20);
  });
});
