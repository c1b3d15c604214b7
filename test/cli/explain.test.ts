/** `novasim run --explain scheduler`, and the same of a recording. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { Cloud } from "../../src/cloud/cloud.js";
import { readTimeline } from "../../src/timeline/index.js";
import { renderScheduler } from "../../src/views/index.js";
import { folder, novasim, type Outcome } from "./bed.js";

const SCENARIO = `scenario: full
cloud:
  computes: [{ name: c1, memory_mb: 1024 }, { name: c2, memory_mb: 1024 }]
steps:
  - run: nova boot t --flavor m1.small --image cirros --nic net-id=private
  - wait: { server: t, status: ERROR }
`;
let cwd: string;
beforeEach(() => {
  cwd = folder({ "full.yaml": SCENARIO });
});

const run = (...argv: string[]): Promise<Outcome> =>
  novasim(cwd, argv, { makeWorld: (options) => new Cloud(options) });

describe("--explain scheduler", () => {
  it("prints decisions with what was compared, at whatever detail", async () => {
    const { code, stdout } = await run("run", "full.yaml", "--explain", "scheduler");
    expect(code).toBe(0);
    expect(stdout).toContain("✗ 2048 > 1024  ✗ 2048 > 1024");
    expect(stdout).toContain("no valid host: RamFilter refused 2 hosts of 2");
    expect(stdout).not.toContain("POST");
  });

  it("gives the same of a recording of detail full, which it makes itself when asked to record", async () => {
    const printed = await run(
      "run",
      "full.yaml",
      "--explain",
      "scheduler",
      "--record",
      "out.jsonl",
    );
    const shown = await run("show", "out.jsonl", "--as", "scheduler");
    expect(shown.stdout).toBe(printed.stdout);
    const lines = readFileSync(path.join(cwd, "out.jsonl"), "utf8").trimEnd().split("\n");
    expect(renderScheduler(readTimeline(lines))).toBe(printed.stdout);
    expect((await run("replay", "out.jsonl")).code).toBe(0);
  });

  it("says of a recording of detail flow that it has none of it", async () => {
    await run("run", "full.yaml", "--record", "flow.jsonl");
    const { stdout } = await run("show", "flow.jsonl", "--as", "scheduler");
    expect(stdout).toContain("decisions are recorded at detail full");
  });

  it("is no view beside another one", async () => {
    const { code, stderr } = await run(
      "run",
      "full.yaml",
      "--explain",
      "scheduler",
      "--as",
      "text",
    );
    expect(code).toBe(2);
    expect(stderr).toContain("--explain and --as both want standard output");
    expect((await run("run", "full.yaml", "--explain", "weather")).code).toBe(2);
  });

  it("is for programs, from the timeline of a cloud", () => {
    const cloud = new Cloud({ detail: "full" });
    const demo = cloud.user("demo");
    cloud.run(
      demo.nova.boot({ name: "t", flavor: "m1.nano", image: "cirros", networks: ["private"] }),
    );
    cloud.settle();
    expect(() => new Cloud({ detail: "much" as never })).toThrow('expected "flow" or "full"');
    expect(renderScheduler(cloud.timeline)).toMatch(
      /t → compute-1[\s\S]*compute-1 is the only one that passes/u,
    );
  });
});
