/**
 * Services and projects of one's own, and the flags that they read. A service joins Nova: it gets
 * what the services of Nova get: a link to the bus, a record and heartbeats, flags. It gets no
 * database, since that is none of its business. Upstream: nova/service.py (Service.create); messaging §B1.
 */
import {
  FlagError,
  Flags,
  contextSerializer,
  createService,
  serviceFlags,
  type FlagSet,
  type FlagValues,
  type ManagerClass,
  type ManagerClasses,
} from "../framework/index.js";
import { sourceOf } from "../framework/flags/index.js";
import type { ProcessPlan, Project, Uses } from "../framework/project.js";
import { novaAllowedModules } from "../services/nova/allowed-modules.js";
import type { NovaDatabase } from "../services/nova/db/database.js";
import { DatabaseServiceGroup, serviceGroupFlags } from "../services/nova/servicegroup.js";
import { didYouMean } from "../text/nearest.js";
import type { SlotPlan } from "./processes/slot.js";

/** A project of one's own, as `defineProject` makes it. It adds nothing to the options of a cloud. */
export type OwnProject = Project<
  string,
  ProcessPlan,
  Uses<"controller">,
  Readonly<Record<string, never>>
>;

/**
 * A service of one's own. Its manager is given, or named by a flag as in 2011.
 *
 * @example
 * ```ts
 * import { Cloud, Manager, type OwnService } from "novasim";
 *
 * class Idle extends Manager {
 *   endpoints() {
 *     return [];
 *   }
 * }
 * const idle: OwnService = { binary: "nova-idle", manager: Idle };
 * new Cloud({ seed: 1 }).add(idle).name; // → "nova-idle@controller"
 * ```
 */
export interface OwnService {
  /** `nova-exampleservice`: by convention it serves topic `exampleservice`. */
  readonly binary: string;
  /** Default: the binary's name after `nova-`. */
  readonly topic?: string;
  /** Default: the one of `classes` that flag `<name>_manager` names. */
  readonly manager?: ManagerClass;
  /** Managers by the dotted path that the flag may have. */
  readonly classes?: ManagerClasses;
  /** What flags it reads beside those of every service. */
  readonly flags?: FlagSet;
}

/**
 * How a service of one's own is added.
 *
 * @example
 * ```ts
 * import { type AddOptions } from "novasim";
 *
 * const there: AddOptions = { host: "compute-1" };
 * there.host; // → "compute-1"
 * ```
 */
export interface AddOptions {
  /** Where it runs; a host that there is not yet is added with it. Default: the controller. */
  readonly host?: string;
  /** Values of its flags; they count before those of the cloud. */
  readonly flags?: FlagValues;
}

/** The exchange of Nova: who is to be called by its services must be on it. */
const PROJECT = "nova";

/** How `service` is run on `host`. */
export function ownServicePlan(service: OwnService, host: string, nova: NovaDatabase): SlotPlan {
  const { binary, topic, manager, classes, flags } = service;
  return {
    binary,
    host,
    project: PROJECT,
    allowedModules: novaAllowedModules,
    make: (env) =>
      createService(env, {
        topic,
        manager,
        classes,
        flags,
        serializer: contextSerializer,
        group: new DatabaseServiceGroup(nova, env.flags),
      }),
  };
}

/** The flag sets that processes may read which Nova's `Service` is not for. */
export const flagSetsOfPlan = ({ flags }: ProcessPlan): readonly FlagSet[] => [
  serviceFlags,
  ...flags,
];

/** The flag sets that `service` may read. */
export const flagSetsOf = ({ flags }: OwnService): readonly FlagSet[] => [
  serviceFlags,
  serviceGroupFlags,
  ...(flags === undefined ? [] : [flags]),
];

/** @throws FlagError for values of flags that are in none of `sets`, which `reader` reads */
export function assertRead(values: FlagValues, sets: readonly FlagSet[], reader: string): void {
  const known = sets.flatMap((set) => Object.keys(set));
  for (const name of Object.keys(values)) {
    if (known.includes(name)) continue;
    const hint = didYouMean(name, known);
    throw new FlagError(
      `no flag "${name}" is read by ${reader}${hint === undefined ? "" : `. ${hint}`}`,
      hint === undefined ? {} : { hint },
    );
  }
}

/** What `binary` reads: of `sets`, `values` before what the cloud says. */
export const ownFlags = (
  binary: string,
  sets: readonly FlagSet[],
  values: FlagValues,
  cloud: Flags,
): Flags => Flags.of([...cloud.sources, sourceOf(values, "flags")], sets, binary);
