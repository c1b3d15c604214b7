/**
 * What becomes of a card whose port Neutron cannot bind, since no L2 agent lives on the host: libvirt's driver knows no such card
 * (nova/virt/libvirt/vif.py:535-541 at 2014.2), and raises what no caller expects.
 */
import { describe, expect, it } from "vitest";
import { Cloud } from "../../src/cloud/cloud.js";

const BOOT = "nova boot t1 --flavor m1.nano --image cirros --nic net-id=private";

/** A server on the first of two hosts, and the L2 agent of one of them has been away for long enough. */
function without(agent: string): Cloud {
  const cloud = new Cloud({ seed: 1, computes: 2 });
  cloud.user("demo").command(BOOT);
  cloud.settle();
  expect(cloud.server("t1")?.host).toBe("compute-1");
  cloud.crash(`neutron-openvswitch-agent@${agent}`);
  cloud.advance("80s");
  return cloud;
}

describe("a card that nobody can bind", () => {
  // nova/virt/libvirt/driver.py:1557 plugs before it tries; attach_interfaces.py:103-128 catches no NovaException.
  it("cannot be attached: a 500, and its port stays the server's until that goes", () => {
    const cloud = without("compute-1");
    const { stderr, exit } = cloud
      .user("demo")
      .command("nova interface-attach --net-id {{network private}} t1");
    cloud.settle();
    expect([exit, stderr]).toEqual([1, expect.stringContaining("(HTTP 500)")]);
    const id = cloud.server("t1")?.id ?? "";
    const bound = cloud.ports({ device_id: id }).map((port) => port.vif_type);
    expect(bound.sort()).toEqual(["binding_failed", "ovs"]);
    expect(cloud.server("t1")).toMatchObject({ status: "ACTIVE", task_state: null });
    cloud.user("demo").command("nova delete t1");
    cloud.settle();
    expect(cloud.ports({ device_id: id })).toEqual([]);
  });

  // nova/compute/manager.py:3890-3900 (finish_resize) puts the server in error and gives the quota back; its guest is not started again.
  it("ends a resize to its host in error", () => {
    const cloud = without("compute-2");
    cloud.user("admin").command("nova migrate {{server t1}}");
    cloud.settle();
    expect(cloud.server("t1")).toMatchObject({ status: "ERROR", host: "compute-2" });
    expect(cloud.user("demo").command("nova show t1").stdout).toContain(
      "Unexpected vif_type=binding_failed",
    );
    expect(cloud.guests({ host: "compute-2" })).toEqual([]);
  });
});
