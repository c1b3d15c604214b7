/** The driver that the flag `compute_driver` names. Upstream: nova/virt/driver.py (load_compute_driver). */
import type { ComputeDriver } from "./driver.js";
import type { DriverParts } from "./driver-parts.js";
import { FakeDriver } from "./fake.js";
import { virtFlags } from "./flags.js";
import { LibvirtDriver } from "./libvirt.js";

export function loadComputeDriver(parts: DriverParts): ComputeDriver {
  const { compute_driver } = parts.env.flags.read(virtFlags);
  if (compute_driver === "fake.FakeDriver") return new FakeDriver(parts.hypervisor);
  return new LibvirtDriver(parts);
}
