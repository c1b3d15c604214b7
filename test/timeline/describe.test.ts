/** One entry in one line: whatever its kind, what it is about is said. */
import { describe, expect, it } from "vitest";
import { describeEntry, Messages } from "../../src/timeline/index.js";
import { Story } from "./fake-run.js";

function lines(tell: (story: Story) => void): string[] {
  const story = new Story();
  tell(story);
  const { entries } = story.timeline;
  const messages = new Messages(entries);
  return entries.map((entry) => describeEntry(entry, messages));
}

describe("an entry in words", () => {
  it("names the method of every message, and why it went wrong", () => {
    const said = lines((story) => {
      story.rpc("rpc.call", ["a@c1", "b@c1"], "ask");
      story.rpc("rpc.call", ["a@c1", "b@c1"], "fail", { fails: "NoValidHost" });
      const sent = story.rpc("rpc.cast", ["a@c1", "b@c1"], "tell");
      story.add({ kind: "rpc.lost", id: 3, why: "no queue takes it" }, sent);
      story.add({ kind: "rpc.timeout", id: 1, why: "60 s" }, sent);
    });
    expect(said).toContain("a@c1 -> b@c1 call ask");
    expect(said).toContain("b@c1 answers call ask of a@c1");
    expect(said.find((line) => line.includes("NoValidHost"))).toMatch(
      /^call fail of a@c1 fails at b@c1: NoValidHost: /u,
    );
    expect(said.slice(-2)).toEqual([
      "cast tell was lost: no queue takes it",
      "call ask timed out: 60 s",
    ]);
  });

  it("names the request that is answered, or not", () => {
    const said = lines((story) => {
      story.rest(["nova-client", "nova-api@c1"], ["GET", "/a"], { status: 404 });
      story.add({
        ...{ kind: "rest.response", id: 1, status: 0, headers: {}, body: null },
        error: "refused",
      });
    });
    expect(said).toContain("404 to GET /a of nova-client");
    expect(said.at(-1)).toBe("no answer to GET /a of nova-client: refused");
  });

  it("says what services, logs, steps, commands, faults and checks say", () => {
    const said = lines((story) => {
      story.add({ kind: "service", event: "crashed", actor: "nova-api@c1" });
      story.add({ kind: "log", level: "error", message: "boom", actor: "nova-api@c1" });
      story.step("nova list");
      story.add({ kind: "fault", event: "struck", fault: "drop ask" });
      story.add({ kind: "check", what: "flow", passed: false, expected: 1, actual: 2 });
      story.add({ kind: "future", actor: "x" } as unknown as Parameters<Story["add"]>[0]);
    });
    expect(said.filter((line) => !line.startsWith("step"))).toEqual([
      "nova-api@c1 crashed",
      "nova-api@c1 logs error: boom",
      "fault struck: drop ask",
      "does not hold: flow",
      "future of x",
    ]);
    expect(said.find((line) => line.startsWith("step"))).toBe("step 1: nova list");
  });

  it("says of a row what it became, and of what was too long that it is more", () => {
    const folded = { $folded: { bytes: 2000, digest: "0" } } as unknown as [unknown, unknown];
    const said = lines((story) => {
      const row = { kind: "db", project: "nova", op: "update", table: "instances" } as const;
      story.add({ ...row, key: "u1", changes: { user_data: folded, host: [null, "c1"] } });
      story.add({ ...row, key: "u1", changes: { vm_state: ["building", "active"] } });
    });
    expect(said).toEqual([
      'update of instances u1: user_data=… host="c1"',
      'update of instances u1: vm_state="active"',
    ]);
  });

  it("shows no character that could move a cursor", () => {
    const [line = ""] = lines((story) => {
      story.add({ kind: "log", level: "info", message: "\u001b[2J\u202e", actor: "x" });
    });
    expect(line).toBe("x logs info: ?[2J?");
  });
});
