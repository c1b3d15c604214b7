/** What a scenario expects of the routine: pings, token checks, logs. It does not depend on the detail. */
import { describe, expect, it } from "vitest";
import { Cloud, type CloudSetup } from "../../src/cloud/cloud.js";
import type { Detail } from "../../src/kernel/index.js";
import { loadScenario, runScenario, type Result } from "../../src/scenario/index.js";
import { MemoryTimeline } from "../../src/timeline/index.js";

const NO_CONDUCTOR = "Timed out waiting for nova-conductor.";

function run(expectations: string, detail: Detail = "flow"): Result & { readonly lines: number } {
  const text = `
scenario: waits
steps:
  - stop: nova-compute@compute-1
  - stop: nova-conductor@controller
  - { start: nova-compute@compute-1, background: true }
  - advance: 25s
  - start: nova-conductor@controller
  - advance: 15s
expect:
${expectations.replaceAll(/^/gmu, "  ")}
`;
  const loaded = loadScenario({ file: "x.yaml", text });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const sink = new MemoryTimeline();
  const makeWorld = (options: CloudSetup) => new Cloud(options);
  const result = runScenario({ loaded, makeWorld, version: "0", sink, detail });
  return { ...result, lines: sink.length };
}

const whats = ({ failures }: Result): string[] => failures.map(({ what }) => what);

describe("a flow that names what is routine", () => {
  const FOUND = `
flow:
  - nova-compute -> nova-conductor call ping fails MessagingTimeout
  - nova-compute -> nova-conductor call ping fails MessagingTimeout
  - nova-compute -> nova-conductor call ping
  - nova-compute -> nova-conductor call service_get_all_by`;
  const MISSING = `${FOUND}
  - nova-compute -> nova-conductor call ping fails MessagingTimeout`;

  it("is found, or not, at whatever detail", () => {
    for (const detail of ["flow", "full"] as const) {
      expect(whats(run(FOUND, detail)), detail).toEqual([]);
      expect(whats(run(MISSING, detail)), detail).toHaveLength(1);
    }
  });

  it("adds nothing to the recording", () => {
    expect(run(FOUND).lines).toBe(run("flow: [nova-compute -> nova-conductor call ping]").lines);
  });
});

describe("a log that is expected", () => {
  it("is anybody's at any level, unless it says whose and which", () => {
    const log = `
log:
  - says: ${NO_CONDUCTOR}
  - { from: nova-compute, level: warning, says: { matches: "waiting .* connection" } }
  - { from: nova-compute@compute-1, level: info, says: connection established successfully }`;
    for (const detail of ["flow", "full"] as const) expect(whats(run(log, detail))).toEqual([]);
  });

  it("that nobody wrote fails with what was written instead", () => {
    const { failures } = run(`
log:
  - { from: nova-scheduler, says: ${NO_CONDUCTOR} }
  - { from: nova-consoleauth, level: error, says: ${NO_CONDUCTOR} }
  - { level: warning, says: Timed in waiting for nova-conductor. }`);
    expect(failures.map(({ what }) => what)).toEqual([
      `nova-scheduler logs ${NO_CONDUCTOR}`,
      `nova-consoleauth logs at error ${NO_CONDUCTOR}`,
      "somebody logs at warning Timed in waiting for nova-conductor.",
    ]);
    expect(failures[1]?.details).toEqual(["Nothing of that sort was logged."]);
    expect(failures[2]?.details[1]).toContain(`  ${NO_CONDUCTOR}`);
  });
});
