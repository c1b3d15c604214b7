/**
 * `nova rescue` and `unrescue`, soft deletes and what follows them, passwords and networks of guests, each
 * with the row of the specification that asks for it. Upstream: nova/compute/api.py,
 * nova/compute/manager.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import type { Json } from "../../src/python/index.js";
import { WholeCloud } from "./bed.js";

const act = (whole: WholeCloud, body: Json, user = "demo") =>
  whole.http(user, "POST", `8774/v2/{tenant}/servers/${whole.server.id}/action`, body);

describe("nova rescue", () => {
  const whole = new WholeCloud({ flags: { rescue_timeout: 600 } });
  whole.boot();

  it("NOV-267: switches the guest off, boots the image that it was made of, and tells of it", () => {
    whole.mark();
    const { stdout } = whole.type("nova rescue t3");
    expect(stdout).toMatch(/\| adminPass \| \w{12} \|/u);
    whole.rest();
    expect(whole.states()).toEqual(["active/rescuing", "rescued/-"]);
    expect(whole.notifications()).toEqual([
      "compute.instance.rescue.start",
      "compute.instance.exists",
      "compute.instance.rescue.end",
    ]);
    expect(whole.events().at(-1)).toBe("compute_rescue_instance Success");
    expect(whole.server.power_state).toBe("Running");
  });

  it("nova §3.1: nothing but unrescue and delete is done to a server that is rescued", () => {
    expect(whole.type("nova rescue t3").stderr).toContain(
      "Cannot 'rescue' while instance is in vm_state rescued (HTTP 409)",
    );
    expect(whole.type("nova reboot --hard t3").stderr).toContain(
      "Cannot 'reboot' while instance is in vm_state rescued (HTTP 409)",
    );
  });

  it("NOV-268: unrescue boots its own disk again", () => {
    whole.mark();
    whole.type("nova unrescue t3");
    whole.rest();
    expect(whole.states()).toEqual(["rescued/unrescuing", "active/-"]);
    expect(whole.notifications()).toEqual([
      "compute.instance.unrescue.start",
      "compute.instance.unrescue.end",
    ]);
  });

  it("NOV-267: a rescue that the driver fails leaves the server active, with its guest off", () => {
    whole.cloud.inject({ driver: "rescue", host: "compute-1", times: 1, error: "no disk" });
    whole.type("nova rescue t3");
    whole.pass(60);
    expect(whole.faults().at(-1)).toBe(
      `400 Instance ${whole.server.id} cannot be rescued: Driver Error: no disk`,
    );
    expect(whole.state).toBe("active/-");
    // The row does not know, and the power sync would stop the server.
    whole.type("nova reboot --hard t3");
    whole.rest();
  });

  it("nova §8.2: a server that is rescued for longer than rescue_timeout is unrescued by its host", () => {
    const answer = act(whole, { rescue: { adminPass: "x" } });
    expect([answer.status, answer.body]).toEqual([200, { adminPass: "x" }]);
    whole.rest();
    whole.mark();
    whole.pass(700);
    expect(whole.states()).toEqual(["rescued/unrescuing", "active/-"]);
    expect([...whole.rows("instance_actions").values()].at(-1)?.["action"]).toBe("unrescue");
  });
});

describe("a server that is deleted for a while", () => {
  const whole = new WholeCloud({ flags: { reclaim_instance_interval: 300 } });
  whole.boot();
  const id = whole.server.id;

  it("NOV-278: is switched off, gives back what it used, and is in no list", () => {
    whole.mark();
    expect(whole.type("nova delete t3").exit).toBe(0);
    whole.rest();
    expect(whole.states()).toEqual(["active/soft-deleting", "soft-delete/-"]);
    expect(whole.notifications()).toEqual([
      "compute.instance.soft_delete.start",
      "compute.instance.soft_delete.end",
    ]);
    expect(whole.quota()).toBe("instances 0+0, cores 0+0, ram 0+0");
    expect(whole.type("nova list").stdout).not.toContain("t3");
    expect(whole.http("demo", "GET", `8774/v2/{tenant}/servers/${id}`).body).toMatchObject({
      server: { status: "SOFT_DELETED", "OS-EXT-STS:power_state": 4 },
    });
  });

  it("NOV-279: comes back when it is restored, and uses its quota again", () => {
    whole.mark();
    const at = `8774/v2/{tenant}/servers/${id}/action`;
    expect(whole.http("demo", "POST", at, { restore: null }).status).toBe(202);
    whole.rest();
    expect(whole.states()).toEqual(["soft-delete/restoring", "active/-"]);
    expect(whole.notifications()).toEqual([
      "compute.instance.restore.start",
      "compute.instance.restore.end",
    ]);
    expect(whole.quota()).toBe("instances 1+0, cores 1+0, ram 64+0");
    expect(whole.http("demo", "POST", at, { restore: null }).body).toMatchObject({
      conflictingRequest: { message: "Cannot 'restore' while instance is in vm_state active" },
    });
  });

  it("nova §3.2: is deleted for good once reclaim_instance_interval has passed", () => {
    whole.type("nova delete t3");
    whole.pass(120);
    expect(whole.state).toBe("soft-delete/-");
    whole.mark();
    whole.pass(300);
    expect(whole.notifications()).toEqual([
      "compute.instance.delete.start",
      "compute.instance.shutdown.start",
      "compute.instance.shutdown.end",
      "compute.instance.delete.end",
    ]);
    expect(whole.quota()).toBe("instances 0+0, cores 0+0, ram 0+0");
  });

  it("NOV-280: is deleted at once by forceDelete, but not while something is being done to it", () => {
    whole.boot();
    whole.begin("nova reboot t3");
    whole.until("active/reboot_started");
    expect(act(whole, { forceDelete: null }).body).toMatchObject({
      badRequest: {
        message: `Instance ${whole.server.id} in task_state reboot_started. Cannot force_delete while the instance is in this state.`,
      },
    });
    whole.rest();
    whole.mark();
    expect(act(whole, { forceDelete: null }).status).toBe(202);
    whole.rest();
    expect(whole.states().slice(0, 2)).toEqual(["active/deleting", "deleted/-"]);
  });
});

describe("the password of a guest", () => {
  it("NOV-269: is not for libvirt to set: 501, and the server is as it was", () => {
    const whole = new WholeCloud();
    whole.boot();
    expect(act(whole, { changePassword: {} }).body).toEqual({
      badRequest: { code: 400, message: "No adminPass was specified" },
    });
    expect(act(whole, { changePassword: { adminPass: 1 } }).body).toEqual({
      badRequest: { code: 400, message: "Invalid adminPass" },
    });
    const { status, body } = act(whole, { changePassword: { adminPass: "x" } });
    expect([status, Object.values(body as object)[0]]).toEqual([
      501,
      { code: 501, message: "Unable to set password on instance" },
    ]);
    expect(whole.state).toBe("active/-");
    whole.type("nova stop t3");
    whole.rest();
    expect(act(whole, { changePassword: { adminPass: "x" } }).status).toBe(400);
    // Neither does anything with libvirt, whose guests have no agent.
    expect(act(whole, { resetNetwork: null }).status).toBe(403);
    expect(act(whole, { resetNetwork: null }, "admin").status).toBe(202);
    expect(act(whole, { injectNetworkInfo: null }, "admin").status).toBe(202);
    whole.rest();
    expect(whole.state).toBe("stopped/-");
  });

  it("NOV-269: is taken by the fake driver", () => {
    const whole = new WholeCloud({ flags: { compute_driver: "fake.FakeDriver" } });
    whole.boot();
    expect(act(whole, { changePassword: { adminPass: "x" } }).status).toBe(202);
    expect(whole.states()).toEqual(["active/updating_password", "active/-"]);
    for (const line of ["rescue", "unrescue"]) {
      whole.type(`nova ${line} t3`);
      whole.rest();
    }
    expect(whole.states().slice(-2)).toEqual(["rescued/unrescuing", "active/-"]);
  });
});
