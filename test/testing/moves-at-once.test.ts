/**
 * What two moves of one server at once leave behind, which only an operator's reset-state lets begin. Upstream's lines
 * are those of 2014.2.
 */
import { describe, expect, it } from "vitest";
import { Cloud } from "../../src/cloud/cloud.js";
import { seconds } from "../../src/kernel/index.js";
import { novaDatabase } from "../../src/services/nova/project.js";

class OpenCloud extends Cloud {
  get nova() {
    return this.stored(novaDatabase);
  }

  counts(): string[] {
    return this.invariants()
      .filter(({ invariant }) => invariant === "quota")
      .map(({ what, exception }) => `${what.replace(/^.*: (?=\w+: )/u, "")} ${exception ?? "-"}`);
  }
}

describe("a resize and a migration at once", () => {
  /** Both wait for the host that they go to, and are done there one after the other. */
  function atOnce(): OpenCloud {
    const cloud = new OpenCloud({ seed: 1, computes: 2 });
    const as = (who: string, line: string): void => void cloud.user(who).command(line);
    as("demo", "nova boot t1 --flavor m1.nano --image cirros --nic net-id=private");
    cloud.settle();
    const { id = expect.fail("no t1"), host } = cloud.server("t1") ?? {};
    const other = host === "compute-1" ? "compute-2" : "compute-1";
    cloud.crash(`nova-compute@${other}`);
    as("demo", "nova resize t1 m1.tiny");
    as("admin", `nova reset-state --active ${id}`);
    as("admin", `nova migrate ${id}`);
    cloud.start(`nova-compute@${other}`);
    cloud.advance(seconds(240));
    return cloud;
  }

  // nova/compute/manager.py:3814-3826 saves the flavor of its own move, :3889 commits what that has reserved.
  it("leave the flavor of the last, and the quota of the resize (last-move-sets-flavor)", () => {
    const cloud = atOnce();
    expect(cloud.server("t1")?.memory_mb).toBe(64);
    expect(cloud.counts()).toEqual(["ram: 512 counted, 64 there last-move-sets-flavor"]);
    for (const { id, action } of cloud.nova.instance_actions.find()) {
      if (action === "resize") cloud.nova.instance_actions.update(id, { action: "reboot" });
    }
    expect(cloud.counts()).toEqual(["ram: 512 counted, 64 there -"]);
  });
});
