/** Flow expectations: the language and what it finds. */
import { describe, expect, it } from "vitest";
import {
  FlowSyntaxError,
  matchFlow,
  parseFlowLine,
  type FlowMismatch,
} from "../../src/timeline/index.js";
import { boot, Story } from "./fake-run.js";

const { entries } = boot().timeline;

function seqs(...lines: string[]): number[] | string {
  const found = matchFlow(entries, lines);
  return found.matched ? found.entries.map(({ seq }) => seq) : found.message;
}

function miss(...lines: string[]): FlowMismatch {
  const found = matchFlow(entries, lines);
  if (found.matched) throw new Error("expected a mismatch");
  return found;
}

describe("matching a flow", () => {
  it("finds the lines in order, with other entries in between", () => {
    const found = matchFlow(entries, [
      "nova-client -> nova-api   POST /v2/{tenant}/servers 202",
      "nova-api -> nova-conductor   cast build_instances",
      "nova-conductor -> nova-scheduler   call select_destinations",
      "nova-conductor -> nova-compute   cast build_and_run_instance",
      "nova-compute notification compute.instance.create.end",
    ]);
    expect(found.matched).toBe(true);
  });

  it("takes a service on any host, or on the one that is named", () => {
    expect(seqs("nova-conductor -> nova-compute@h1 cast build_and_run_instance")).toHaveLength(1);
    expect(miss("nova-conductor -> nova-compute@h2 cast build_and_run_instance").index).toBe(0);
    expect(seqs("* -> nova-compute cast build_and_run_instance")).toHaveLength(1);
  });

  it("follows the states of a server", () => {
    expect(
      seqs(
        "server t3 building/scheduling",
        "server t3 building/networking",
        "server t3 building",
        "server t3 active/none",
      ),
    ).toHaveLength(4);
    expect(miss("server t3 active/spawning").nearest[0]?.why).toContain("building/scheduling");
  });

  it("lets {x} stand for one whole segment and ignores a query that is not asked for", () => {
    const story = new Story();
    story.rest(["nova-client", "nova-api@c1"], ["GET", "/v2/abc/servers?limit=1"], { status: 200 });
    const ok = (path: string): boolean =>
      matchFlow(story.timeline.entries, [`* -> * GET ${path}`]).matched;
    expect([ok("/v2/{t}/servers"), ok("/v2/{t}/servers?limit=1")]).toEqual([true, true]);
    expect([ok("/v2/{t}/servers?limit=2"), ok("/{t}/servers"), ok("/v2/{t}")]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it("holds a status only where one is given", () => {
    expect(seqs("nova-client -> nova-api GET /v2/{t}/images/cirros")).toHaveLength(1);
    expect(miss("nova-client -> nova-api GET /v2/{t}/images/cirros 200").nearest[0]?.why).toBe(
      "its status is 404",
    );
  });

  it("knows a message by its topic until somebody takes it", () => {
    const story = new Story();
    story.add({
      kind: "rpc.cast",
      actor: "nova-api@c1",
      id: 1,
      from: "nova-api@c1",
      exchange: "nova",
      topic: "compute",
      server: "h9",
      namespace: undefined,
      version: "3.0",
      method: "reboot_instance",
      args: {},
    });
    const ok = (to: string): boolean =>
      matchFlow(story.timeline.entries, [`nova-api -> ${to} cast reboot_instance`]).matched;
    expect([ok("nova-compute"), ok("nova-compute@h9"), ok("compute")]).toEqual([true, true, true]);
    expect([ok("nova-compute@h1"), ok("nova-conductor")]).toEqual([false, false]);
  });

  it("tells a call that fails from one that does not", () => {
    const story = new Story();
    story.rpc("rpc.call", ["nova-conductor@c1", "nova-scheduler@c1"], "select_destinations", {
      fails: "NoValidHost",
    });
    const ok = (end: string): boolean =>
      matchFlow(story.timeline.entries, [
        `nova-conductor -> nova-scheduler call select_destinations ${end}`,
      ]).matched;
    expect([ok(""), ok("fails"), ok("fails NoValidHost"), ok("fails ImageNotFound")]).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect(matchFlow(entries, ["* -> * call select_destinations fails"]).matched).toBe(false);
  });

  it("says which line is missing, after which entry, and what comes near", () => {
    const { index, after, message } = miss(
      "nova-api -> nova-conductor cast build_instances",
      "nova-conductor -> nova-scheduler cast select_destinations",
    );
    expect([index, after?.kind]).toEqual([1, "rpc.cast"]);
    expect(message.split("\n").map((line) => line.replace(/\d+/, "N"))).toEqual([
      "flow line N was not found: nova-conductor -> nova-scheduler cast select_destinations",
      "Searched after entry N: nova-api@c1 -> nova-conductor@c1 cast build_instances",
      "Nearest:",
      "  entry N: nova-conductor@c1 -> nova-scheduler@c1 call select_destinations (it is a call)",
    ]);
  });

  it("says that a line is there, only earlier", () => {
    const { nearest } = miss(
      "nova-conductor -> nova-scheduler call select_destinations",
      "nova-api -> nova-conductor cast build_instances",
    );
    expect(nearest[0]?.why).toBe("it came earlier");
  });

  it.each([
    [
      "nova-conductor -> nova-scheduler call select_destination",
      "its method is select_destinations",
    ],
    ["nova-api -> nova-conductor cast biuld_instances", "its method is build_instances"],
    ["notification compute.instnace.create.end", "its event is compute.instance.create.end"],
    ["nova-client -> nova-apy POST /v2/{t}/server 202", /^its path is \/v2\/\w+\/servers; from/u],
    ["server t33 active", "the server is t3"],
  ])("finds what was misspelt: %s", (line, why) => {
    const first = miss(line).nearest[0]?.why;
    if (typeof why === "string") expect(first).toBe(why);
    else expect(first).toMatch(why);
  });

  it("says when nothing comes near", () => {
    expect(miss("fanout update_service_capabilities").message).toContain(
      "Nothing in the timeline comes near it.",
    );
  });
});

describe("reading a flow line", () => {
  const refusals: readonly (readonly [string, number, RegExp])[] = [
    ["", 1, /it is empty; write "FROM -> TO/],
    ["nova-api > nova-conductor cast x", 10, /expected "->"/],
    ["nova-api ->", 12, /who is spoken to\?/],
    ["nova-api -> nova-conductor", 27, /what is said\?/],
    [
      "nova-api -> nova-conductor post /x",
      28,
      /"post" is neither call, cast, fanout nor an HTTP method/,
    ],
    ["nova-api -> glance GET images", 24, /a path begins with "\/"/],
    ["nova-api -> glance GET /v1/images ok", 35, /"ok" is no HTTP status/],
    ["nova-api -> glance GET /v1/images 200 OK", 39, /nothing may follow the status/],
    ["nova-api -> nova-conductor call", 32, /call of which method\?/],
    ["a -> b cast m 202", 15, /only "fails"/],
    ["server t3", 10, /which state\?/],
    ["server t3 building/", 11, /is not VM_STATE/],
    ["notification", 13, /which event type\?/],
  ];

  it.each(refusals)("refuses %j and points at the place", (line, column, message) => {
    let error: unknown;
    try {
      parseFlowLine(line);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(FlowSyntaxError);
    expect((error as FlowSyntaxError).column).toBe(column);
    expect((error as FlowSyntaxError).message).toMatch(message);
  });
});
