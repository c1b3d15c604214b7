/** What is written down of a run, and what is not. */
import { describe, expect, it } from "vitest";
import type { Observation } from "../../src/kernel/index.js";
import { FOLD_OVER_BYTES, MemoryTimeline, Recorder } from "../../src/timeline/index.js";
import { boot, HEADER } from "./fake-run.js";

type Line = Record<string, unknown>;

function recording(detail: "flow" | "full" = "flow"): { recorder: Recorder; lines: () => Line[] } {
  const timeline = new MemoryTimeline();
  const recorder = new Recorder(timeline, detail);
  recorder.begin(HEADER);
  return { recorder, lines: () => timeline.lines.slice(1).map((line) => JSON.parse(line) as Line) };
}

const note = (fields: object): Observation => ({ kind: "note", ...fields });
/** A text whose JSON has that many bytes. */
const textOf = (bytes: number): string => "x".repeat(bytes - 2);

describe("the recorder", () => {
  it("numbers entries in order and names the entry that led to each", () => {
    const { recorder, lines } = recording();
    const first = recorder.observe(5, note({ actor: "a" }), "flow", -1);
    recorder.observe(7, note({ request: "req-1" }), "flow", first);
    expect(lines()).toEqual([
      { seq: 0, at: 5, kind: "note", actor: "a" },
      { seq: 1, at: 7, kind: "note", request: "req-1", cause: 0 },
    ]);
  });

  it("leaves out fields that are undefined", () => {
    const { recorder, lines } = recording();
    recorder.observe(0, note({ server: undefined, version: "1.0" }), "flow", -1);
    expect(Object.keys(lines()[0] ?? {})).toEqual(["seq", "at", "kind", "version"]);
  });

  it("keeps at flow nothing that is for full, and hands its cause on", () => {
    const { recorder, lines } = recording("flow");
    const cause = recorder.observe(0, note({}), "flow", -1);
    expect(recorder.observe(1, note({ beat: 1 }), "full", cause)).toBe(cause);
    recorder.observe(2, note({}), "flow", cause);
    expect(lines().map(({ seq, cause }) => [seq, cause])).toEqual([
      [0, undefined],
      [1, 0],
    ]);
  });

  it("marks at full what a recording at flow does not have", () => {
    const { recorder, lines } = recording("full");
    recorder.observe(0, note({}), "full", -1);
    recorder.observe(1, note({}), "flow", -1);
    expect(lines().map(({ quiet }) => quiet)).toEqual([true, undefined]);
  });

  it("folds at flow each part over 1 KB and leaves its neighbours", () => {
    const { recorder, lines } = recording();
    const instance = { uuid: "u-1", display_name: "t3", metadata: textOf(2_000) };
    recorder.observe(0, note({ args: { instance, host: "h1" } }), "flow", -1);
    expect(lines()[0]?.["args"]).toEqual({
      instance: {
        $folded: {
          bytes: JSON.stringify(instance).length,
          digest: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
          shows: { uuid: "u-1", display_name: "t3" },
        },
      },
      host: "h1",
    });
  });

  it("keeps a part of exactly 1 KB and folds one byte more", () => {
    const { recorder, lines } = recording();
    const body = { at: textOf(FOLD_OVER_BYTES), over: textOf(FOLD_OVER_BYTES + 1) };
    recorder.observe(0, note({ body }), "flow", -1);
    const written = lines()[0]?.["body"] as Line;
    expect(written["at"]).toBe(body.at);
    expect(written["over"]).toMatchObject({ $folded: { bytes: FOLD_OVER_BYTES + 1 } });
  });

  it("keeps the message of a failure, which readers show, however long it is", () => {
    const { recorder, lines } = recording();
    const failure = { class: "NoValidHost", message: "x".repeat(3_000), tb: ["y".repeat(3_000)] };
    recorder.observe(0, note({ failure }), "flow", -1);
    expect(lines()[0]?.["failure"]).toMatchObject({
      class: "NoValidHost",
      message: failure.message,
      tb: { $folded: { items: 1 } },
    });
  });

  it("folds a long list as a whole and says how many there were", () => {
    const { recorder, lines } = recording();
    const result = Array.from({ length: 40 }, (_, i) => ({
      id: i,
      name: `server number ${String(i)}`,
    }));
    recorder.observe(0, note({ result }), "flow", -1);
    expect(lines()[0]?.["result"]).toMatchObject({ $folded: { items: 40 } });
  });

  it("shows a change deep inside a folded part by another digest", () => {
    const { recorder, lines } = recording();
    for (const state of ["building", "bui1ding", "building"]) {
      const instance = { filler: textOf(2_000), info: { deep: [{ state }] } };
      recorder.observe(0, note({ args: { instance } }), "flow", -1);
    }
    const [one, other, again] = lines().map((line) => JSON.stringify(line["args"]));
    expect(other).not.toBe(one);
    expect(again).toBe(one);
  });

  it("keeps everything at full", () => {
    const { recorder, lines } = recording("full");
    const args = { instance: { metadata: textOf(5_000) } };
    recorder.observe(0, note({ args }), "flow", -1);
    expect(lines()[0]?.["args"]).toEqual(args);
  });

  it("keeps a verdict whole at every detail", () => {
    const { recorder, lines } = recording("flow");
    recorder.observe(0, note({ expected: [textOf(5_000)] }), "flow", -1);
    expect(lines()[0]?.["expected"]).toEqual([textOf(5_000)]);
  });

  it("writes what was true when it happened, whatever the owner does to it later", () => {
    const { recorder, lines } = recording();
    const args = { task_state: "spawning" };
    recorder.observe(0, note({ args }), "flow", -1);
    args.task_state = "none";
    expect(lines()[0]?.["args"]).toEqual({ task_state: "spawning" });
  });

  it("writes the header first, also when entries came before it", () => {
    const timeline = new MemoryTimeline();
    const recorder = new Recorder(timeline);
    recorder.observe(0, note({}), "flow", -1);
    recorder.begin(HEADER);
    recorder.observe(1, note({}), "flow", 0);
    expect(timeline.header).toMatchObject({ timeline: 1, scenario: "boot", detail: "flow" });
    expect(timeline.entries.map(({ seq }) => seq)).toEqual([0, 1]);
  });

  it("keeps a sink's failure from the run and tells it at the end", () => {
    let room = 2;
    const recorder = new Recorder({
      write() {
        if (room-- === 0) throw new Error("no space left on device");
      },
    });
    recorder.begin(HEADER);
    const causes = [0, 1, 2, 3].map((at) => recorder.observe(at, note({}), "flow", -1));
    expect(causes).toEqual([0, 1, 2, 3]);
    expect(() => recorder.close()).toThrow("no space left on device");
  });

  it("notes a payload that JSON cannot hold in its place", () => {
    const { recorder, lines } = recording();
    recorder.observe(0, note({ args: { big: 1n, host: "h1" } }), "flow", -1);
    expect(lines()[0]?.["args"]).toMatchObject({ $unrecorded: expect.any(String) as string });
    recorder.close();
  });

  it("comes back from a payload that holds itself", () => {
    const { recorder, lines } = recording();
    const ring: Line = { name: "ring" };
    ring["one"] = ring["other"] = ring;
    recorder.observe(0, note({ args: { ring } }), "flow", -1);
    expect(lines()).toHaveLength(1);
  });

  it("writes a key named __proto__ as a key like any other", () => {
    const { recorder, lines } = recording();
    const args: unknown = JSON.parse(`{"__proto__":{"polluted":true},"long":"${textOf(2_000)}"}`);
    recorder.observe(0, note({ args }), "flow", -1);
    expect(Object.keys(lines()[0]?.["args"] as Line)).toEqual(["__proto__", "long"]);
    expect(({} as Line)["polluted"]).toBeUndefined();
  });
});

describe("a timeline in memory", () => {
  it("shows entries while the run goes on and calls its subscribers until they leave", () => {
    const story = boot();
    const before = story.timeline.length;
    const heard: number[] = [];
    const leave = story.timeline.subscribe(({ seq }) => heard.push(seq));
    story.step("one more");
    leave();
    story.step("not heard");
    expect(heard).toEqual([before]);
    expect(story.timeline.entries.at(-1)).toMatchObject({ seq: before + 1, text: "not heard" });
  });

  it("keeps a subscriber's failure from the run", () => {
    const story = boot();
    story.timeline.subscribe(() => {
      throw new Error("a page went away");
    });
    expect(() => story.step("goes on")).not.toThrow();
    expect(() => story.recorder.close()).toThrow("a page went away");
  });
});
