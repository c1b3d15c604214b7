/**
 * neutron-server is down, and a server is there (other-services §3.8, §11.7): what a user sees of it, and
 * what becomes of a delete. Upstream: nova/api/openstack/compute/contrib/security_groups.py
 * (_extend_servers), nova/compute/manager.py (_try_deallocate_network) at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { BOOT, WholeCloud } from "./bed.js";

function without(): { whole: WholeCloud; id: string } {
  const whole = new WholeCloud({ computes: 1 });
  whole.type(BOOT);
  whole.rest();
  const { id = "" } = whole.cloud.server("t3") ?? {};
  whole.cloud.crash("neutron-server@controller");
  whole.mark();
  return { whole, id };
}

describe("neutron-server that is down", () => {
  it.each(["nova list", "nova show t3", "nova delete t3"])(
    "%s: 500, since a server is shown with its security groups",
    (command) => {
      const { whole } = without();
      const { stdout, stderr, exit } = whole.type(command);
      expect([exit, stdout + stderr]).toEqual([
        1,
        expect.stringContaining("The server has either erred or is incapable of performing"),
      ]);
      expect(whole.state).toBe("active/-");
    },
  );

  it("ends a delete by id in ERROR: the port, the guest's record and the quota stay", () => {
    const { whole, id } = without();
    const { status } = whole.cloud.run(
      whole.cloud.user("demo").request("compute", "DELETE", `/servers/${id}`),
    );
    whole.rest();
    expect([status, whole.state]).toEqual([204, "error/-"]);
    expect(whole.faults()).toEqual([expect.stringMatching(/^500 Connection to neutron failed: /)]);
    expect(whole.quota()).toBe("instances 1+0, cores 1+0, ram 64+0");
    expect(whole.ports()).toEqual(["compute-1 ovs ACTIVE"]);
  });

  it("lets the agent on the host go on asking, a minute at a time", () => {
    const { whole, id } = without();
    whole.cloud.run(whole.cloud.user("demo").request("compute", "DELETE", `/servers/${id}`));
    whole.rest();
    expect(whole.texts()).toContain(
      "neutron-openvswitch-agent@compute-1 -> q-plugin call update_device_down times out",
    );
  });
});
