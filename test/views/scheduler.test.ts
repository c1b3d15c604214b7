/** Decisions of the scheduler as tables: what stands in them, and that they fit. */
import { describe, expect, it } from "vitest";
import type { Decision } from "../../src/framework/observations.js";
import { readTimeline, type Timeline } from "../../src/timeline/index.js";
import { columns } from "../../src/text/width.js";
import { renderScheduler } from "../../src/views/index.js";
import type { ViewOptions } from "../../src/views/view.js";
import { boot } from "../timeline/fake-run.js";
import { decision, state } from "./fake-decision.js";

/** Of detail `full`, where nothing is folded. */
function timeline(parts: Partial<Decision>): Timeline {
  const { header, entries } = boot().timeline;
  const entry = { seq: entries.length, at: 9_000_000, quiet: true as const, ...decision(parts) };
  return { header: { ...header, detail: "full" }, entries: [...entries, entry] };
}

const draw = (parts: Partial<Decision>, options: ViewOptions = { width: 80 }): string =>
  renderScheduler(timeline(parts), options);
const table = (text: string): string[] => text.split("\n").slice(2);

describe("a decision", () => {
  it("is a table of hosts and filters with what was compared, the weights and why", () => {
    expect(table(draw({}))).toEqual([
      expect.stringMatching(/^── \d+\.\d{3} ── t1 → c2 ─+$/u),
      expect.stringMatching(/^ {3}step {6}\d+ ── /u),
      "   asks      m1.tiny: 512 MB memory, 1 vcpu, 1 GB disk",
      "",
      "                  c2            c3            c1",
      "   memory free    4096/8192 MB  4096/8192 MB  100/8192 MB",
      "   disk free      10/20 GB      10/20 GB      10/20 GB",
      "   vcpus used     1/4           1/4           1/4",
      "   servers        1             1             1",
      "   RamFilter      ✓ 512 ≤ 4096  ✓ 512 ≤ 4096  ✗ 512 > 100",
      "   RAMWeigher ×2  4096 → 2      4096 → 2",
      "   weight         2 chosen      2",
      "   nothing to compare in RetryFilter",
      "   asked for the first server only: ComputeFilter",
      "",
      "   why       RamFilter: refuses a host if the flavor's memory does not fit into",
      "             what it has, times ram_allocation_ratio, less what is used",
      "   so        c2 is the first of 2 that weigh most of 2; it promises memory_mb",
      "             6144",
      "",
    ]);
  });

  const nobody = { chosen: null, weights: [], weighers: [], subset: 0, limits: {} } as const;

  it.each<[string, Partial<Decision>, string]>([
    [
      "no host passes",
      { ...nobody, filters: [{ filter: "RamFilter", verdicts: [["c1", false, "2 > 1"]] }] },
      "no valid host: RamFilter refused the last 1 host of 3",
    ],
    [
      "there is none",
      { ...nobody, candidates: [], filters: [] },
      "there is no compute node at all",
    ],
    [
      "all were ignored",
      { ...nobody, filters: [], left_out: [["c1", "ignored"]] },
      "no valid host: 1 host and all left out",
    ],
    ["it was forced", { unfiltered: true, filters: [] }, "c2 was forced, and no filter was asked"],
    ["chance decided", { subset: 2 }, "c2 was drawn out of the 2 heaviest of 2"],
    ["one passes", { weights: [["c2", 1]] }, "c2 is the only one that passes"],
    [
      "it is the heaviest",
      {
        weights: [
          ["c2", 2],
          ["c3", 1],
        ],
      },
      "c2 is the heaviest of 2",
    ],
  ])("says in a sentence why, where %s", (_when, parts, sentence) => {
    expect(draw(parts)).toContain(sentence);
  });

  it("tells what the request says of hosts, and who was left out", () => {
    const text = draw({
      given: {
        availability_zone: "nova",
        scheduler_hints: { group: "g" },
        force_hosts: ["c2"],
        attempt: 2,
        tried: ["c1"],
      },
      left_out: [["c1", "not c2"]],
      index: 1,
      of: 3,
    });
    for (const line of [
      "t1 (2 of 3) → c2",
      "   zone      nova",
      "   hints     group=g",
      "   forced    c2",
      "   attempt   2",
      "   tried     c1",
      "   left out  c1: not c2",
    ]) {
      expect(text).toContain(line);
    }
  });

  it("fits into its width, however long and wide its words are, in tables below each other", () => {
    const hosts = ["计算节点一", "a-very-long-name-of-a-host-in-a-rack-somewhere.example.org", "x"];
    const all = Array.from({ length: 9 }, (_, at) => `${hosts[at % 3] ?? ""}${String(at)}`);
    const text = draw({
      name: "服务器".repeat(30),
      candidates: all.map((host) => [host, state(1)]),
      filters: [{ filter: "RamFilter", verdicts: all.map((host) => [host, false, "1 > 0"]) }],
      ...nobody,
    });
    for (const line of text.split("\n")) expect(columns(line)).toBeLessThanOrEqual(80);
    for (const host of ["计算节点一0", "x2", "x8"]) expect(text).toContain(host);
    // Columns stay below each other though a name is wide.
    const [heads = "", below = ""] = text
      .split("\n")
      .filter((line) => /计算节点一0|1\/8192/u.test(line));
    const second = (line: string): number =>
      columns(/^ *\S.*?\S {2,}(?=\S)/u.exec(line)?.[0] ?? "");
    expect(second(heads)).toBe(second(below.replace("memory free", "           ")));
  });

  it("shows those that came farthest of very many, counts the rest, and all of them when asked", () => {
    const all = Array.from({ length: 1000 }, (_, at) => `h${String(at).padStart(3, "0")}`);
    const parts: Partial<Decision> = {
      ...nobody,
      candidates: all.map((host) => [host, state(1)]),
      filters: [
        { filter: "RamFilter", verdicts: all.map((host) => [host, host >= "h995", "1 > 0"]) },
        {
          filter: "ComputeFilter",
          verdicts: all.slice(995).map((host) => [host, false, "down, 99 s"]),
        },
      ],
    };
    const some = draw(parts);
    for (const host of all.slice(995)) expect(some).toContain(host);
    expect(some).toContain("… 988 more hosts: 988 refused by RamFilter; --verbose shows them");
    expect(some.split("\n").length).toBeLessThan(60);
    expect(some).toContain("no valid host: ComputeFilter refused the last 5 hosts of 1000");
    expect(draw(parts, { width: 80, verbose: true })).toContain("h123");
  });

  it("shows nothing that steers a terminal", () => {
    const text = draw({ name: "\u001b[2J", given: { scheduler_hints: { x: "\u001b" } } });
    expect(text.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
  });
});

describe("a timeline without decisions", () => {
  it("says where they are to be had", () => {
    expect(renderScheduler(boot().timeline).replace("\n", " ")).toMatch(
      /novasim run\s+FILE --explain scheduler/u,
    );
  });

  it("is refused if a decision in it is not one", () => {
    const story = boot();
    story.add(decision());
    const lines = story.timeline.lines.map((line) =>
      line.replace('"filter":"RamFilter"', '"filter":1'),
    );
    expect(() => readTimeline(lines)).toThrow(
      '"filters" of a "decision" entry is not a table of one',
    );
  });
});
