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

describe("two moves of which a user ends one", () => {
  interface Setting {
    readonly servers?: readonly string[];
    readonly flags?: Readonly<Record<string, boolean>>;
  }

  /** The second is begun after the first has come to its host, and comes to its own. */
  function twice(
    sizes: readonly [string, string],
    end: string,
    { servers = ["t1"], flags = {} }: Setting = {},
  ): OpenCloud {
    const cloud = new OpenCloud({ seed: 5, computes: 2, flags });
    const as = (who: string, line: string): void => {
      cloud.user(who).command(line);
      cloud.settle();
    };
    as("admin", "nova flavor-create half auto 256 1 1");
    for (const name of servers) {
      as("demo", `nova boot ${name} --flavor ${sizes[0]} --image cirros --nic net-id=private`);
    }
    as("demo", `nova resize t1 ${sizes[1]}`);
    as("admin", "nova reset-state --active {{server t1}}");
    as("admin", "nova migrate {{server t1}}");
    expect(cloud.server("t1")?.vm_state).toBe("resized");
    as("demo", `nova ${end} t1`);
    expect(cloud.server("t1")?.vm_state).toBe("active");
    return cloud;
  }

  /** As if no operator had written a state: the grounds are gone. */
  const asIfAfterAnother = (cloud: OpenCloud): void => {
    const [first] = cloud.nova.migrations.find();
    cloud.nova.migrations.update(first?.id ?? 0, { status: "error" });
  };

  // nova/compute/api.py:2306-2311 gives back what the first took, nova/compute/manager.py:3328-3330 restores what the last has set aside.
  it("give back what the first took, and keep the size of the last (first-of-moves-is-ended)", () => {
    const cloud = twice(["m1.nano", "m1.tiny"], "resize-revert");
    expect(cloud.server("t1")?.memory_mb).toBe(512);
    expect(cloud.counts()).toEqual(["ram: 64 counted, 512 there first-of-moves-is-ended"]);
    asIfAfterAnother(cloud);
    expect(cloud.counts()).toEqual(["ram: 64 counted, 512 there -"]);
  });

  // nova/compute/api.py:2343-2347, 2412-2417: a confirm ends the first and gives back the difference of the last.
  it("or give nothing back where the last makes nothing smaller (first-of-moves-is-ended)", () => {
    const cloud = twice(["m1.tiny", "half"], "resize-confirm");
    expect(cloud.server("t1")?.memory_mb).toBe(256);
    expect(cloud.counts()).toEqual(["ram: 512 counted, 256 there first-of-moves-is-ended"]);
    asIfAfterAnother(cloud);
    expect(cloud.counts()).toEqual(["ram: 512 counted, 256 there -"]);
  });

  // nova/compute/api.py:2330-2333: only the host that the first went to hears of it, here the one that it came from.
  it("leave a guest where the last has gone (state-written-over)", () => {
    const flags = { allow_resize_to_same_host: true };
    const both = { servers: ["t1", "t2"], flags };
    const cloud = twice(["m1.nano", "m1.tiny"], "resize-revert", both);
    const guests = (): string[] =>
      cloud
        .invariants()
        .filter(({ what }) => what.startsWith("guest "))
        .map(({ invariant, exception }) => `${invariant} ${exception ?? "-"}`);
    const [first, second] = cloud.nova.migrations.find();
    expect(first?.dest_compute).toBe(cloud.server("t1")?.host);
    expect(second?.dest_compute).not.toBe(cloud.server("t1")?.host);
    expect(guests()).toEqual(["one-host state-written-over"]);
    cloud.nova.migrations.update(second?.id ?? 0, { dest_compute: "elsewhere" });
    expect(guests()).toEqual(["one-host -"]);
  });
});
