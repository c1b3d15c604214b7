/** What the service framework publishes: rows that change, services that come and go, log lines. */
import type { LogLine, Observation } from "../kernel/index.js";

export interface DbChange extends Observation {
  readonly kind: "db";
  readonly project: string;
  readonly op: "insert" | "update" | "delete";
  readonly table: string;
  readonly key: string | number;
  /** Column by column, what it was and what it is. */
  readonly changes: Readonly<Record<string, readonly [unknown, unknown]>>;
}

export interface ServiceEvent extends Observation {
  readonly kind: "service";
  readonly event: "starting" | "started" | "reported" | "stopping" | "stopped" | "crashed";
}

export type { LogLine };

export type FrameworkObservation = DbChange | ServiceEvent | LogLine;
