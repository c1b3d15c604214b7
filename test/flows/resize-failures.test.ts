/**
 * What becomes of a resize that fails, part by part, of one that nobody confirms, and of a server that is
 * deleted in the middle of it, as seen from outside on a whole cloud.
 */
import { describe, expect, it } from "vitest";
import type { CloudSetup } from "../../src/cloud/cloud.js";
import { WholeCloud } from "./bed.js";

const resized = (
  spoil: (whole: WholeCloud) => void,
  options: CloudSetup = {},
  flavors: readonly [string, string] = ["m1.nano", "m1.tiny"],
): WholeCloud => {
  const whole = new WholeCloud({ computes: 2, ...options });
  whole.boot(`nova boot t3 --flavor ${flavors[0]} --image cirros --nic net-id=private`);
  spoil(whole);
  whole.type(`nova resize t3 ${flavors[1]}`);
  whole.rest();
  return whole;
};

const migrations = (whole: WholeCloud): unknown[] =>
  [...whole.rows("migrations").values()].map(({ status }) => status);

const flavorOf = (whole: WholeCloud): unknown =>
  [...whole.rows("instances").values()].map(({ memory_mb }) => memory_mb).at(-1);

const errors = (whole: WholeCloud): string[] =>
  whole
    .notifications()
    .filter(
      (type) => !/^(compute\.instance\.(exists|resize|finish_resize.start)|scheduler)/.test(type),
    );

const fails =
  (driver: string, host: string) =>
  (whole: WholeCloud): void => {
    whole.cloud.inject({ driver, host, error: "no space left" });
  };

describe("a source host that cannot send the disk (NOV-245)", () => {
  const whole = resized(fails("migrate_disk_and_power_off", "compute-1"));

  it("leaves an error, the migration too, and gives the quota back", () => {
    expect(whole.states().slice(1)).toEqual([
      "active/resize_migrating",
      "error/resize_migrating",
      "error/-",
    ]);
    expect(migrations(whole)).toEqual(["error"]);
    expect(whole.faults()).toEqual(["500 no space left"]);
    expect(whole.quota()).toBe("instances 1+0, cores 1+0, ram 64+0");
    expect(whole.server.host).toBe("compute-1");
    expect(errors(whole)).toEqual(["resize_instance"]);
  });
});

describe("a host that cannot make the guest again (NOV-246)", () => {
  const whole = resized(fails("finish_migration", "compute-2"));

  it("gives it its old flavor back and keeps it, in error", () => {
    expect(whole.states().slice(-3)).toEqual([
      "active/resize_finish",
      "error/resize_finish",
      "error/-",
    ]);
    expect(flavorOf(whole)).toBe(64);
    expect(whole.server.host).toBe("compute-2");
    expect(migrations(whole)).toEqual(["error"]);
    expect(whole.quota()).toBe("instances 1+0, cores 1+0, ram 64+0");
    expect(errors(whole)).toEqual(["finish_resize"]);
  });
});

describe("a smaller disk (NOV-245, NOV-387)", () => {
  const whole = resized(() => undefined, {}, ["m1.small", "m1.tiny"]);

  it("is what libvirt cannot make: the server is active as it was, and was never off", () => {
    expect(whole.states().slice(-2)).toEqual(["active/resize_migrating", "active/-"]);
    expect(whole.faults()).toEqual(["500 Resize error: Unable to resize disk down."]);
    expect(migrations(whole)).toEqual(["error"]);
    expect(whole.cloud.guest("t3")).toBeDefined();
  });
});

/** nova-api would let it stay where it is, and the hosts would not. */
const DISAGREE = { flags: { "nova-api": { allow_resize_to_same_host: true } } };

describe("a host that will not have it (NOV-243, NOV-244)", () => {
  it("has it tried on another one, after the server was in error for a while", () => {
    const computes = [{ name: "compute-1" }, { name: "compute-2", memory_mb: 8192 }];
    const whole = resized(() => undefined, { ...DISAGREE, computes });
    expect(whole.states().slice(0, 3)).toEqual([
      "active/resize_prep",
      "error/resize_prep",
      "error/resize_migrating",
    ]);
    expect(whole.state).toBe("resized/-");
    expect(whole.server.host).toBe("compute-2");
    expect(whole.faults()).toEqual(["500 destination same as source!"]);
    expect(whole.notifications().filter((type) => /resize\.(prep|error)/.test(type))).toEqual([
      "compute.instance.resize.prep.start",
      "compute.instance.resize.error",
      "compute.instance.resize.prep.end",
      "compute.instance.resize.prep.start",
      "compute.instance.resize.prep.end",
    ]);
    expect(migrations(whole)).toEqual(["finished"]);
  });

  it("leaves an error and two faults where there is no other one", () => {
    const whole = resized(() => undefined, { ...DISAGREE, computes: 1 });
    expect(whole.state).toBe("error/-");
    expect(whole.faults()).toEqual([
      "500 No valid host was found. ",
      "500 No valid host was found. No valid host found for resize",
      "500 destination same as source!",
    ]);
    expect(whole.quota()).toBe("instances 1+0, cores 1+0, ram 64+0");
  });
});

describe("a resize that nobody confirms", () => {
  const whole = resized(() => undefined, { flags: { resize_confirm_window: 60 } });

  it("is confirmed by the host that it came to once the window is over (NOV-391)", () => {
    expect(whole.state).toBe("resized/-");
    whole.mark();
    whole.pass(130);
    expect(whole.state).toBe("active/-");
    expect(migrations(whole)).toEqual(["confirmed"]);
    expect(whole.notifications()).toEqual([
      "compute.instance.resize.confirm.start",
      "compute.instance.resize.confirm.end",
    ]);
    const rows = [...whole.rows("instance_actions").values()];
    expect(rows.at(-1)).toMatchObject({ action: "confirmResize" });
  });

  it("gives back what the smaller flavor does not take, for the owner, though an administrator does it", () => {
    whole.mark();
    whole.type("nova flavor-create one.nano 77 32 1 1", "admin");
    whole.type("nova resize t3 77");
    whole.rest();
    expect(whole.quota()).toBe("instances 1+0, cores 1+0, ram 512+0");
    whole.pass(130);
    expect(whole.state).toBe("active/-");
    expect(whole.quota()).toBe("instances 1+0, cores 1+0, ram 32+0");
  });
});

describe("a server that is deleted before its resize is confirmed (nova §3.2)", () => {
  const whole = resized(() => undefined);

  it("is confirmed first, by a call, so that nothing of it stays on either host", () => {
    whole.mark();
    whole.type("nova delete t3");
    whole.rest();
    expect(whole.texts()).toContain("nova-api -> nova-compute@compute-1 call confirm_resize");
    // Confirmed, it is active and idle; its guest's end then has it stopped, although it is gone (nova/compute/manager.py:1074-1109, 5794-5812).
    expect(whole.states().slice(-4)).toEqual([
      "active/-",
      "active/powering-off",
      "deleted/-",
      "stopped/-",
    ]);
    expect(whole.server.status).toBe("DELETED");
    expect(whole.quota()).toBe("instances 0+0, cores 0+0, ram 0+0");
    expect(migrations(whole)).toEqual(["confirmed"]);
    expect(whole.ports()).toEqual([]);
  });
});

describe("a source host whose nova-compute dies in the middle (nova §3.6)", () => {
  it("makes the guest of what is there when it is back, and the task is over", () => {
    const whole = new WholeCloud({ computes: 2 });
    whole.boot();
    whole.begin("nova resize t3 m1.tiny");
    whole.until("active/resize_migrating");
    whole.cloud.crash("nova-compute@compute-1");
    whole.pass(30);
    whole.cloud.start("nova-compute@compute-1");
    whole.rest();
    expect(whole.state).toBe("active/-");
    expect(whole.server.host).toBe("compute-1");
    expect(whole.cloud.guest("t3")).toBeDefined();
  });
});
