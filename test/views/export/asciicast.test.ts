/** Terminal recordings are what docs.asciinema.org/manual/asciicast/v2 says, and nobody waits long in them. */
import { describe, expect, it } from "vitest";
import { renderText, VIEWS } from "../../../src/views/index.js";
import { boot } from "../../timeline/fake-run.js";
import { shipped } from "../model/shipped.js";
import { some } from "./some.js";

const asciicast = VIEWS.get("asciicast")!;

type Event = readonly [time: number, code: string, data: string];

function read(text: string): { readonly head: Record<string, unknown>; readonly events: Event[] } {
  const [head = "", ...rest] = text.trimEnd().split("\n");
  return {
    head: JSON.parse(head) as Record<string, unknown>,
    events: rest.map((line) => JSON.parse(line) as Event),
  };
}

const shown = (events: readonly Event[]): string =>
  events
    .filter(([, code]) => code === "o")
    .map(([, , data]) => data)
    .join("")
    .replaceAll(/\u001b\[\d+m/gu, "")
    .replaceAll("\r\n", "\n");

describe.each(some)("the terminal of %s", (_, timeline) => {
  const { head, events } = read(asciicast.render(timeline()));

  it("has a header of version 2", () => {
    expect(head).toMatchObject({
      version: 2,
      width: expect.any(Number) as number,
      height: expect.any(Number) as number,
      title: expect.any(String) as string,
    });
    expect(Number.isInteger(head["timestamp"])).toBe(true);
  });

  it("prints and marks in order, and never waits for more than a moment", () => {
    let last = 0;
    for (const [time, code, data] of events) {
      expect(["o", "m"]).toContain(code);
      expect(typeof data).toBe("string");
      expect(time).toBeGreaterThanOrEqual(last);
      expect(time - last).toBeLessThan(1.51);
      last = time;
    }
  });

  it("sends nothing to the terminal but text and colours", () => {
    expect(shown(events).replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
  });

  it("shows the text of the run", () => {
    const plain = shown(events)
      .split("\n")
      .map((line) => line.trimEnd());
    expect(plain.join("\n")).toBe(renderText(timeline()));
  });
});

it("marks each step where it begins", () => {
  const { events } = read(asciicast.render(shipped("boot")));
  const marks = events.filter(([, code]) => code === "m").map(([, , data]) => data.slice(0, 3));
  expect(marks).toEqual(["1. ", "2. ", "3. ", "4. "]);
});

it("plays in virtual time where something happens", () => {
  const { events } = read(asciicast.render(boot().timeline));
  const at = (what: string): number => events.find(([, , data]) => data.includes(what))?.[0] ?? -1;
  expect(at("select_destinations") - at("build_instances")).toBeCloseTo(0.002, 6);
});
