/** A `fault:` of a scenario: what a world is told of it, and how it reads in one line. */
import { faultText, type WireFaultSpec } from "../../bus/index.js";
import type { FaultStep } from "../schema/fault.js";
import type { FaultSpec } from "../world.js";

/** What a world is told. The schema has seen to it that there is exactly one verb. */
export function faultSpec({ driver, host = "", times, error, ...verb }: FaultStep): FaultSpec {
  if (driver === undefined) return wireFault(verb);
  return {
    driver,
    host,
    ...(times === undefined ? {} : { times }),
    ...(error === undefined ? {} : { error }),
  };
}

/** `spawn fails on compute-1, 2 times`; `drop write_note on exampleservice`. */
export function describeFault({ driver, host = "", times, error, ...verb }: FaultStep): string {
  if (driver === undefined) return faultText(wireFault(verb));
  const often = times === undefined ? "" : times === 1 ? ", once" : `, ${String(times)} times`;
  return `${driver} fails on ${host}${often}${error === undefined ? "" : `: ${error}`}`;
}

type Verbs = Omit<FaultStep, "driver" | "host" | "times" | "error">;

function wireFault(verb: Verbs): WireFaultSpec {
  const given = Object.entries(verb).filter(([, aim]) => aim !== undefined);
  return Object.fromEntries(given) as unknown as WireFaultSpec;
}
