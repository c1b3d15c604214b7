/**
 * Which of the pools that may take a volume is the best: weights are added as they are measured.
 * Upstream: cinder/scheduler/weights/*.py, cinder/openstack/common/scheduler/base_weight.py at 2014.2.
 */
import type { FlagsOf, RequestContext } from "../../../framework/index.js";
import type { Stream } from "../../../kernel/index.js";
import type { CinderDatabase } from "../db/database.js";
import { AdminRequired, SchedulerHostWeigherNotFound } from "../exception.js";
import type { schedulerFlags } from "./flags.js";
import type { PoolState } from "./pool-state.js";

export interface WeigherEnv {
  readonly ctxt: RequestContext;
  readonly db: CinderDatabase;
  readonly flags: FlagsOf<typeof schedulerFlags>;
  readonly chance: Stream;
}

type Weigher = (pool: PoolState) => number;

/** What nobody can tell how much it is weighs least. */
const capacity = ({ flags: { capacity_weight_multiplier: multiplier } }: WeigherEnv): Weigher => {
  const unknown = multiplier > 0 ? -1 : Infinity;
  return (pool) => {
    const { free_capacity_gb: free } = pool;
    return multiplier * (typeof free === "number" ? pool.usable(free) : unknown);
  };
};

const LARGE = 2_147_483_647;

const WEIGHERS: Readonly<Record<string, (env: WeigherEnv) => Weigher>> = {
  CapacityWeigher: capacity,
  AllocatedCapacityWeigher:
    ({ flags: { allocated_capacity_weight_multiplier: multiplier } }) =>
    ({ allocated_capacity_gb }) =>
      multiplier * allocated_capacity_gb,
  ChanceWeigher:
    ({ chance }) =>
    () =>
      chance.int(0, LARGE) / LARGE,
  VolumeNumberWeigher:
    ({ ctxt, db, flags: { volume_number_multiplier: multiplier } }) =>
    ({ host }) => {
      // It asks with the context of the user, and only administrators may count.
      if (!ctxt.is_admin) throw new AdminRequired();
      return multiplier * db.volumes.count({ host });
    },
};

/** `pools`, the best first; of equals, the one that came first. @throws SchedulerHostWeigherNotFound */
export function weighed(
  pools: readonly PoolState[],
  names: readonly string[],
  env: WeigherEnv,
): PoolState[] {
  const bad = names.filter((name) => !Object.hasOwn(WEIGHERS, name));
  if (bad.length > 0) throw new SchedulerHostWeigherNotFound({ weigher_name: bad.join(", ") });
  const weighers = names.flatMap((name) => WEIGHERS[name]?.(env) ?? []);
  return pools
    .map((pool) => ({ pool, weight: weighers.reduce((sum, weigh) => sum + weigh(pool), 0) }))
    .sort((a, b) => b.weight - a.weight)
    .map(({ pool }) => pool);
}
