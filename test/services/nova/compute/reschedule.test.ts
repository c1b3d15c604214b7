/** Builds that another host may do: nova §1.9, and the second attempt of nova §1.10. */
import { describe, expect, it, onTestFinished, vi } from "vitest";
import * as errors from "../../../../src/services/nova/exception.js";
import type { FilterProperties } from "../../../../src/services/nova/scheduler/rpcapi.js";
import { LibvirtDriver } from "../../../../src/services/nova/virt/libvirt/driver.js";
import { failNext } from "../../../hardware/fake-failures.js";
import { ComputeBed } from "./bed.js";
import { RETRY, failing, faults, result } from "./failing.js";
import { uuid } from "../bed.js";

describe("a build that another host may do", () => {
  it("nova §1.9: a refused claim is re-scheduled, and the host was never set", () => {
    const bed = new ComputeBed();
    bed.startCompute("c1");
    bed.forget();
    bed.build(bed.server(), RETRY, { memory_mb: 600 });
    bed.settle();
    expect(bed.states()).toEqual(["building/NULL", "building/scheduling", "error/NULL"]);
    expect(bed.stored(1).host).toBeNull();
    expect(bed.notified().slice(0, 2)).toEqual([
      "compute.instance.create.start",
      "compute.instance.create.error",
    ]);
    const retried = bed.of<{ kind: "rpc.cast"; method: string; args: object }>("rpc.cast");
    const { retry } = (
      retried.find(({ method }) => method === "build_instances")?.args as {
        filter_properties: FilterProperties;
      }
    ).filter_properties;
    expect(retry?.exc?.at(-1)).toBe(
      `RescheduledException: Build of instance ${uuid(1)} was re-scheduled: Insufficient compute resources: Free memory 88.00 MB < requested 512 MB.\n`,
    );
  });

  it("nova §1.9: a driver error is re-scheduled; the guest goes, the ports stay", () => {
    const { bed, host, second } = failing(({ hypervisor }) => {
      failNext(hypervisor, "spawn");
    });
    expect(bed.stored(1)).toMatchObject({ vm_state: "active", host: "c2" });
    expect(host.hypervisor.guests).toEqual([]);
    expect(host.bridge.ports()).toEqual([]);
    expect([...host.network.asked, ...second.network.asked]).toEqual(["allocate@c1", "read@c2"]);
    expect(faults(bed)).toEqual([]);
    expect(bed.notified()).toEqual([
      "compute.instance.create.start",
      "compute.instance.shutdown.start",
      "compute.instance.shutdown.end",
      "compute.instance.create.error",
      "compute.instance.create.start",
      "compute.instance.create.end",
    ]);
  });

  it("nova §1.4: a second attempt never stores `networking`, since ports are there", () => {
    const { bed } = failing(({ hypervisor }) => {
      failNext(hypervisor, "spawn");
    });
    expect(bed.states().slice(bed.states().indexOf("building/scheduling"))).toEqual([
      "building/scheduling",
      "building/NULL",
      "building/block_device_mapping",
      "building/spawning",
      "active/NULL",
    ]);
  });

  it("nova §1.9: both attempts count as one successful event of the action", () => {
    const { bed } = failing(({ hypervisor }) => {
      failNext(hypervisor, "spawn");
    });
    expect(result(bed)).toEqual(["Success", null]);
  });

  it("nova §1.9: a network error that is not of the final kind is re-scheduled", () => {
    const { bed } = failing(({ network }) => {
      network.failure = new errors.NovaException({}, "Neutron is out of sorts");
    });
    expect(bed.stored(1)).toMatchObject({ vm_state: "active", host: "c2" });
  });

  it("other-services §3.8: a port that could not be bound is re-scheduled", () => {
    const { bed } = failing(({ network }) => {
      network.type = "binding_failed";
    });
    expect(bed.stored(1).host).toBe("c2");
    expect(bed.logs()).toContain(
      "error: Instance failed to spawn: Unexpected vif_type=binding_failed",
    );
  });

  it("nova §1.9: without retry information it ends in ERROR with a fault", () => {
    const { bed, host } = failing(({ hypervisor }) => {
      failNext(hypervisor, "spawn", 1, "qemu would not");
    }, {});
    expect(bed.stored(1)).toMatchObject({ vm_state: "error", task_state: "spawning" });
    expect(faults(bed)).toEqual([
      `500 Build of instance ${uuid(1)} was re-scheduled: qemu would not`,
    ]);
    expect(host.network.asked).toEqual(["allocate@c1", "deallocate@c1"]);
    expect(bed.reload().system_metadata["network_allocated"]).toBe("False");
  });

  // nova/compute/manager.py:2031 at 2014.2; what Ironic's driver says (nova/virt/ironic/driver.py:555), which is not here.
  it.each([
    [true, ["allocate@c1", "deallocate@c1", "allocate@c2"]],
    [false, ["allocate@c1", "read@c2"]],
  ])("nova §9.3: a driver says whether ports are freed before: %s", (frees, asked) => {
    const says = vi
      .spyOn(LibvirtDriver.prototype, "deallocateNetworksOnReschedule")
      .mockReturnValue(frees);
    onTestFinished(() => says.mockRestore());
    const { bed, host, second } = failing(({ hypervisor }) => {
      failNext(hypervisor, "spawn");
    });
    expect(bed.stored(1)).toMatchObject({ vm_state: "active", host: "c2" });
    expect([...host.network.asked, ...second.network.asked]).toEqual(asked);
  });

  // test_rescheduled_exception_with_non_ascii_exception, nova/tests/compute/test_compute_mgr.py:2161 at 2014.2.
  it("nova §9.3: an error that is not ASCII is kept as a text, and as escapes in the traceback", () => {
    const { bed } = failing(({ hypervisor }) => {
      failNext(hypervisor, "spawn", 1, "s\u00e9quence");
    });
    const given = bed.of<{ kind: "rpc.cast"; method: string; args: object }>("rpc.cast");
    const { retry } = (
      given.find(({ method }) => method === "build_instances")?.args as {
        filter_properties: FilterProperties;
      }
    ).filter_properties;
    expect(retry?.exc?.at(-1)).toBe(
      `RescheduledException: Build of instance ${uuid(1)} was re-scheduled: s\\xe9quence\n`,
    );
    expect(bed.stored(1)).toMatchObject({ vm_state: "active", host: "c2" });
    const { bed: alone } = failing(({ hypervisor }) => {
      failNext(hypervisor, "spawn", 1, "s\u00e9quence");
    }, {});
    expect(faults(alone)).toEqual([
      `500 Build of instance ${uuid(1)} was re-scheduled: s\u00e9quence`,
    ]);
  });

  it("nova §1.10: no host left is ERROR without a task", () => {
    const bed = new ComputeBed();
    const { hypervisor } = bed.startCompute("c1");
    failNext(hypervisor, "spawn");
    bed.build(bed.server(), RETRY);
    bed.settle();
    expect(bed.stored(1)).toMatchObject({ vm_state: "error", task_state: null, host: "c1" });
  });
});
