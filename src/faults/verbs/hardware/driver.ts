/** An operation of a host's hypervisor that fails: which, how often, and with what words. */
import { HYPERVISOR_OPERATIONS, type HypervisorOperation } from "../../../hardware/hypervisor.js";
import type { FaultVerb } from "../../verb.js";

export interface DriverFaultSpec {
  /** `spawn`, `snapshot`, `power_off`, `power_on`, `destroy`. */
  readonly driver: string;
  readonly host: string;
  /** How often; default 1. */
  readonly times?: number | undefined;
  /** What the hypervisor says. */
  readonly error?: string | undefined;
}

/** @throws Error for what no hypervisor does */
function operationOf({ driver }: DriverFaultSpec): HypervisorOperation {
  const operation = HYPERVISOR_OPERATIONS.find((name) => name === driver);
  if (operation !== undefined) return operation;
  const known = HYPERVISOR_OPERATIONS.join(", ");
  throw new Error(`no driver operation "${driver}" can fail; ${known} can`);
}

export const driver: FaultVerb<DriverFaultSpec> = {
  key: "driver",
  text: ({ driver: operation, host, times = 1 }) =>
    `${operation} on ${host} fails${times === 1 ? "" : `, ${String(times)} times`}`,
  struckText: ({ driver: operation, host }) => `${operation} on ${host}`,
  places: ({ host }) => [host],
  check(spec, injectors) {
    operationOf(spec);
    injectors.hypervisors().at(spec.host);
  },
  inject(spec, fault, injectors) {
    const operation = operationOf(spec);
    const { host, times = 1, error = `internal error: ${operation} failed on ${host}` } = spec;
    injectors.hypervisors().fail(fault, { host, operation, times, error });
  },
};
