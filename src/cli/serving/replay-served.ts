/** The second part of a recording that was made while a cloud was served: what came in comes in again. */
import { setImmediate } from "node:timers/promises";
import { hours } from "../../kernel/index.js";
import type { World } from "../../scenario/index.js";
import { Door } from "../../serve/door/door.js";
import { Operator } from "../../serve/door/operator.js";
import { replayVisits, visits } from "../../serve/door/replay.js";
import { CliError } from "../exit.js";
import type { SimulatorSession } from "../globals.js";
import { fileLines } from "../recording/line-reader.js";
import type { RunEnd } from "../pace.js";

/** A recording without an end is followed for so long after what came in last. */
const BEYOND = hours(2);

/** @param done whether nothing more is compared @throws CliError if the world cannot be reached */
export async function replayServed(
  { io }: SimulatorSession,
  file: string,
  world: World,
  done: () => boolean,
): Promise<RunEnd> {
  const { kernel, network } = world;
  if (network === undefined) throw new CliError(`${file}: there is no network to come in by`);
  const lines = fileLines(io.cwd, file);
  let interrupted = false as boolean;
  const forget = io.onInterrupt(() => {
    interrupted = true;
  });
  try {
    const work = replayVisits(
      kernel,
      { door: new Door(kernel, network), operator: new Operator(world) },
      visits(lines),
    );
    for (;;) {
      const next = work.next();
      await setImmediate();
      if (interrupted) return "interrupted";
      if (done()) return "stopped";
      if (next.done === true) {
        const until = kernel.now + BEYOND;
        if (!next.value) while (!done() && kernel.step(until));
        return "ended";
      }
    }
  } finally {
    forget();
    lines.return();
  }
}
