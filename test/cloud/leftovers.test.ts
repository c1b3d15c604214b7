/**
 * What a cloud has left behind when nothing is under way any more: of a course of things that goes well,
 * nothing; else what Juno leaves (other-services §11.6: of a server that is on no host, its ports).
 */
import { describe, expect, it } from "vitest";
import { Cloud } from "../../src/cloud/cloud.js";
import { KeystoneDatabase } from "../../src/services/keystone/store/database.js";
import { keystoneInventory } from "../../src/services/keystone/inventory.js";
import { Kernel } from "../../src/kernel/index.js";

const BOOT = "nova boot t1 --flavor m1.nano --image cirros --nic net-id=private";

function type(cloud: Cloud, ...lines: string[]): void {
  for (const line of lines) {
    const { exit, stderr } = cloud.user("demo").command(line);
    expect({ line, exit, stderr }).toEqual({ line, exit: 0, stderr: "" });
    cloud.settle();
    cloud.advance("10s");
  }
}

describe("a cloud leaves nothing behind", () => {
  it("when it has just been made, with every service", () => {
    expect(new Cloud().leftovers()).toEqual([]);
    expect(new Cloud({ preset: "full" }).leftovers()).toEqual([]);
  });

  it("when a server has come, been shelved, come back and gone", () => {
    const cloud = new Cloud();
    for (const line of [BOOT, "nova shelve t1", "nova unshelve t1", "nova delete t1"]) {
      type(cloud, line);
      expect(cloud.leftovers()).toEqual([]);
    }
  });

  it("when a volume was attached, and server and volume are deleted", () => {
    const cloud = new Cloud({ services: ["cinder"] });
    type(cloud, BOOT, "cinder create 1 --display-name data");
    const attach = `nova volume-attach t1 ${cloud.id("volume", "data") ?? ""} /dev/vdb`;
    for (const line of [attach, "nova delete t1", "cinder delete data"]) {
      type(cloud, line);
      expect(cloud.leftovers()).toEqual([]);
    }
  });
});

describe("a cloud tells what it has left behind", () => {
  it("the port of a server that was deleted while it was on no host (other-services §11.6)", () => {
    const cloud = new Cloud();
    type(cloud, BOOT, "nova shelve t1");
    const id = cloud.id("server", "t1") ?? "";
    type(cloud, "nova delete t1");
    const [port, ...others] = cloud.leftovers();
    expect(port).toMatch(new RegExp(`^port .* of compute:None: there is no server ${id}$`, "u"));
    expect(others).toEqual([]);
  });

  it("a guest and its tap on a host that was down when its server was deleted", () => {
    const cloud = new Cloud();
    type(cloud, BOOT);
    const id = cloud.id("server", "t1") ?? "";
    cloud.crash("nova-compute@compute-1");
    cloud.advance("2m");
    type(cloud, "nova delete t1");
    expect(cloud.leftovers()).toEqual([
      expect.stringMatching(/^tap of a port on compute-1: there is no port /u),
      `guest instance-00000001 on compute-1: server ${id} is not there`,
    ]);
  });

  it("what a project of one's own finds wrong", () => {
    const cloud = new Cloud();
    cloud.add({
      name: "toy",
      processes: [],
      stores: {},
      catalog: [],
      options: {},
      seed: () => undefined,
      resolve: () => ({}),
      inventory: () => ({ dependents: [{ what: "toy 1", of: { kind: "server", id: "none" } }] }),
    });
    expect(cloud.leftovers()).toEqual(["toy 1: there is no server none"]);
  });
});

describe("a token is left behind", () => {
  const issued = (expires: string) => ({
    token: "t",
    user_id: "u1",
    project_id: null,
    domain_id: null,
    trust_id: null,
    role_ids: [],
    methods: ["password"],
    audit_ids: [],
    issued_at: "2014-09-18T04:03:09Z",
    expires,
    valid: true,
  });

  it("if it is good and its user is gone, and not if it has expired", () => {
    const kernel = new Kernel();
    const db = new KeystoneDatabase(kernel);
    const row = db.tokens.insert(issued(kernel.calendar.stamp(kernel.now + 60_000_000)));
    expect(keystoneInventory(db).wrong).toMatchObject([
      { invariant: "owner", what: "token t: good still, and there is no user u1" },
    ]);
    db.tokens.update(row.token, { expires: kernel.calendar.stamp(kernel.now) });
    expect(keystoneInventory(db).wrong).toEqual([]);
  });
});
