/** One record a verb: types, parser, complaints, text and runner follow from the list. */
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { NO_CAUSE, microseconds } from "../../src/kernel/index.js";
import { KNOWN, type Step } from "../../src/scenario/index.js";
import type { RunContext } from "../../src/scenario/run/context.js";
import { act } from "../../src/scenario/run/slices.js";
import { steps } from "../../src/scenario/steps/index.js";
import { TinyCloud } from "./fake-cloud.js";
import { verb } from "../../src/scenario/verbs/verb.js";
import { vocabulary } from "../../src/scenario/verbs/vocabulary.js";

const done: string[] = [];
const parts = {
  text: () => "",
  names: () => [],
  run: (context: RunContext) => act(context, () => undefined),
};

const pause = verb({
  key: "pause",
  schema: { pause: z.string(), softly: z.boolean().optional() },
  text: (step) => `pause ${step.pause}`,
  names: (step) => [{ what: "server", name: step.pause, at: ["pause"] }],
  problems: (step) => [{ severity: "error", message: step.pause, place: { path: ["pause"] } }],
  lasts: () => microseconds(3),
  run: (context, step) => act(context, () => done.push(step.pause)),
});
const note = verb({ key: "note", schema: { note: z.string() }, ...parts });
const COMMON = { note: z.string().optional() };
const NAMING = { what: "deed", about: "" };
const deeds = vocabulary(NAMING, [pause, note], COMMON);
const reversed = vocabulary(NAMING, [note, pause], COMMON);

const messages = (language: typeof deeds, written: unknown): string[] => {
  const { success, error } = language.schema.safeParse(written);
  return success ? [] : error.issues.map(({ message }) => message);
};

describe("a vocabulary", () => {
  it("tells values apart by their key, which becomes their kind", () => {
    expect(deeds.schema.parse({ pause: "t3", note: "x" })).toEqual({
      kind: "pause",
      pause: "t3",
      note: "x",
    });
    expect(deeds.schema.parse({ note: "x" })).toEqual({ kind: "note", note: "x" });
  });

  it("asks the record of the kind", () => {
    const value = deeds.schema.parse({ pause: "t3" });
    const context = {
      world: new TinyCloud({ observer: null }),
      cause: NO_CAUSE,
    } as unknown as RunContext;
    expect(deeds.text(value)).toBe("pause t3");
    expect(deeds.names(value, KNOWN)).toMatchObject([{ name: "t3" }]);
    expect(deeds.problems(value, KNOWN)).toMatchObject([{ message: "t3" }]);
    expect(deeds.lasts(value)).toBe(3);
    expect([...{ [Symbol.iterator]: () => deeds.run(context, value)[Symbol.iterator]() }]).toEqual(
      [],
    );
    expect(done).toEqual(["t3"]);
    const other = deeds.schema.parse({ note: "x" });
    expect([deeds.problems(other, KNOWN), deeds.lasts(other)]).toEqual([[], 0]);
  });

  it.each([
    [{ pause: "a", note: "b" }, []],
    [{}, ["expected a deed: { pause | note: ... }"]],
    ["pause", ["a deed: { pause | note: ... }"]],
    [{ puase: "a", note: "b" }, ["unknown kind of deed `puase`"]],
    [{ pause: "a", kind: "note" }, ["unknown key `kind`"]],
    [{ pause: "a", constructor: 1 }, ['Unrecognized key: "constructor"']],
    [{ pause: 1 }, ["Invalid input: expected string, received number"]],
  ])(
    "complains of %j about the verb that is meant, whatever the order of its list",
    (written, said) => {
      expect(messages(deeds, written)).toEqual(said);
      const swapped = said.map((text) => text.replace("pause | note", "note | pause"));
      expect(messages(reversed, written)).toEqual(swapped);
    },
  );

  it("refuses at compile time what nobody can run, or what is in no list", () => {
    const refused = (context: RunContext): unknown => [
      // @ts-expect-error: a verb that nobody can run.
      verb({ key: "halt", schema: { halt: z.string() }, text: () => "", names: () => [] }),
      // @ts-expect-error: its key is not among its fields.
      verb({ key: "halt", schema: { server: z.string() }, ...parts }),
      // @ts-expect-error: its text asks for what its schema does not make.
      verb({ key: "halt", schema: { halt: z.string() }, ...parts, text: (s) => typeof s.own }),
      // @ts-expect-error: `pause` is a verb, and it is not in the list of steps.
      steps.run(context, { kind: "pause", pause: "t3" }),
      // @ts-expect-error: the kind of one verb with the fields of another.
      steps.text({ kind: "advance", note: "x" }),
    ];
    expect(refused).toBeTypeOf("function");
  });
});

describe("the steps of a scenario", () => {
  it("are told in one line each, a repeat by what is in it", () => {
    const text = (written: unknown): string | undefined => steps.text(steps.schema.parse(written));
    expect([
      text({ run: "nova list", as: "admin" }),
      text({ together: [{ run: "nova list" }, { run: "nova show a" }] }),
      text({ heal: null }),
      text({ heal: "delay" }),
      text({ crash: "compute-1" }),
      text({ check: {} }),
      text({ note: "Look." }),
      text({ repeat: { times: 2, steps: [{ note: "x" }] } }),
    ]).toEqual([
      "(admin) nova list",
      "nova list & nova show a",
      "heal everything",
      "heal delay",
      "crash compute-1",
      "check",
      "",
      undefined,
    ]);
  });

  it("are a union that is told apart by kind", () => {
    const said = (step: Step): string => (step.kind === "advance" ? String(step.advance) : "");
    expect(said(steps.schema.parse({ advance: "3s" }))).toBe("3000000");
  });
});
