/**
 * Shelving, offloading and unshelving that fail, or are refused: nova §2 row by row, on a whole cloud.
 */
import { describe, expect, it } from "vitest";
import type { CloudSetup } from "../../src/cloud/cloud.js";
import { BOOT, WholeCloud } from "./bed.js";

function active(options: CloudSetup = {}): WholeCloud {
  const whole = new WholeCloud({ computes: 2, ...options });
  whole.boot();
  return whole;
}

function offloaded(options: CloudSetup = {}): WholeCloud {
  const whole = active(options);
  whole.type("nova shelve t3");
  whole.rest();
  whole.mark();
  return whole;
}

const kept = (options: CloudSetup = {}): WholeCloud =>
  offloaded({ ...options, flags: { shelved_offload_time: -1 } });

const shelvedKeys = (whole: WholeCloud): boolean =>
  JSON.stringify([...whole.rows("instance_system_metadata").values()]).includes("shelved_image_id");

describe("what is refused (nova §2.1)", () => {
  it("is shelving a locked server by others than administrators: 409", () => {
    const whole = active();
    const { id } = whole.server;
    whole.http("demo", "POST", `8774/v2/{tenant}/servers/${id}/action`, { lock: null });
    expect(whole.type("nova shelve t3").stderr).toContain(`Instance ${id} is locked (HTTP 409)`);
    expect(whole.state).toBe("active/-");
    whole.type(`nova shelve ${id}`, "admin");
    expect(whole.state).toBe("active/shelving");
  });

  it("is shelving what has never been active: 409 about its state, then about its launch", () => {
    const whole = new WholeCloud();
    whole.cloud.crash("nova-compute@compute-1");
    whole.type(BOOT);
    expect(whole.type("nova shelve t3").stderr).toContain(
      "Cannot 'shelve' while instance is in vm_state building (HTTP 409)",
    );
    const { id } = whole.server;
    const reset = { "os-resetState": { state: "active" } };
    whole.http("admin", "POST", `8774/v2/{tenant}/servers/${id}/action`, reset);
    expect(whole.type("nova shelve t3").stderr).toContain(
      "Cannot 'shelve' an instance which has never been active (HTTP 409)",
    );
  });

  it("is shelving what is shelved, offloading what is not, unshelving what is not: 409", () => {
    const whole = active();
    expect(whole.type("nova unshelve t3").stderr).toContain(
      "Cannot 'unshelve' while instance is in vm_state active (HTTP 409)",
    );
    const { id } = whole.server;
    expect(whole.type(`nova shelve-offload ${id}`, "admin").stderr).toContain(
      "Cannot 'shelveOffload' while instance is in vm_state active (HTTP 409)",
    );
    whole.type("nova shelve t3");
    expect(whole.type("nova unshelve t3").stderr).toContain(
      "Cannot 'unshelve' while instance is in vm_state active (HTTP 409)",
    );
    expect(whole.type("nova shelve t3").stderr).toContain(
      "Cannot 'shelve' while instance is in task_state shelving (HTTP 409)",
    );
    whole.rest();
    expect(whole.type("nova shelve t3").stderr).toContain(
      "Cannot 'shelve' while instance is in vm_state shelved_offloaded (HTTP 409)",
    );
  });

  it("is offloading by others than administrators: 403, whatever the server is like", () => {
    const whole = active();
    const { stderr } = whole.type("nova shelve-offload t3");
    expect(stderr).toContain(
      "Policy doesn't allow compute_extension:shelveOffload to be performed. (HTTP 403)",
    );
  });

  it("is a server that there is not: 404, after the extension's policy and its 403", () => {
    const whole = active();
    const at = "8774/v2/{tenant}/servers/11111111-2222-3333-4444-555555555555/action";
    const { status, body } = whole.http("demo", "POST", at, { shelve: null });
    // contrib/shelve.py (_get_instance) has words of its own.
    expect([status, body]).toEqual([
      404,
      { itemNotFound: { code: 404, message: "Server not found" } },
    ]);
    expect(whole.http("demo", "POST", at, { shelveOffload: null }).status).toBe(403);
    expect(whole.http("admin", "POST", at, { shelveOffload: null }).status).toBe(404);
  });

  it("stores nothing and makes no action", () => {
    const whole = active();
    const actions = whole.rows("instance_actions").size;
    whole.type("nova unshelve t3");
    expect(whole.states()).toEqual([]);
    expect(whole.rows("instance_actions").size).toBe(actions);
  });
});

describe("two shelves at once (nova §2.1 Race)", () => {
  // Nothing runs between check and save in one nova-api; the 500 of two is in api/actions.test.ts.
  it("are one 202 and one 409 in one nova-api, and one snapshot", () => {
    const whole = active();
    whole.begin("nova shelve t3");
    whole.begin("nova shelve t3");
    whole.rest();
    const answers = whole
      .texts()
      .filter((text) => text.includes("/action "))
      .map((text) => text.slice(-3))
      .sort();
    expect(answers).toEqual(["202", "409"]);
    expect(whole.rows("images", "glance").size).toBe(1);
    expect(whole.state).toBe("shelved_offloaded/-");
  });
});

describe("a shelve whose Glance is down (nova §2.2 row 1)", () => {
  const whole = active();
  whole.cloud.crash("glance-api@controller");
  const { stderr } = whole.type("nova shelve t3");
  whole.rest();

  it("answers 500, and the task stays `shelving` for ever", () => {
    expect(stderr).toContain("(HTTP 500)");
    expect(whole.state).toBe("active/shelving");
    expect(whole.texts().filter((text) => text.includes("shelve_instance"))).toEqual([]);
  });

  it("has its action all the same, and can be asked no second time: 409", () => {
    const actions = [...whole.rows("instance_actions").values()].map(({ action }) => action);
    expect(actions).toEqual(["create", "shelve"]);
    expect(whole.type("nova shelve t3").stderr).toContain(
      "Cannot 'shelve' while instance is in task_state shelving (HTTP 409)",
    );
  });
});

describe("a snapshot that fails (nova §2.2, Failure in c-g)", () => {
  const whole = active();
  whole.cloud.inject({ driver: "snapshot", host: "compute-1" });
  whole.type("nova shelve t3");
  whole.rest();

  it("leaves the server active/-, with the guest off, a fault and the image", () => {
    expect(whole.states()).toEqual([
      "active/shelving",
      "active/shelving_image_pending_upload",
      "active/-",
    ]);
    expect(whole.faults()).toEqual([expect.stringMatching(/^500 internal error: snapshot failed/)]);
    expect(whole.texts().filter((text) => text.includes("DELETE /v1/images"))).toEqual([]);
    expect(whole.rows("images", "glance").size).toBe(1);
  });

  it("tells of existence, the start and the error, under the method's bare name (nova §0.3)", () => {
    expect(whole.notifications()).toEqual([
      "compute.instance.exists",
      "compute.instance.shelve.start",
      "shelve_instance",
    ]);
    expect(whole.events().at(-1)).toBe("compute_shelve_instance Error");
  });

  it("is stopped by the next power-state sync, since the guest is off (nova §2.2, §3.7)", () => {
    whole.mark();
    whole.pass(700);
    expect(whole.states()).toEqual(["active/powering-off", "stopped/-"]);
  });
});

describe("an upload that fails: Glance dies while the disk is copied (nova §2.2)", () => {
  it("is a failure as any other: active/-, fault, image still queued", () => {
    const whole = active();
    whole.begin("nova shelve t3");
    whole.until("active/shelving_image_pending_upload");
    whole.cloud.crash("glance-api@controller");
    whole.rest();
    expect(whole.state).toBe("active/-");
    expect(whole.faults()).toEqual([
      expect.stringMatching(/^500 Connection to glance host controller:9292 failed/),
    ]);
    const [image] = [...whole.rows("images", "glance").values()];
    expect(image).toMatchObject({ status: "queued" });
  });
});

describe("an offload that fails (nova §2.3)", () => {
  it("within a shelve is shelved/-: the decorators of the outer method end the task", () => {
    const whole = active();
    whole.cloud.inject({ driver: "destroy", host: "compute-1" });
    whole.type("nova shelve t3");
    whole.rest();
    expect(whole.state).toBe("shelved/-");
    expect(whole.server.host).toBe("compute-1");
    // The inner method keeps a fault, and so does the outer one.
    expect(whole.faults()).toHaveLength(2);
    expect(whole.notifications().slice(2)).toEqual([
      "compute.instance.shelve.end",
      "compute.instance.shelve_offload.start",
      "shelve_offload_instance",
      "shelve_instance",
    ]);
  });

  it("by request is shelved/- again, with a fault", () => {
    const whole = kept();
    whole.cloud.inject({ driver: "destroy", host: "compute-1" });
    whole.type(`nova shelve-offload ${whole.server.id}`, "admin");
    whole.rest();
    expect(whole.state).toBe("shelved/-");
    expect(whole.faults()).toHaveLength(1);
  });

  it("makes Neutron report the port as unplugged, which nova-api answers 404 (other-services §11.3 row 9)", () => {
    const whole = active();
    whole.type("nova shelve t3");
    whole.rest();
    const told = whole.texts().filter((text) => text.includes("os-server-external-events"));
    expect(told).toEqual([
      "neutron-server -> nova-api POST /v2/{service}/os-server-external-events 404",
    ]);
  });
});

describe("an unshelve whose image is gone (nova §2.4)", () => {
  const whole = offloaded();
  const image = [...whole.rows("images", "glance").keys()].map(String)[0] ?? "";
  whole.http("demo", "DELETE", `9292/v1/images/${image}`);
  whole.type("nova unshelve t3");
  whole.rest();

  it("is error/unshelving: raised in a cast, so only logged", () => {
    expect(whole.state).toBe("error/unshelving");
    expect(whole.server.host).toBeNull();
    expect(whole.faults()).toEqual([]);
    expect(whole.events().slice(-1)).toEqual(["get_image_info Error"]);
    expect(whole.texts().filter((text) => text.includes("select_destinations"))).toEqual([]);
  });
});

describe("an unshelve for which there is no host (nova §2.4)", () => {
  const whole = offloaded({ computes: 1 });
  whole.cloud.crash("nova-compute@compute-1");
  whole.pass(70);
  whole.type("nova unshelve t3");
  whole.rest();

  it("leaves it shelved_offloaded/- with its keys, without a fault or a word", () => {
    expect(whole.states()).toEqual(["shelved_offloaded/unshelving", "shelved_offloaded/-"]);
    expect(shelvedKeys(whole)).toBe(true);
    expect(whole.faults()).toEqual([]);
    expect(whole.notifications()).toEqual(["scheduler.select_destinations.start"]);
  });

  it("can be asked again, when there is one", () => {
    whole.cloud.start("nova-compute@compute-1");
    whole.pass(20);
    whole.type("nova unshelve t3");
    whole.rest();
    expect(whole.state).toBe("active/-");
  });
});

describe("an unshelve whose scheduler does not answer (nova §2.4)", () => {
  it("stays shelved_offloaded/unshelving for ever", () => {
    const whole = offloaded();
    whole.cloud.crash("nova-scheduler@controller");
    whole.type("nova unshelve t3");
    whole.pass(600);
    expect(whole.state).toBe("shelved_offloaded/unshelving");
    expect(shelvedKeys(whole)).toBe(true);
    expect(whole.events().at(-1)).toBe("schedule_instances Error");
    expect(whole.type("nova unshelve t3").stderr).toContain(
      "Cannot 'unshelve' while instance is in task_state unshelving (HTTP 409)",
    );
  });
});

describe("an unshelve that cannot be spawned (nova §2.5 Failure)", () => {
  const whole = offloaded();
  whole.cloud.inject({ driver: "spawn", host: "compute-2" });
  whole.type("nova unshelve t3");
  whole.rest();

  it("is shelved_offloaded/- on the failed host, with a fault, and is tried nowhere else", () => {
    expect(whole.states()).toEqual([
      "shelved_offloaded/unshelving",
      "shelved_offloaded/spawning",
      "shelved_offloaded/-",
    ]);
    expect(whole.server.host).toBe("compute-2");
    expect(whole.faults()).toEqual([expect.stringMatching(/^500 internal error: spawn failed/)]);
    expect(whole.ports()).toEqual([expect.stringMatching(/^compute-2 /)]);
    expect(whole.notifications().slice(-2)).toEqual([
      "compute.instance.unshelve.start",
      "unshelve_instance",
    ]);
  });

  it("has lost its keys all the same, so the next one goes on without an image (pitfall 13)", () => {
    expect(shelvedKeys(whole)).toBe(false);
    whole.mark();
    whole.type("nova unshelve t3");
    whole.rest();
    const glance = whole.texts().filter((text) => /nova-\S+ -> glance-api \w+ /.test(text));
    expect(glance.filter((text) => text.includes("{snapshot}"))).toEqual([]);
    expect(whole.state).toBe("active/-");
  });
});
