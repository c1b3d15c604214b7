/** Stands in for the faults of a hypervisor where a test has no board to declare them on. */
import type { Hypervisor, HypervisorOperation } from "../../src/hardware/hypervisor.js";
import { LibvirtError } from "../../src/hardware/libvirt-errors.js";
import type { Exception } from "../../src/python/index.js";

/** The next `times` operations of that kind fail with `error`, after those asked for before. */
export function failNext(
  hypervisor: Hypervisor,
  operation: HypervisorOperation,
  times = 1,
  error: Exception | string = `internal error: ${operation} failed on ${hypervisor.host}`,
): void {
  const raised = typeof error === "string" ? new LibvirtError(error) : error;
  const before = hypervisor.failures;
  let left = times;
  hypervisor.failures = {
    next(attempted) {
      const earlier = before?.next(attempted);
      if (earlier !== undefined || attempted !== operation || left === 0) return earlier;
      left--;
      return { error: raised };
    },
  };
}
