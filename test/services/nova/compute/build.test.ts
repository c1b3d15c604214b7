/** Building a server on a host: the messages of nova §1.4, in their order, and what they leave. */
import { describe, expect, it } from "vitest";
import { seconds } from "../../../../src/kernel/index.js";
import type {
  NetworkRequest,
  RequestedNetworks,
} from "../../../../src/services/nova/objects/network-request.js";
import { ComputeBed } from "./bed.js";
import { PORT } from "./fake-network.js";
import { IMAGE, uuid } from "../bed.js";

/** A host on which server 1 has just been asked for. */
function building(flags = {}, prepare: (bed: ComputeBed) => void = () => {}) {
  const bed = new ComputeBed(flags);
  const host = bed.startCompute();
  prepare(bed);
  bed.forget();
  return { bed, host };
}

describe("a build that succeeds", () => {
  it("nova §1.4 rows 8-26: sends these messages to the conductor, in this order", () => {
    const { bed } = building();
    bed.build(bed.server());
    bed.settle();
    expect(bed.sent("nova-compute@c1")).toEqual([
      "object_class_action InstanceActionEvent.event_start",
      "object_action Instance.save",
      "object_class_action InstancePCIRequests.get_by_instance_uuid",
      "instance_update host,node,launched_on",
      "compute_node_update",
      "object_action Instance.save",
      "compute_node_update",
      "object_action Instance.save",
      "object_action BlockDeviceMapping.save",
      "object_action Instance.save",
      "object_action Instance.save",
      "object_action InstanceInfoCache.save",
      "instance_update system_metadata",
      "compute_node_update",
      "object_action Instance.save",
      "object_class_action InstanceActionEvent.event_finish_with_failure",
    ]);
  });

  it("nova §1.4: stores these states, one after another", () => {
    const { bed } = building();
    bed.build(bed.server());
    bed.settle();
    expect(bed.states()).toEqual([
      "building/NULL",
      "building/networking",
      "building/block_device_mapping",
      "building/spawning",
      "active/NULL",
    ]);
  });

  it("nova §1.4 row 24: leaves host, node, launch time, power state and root device", () => {
    const { bed, host } = building();
    bed.build(bed.server());
    bed.settle();
    expect(bed.stored(1)).toMatchObject({
      host: "c1",
      node: "c1",
      launched_on: "c1",
      power_state: 1,
      root_device_name: "/dev/vda",
      launched_at: expect.stringMatching(/^2014-09-18T04:03/) as string,
    });
    const { objects: disks } = bed.devices(uuid(1));
    expect(disks.map(({ device_name }) => device_name)).toEqual(["/dev/vda"]);
    expect(bed.reload().system_metadata).not.toHaveProperty("network_allocated");
    expect(host.hypervisor.guest(uuid(1))).toMatchObject({ powerState: 1, memory_mb: 512 });
    expect(host.bridge.ports()).toEqual([PORT]);
  });

  it("nova §1.11: tells of its start and its end, and of nothing else", () => {
    const { bed } = building();
    bed.build(bed.server());
    bed.settle();
    expect(bed.notified()).toEqual([
      "compute.instance.create.start",
      "compute.instance.create.end",
    ]);
  });

  it("nova §1.8: fetches an image once for each host, also for two servers at once", () => {
    const { bed } = building();
    bed.build(bed.server(1));
    bed.build(bed.server(2));
    bed.settle();
    expect([bed.stored(1).vm_state, bed.stored(2).vm_state]).toEqual(["active", "active"]);
    expect(bed.images.asked).toEqual([`GET ${IMAGE}`]);
  });

  it("nova §1.4: prepares disks while the network is still being allocated", () => {
    const { bed } = building();
    bed.build(bed.server());
    bed.wait(seconds(0.08));
    expect(bed.stored(1).task_state).toBe("spawning");
    expect(bed.reload().info_cache.network_info).toEqual([]);
  });
});

describe("the wait for VIFs", () => {
  const unwired = (flags = {}) => {
    const parts = building(flags);
    parts.host.network.active = false;
    parts.bed.build(parts.bed.server());
    return parts;
  };

  it("nova §1.7: holds the guest paused until network-vif-plugged comes", () => {
    const { bed, host } = unwired();
    bed.settle();
    expect(bed.stored(1).task_state).toBe("spawning");
    expect(host.hypervisor.guest(uuid(1))?.powerState).toBe(3);
    bed.event("network-vif-plugged");
    bed.settle();
    expect(bed.stored(1).vm_state).toBe("active");
    expect(host.hypervisor.guest(uuid(1))?.powerState).toBe(1);
  });

  it("nova §1.7: drops an event that comes before anybody waits for it", () => {
    const { bed } = building({ vif_plugging_timeout: 20 });
    bed.server();
    bed.event("network-vif-plugged");
    bed.wait(seconds(1));
    expect(bed.logs()).toContain(
      `debug: No waiting events found dispatching network-vif-plugged-${PORT}`,
    );
  });

  it("nova §1.9: ends in ERROR when nothing comes in time, without another host", () => {
    const { bed, host } = unwired();
    bed.wait(seconds(320));
    expect(bed.stored(1)).toMatchObject({ vm_state: "error", task_state: "spawning", host: "c1" });
    expect(host.hypervisor.guests).toEqual([]);
    expect(host.network.asked).toContain("deallocate@c1");
    expect(bed.sent("nova-compute@c1")).not.toContain("build_instances");
  });

  it("nova §1.7: a failed plug ends the build as well", () => {
    const { bed } = unwired();
    bed.settle();
    bed.event("network-vif-plugged", "failed");
    bed.settle();
    expect(bed.stored(1).vm_state).toBe("error");
  });

  it("nova §1.7: goes on without the event if plugging is not fatal", () => {
    const { bed } = unwired({ vif_plugging_is_fatal: false, vif_plugging_timeout: 10 });
    bed.settle();
    expect(bed.stored(1).vm_state).toBe("active");
  });

  it("nova §1.7: waits for nothing when the timeout is 0", () => {
    const { bed } = unwired({ vif_plugging_timeout: 0 });
    bed.wait(seconds(5));
    expect(bed.stored(1).vm_state).toBe("active");
  });

  it("nova §1.7: network-changed refreshes the info cache and wakes nobody", () => {
    const { bed, host } = unwired();
    bed.settle();
    bed.event("network-changed");
    bed.settle();
    expect(host.network.asked).toEqual(["allocate@c1", "read@c1"]);
    expect(bed.stored(1).task_state).toBe("spawning");
  });
});

describe("networks as a conductor of Icehouse tells them", () => {
  /** What is asked of Neutron for networks that are told as `requested`. */
  function wanted(requested: RequestedNetworks): unknown {
    const { bed, host } = building();
    const instance = bed.server();
    bed.build(instance, {}, { requested_networks: requested });
    bed.settle();
    expect(bed.stored(1).vm_state).toBe("active");
    return host.network.wanted.map(({ requested_networks }) => {
      const objects = requested_networks?.objects as readonly NetworkRequest[] | undefined;
      return objects?.map(({ network_id, address, port_id, pci_request_id }) => [
        network_id,
        address,
        port_id,
        pci_request_id,
      ]);
    });
  }

  // nova/compute/manager.py:1971, nova/objects/network_request.py:41 (from_tuple) at 2014.2;
  // test_build_and_run_instance_with_icehouse_requested_network in nova/tests/compute/test_compute_mgr.py.
  it("nova §9.3: are tuples of three, and of two or four members", () => {
    expect(wanted([["net", "10.0.0.1", "port"]])).toEqual([[["net", "10.0.0.1", "port", null]]]);
    expect(wanted([["net", null]])).toEqual([[["net", null, null, null]]]);
    expect(wanted([["net", null, null, "pci"]])).toEqual([[["net", null, null, "pci"]]]);
  });

  it("nova §9.3: and none at all, if the list is empty", () => {
    expect(wanted([])).toEqual([undefined]);
  });
});
