/**
 * Hosts that `start`, `stop` and `crash` name. Which processes a host has, the cloud knows when it
 * is made; which hosts there are can be told before.
 */
import type { Scenario } from "../schema/scenario.js";
import { everyStep } from "./every-step.js";
import { didYouMean, type Finding } from "./finding.js";

/** Where everything runs that is no hypervisor's. */
const CONTROLLER = "controller";

export function checkTargets({ cloud = {}, steps }: Scenario): Finding[] {
  const { computes = 1, services = [] } = cloud;
  const listed = typeof computes === "object" ? computes.map(({ name }) => name) : [];
  const others = services.flatMap((one) => (typeof one === "object" ? (one.host ?? []) : []));
  const named = new Set([CONTROLLER, ...listed, ...others]);
  const numbered = typeof computes === "number" ? computes : 0;
  const exists = (host: string): boolean =>
    named.has(host) || host.includes("{") || numberOf(host) <= numbered;
  const ends = numbered > 0 ? ["compute-1", `compute-${String(numbered)}`] : [];
  const near = [...new Set([...named, ...ends])];
  return everyStep(steps).flatMap(({ step, path }) => {
    for (const kind of ["start", "stop", "crash"] as const) {
      if (!(kind in step)) continue;
      const target: unknown = step[kind as keyof typeof step];
      if (typeof target !== "string") continue;
      const host = target.slice(target.lastIndexOf("@") + 1);
      if (exists(host)) continue;
      const message = target.includes("@")
        ? `there is no host "${host}"`
        : `there is no host "${host}", and a process is named with its host: nova-compute@compute-1`;
      return [{ path: [...path, kind], word: host, message, hint: didYouMean(host, near) }];
    }
    return [];
  });
}

/** The number in the name of a host of which only the number is given. */
function numberOf(host: string): number {
  const digits = /^compute-([1-9]\d{0,4})$/u.exec(host)?.[1];
  return digits === undefined ? Infinity : Number(digits);
}
