/**
 * A served session done again from its recording, without anybody outside: each request comes in at its instant,
 * and time goes by in between as it did.
 */
import type { Kernel } from "../../kernel/index.js";
import { ARRIVAL, CLOSED, type ArrivedRequest } from "./arrived.js";
import type { Door } from "./door.js";

/** What a recording says of what came in. */
export type Visit =
  | { readonly kind: "arrival"; readonly at: number; readonly arrived: ArrivedRequest }
  | { readonly kind: "closed"; readonly at: number };

/** The visits among the lines of a recording, in their order. */
export function* visits(lines: Iterable<string>): Generator<Visit> {
  for (const line of lines) {
    if (!line.includes(`"kind":"${ARRIVAL}"`) && !line.includes(`"kind":"${CLOSED}"`)) continue;
    const visit = visitOf(line);
    if (visit !== undefined) yield visit;
  }
}

function visitOf(line: string): Visit | undefined {
  try {
    const entry = JSON.parse(line) as { readonly kind: string };
    if (entry.kind === ARRIVAL || entry.kind === CLOSED) return entry as Visit;
  } catch {
    // The last line of a recording that was interrupted.
  }
  return undefined;
}

/**
 * Let them come again.
 * @param going asked between slices of work: whether it is worth going on
 * @returns whether the door was shut in the end, so that the recording is whole
 */
export function* replayVisits(
  kernel: Kernel,
  door: Door,
  all: Iterable<Visit>,
): Generator<void, boolean> {
  for (const visit of all) {
    kernel.run(visit.at);
    yield;
    if (visit.kind === "closed") {
      door.close();
      return true;
    }
    door.enter(visit.arrived, () => undefined);
  }
  return false;
}
