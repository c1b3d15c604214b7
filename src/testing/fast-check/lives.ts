/**
 * Servers that live: each is done to what its state allows, one thing after another, mostly when the thing before
 * is over, and now and then something goes wrong with just that. What is left when shrinking leaves deeds out
 * still makes sense.
 */
import * as fc from "fast-check";
import { COURSES, type Course, type Life } from "./actions/courses.js";
import { idOf, typed, type Owned } from "./actions/steps.js";
import { serversOf, type ActionOptions } from "./actions/user-action.js";
import { driverFault, end, hostsOf, messageFault, type FaultOptions } from "./faults.js";
import type { StepSource } from "./scenario-source.js";

/** Something that is done to a server: what, its state says by then. */
export interface Deed {
  readonly server: Owned;
  /** A number for a choice: among what its state allows, or among what carries that. */
  readonly pick: number;
  readonly volume: string;
  /** How long it is given. */
  readonly length: string;
  /** What goes wrong with it: before it is asked for, or a while later. */
  readonly before: readonly StepSource[];
  readonly after: readonly StepSource[];
}

/** What servers are, by name. */
export type Lives = Map<string, Life>;

/** Stands in a fault for a message, or an operation, of what is done. */
const METHOD = "METHOD";
const OPERATION = "OPERATION";

const whiles = fc.oneof(
  { arbitrary: fc.constant("20s"), weight: 6 },
  { arbitrary: fc.constantFrom("300ms", "2s", "70s"), weight: 3 },
);

type Trouble = Pick<Deed, "before" | "after">;

const NONE: Trouble = { before: [], after: [] };

const trouble = (faults: FaultOptions): fc.Arbitrary<Trouble> =>
  fc.oneof(
    messageFault(fc.constant(METHOD)).map((fault) => ({ before: [fault], after: [] })),
    driverFault(fc.constant(OPERATION), hostsOf(faults.computes ?? 2)).map((fault) => ({
      before: [fault],
      after: [],
    })),
    fc.tuple(fc.integer({ min: 50, max: 8000 }), end(faults)).map(([length, crash]) => ({
      before: [],
      after: [{ advance: `${String(length)}ms` }, crash],
    })),
  );

/** @param faults undefined: nothing goes wrong */
export function deeds(
  options: ActionOptions,
  faults: FaultOptions | undefined,
): fc.Arbitrary<Deed> {
  const { volumes = ["v1", "v2"] } = options;
  const quiet = { arbitrary: fc.constant(NONE), weight: 3 };
  return fc
    .record({
      server: serversOf(options),
      pick: fc.nat({ max: 9_999 }),
      volume: fc.constantFrom(...volumes, ...(volumes.length === 0 ? [""] : [])),
      length: whiles,
      trouble:
        faults === undefined
          ? fc.constant(NONE)
          : fc.oneof({ withCrossShrink: true }, quiet, { arbitrary: trouble(faults), weight: 2 }),
    })
    .map(({ trouble: { before, after }, ...deed }) => ({ ...deed, before, after }));
}

/** A deed as steps; what becomes of the server is put down in `lives`. */
export function stepsOf(deed: Deed, lives: Lives): readonly StepSource[] {
  const { server, pick, volume, length, before, after } = deed;
  const life = lives.get(server.name) ?? "gone";
  const possible = COURSES.filter(
    ({ from, volumes }) => from.includes(life) && (volumes !== true || volume !== ""),
  );
  const course = possible[pick % possible.length];
  if (course === undefined) return [];
  lives.set(server.name, course.to ?? life);
  const filled = (steps: readonly StepSource[]) => steps.map((step) => meant(step, course, pick));
  return [...filled(before), asked(course, server, volume), ...filled(after), { advance: length }];
}

function asked({ line }: Course, { name, user }: Owned, volume: string): StepSource {
  const words = line
    .replace(/\bID\b/u, idOf("server", name))
    .replaceAll("SERVER", name)
    .replace("VOLUME", volume);
  return typed(words, line.includes(" ID") ? "admin" : user);
}

/** A fault with the message or operation that it is aimed at. */
const meant = (step: StepSource, { methods, operations }: Course, pick: number): StepSource =>
  JSON.parse(
    JSON.stringify(step)
      .replace(METHOD, methods[pick % methods.length] ?? "")
      .replace(OPERATION, operations[pick % operations.length] ?? ""),
  ) as StepSource;
