/** A small run, recorded: what the last two fences are tried on. */
import { Kernel, microseconds, sleep, type Op, type Stream } from "../../src/kernel/index.js";
import { MemoryTimeline, Recorder } from "../../src/timeline/index.js";

/** How long the next thing takes, in microseconds. */
export type Chance = (stream: Stream) => number;

/** Nothing but the seed decides. */
export const seeded: Chance = (stream) => stream.int(1_000, 5_000);

/** Three hosts that each build three guests, and log it. */
export function record(chance: Chance = seeded): MemoryTimeline {
  const timeline = new MemoryTimeline();
  const recorder = new Recorder(timeline);
  const kernel = new Kernel({ seed: 7, observer: recorder });
  recorder.begin({
    ...{ novasim: "0.1.0", scenario: "fence", title: "Three hosts build guests", seed: 7 },
    ...{ epoch: kernel.calendar.epoch, actors: [], source: null },
  });
  function* build(actor: string): Op<void> {
    for (const guest of ["a", "b", "c"]) {
      yield* sleep(microseconds(chance(kernel.stream(actor, "spawn"))));
      const message = `guest ${guest} is up`;
      kernel.observe({ kind: "log", actor, level: "info", message } as { kind: string });
    }
  }
  for (const host of ["c1", "c2", "c3"]) {
    const actor = `nova-compute@${host}`;
    kernel.spawn(build(actor), { name: "build", actor });
  }
  kernel.settle();
  recorder.close();
  return timeline;
}
