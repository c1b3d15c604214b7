/** Coverage counts what recordings show of what there is, and nothing else. */
import { describe, expect, it } from "vitest";
import { faultVerbs, restRoutes, rpcMethods } from "../../src/cloud/protocol/index.js";
import {
  Coverage,
  renderCoverage,
  type Line,
  type Universe,
} from "../../src/views/coverage/index.js";
import { boot, Story } from "../timeline/fake-run.js";

const EMPTY: Universe = { methods: [], routes: [], states: [], faults: [] };

function linesOf(universe: Partial<Universe>, story: Story, what: string): readonly Line[] {
  const coverage = new Coverage({ ...EMPTY, ...universe });
  coverage.add(story.timeline);
  return coverage.tables().find((table) => table.what === what)!.lines;
}

const seen = (lines: readonly Line[]): string[] =>
  lines.filter(({ times }) => times > 0).map(({ name, times }) => `${name} ${String(times)}`);

describe("coverage", () => {
  it("counts a method by its topic, its namespace and whether anybody waits", () => {
    const story = new Story();
    story.rpc("rpc.call", ["a@h", "nova-scheduler@h"], "select_destinations");
    story.rpc("rpc.cast", ["a@h", "nova-scheduler@h"], "select_destinations");
    story.rpc("rpc.call", ["a@h", "nova-scheduler@h"], "__proto__");
    const method = { group: "g", name: "select_destinations", namespace: undefined } as const;
    const methods = [
      { ...method, topic: "scheduler", kind: "call" },
      { ...method, topic: "scheduler", kind: "cast" },
      { ...method, topic: "other", kind: "call" },
      { ...method, topic: "scheduler", namespace: "x", kind: "call" },
    ] as const;
    expect(linesOf({ methods }, story, "RPC methods").map(({ times }) => times)).toEqual([
      1, 1, 0, 0,
    ]);
  });

  it("counts the route that takes a request, not one that it merely looks like", () => {
    const story = new Story();
    story.rest(["c", "nova-api@c1"], ["GET", "/v2/1/servers/detail?limit=1"], { status: 200 });
    story.rest(["c", "nova-api@c1"], ["GET", "/v2/1/servers/x"], { status: 404 });
    story.rest(["c", "glance-api@c1"], ["GET", "/v2/1/servers/x"], { status: 404 });
    expect(seen(linesOf({ routes: restRoutes() }, story, "REST routes"))).toEqual([
      "GET /v2/{tenant_id}/servers/detail 1",
      "GET /v2/{tenant_id}/servers/{id} 1",
    ]);
  });

  it("knows the states of a server, how they follow, and in which scenario", () => {
    const states = [
      { group: "vm_state", name: "active" },
      { group: "vm_state", name: "rescued" },
      { group: "task_state", name: "spawning" },
    ];
    const lines = linesOf({ states }, boot(), "server states");
    expect(lines.map(({ times }) => times)).toEqual([1, 0, 1]);
    expect(lines[0]?.scenarios).toEqual(["boot"]);
    expect(seen(linesOf({}, boot(), "state transitions"))).toContain(
      "building/spawning → active 1",
    );
  });

  it("finds the faults of a scenario wherever they stand in it", () => {
    const steps = [{ repeat: { steps: [{ fault: { drop: { method: "x" } } }] } }];
    const story = new Story({ header: { source: { steps } } });
    expect(seen(linesOf({ faults: faultVerbs() }, story, "faults"))).toEqual(["drop 1"]);
  });

  it("names what never happens if that is wanted", () => {
    const coverage = new Coverage({ ...EMPTY, methods: rpcMethods() });
    coverage.add(boot().timeline);
    const short = renderCoverage(coverage.tables());
    expect(short).toMatch(/^RPC methods: 3 of \d+\n/u);
    expect(short).not.toContain("shelve_instance");
    expect(renderCoverage(coverage.tables(), { missing: true })).toMatch(/^ +shelve_instance$/mu);
  });
});
