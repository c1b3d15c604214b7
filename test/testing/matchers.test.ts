/** The matchers of novasim/vitest by what they say: where all is well, and where it is not. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { Cloud } from "../../src/cloud/cloud.js";
import {
  toHaveNoLeaks,
  toReach,
  toSatisfyInvariants,
} from "../../src/testing/vitest/matchers/cloud-state.js";
import { toShowFlow } from "../../src/testing/vitest/matchers/flow.js";
import type { Outcome } from "../../src/testing/vitest/matchers/outcome.js";
import { matchTimeline, type Asking } from "../../src/testing/vitest/matchers/timeline.js";

const BOOT = { name: "t1", flavor: "m1.nano", image: "cirros", networks: ["private"] };

function booting(seed = 1): Cloud {
  const cloud = new Cloud({ seed });
  cloud.run(cloud.user("demo").nova.boot(BOOT));
  return cloud;
}

const said = ({ message }: Outcome): string[] => message().split("\n");

describe("toReach", () => {
  it("lets time go by until the server is there", () => {
    const cloud = booting();
    expect(cloud.server("t1")?.status).toBe("BUILD");
    expect(toReach({ cloud, name: "t1" }, "ACTIVE").pass).toBe(true);
    expect(cloud.server("t1")?.status).toBe("ACTIVE");
  });

  it("says what it is instead, and who is doing what", () => {
    const cloud = booting();
    const outcome = toReach({ cloud, name: "t1" }, "ACTIVE", "1s");
    expect(outcome.pass).toBe(false);
    const [first, ...rest] = said(outcome);
    expect(first).toMatch(
      /^server t1 did not become ACTIVE within 1s: it is BUILD \(building\/\w+\) on compute-1$/u,
    );
    expect(rest[0]).toBe("meanwhile:");
    expect(rest.join("\n")).toMatch(/nova-compute@compute-1 build_and_run_instance/u);
  });

  it("tells a server's fault, and that there is none of that name", () => {
    const cloud = new Cloud();
    cloud.inject({ driver: "spawn", host: "compute-1", times: 9, error: "no disk" });
    cloud.run(cloud.user("demo").nova.boot(BOOT));
    expect(said(toReach({ cloud, name: "t1" }, "ACTIVE", "2m")).slice(0, 2)).toEqual([
      "server t1 did not become ACTIVE within 2m: it is ERROR (error/none) on compute-1",
      "its fault: No valid host was found. ",
    ]);
    expect(said(toReach({ cloud, name: "t2" }, "ACTIVE", "1s"))[0]).toBe(
      "server t2 did not become ACTIVE within 1s: there is no server t2",
    );
  });

  it("refuses what no server can be, and what is no server", () => {
    const cloud = new Cloud();
    expect(() => toReach({ cloud, name: "t1" }, "ACTVE")).toThrow(
      'no server is ever ACTVE. Did you mean "ACTIVE"?',
    );
    expect(() => toReach(7, "ACTIVE")).toThrow("toReach is asked of a server");
  });
});

describe("toShowFlow", () => {
  it("finds a flow, and says which line is missing", () => {
    const cloud = booting();
    cloud.settle();
    const good = ["nova-api -> nova-conductor cast build_instances"];
    expect(toShowFlow(cloud, good).pass).toBe(true);
    const outcome = toShowFlow(cloud.timeline, [
      ...good,
      "nova-api -> nova-conductor cast nothing",
    ]);
    expect(outcome.pass).toBe(false);
    expect(said(outcome).join("\n")).toContain("nova-api -> nova-conductor cast nothing");
    expect(() => toShowFlow("text", good)).toThrow("toShowFlow is asked of a cloud or a timeline");
  });
});

describe("toHaveNoLeaks and toSatisfyInvariants", () => {
  it("name what is left behind, and Juno's defect that it comes of", () => {
    const cloud = booting();
    const { nova } = cloud.user("demo");
    cloud.settle();
    expect(toHaveNoLeaks(cloud).pass).toBe(true);
    cloud.run(nova.action("t1", "shelve"));
    cloud.settle();
    cloud.run(nova.delete("t1"));
    cloud.settle();
    const leaks = toHaveNoLeaks(cloud);
    expect(leaks.pass).toBe(false);
    expect(said(leaks)[0]).toBe("left behind:");
    expect(said(leaks)[1]).toMatch(/^ {2}port \S+ \([\d.]+\)/u);
    expect(toSatisfyInvariants(cloud).pass).toBe(true);
    expect(said(toSatisfyInvariants(cloud, { exceptions: [] }))).toEqual([
      "an invariant does not hold:",
      expect.stringMatching(/^ {2}owner \(neutron\): port .* \[delete-without-host-leaks\]$/u),
      "    what should hold: no port, image, volume or object is without an owner",
    ]);
    expect(() => toHaveNoLeaks(undefined)).toThrow("toHaveNoLeaks is asked of a cloud");
  });
});

describe("toMatchTimeline", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "novasim-match-"));
  const asking: Asking = {
    testPath: path.join(folder, "a.test.ts"),
    currentTestName: "keeper > boots one",
    isNot: false,
    update: "new",
  };
  const file = path.join(folder, "__timelines__/keeper-boots-one.timeline.jsonl");
  afterAll(() => {
    fs.rmSync(folder, { recursive: true });
  });

  it("writes the recording that there is not yet, and is content with the same run", () => {
    expect(matchTimeline(asking, booting()).pass).toBe(true);
    const text = fs.readFileSync(file, "utf8");
    expect(text).toMatch(/^\{"timeline":/u);
    expect(matchTimeline({ ...asking, update: "none" }, booting()).pass).toBe(true);
    expect(fs.readFileSync(file, "utf8")).toBe(text);
  });

  it("tells the first difference in words, and leaves the file alone", () => {
    const text = fs.readFileSync(file, "utf8");
    const outcome = matchTimeline(asking, booting(2));
    expect(outcome.pass).toBe(false);
    const lines = said(outcome);
    expect(lines[0]).toMatch(
      /^the run differs from its recording .*keeper-boots-one\.timeline\.jsonl:$/u,
    );
    expect(lines[1]).toMatch(/^\d+ entries are the same; then, at \d+\.\d{3} s:$/u);
    expect(lines[2]).toMatch(/^ {2}recorded: \S/u);
    expect(lines[3]).toMatch(/^ {2}now: {6}\S/u);
    expect(lines.at(-1)).toBe("If that is meant: vitest run -u");
    expect(fs.readFileSync(file, "utf8")).toBe(text);
  });

  it("writes it anew with -u, and not at all in CI", () => {
    expect(matchTimeline({ ...asking, update: "all" }, booting(2)).pass).toBe(true);
    expect(matchTimeline({ ...asking, update: "none" }, booting(2)).pass).toBe(true);
    const other = matchTimeline({ ...asking, update: "none" }, booting(), "other.jsonl");
    expect(other.pass).toBe(false);
    expect(said(other)[0]).toMatch(/^there is no recording .*other\.jsonl$/u);
    expect(fs.existsSync(path.join(folder, "other.jsonl"))).toBe(false);
  });
});
