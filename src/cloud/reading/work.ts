/** Who is at work in a cloud, told when somebody asks: nothing is kept of it while a run goes on. */
import type { Bus } from "../../bus/index.js";
import type { Work } from "../../framework/project.js";
import type { Kernel } from "../../kernel/index.js";

/** @returns undefined if nobody is */
export function workIn(kernel: Kernel, bus: Bus): Work | undefined {
  if (kernel.settled) return undefined;
  const nameless = kernel
    .threads()
    .filter(({ daemon, request }) => !daemon && request === undefined);
  return {
    requests: new Set([...kernel.requests(), ...bus.requests()]),
    starting: new Set(nameless.map(({ actor }) => actor)),
  };
}
