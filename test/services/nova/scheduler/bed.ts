/** Asks one filter about a few hosts, over the real host manager. */
import { Flags, type FlagValues } from "../../../../src/framework/index.js";
import type { LogLine } from "../../../../src/framework/observations.js";
import {
  addHost,
  createAggregate,
} from "../../../../src/services/nova/db/aggregates/aggregates.js";
import { chooseFilters } from "../../../../src/services/nova/scheduler/filters/registry.js";
import { schedulerFlags } from "../../../../src/services/nova/scheduler/flags.js";
import { HostManager } from "../../../../src/services/nova/scheduler/host-manager.js";
import { SchedulerNotes } from "../../../../src/services/nova/scheduler/notes.js";
import type {
  FilterProperties,
  InstanceType,
  RequestSpec,
} from "../../../../src/services/nova/scheduler/rpcapi.js";
import { NovaBed, TINY, requestSpec } from "../bed.js";

export interface Asked {
  readonly flags?: FlagValues;
  readonly flavor?: Partial<InstanceType>;
  readonly hints?: NonNullable<FilterProperties["scheduler_hints"]>;
  readonly spec?: RequestSpec;
  readonly hosts?: Readonly<Record<string, Parameters<NovaBed["host"]>[1]>>;
  /** Their metadata; each has the host `c1`. */
  readonly aggregates?: readonly Readonly<Record<string, string>>[];
  /** Whatever else is to be so. */
  readonly prepare?: (bed: NovaBed) => void;
}

/** Which of two hosts pass. */
export const pass = (filter: string, asked: Asked = {}): string => ask(filter, asked).hosts;

/** Which hosts pass, what they were limited to, and what was said above debug. */
export function ask(filter: string, asked: Asked = {}) {
  const bed = new NovaBed();
  for (const [name, row] of Object.entries(asked.hosts ?? { c1: {}, c2: {} })) bed.host(name, row);
  (asked.aggregates ?? []).forEach((metadata, at) => {
    const { id } = createAggregate(bed.db, bed.store, `aggregate-${String(at)}`, metadata);
    addHost(bed.db, id, "c1");
  });
  asked.prepare?.(bed);
  const flags = new Flags(asked.flags ?? {}).read(schedulerFlags);
  const filters = chooseFilters([filter], { db: bed.db, flags, serviceDownTime: 1e6 });
  const notes = new SchedulerNotes(bed.nova("nova-scheduler"));
  const manager = new HostManager(bed.db, () => filters, notes);
  const request = {
    context: bed.ctxt,
    requestSpec: asked.spec ?? requestSpec(),
    instanceType: { ...TINY, ...asked.flavor },
    filterProperties: asked.hints === undefined ? {} : { scheduler_hints: asked.hints },
    groupHosts: undefined,
    groupPolicies: [],
  };
  const left = manager.filtered(manager.allHostStates(), request, 0);
  const lines = bed
    .of<LogLine>("log")
    .filter(({ level }) => level !== "debug")
    .map(({ level, message }) => `${level} ${message}`);
  return {
    hosts: left.map(({ host }) => host).join(" "),
    limits: Object.fromEntries(left.map(({ host, limits }) => [host, { ...limits }])),
    lines,
  };
}
