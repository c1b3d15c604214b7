/**
 * What a cloud has of the services that build on the others: stacks of Heat, alarms of Ceilometer, databases of Trove,
 * each a row as it is stored at that instant, not an answer of an API.
 */
import type { Kind } from "./query.js";

/**
 * A stack of Heat; a cloud without Heat has none.
 *
 * @example
 * ```ts
 * import { Cloud, type StackState } from "novasim";
 *
 * const stacks: readonly StackState[] = new Cloud({ seed: 1, services: ["heat"] }).stacks();
 * stacks.length; // → 0
 * ```
 */
export interface StackState {
  readonly id: string;
  readonly name: string;
  /** `CREATE`, `UPDATE`, `DELETE` ... */
  readonly action: string;
  readonly status: "IN_PROGRESS" | "COMPLETE" | "FAILED";
  readonly status_reason: string;
  readonly project_id: string | null;
  /** Of a nested stack. */
  readonly parent: string | null;
}

export const STACKS: Kind<StackState> = {
  name: "stacks",
  fields: ["id", "name", "action", "status", "status_reason", "project_id", "parent"],
  values: { status: ["IN_PROGRESS", "COMPLETE", "FAILED"] },
};

/**
 * An alarm of Ceilometer; a cloud without Ceilometer has none.
 *
 * @example
 * ```ts
 * import { Cloud, type AlarmState } from "novasim";
 *
 * const alarms: readonly AlarmState[] = new Cloud({ seed: 1, services: ["ceilometer"] }).alarms();
 * alarms.length; // → 0
 * ```
 */
export interface AlarmState {
  readonly id: string;
  readonly name: string | null;
  readonly state: string;
  readonly enabled: boolean;
  readonly project_id: string | null;
}

export const ALARMS: Kind<AlarmState> = {
  name: "alarms",
  fields: ["id", "name", "state", "enabled", "project_id"],
  values: { state: ["ok", "alarm", "insufficient data"] },
};

/**
 * A database instance of Trove; a cloud without Trove has none.
 *
 * @example
 * ```ts
 * import { Cloud, type DatabaseState } from "novasim";
 *
 * const databases: readonly DatabaseState[] = new Cloud({ seed: 1 }).databases();
 * databases.length; // → 0
 * ```
 */
export interface DatabaseState {
  readonly id: string;
  readonly name: string;
  /** What Trove does with it: `No tasks for the instance.` */
  readonly task: string;
  /** What its agent last said: `running`. */
  readonly service_status: string;
  /** Its server at Nova, and its volume. */
  readonly server: string | null;
  readonly volume: string | null;
  readonly project_id: string | null;
}

export const DATABASES: Kind<DatabaseState> = {
  name: "databases",
  fields: ["id", "name", "task", "service_status", "server", "volume", "project_id"],
};
