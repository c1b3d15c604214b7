/** What the bare kernel does: wake sleepers, hand items through a channel, draw. */
import { Channel, Kernel, sleep } from "../src/kernel/index.ts";
import { expect } from "./measure.mjs";

/** `tasks` greenthreads that sleep again and again. */
function sleepers(tasks) {
  return (n) => {
    const kernel = new Kernel();
    const each = Math.floor(n / tasks);
    let woken = 0;
    function* sleeper(i) {
      for (let k = 0; k < each; k++) {
        yield* sleep(100 + ((i * 7919 + k * 104729) % 1000));
        woken++;
      }
    }
    for (let i = 0; i < tasks; i++) kernel.spawn(sleeper(i), { name: "sleeper" });
    kernel.settle();
    expect("wake-ups", woken, each * tasks);
    return woken;
  };
}

function channel(n) {
  const kernel = new Kernel();
  const items = new Channel("items");
  let taken = 0;
  function* taker() {
    while (taken < n) {
      yield* items.take();
      taken++;
    }
  }
  function* putter() {
    for (let i = 0; i < n; i++) {
      items.put(i);
      if (i % 64 === 63) yield* sleep(1);
    }
  }
  kernel.spawn(taker(), { name: "taker" });
  kernel.spawn(putter(), { name: "putter" });
  kernel.settle();
  expect("items", taken, n);
  return taken;
}

export const kernelBenches = [
  { name: "kernel: sleep, 1 task", unit: "events", n: 1_000_000, work: sleepers(1) },
  {
    name: "kernel: sleep, 1,000 tasks",
    unit: "events",
    n: 1_000_000,
    work: sleepers(1000),
    sketch: ["limit.mjs", "kernel-sleep-P1000"],
  },
  { name: "kernel: sleep, 100,000 tasks", unit: "events", n: 1_000_000, work: sleepers(100_000) },
  { name: "kernel: channel", unit: "items", n: 1_000_000, work: channel },
];
