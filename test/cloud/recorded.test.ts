/** What the record of a run says beside its entries, and of what scenarios do themselves. */
import { describe, expect, it } from "vitest";
import { Cloud } from "../../src/cloud/cloud.js";
import { formatProblem, loadScenario, runScenario } from "../../src/scenario/index.js";
import { MemoryTimeline, type Entry } from "../../src/timeline/index.js";

function recorded(steps: string): readonly Entry[] {
  const loaded = loadScenario({ file: "s.yaml", text: `scenario: s\nsteps:\n${steps}` });
  if (!loaded.ok) throw new Error(loaded.problems.map((each) => formatProblem(each)).join("\n"));
  const sink = new MemoryTimeline();
  runScenario({ loaded, makeWorld: (options) => new Cloud(options), version: "", sink });
  return sink.entries;
}

/** The text of the step that `entry` follows from. */
function stepOf(entries: readonly Entry[], entry: Entry): string | undefined {
  for (let at: Entry | undefined = entry; at !== undefined;) {
    if (at.kind === "step") return at.text;
    at = at.cause === undefined ? undefined : entries[at.cause];
  }
  return undefined;
}

describe("the header", () => {
  const { header } = new Cloud({ flags: { "nova-conductor": { rpc_thread_pool_size: 3 } } })
    .timeline;
  const pools = new Map(header.actors.map(({ name, pool }) => [name, pool]));

  it("names the size of the pool of whoever serves RPC, and of nobody else", () => {
    expect(pools.get("nova-conductor@controller")).toBe(3);
    expect(pools.get("nova-scheduler@controller")).toBe(64);
    expect(pools.get("keystone@controller")).toBeUndefined();
  });

  it("names the columns in which states are, of the projects that are there", () => {
    expect(header.states?.["nova"]?.["instances"]).toEqual({
      thing: "server",
      columns: ["vm_state", "task_state"],
    });
    expect(header.states).not.toHaveProperty("heat");
  });
});

describe("what a scenario does itself", () => {
  it("follows from its step: a crash, a start, a fault, a check", () => {
    const entries = recorded(`  - crash: nova-scheduler@controller
  - fault: { drop: { method: build_instances } }
  - check: { server: {} }
  - start: nova-scheduler@controller
  - heal:
`);
    const said = entries.flatMap((entry) => {
      if (entry.kind === "service") return [[entry.event, stepOf(entries, entry)]];
      if (entry.kind === "fault") return [[entry.event, stepOf(entries, entry)]];
      return [];
    });
    expect(said).toEqual([
      ["crashed", "crash nova-scheduler@controller"],
      ["declared", expect.stringContaining("build_instances")],
      ["starting", "start nova-scheduler@controller"],
      ["started", "start nova-scheduler@controller"],
      ["lifted", "heal everything"],
    ]);
  });
});
