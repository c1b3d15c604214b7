/**
 * A served session done again from its recording, without anybody outside: each request comes in at its instant,
 * and time goes by in between as it did.
 */
import type { Kernel } from "../../kernel/index.js";
import type { JsonObject } from "../../python/index.js";
import { ARRIVAL, CLOSED, OPERATED, type ArrivedRequest } from "./arrived.js";
import type { Door } from "./door.js";
import type { Operator } from "./operator.js";

/** What a recording says of what came in. */
export type Visit =
  | { readonly kind: "arrival"; readonly at: number; readonly arrived: ArrivedRequest }
  | { readonly kind: "operated"; readonly at: number; readonly operated: JsonObject }
  | { readonly kind: "closed"; readonly at: number };

const KINDS: ReadonlySet<string> = new Set([ARRIVAL, OPERATED, CLOSED]);
const MARKS = [...KINDS].map((kind) => `"kind":"${kind}"`);

/** The visits among the lines of a recording, in their order. */
export function* visits(lines: Iterable<string>): Generator<Visit> {
  for (const line of lines) {
    if (!MARKS.some((mark) => line.includes(mark))) continue;
    const visit = visitOf(line);
    if (visit !== undefined) yield visit;
  }
}

function visitOf(line: string): Visit | undefined {
  try {
    const entry = JSON.parse(line) as { readonly kind: string };
    if (KINDS.has(entry.kind)) return entry as Visit;
  } catch {
    // The last line of a recording that was interrupted.
  }
  return undefined;
}

/**
 * Let them come again.
 * @returns whether the door was shut in the end, so that the recording is whole
 */
export function* replayVisits(
  kernel: Kernel,
  { door, operator }: { readonly door: Door; readonly operator: Operator },
  all: Iterable<Visit>,
): Generator<void, boolean> {
  for (const visit of all) {
    kernel.run(visit.at);
    yield;
    if (visit.kind === "closed") {
      door.close();
      return true;
    }
    if (visit.kind === "operated") operator.operate(visit.operated);
    else door.enter(visit.arrived, () => undefined);
  }
  return false;
}
