/** Builds that are given up: the matrix of nova §1.9. */
import { describe, expect, it } from "vitest";
import type { DbChange } from "../../../../src/framework/observations.js";
import { seconds, type LogLine } from "../../../../src/kernel/index.js";
import * as errors from "../../../../src/services/nova/exception.js";
import { failNext } from "../../../hardware/fake-failures.js";
import { ComputeBed, type Host } from "./bed.js";
import { RETRY, failing, faults, result } from "./failing.js";
import { uuid } from "../bed.js";

/** A disk that is a volume. */
const VOLUME = {
  instance_uuid: uuid(1),
  source_type: "volume",
  destination_type: "volume",
  guest_format: null,
  device_type: null,
  disk_bus: null,
  boot_index: null,
  device_name: "/dev/vdb",
  delete_on_termination: false,
  snapshot_id: null,
  volume_id: "v1",
  volume_size: 1,
  image_id: null,
  no_device: null,
  connection_info: null,
};

describe("a build that is given up", () => {
  const given: [string, (host: Host) => void, string][] = [
    [
      "no more networks",
      ({ network }) => (network.failure = new errors.NoMoreNetworks()),
      "Failed to allocate the network(s) with error No more available networks., not rescheduling.",
    ],
    [
      "fixed address limit",
      ({ network }) => (network.failure = new errors.FixedIpLimitExceeded()),
      "Failed to allocate the network(s) with error Maximum number of fixed ips exceeded, not rescheduling.",
    ],
    [
      "duplicate MAC",
      ({ network }) => (network.failure = new errors.VirtualInterfaceMacAddressException()),
      "Failed to allocate the network(s), not rescheduling.",
    ],
    [
      "an image too large for the flavor",
      ({ hypervisor }) => failNext(hypervisor, "spawn", 1, new errors.FlavorDiskTooSmall()),
      "Flavor's disk is too small for requested image.",
    ],
    [
      "a cleanup that fails",
      ({ hypervisor }) => {
        failNext(hypervisor, "spawn");
        failNext(hypervisor, "destroy");
      },
      "Could not clean up failed build, not rescheduling",
    ],
  ];

  it.each(given)("nova §1.9: %s: ERROR, a fault, no ports, no other host", (_, spoil, reason) => {
    const { bed, host } = failing(spoil);
    expect(bed.stored(1)).toMatchObject({ vm_state: "error", task_state: "spawning", host: "c1" });
    expect(faults(bed)).toEqual([`500 Build of instance ${uuid(1)} aborted: ${reason}`]);
    expect(host.network.asked.at(-1)).toBe("deallocate@c1");
    expect(bed.notified().at(-1)).toBe("compute.instance.create.error");
    expect(result(bed)).toEqual(["Success"]);
  });

  it("nova §1.9: a disk that is a volume: ERROR, since block devices cannot be prepared", () => {
    const { bed } = failing((_, bed) => {
      bed.db.block_device_mapping.insert(VOLUME);
    });
    expect(bed.stored(1)).toMatchObject({
      vm_state: "error",
      task_state: "block_device_mapping",
    });
    expect(faults(bed)).toEqual([
      `500 Build of instance ${uuid(1)} aborted: Failure prepping block device.`,
    ]);
  });
});

describe("what is logged of a build that is given up (nova/compute/manager.py at 2014.2)", () => {
  const loud = (spoil: (host: Host) => void): string[] =>
    failing(spoil)
      .bed.logs()
      // That no guest is there of a server in ERROR is the power sync's to say.
      .filter((line) => !/^(debug|info):|in the database/u.test(line));
  const aborted = (reason: string): string =>
    `error: Build of instance ${uuid(1)} aborted: ${reason}`;

  it("no more networks: a warning by _build_and_run_instance", () => {
    const logs = loud(({ network }) => (network.failure = new errors.NoMoreNetworks()));
    expect(logs).toContain("warning: No more network or fixed IP to be allocated");
    expect(logs.at(-1)).toBe(
      aborted(
        "Failed to allocate the network(s) with error No more available networks., not rescheduling.",
      ),
    );
  });

  it("no interface: an error by _build_and_run_instance", () => {
    const logs = loud(
      ({ network }) => (network.failure = new errors.VirtualInterfaceMacAddressException()),
    );
    expect(logs.slice(-2)).toEqual([
      expect.stringMatching(/^error: Failed to allocate network\(s\): /u),
      aborted("Failed to allocate the network(s), not rescheduling."),
    ]);
  });

  it("block devices that cannot be prepared: an error by _build_resources", () => {
    const bed = new ComputeBed();
    bed.startCompute("c1");
    bed.db.block_device_mapping.insert(VOLUME);
    bed.build(bed.server(), RETRY);
    bed.settle();
    const errorLines = bed.logs().filter((line) => line.startsWith("error:"));
    expect(errorLines).toContainEqual(
      expect.stringMatching(/^error: Failure prepping block device: /u),
    );
    expect(errorLines.at(-1)).toBe(aborted("Failure prepping block device."));
  });
});

describe("a build that finds its server busy with something else", () => {
  it("nova §1.9: gives up, with the states that it met as the reason", () => {
    const bed = new ComputeBed();
    bed.startCompute("c1");
    bed.build(bed.server(), RETRY);
    while (bed.stored(1).host === null) bed.wait(500);
    bed.db.instances.update(uuid(1), { task_state: "rebooting" });
    bed.settle();
    expect(bed.stored(1).vm_state).toBe("error");
    expect(faults(bed)).toEqual([
      `500 Build of instance ${uuid(1)} aborted: Unexpected task state: expecting [None] but the actual state is rebooting`,
    ]);
  });
});

describe("network allocation", () => {
  it.each([
    [0, 1],
    [1, 1],
    [2, 3],
  ])("nova §1.7: network_allocate_retries=%i makes %i attempts", (retries, attempts) => {
    const bed = new ComputeBed({ network_allocate_retries: retries });
    const { network } = bed.startCompute("c1");
    network.failure = new errors.NovaException({}, "Neutron is out of sorts");
    bed.build(bed.server());
    bed.settle();
    expect(network.asked.filter((asked) => asked === "allocate@c1")).toHaveLength(attempts);
    expect(bed.stored(1).vm_state).toBe("error");
  });
});

describe("a build of a server that is deleted meanwhile", () => {
  it("nova §1.9: does nothing if the server is gone or busy before it starts", () => {
    const bed = new ComputeBed();
    bed.startCompute("c1");
    bed.build(bed.server(1, { task_state: "deleting" }));
    bed.settle();
    expect(bed.stored(1)).toMatchObject({ task_state: "deleting", host: null });
    expect(bed.notified()).toEqual([]);
  });

  it("nova §1.9: frees the ports, keeps no fault and leaves the rest to terminate", () => {
    const bed = new ComputeBed();
    const host = bed.startCompute("c1");
    bed.build(bed.server());
    bed.wait(seconds(1));
    bed.terminate();
    bed.wait(seconds(1.1));
    expect(host.network.asked).toEqual(["allocate@c1"]);
    bed.settle();
    expect(host.network.asked).toEqual(["allocate@c1", "deallocate@c1", "deallocate@c1"]);
    // Its guest's end finds it active and idle, and so it is stopped as well, deleted as it is (nova/compute/manager.py:1074-1109).
    expect(bed.stored(1)).toMatchObject({ vm_state: "stopped", deleted: 1 });
    expect(bed.notified()).toEqual([
      "compute.instance.create.start",
      "compute.instance.create.end",
      "compute.instance.delete.start",
      "compute.instance.shutdown.start",
      "compute.instance.shutdown.end",
      "compute.instance.delete.end",
      "compute.instance.power_off.start",
      "compute.instance.power_off.end",
    ]);
    expect(host.hypervisor.guests).toEqual([]);
    expect(faults(bed)).toEqual([]);
  });

  it("nova §3.2: a delete that lands between networking and mapping is forgotten for a while", () => {
    const bed = new ComputeBed();
    bed.startCompute("c1");
    bed.build(bed.server());
    let landed = false;
    while (!landed) {
      bed.wait(1000);
      landed = bed.stored(1).task_state === "networking";
    }
    bed.forget();
    bed.terminate();
    bed.settle();
    expect(bed.states()).toEqual([
      "building/deleting",
      "building/block_device_mapping",
      "building/spawning",
      "active/NULL",
      "active/powering-off",
      "deleted/NULL",
      "stopped/NULL",
    ]);
  });
});

describe("a build that takes too long (_check_instance_build_time)", () => {
  // nova/compute/manager.py:1599-1603 (2014.2)
  it("is set in error, and told of once it is", () => {
    const bed = new ComputeBed({ instance_build_timeout: 100, periodic_fuzzy_delay: 0 });
    bed.startCompute("c1");
    bed.db.instances.update(bed.server().uuid, { host: "c1" });
    bed.forget();
    bed.wait(seconds(240));
    expect(bed.stored(1)).toMatchObject({ vm_state: "error", task_state: "scheduling" });
    const steps = bed.seen.flatMap(({ what }) => {
      if (what.kind === "log") return [(what as LogLine).message];
      if (what.kind !== "db") return [];
      const { table, changes } = what as DbChange;
      return table === "instances" ? Object.keys(changes) : [];
    });
    const timedOut = "Instance build timed out. Set to error state.";
    expect(steps.filter((step) => ["vm_state", timedOut].includes(step))).toEqual([
      "vm_state",
      timedOut,
    ]);
  });
});
