/** Every fault verb. A new one is a file beside this and an entry in the list. */
import type { FaultVerb } from "../verb.js";
import { answer } from "./requests/answer.js";
import { breakConnection } from "./connections/break-connection.js";
import { cutOff } from "./connections/cut-off.js";
import { delay } from "./messages/delay.js";
import { driver, type DriverFaultSpec } from "./hardware/driver.js";
import { disk, type DiskFaultSpec } from "./hardware/disk.js";
import { drop } from "./messages/drop.js";
import { duplicate } from "./messages/duplicate.js";
import { loseReply } from "./messages/lose-reply.js";
import { reorder } from "./messages/reorder.js";
import { reset } from "./requests/reset.js";
import { restartBroker } from "./connections/restart-broker.js";
import { volumeDriver, type VolumeDriverFaultSpec } from "./hardware/volume-driver.js";
import { slow } from "./requests/slow.js";
import { stall } from "./messages/stall.js";

const LIST = [
  driver,
  drop,
  delay,
  duplicate,
  reorder,
  loseReply,
  stall,
  cutOff,
  breakConnection,
  restartBroker,
  answer,
  slow,
  reset,
  disk,
  volumeDriver,
] as const;

type SpecOf<V> = V extends FaultVerb<infer S> ? S : never;

/**
 * One thing that goes wrong: a verb, and what it is aimed at.
 *
 * @example
 * ```ts
 * import { Cloud, type FaultSpec } from "novasim";
 *
 * const lost: FaultSpec = { drop: { topic: "conductor", method: "build_instances" } };
 * new Cloud({ seed: 1 }).inject(lost).text; // → "drop build_instances on conductor"
 * ```
 */
export type FaultSpec = SpecOf<(typeof LIST)[number]>;

/** What goes wrong between processes, as against with hardware. */
export type WireFaultSpec = Exclude<
  FaultSpec,
  DriverFaultSpec | VolumeDriverFaultSpec | DiskFaultSpec
>;

export const FAULT_VERBS: readonly FaultVerb<FaultSpec>[] = LIST;

/** The verb that `spec` is written with. @throws Error naming the verbs that there are */
export function verbOf(spec: FaultSpec): FaultVerb<FaultSpec> {
  const verb = FAULT_VERBS.find(({ key }) => Object.hasOwn(spec, key));
  if (verb !== undefined) return verb;
  const known = FAULT_VERBS.map(({ key }) => key).join(", ");
  throw new Error(`a fault is one of ${known}, not ${Object.keys(spec).join(", ")}`);
}

/** `drop write_note on exampleservice to h1`. */
export const faultText = (spec: FaultSpec): string => verbOf(spec).text(spec);
