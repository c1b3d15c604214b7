/** An operation of a host's hypervisor that fails or takes long: which, how often, and with what words. */
import { HYPERVISOR_OPERATIONS, Hypervisor } from "../../../hardware/hypervisor.js";
import { operationVerb, type OperationAim } from "./operation-verb.js";

/** An operation of a compute host's hypervisor fails, or takes longer: `{ driver: "spawn", host: "compute-1" }`. */
export interface DriverFaultSpec extends OperationAim {
  /** `spawn`, `snapshot`, `power_off`, `power_on`, `destroy`. */
  readonly driver: string;
}

export const driver = operationVerb({
  key: "driver",
  hardware: Hypervisor,
  operations: HYPERVISOR_OPERATIONS,
  whose: "compute host",
});
