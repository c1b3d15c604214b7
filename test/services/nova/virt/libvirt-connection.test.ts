/** What libvirt's driver says of its host's service when it connects: nova/virt/libvirt/driver.py:719 and 3247 of 2014.2. */
import { describe, expect, it } from "vitest";
import type { NotificationSent, RpcSent } from "../../../../src/bus/observations.js";
import { HypervisorUnavailable } from "../../../../src/services/nova/exception.js";
import { ComputeBed, type Host } from "../compute/bed.js";

const AUTO = "AUTO: Failed to connect to libvirt";

/** A host whose nova-compute has been up, and is down now. */
function down(service: { disabled?: boolean; disabled_reason?: string | null } = {}) {
  const bed = new ComputeBed();
  const host = bed.startCompute("c1");
  const { id } = bed.db.services.first({ binary: "nova-compute" })!;
  bed.db.services.update(id, service);
  bed.crash(host.process, host.env);
  bed.forget();
  return { bed, host };
}

const serviceOf = (bed: ComputeBed) => bed.db.services.first({ binary: "nova-compute" });

/** What the driver said about the service by object, in order: the audit, which asks for it as well, asks a slave. */
const aboutService = (bed: ComputeBed) =>
  bed
    .of<RpcSent>("rpc.call")
    .filter(({ method, args }) => {
      const { objname, objinst, kwargs } = args as {
        objname?: string;
        objinst?: { "nova_object.name"?: string };
        kwargs?: { use_slave?: boolean };
      };
      if (kwargs?.use_slave === true) return false;
      return (
        (method === "object_class_action" && objname === "Service") ||
        (method === "object_action" && objinst?.["nova_object.name"] === "Service")
      );
    })
    .map(({ method, args }) => `${method} ${(args as { objmethod: string }).objmethod}`);

function failing({ hypervisor }: Host): void {
  hypervisor.failures = {
    next: (operation) =>
      operation === "connect" ? { error: hypervisor.failure("Connection refused") } : undefined,
  };
}

describe("the connection to libvirt", () => {
  it("reads the service before it has a record, and goes on without (driver.py:3286)", () => {
    const bed = new ComputeBed();
    bed.startCompute("c1");
    expect(aboutService(bed)).toEqual(["object_class_action get_by_compute_host"]);
    expect(bed.logs()).toContain(
      "warning: Cannot update service status on host: c1,since it is not registered.",
    );
    expect(serviceOf(bed)).toMatchObject({ disabled: false, disabled_reason: null });
  });

  it("writes nothing if the service is enabled (driver.py:3265)", () => {
    const { bed, host } = down();
    bed.startCompute("c1", host);
    expect(aboutService(bed)).toEqual(["object_class_action get_by_compute_host"]);
    expect(serviceOf(bed)).toMatchObject({ disabled: false, disabled_reason: null });
  });

  it("enables a host that no operator has disabled, with a reason that is the text None (driver.py:3278)", () => {
    const { bed, host } = down({ disabled: true, disabled_reason: AUTO });
    bed.startCompute("c1", host);
    expect(aboutService(bed)).toEqual([
      "object_class_action get_by_compute_host",
      "object_action save",
    ]);
    expect(serviceOf(bed)).toMatchObject({ disabled: false, disabled_reason: "None" });
  });

  it.each([null, "for repairs"])(
    "leaves a host alone that an operator has disabled, for the reason %s (driver.py:3283)",
    (disabled_reason) => {
      const { bed, host } = down({ disabled: true, disabled_reason });
      bed.startCompute("c1", host);
      expect(serviceOf(bed)).toMatchObject({ disabled: true, disabled_reason });
      expect(bed.logs()).toContain(
        "debug: Not overriding manual compute service status with: enabled",
      );
    },
  );

  it("disables the host if there is no connection, tells of it, and does not start (driver.py:846, 735)", () => {
    const { bed, host } = down();
    failing(host);
    expect(() => bed.startCompute("c1", host)).toThrow(HypervisorUnavailable);
    expect(serviceOf(bed)).toMatchObject({ disabled: true, disabled_reason: AUTO });
    expect(bed.logs()).toContain("error: Connection to libvirt failed: Connection refused");
    expect(bed.of<NotificationSent>("notification")).toMatchObject([
      { event_type: "compute.libvirt.error", priority: "ERROR", payload: { method: "_connect" } },
    ]);
    host.hypervisor.failures = undefined;
    bed.startCompute("c1", host);
    expect(serviceOf(bed)).toMatchObject({ disabled: false });
  });

  it("is nothing to the fake driver (nova/virt/fake.py:123)", () => {
    const bed = new ComputeBed({ compute_driver: "fake.FakeDriver" });
    bed.startCompute("c1");
    expect(aboutService(bed)).toEqual([]);
  });
});
