/** The weighers that are in use. Upstream: nova/scheduler/weights/__init__.py (all_weighers). */
import { ValueError } from "../../../../python/index.js";
import type { FlagsOf } from "../../../../framework/index.js";
import type { schedulerFlags } from "../flags.js";
import { metricsWeigher } from "./metrics-weigher.js";
import { ramWeigher } from "./ram-weigher.js";
import type { Weigher } from "./weigher.js";

const ALL = "nova.scheduler.weights.all_weighers";

/** @throws ValueError for a name that no weigher has */
export function chooseWeighers(flags: FlagsOf<typeof schedulerFlags>): Weigher[] {
  const all: readonly Weigher[] = [
    ramWeigher(flags.ram_weight_multiplier),
    metricsWeigher({
      multiplier: flags.metrics_weight_multiplier,
      setting: flags.metrics_weight_setting,
      required: flags.metrics_required,
      weightOfUnavailable: flags.metrics_weight_of_unavailable,
    }),
  ];
  return flags.scheduler_weight_classes.flatMap((name) => {
    if (name === ALL) return all;
    // A class path, as upstream takes it, or the class alone.
    const weigher = all.find((known) => known.name === name.split(".").at(-1));
    if (weigher !== undefined) return [weigher];
    const names = [ALL, ...all.map((known) => known.name)].join(", ");
    throw new ValueError(`flag scheduler_weight_classes takes ${names}, not "${name}"`);
  });
}
