/**
 * The names that a scenario may use without declaring them, for checks before a run. The defaults
 * are those of `CloudOptions`; the flags of the services are told by whoever knows the services,
 * command lines are read by the clients.
 */
import { readCommand, type CommandReading } from "../clients/index.js";
import type { FlagCatalogue } from "../cloud/flags/types.js";
import { PROJECTS } from "../cloud/projects.js";
import type { Project } from "../framework/project.js";
import { allStatuses } from "../services/nova/states/status.js";
import * as taskStates from "../services/nova/states/task-states.js";
import * as vmStates from "../services/nova/states/vm-states.js";

export interface Known {
  /** How a command line reads without being run; unchecked when absent. */
  readonly readCommand?: ((line: string) => CommandReading) | undefined;
  /** The flags that each service reads; unchecked when absent. */
  readonly catalogue?: FlagCatalogue | undefined;
  readonly images: readonly string[];
  readonly networks: readonly string[];
  /** Names and ids. */
  readonly flavors: readonly string[];
  readonly users: readonly string[];
  /** What Keystone's catalog may have, by name and by type. */
  readonly services: readonly string[];
  /** What the status of a server can be, and the two states that make it up (null aside). */
  readonly statuses: readonly string[];
  readonly vmStates: readonly string[];
  readonly taskStates: readonly string[];
}

export const KNOWN: Known = {
  readCommand,
  images: ["cirros"],
  networks: ["private"],
  flavors: [
    ...["m1.tiny", "m1.small", "m1.medium", "m1.large", "m1.xlarge", "m1.nano"],
    ...["1", "2", "3", "4", "5", "42"],
  ],
  users: ["admin", "demo"],
  services: PROJECTS.flatMap(({ name, catalog }: Project) => [
    name,
    ...catalog.filter(({ outside }) => outside !== true).map(({ type }) => type),
  ]),
  statuses: allStatuses(),
  vmStates: Object.values(vmStates).sort(),
  taskStates: Object.values(taskStates).sort(),
};
