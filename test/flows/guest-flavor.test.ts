/**
 * libvirt's driver reads a guest's flavor of the database for each domain that it describes and each card: `_get_guest_config`
 * at 3764, attach_interface at 1554 and detach_interface at 1576 of nova/virt/libvirt/driver.py at 2014.2.
 */
import { beforeEach, describe, expect, it } from "vitest";
import { Cloud } from "../../src/index.js";

let cloud: Cloud;
let seen: number;

beforeEach(() => {
  cloud = new Cloud({ seed: 1, computes: 2 });
  seen = 0;
  did("nova boot t --flavor m1.nano --image cirros --nic net-id=private");
});

/** What nova-compute asked for of flavors and of images while somebody did that, in order. */
function did(line: string, as = "demo"): string[] {
  const { exit, stderr } = cloud.user(as).command(line);
  if (exit !== 0) throw new Error(stderr);
  cloud.settle();
  const entries = cloud.timeline.entries.slice(seen);
  seen = cloud.timeline.entries.length;
  return entries.flatMap((entry) => {
    if (entry.actor?.startsWith("nova-compute@") !== true) return [];
    if (entry.kind === "rest.request" && entry.to.startsWith("glance")) {
      return [`${entry.method} image`];
    }
    if (entry.kind !== "rpc.call" || entry.method !== "object_class_action") return [];
    const { objname, objmethod } = entry.args as { objname: string; objmethod: string };
    return objname === "Flavor" ? [`${objname}.${objmethod}`] : [];
  });
}

const isFlavor = (asked: string): boolean => asked.startsWith("Flavor.");

describe("a flavor is read", () => {
  it("for a new guest, and for one that is started anew, but not for one that goes on", () => {
    const read = ["Flavor.get_by_id"];
    expect(did("nova boot u --flavor m1.nano --image cirros").filter(isFlavor)).toEqual(read);
    expect(did("nova reboot --hard t")).toEqual(read);
    expect(did("nova suspend t")).toEqual([]);
    expect(did("nova resume t")).toEqual([]);
    expect(did("nova stop t")).toEqual([]);
    expect(did("nova start t")).toEqual(read);
  });

  it("for a card that is put in and for one that is taken out", () => {
    const attach = `nova interface-attach --net-id ${cloud.id("network", "private")} t`;
    expect(did(attach)).toEqual(["HEAD image", "Flavor.get_by_id"]);
    const list = cloud.user("demo").command("nova interface-list t").stdout;
    const [, port = ""] = /ACTIVE +\| ([\da-f-]{36})/u.exec(list) ?? [];
    seen = cloud.timeline.entries.length;
    expect(did(`nova interface-detach t ${port}`)).toEqual(["Flavor.get_by_id"]);
  });

  // Without image_meta, _get_guest_xml at 4125 asks Glance for it first: finish_migration at 6019, finish_revert_migration at 6060.
  it("for a guest that arrives and for one that comes back, whose image is asked for before", () => {
    const arrives = did("nova resize t m1.tiny");
    expect(arrives.slice(-2)).toEqual(["HEAD image", "Flavor.get_by_id"]);
    const back = did("nova resize-revert t");
    expect(back.slice(-2)).toEqual(["HEAD image", "Flavor.get_by_id"]);
  });

  it("for a guest that came while it ran, as its new host has not defined it (post_live_migration_at_destination at 5632)", () => {
    const came = did(`nova live-migration --block-migrate ${cloud.server("t")?.id ?? ""}`, "admin");
    expect(came.slice(-2)).toEqual(["HEAD image", "Flavor.get_by_id"]);
  });
});
