/**
 * Messages that are lost, doubled or late, one at a time, in the flows of boot and shelve: a cast that
 * nobody gets is missed by nobody, and no service of Nova looks for it (nova §0.1, pitfall 21).
 */
import { describe, expect, it } from "vitest";
import type { MessageAim } from "../../src/faults/index.js";
import { BOOT, WholeCloud } from "./bed.js";

function losing(method: string, where: Omit<MessageAim, "method"> = {}): WholeCloud {
  const whole = new WholeCloud({ computes: 2 });
  whole.cloud.inject({ drop: { method, ...where } });
  return whole;
}

describe("a cast that is lost in a boot", () => {
  it.each(["build_instances", "build_and_run_instance"])(
    "%s: building/scheduling for ever, with its quota used",
    (method) => {
      const whole = losing(method);
      whole.type(BOOT);
      whole.pass(3700);
      expect(whole.state).toBe("building/scheduling");
      expect(whole.server.host).toBeNull();
      expect(whole.faults()).toEqual([]);
      expect(whole.quota()).toBe("instances 1+0, cores 1+0, ram 64+0");
    },
  );

  it("external_instance_event: the build waits 300 s for it, then gives up", () => {
    const whole = losing("external_instance_event");
    whole.type(BOOT);
    whole.pass(290);
    expect(whole.state).toBe("building/spawning");
    whole.pass(20);
    expect(whole.state).toBe("error/spawning");
    expect(whole.ports()).toEqual([]);
  });

  it("the build that a host gives back: building/scheduling on that host for ever", () => {
    const whole = losing("build_instances", { from: "compute-1" });
    whole.cloud.inject({ driver: "spawn", host: "compute-1" });
    whole.type(BOOT);
    whole.pass(600);
    expect(whole.attempts()).toEqual(["compute-1", "back"]);
    expect(whole.state).toBe("building/scheduling");
    expect(whole.server.host).toBe("compute-1");
    expect(whole.ports()).toHaveLength(1);
  });
});

describe("a call that is lost in a boot", () => {
  it("select_destinations: 60 s, then error/- and a fault", () => {
    const whole = losing("select_destinations");
    whole.type(BOOT);
    whole.pass(59);
    expect(whole.state).toBe("building/scheduling");
    whole.pass(2);
    expect(whole.state).toBe("error/-");
    expect(whole.faults()).toEqual([expect.stringMatching(/^500 Timed out waiting for a reply/)]);
  });
});

describe("a build that comes twice", () => {
  it("is built once: the bus drops a copy whose unique id it has seen a short while ago", () => {
    const whole = new WholeCloud();
    whole.cloud.inject({ duplicate: { method: "build_and_run_instance" } });
    whole.type(BOOT);
    whole.rest();
    expect(whole.seen.filter((each) => each.kind === "rpc.lost")).toHaveLength(1);
    expect(whole.states().filter((state) => state === "building/-")).toHaveLength(1);
    expect(whole.ports()).toEqual(["compute-1 ovs ACTIVE"]);
  });
});

describe("a cast that is lost in a shelve or an unshelve", () => {
  const shelved = (): WholeCloud => {
    const whole = new WholeCloud({ computes: 2 });
    whole.boot();
    whole.type("nova shelve t3");
    whole.rest();
    whole.mark();
    return whole;
  };

  it("shelve_instance: active/shelving for ever, and a queued image", () => {
    const whole = new WholeCloud();
    whole.boot();
    whole.cloud.inject({ drop: { method: "shelve_instance" } });
    whole.type("nova shelve t3");
    whole.pass(3700);
    expect(whole.state).toBe("active/shelving");
    const [image] = [...whole.rows("images", "glance").values()];
    expect(image).toMatchObject({ status: "queued" });
  });

  it("unshelve_instance to the conductor: shelved_offloaded/unshelving for ever, keys kept", () => {
    const whole = shelved();
    whole.cloud.inject({ drop: { method: "unshelve_instance", from: "nova-api@controller" } });
    whole.type("nova unshelve t3");
    whole.pass(600);
    expect(whole.state).toBe("shelved_offloaded/unshelving");
    expect(JSON.stringify([...whole.rows("instance_system_metadata").values()])).toContain(
      "shelved_image_id",
    );
  });

  it("unshelve_instance to the host: the same, and the keys are gone (pitfall 13)", () => {
    const whole = shelved();
    const from = "nova-conductor@controller";
    whole.cloud.inject({ drop: { method: "unshelve_instance", from } });
    whole.type("nova unshelve t3");
    whole.pass(600);
    expect(whole.state).toBe("shelved_offloaded/unshelving");
    expect(JSON.stringify([...whole.rows("instance_system_metadata").values()])).not.toContain(
      "shelved_image_id",
    );
  });
});

describe("a host that crashes while it shelves (nova §3.6)", () => {
  it("repairs nothing when it is back: the task stays", () => {
    const whole = new WholeCloud();
    whole.boot();
    whole.begin("nova shelve t3");
    whole.until("active/shelving_image_uploading");
    whole.cloud.crash("nova-compute@compute-1");
    whole.pass(10);
    whole.cloud.start("nova-compute@compute-1");
    whole.pass(700);
    expect(whole.state).toBe("active/shelving_image_uploading");
  });
});

describe("a host that crashes while it deletes (nova §3.6)", () => {
  it("finishes when it is back, and the quota is never given back", () => {
    const whole = new WholeCloud();
    whole.boot();
    whole.begin("nova delete t3");
    whole.untilSaid(/call InstanceInfoCache.delete/);
    whole.cloud.crash("nova-compute@compute-1");
    whole.cloud.start("nova-compute@compute-1");
    whole.rest();
    expect(whole.server.status).toBe("DELETED");
    expect(whole.ports()).toEqual([]);
    expect(whole.quota()).toBe("instances 1+0, cores 1+0, ram 64+0");
  });
});
