import { describe, expect, it } from "vitest";
import { GlanceConnectionFailed } from "../../../../src/services/nova/exception.js";
import type { JsonObject } from "../../../../src/python/index.js";
import { ApiBed, CIRROS, IMAGE, NOWHERE } from "./bed.js";

const SHELVE = { shelve: null };
const OFFLOAD = { shelveOffload: null };
const UNSHELVE = { unshelve: null };

describe("shelve, shelveOffload, unshelve (nova §2.1)", () => {
  it.each([
    ["shelve", SHELVE, { vm_state: "active" }, "shelving", "shelve_instance@compute.c1"],
    [
      "shelveOffload",
      OFFLOAD,
      { vm_state: "shelved" },
      "shelving_offloading",
      "shelve_offload_instance@compute.c1",
    ],
    ["unshelve", UNSHELVE, { vm_state: "shelved" }, "unshelving", "unshelve_instance@conductor"],
    [
      "unshelve of one without host",
      UNSHELVE,
      { vm_state: "shelved_offloaded", host: null },
      "unshelving",
      "unshelve_instance@conductor",
    ],
  ])("%s notes the task and hands over", (_name, body, state, task, cast) => {
    const bed = new ApiBed();
    const id = bed.active(state);
    const { status, body: answer } = bed.act(id, body, bed.admin);
    expect([status, answer]).toEqual([202, null]);
    expect(bed.db.instances.get(id)?.task_state).toBe(task);
    expect(bed.casts()).toEqual([cast]);
  });

  it("records an action for shelve and unshelve, none for offload", () => {
    const bed = new ApiBed();
    const id = bed.active();
    const actions = () =>
      bed.db.instance_actions.find({ instance_uuid: id }).map(({ action }) => action);
    bed.act(id, SHELVE);
    bed.db.instances.update(id, { vm_state: "shelved", task_state: null });
    bed.act(id, OFFLOAD, bed.admin);
    bed.db.instances.update(id, { task_state: null });
    bed.act(id, UNSHELVE);
    expect(actions()).toEqual(["create", "shelve", "unshelve"]);
  });

  it.each([
    [
      "building",
      SHELVE,
      { vm_state: "building" },
      "409 Cannot 'shelve' while instance is in vm_state building",
    ],
    [
      "error",
      SHELVE,
      { vm_state: "error" },
      "409 Cannot 'shelve' while instance is in vm_state error",
    ],
    [
      "busy",
      SHELVE,
      { task_state: "powering-off" },
      "409 Cannot 'shelve' while instance is in task_state powering-off",
    ],
    [
      "never active",
      SHELVE,
      { launched_at: null },
      "409 Cannot 'shelve' an instance which has never been active",
    ],
    [
      "unshelve of an active one",
      UNSHELVE,
      {},
      "409 Cannot 'unshelve' while instance is in vm_state active",
    ],
    [
      "vm_state before task_state",
      SHELVE,
      { vm_state: "error", task_state: "deleting" },
      "409 Cannot 'shelve' while instance is in vm_state error",
    ],
  ])("a wrong state is a 409: %s", (_name, body, state, says) => {
    const bed = new ApiBed();
    expect(bed.told(bed.act(bed.active(state), body))).toBe(says);
    expect(bed.casts()).toEqual([]);
  });

  it("a lock binds users but not administrators, and is seen before the state", () => {
    const bed = new ApiBed();
    const id = bed.active({ locked: true, locked_by: "owner", vm_state: "error" });
    expect(bed.told(bed.act(id, SHELVE))).toBe(`409 Instance ${id} is locked`);
    bed.db.instances.update(id, { vm_state: "active" });
    expect(bed.act(id, SHELVE, bed.admin).status).toBe(202);
  });

  it("offload is refused to users before the server is looked up", () => {
    const bed = new ApiBed();
    expect(bed.told(bed.act(NOWHERE, OFFLOAD))).toBe(
      "403 Policy doesn't allow compute_extension:shelveOffload to be performed.",
    );
    expect(bed.told(bed.act(NOWHERE, OFFLOAD, bed.admin))).toBe("404 Server not found");
  });

  it("a server of another project does not exist", () => {
    const bed = new ApiBed();
    const id = bed.active({ project_id: "other" });
    expect(bed.told(bed.act(id, SHELVE))).toBe("404 Server not found");
  });

  it("two that pass the checks at once: the loser is answered 500", () => {
    const bed = new ApiBed();
    const id = bed.active();
    const url = `http://controller:8774/v2/${bed.demo.project}/servers/${id}/action`;
    // The check looks at the row as it was read; a task set between read and save shows itself then.
    const { instances } = bed.db;
    const get = instances.get.bind(instances);
    let reads = 0;
    instances.get = (key) => {
      const row = get(key);
      if (++reads === 2 && row !== undefined) instances.update(id, { task_state: "shelving" });
      return get(key);
    };
    const headers = { "x-auth-token": bed.demo.token };
    const response = bed.run(bed.http.request("POST", url, { headers, body: SHELVE }));
    expect(response.status).toBe(500);
    expect(bed.casts()).toEqual([]);
  });

  it("when Glance fails the answer is 500 and the task stays (nova §2.2 row 1)", () => {
    const bed = new ApiBed();
    const id = bed.active();
    bed.failures.set("image create", new GlanceConnectionFailed());
    expect(bed.act(id, SHELVE).status).toBe(500);
    expect(bed.db.instances.get(id)?.task_state).toBe("shelving");
    expect(bed.db.instance_actions.find({ instance_uuid: id }).at(-1)?.action).toBe("shelve");
  });

  it("a server with a volume as its root is offloaded at once, without an image (nova §2.2 row 3)", () => {
    const bed = new ApiBed();
    const id = bed.active();
    bed.db.instances.update(id, { image_ref: "" });
    bed.asked.length = 0;
    bed.act(id, SHELVE);
    expect(bed.casts()).toEqual(["shelve_offload_instance@compute.c1"]);
    expect(bed.asked).toEqual([]);
  });
});

describe("the image of a shelved server (nova §2.2 row 4)", () => {
  function shelved(change?: (bed: ApiBed) => void) {
    const bed = new ApiBed();
    bed.images.set(IMAGE, {
      ...CIRROS,
      min_ram: 64,
      properties: { os_type: "linux", cache_in_nova: "True" },
    });
    const id = bed.active();
    change?.(bed);
    bed.act(id, SHELVE);
    return { bed, id, image: bed.images.get(NOWHERE)! };
  }

  it("is named after the server and takes over what server and base image say", () => {
    const { bed, id, image } = shelved();
    expect(image).toMatchObject({
      name: "t3-shelved",
      is_public: false,
      min_ram: 64,
      min_disk: 1,
      disk_format: "qcow2",
      container_format: "bare",
    });
    expect(image.properties).toMatchObject({
      instance_uuid: id,
      user_id: bed.demo.user,
      image_type: "snapshot",
      base_image_ref: IMAGE,
      os_type: "linux",
      instance_type_id: "2",
      instance_type_memory_mb: "512",
      instance_type_rxtx_factor: "1.0",
    });
    // nova/utils.py (get_image_from_system_metadata) goes past what is None.
    expect(image.properties).not.toHaveProperty("instance_type_vcpu_weight");
  });

  it("does not take over what is not to be inherited", () => {
    expect(Object.keys(shelved().image.properties)).not.toContain("cache_in_nova");
  });

  it("is made although the base image is gone", () => {
    const { image } = shelved((bed) => void bed.images.delete(IMAGE));
    expect(image.properties).toMatchObject({ image_type: "snapshot", os_type: "linux" });
  });
});

describe("other actions (nova §3.1)", () => {
  it.each([
    ["os-stop", { vm_state: "active" }, "powering-off", "stop_instance@compute.c1"],
    ["os-start", { vm_state: "stopped" }, "powering-on", "start_instance@compute.c1"],
  ])("%s", (name, state, task, cast) => {
    const bed = new ApiBed();
    const id = bed.active(state);
    expect(bed.act(id, { [name]: null }).status).toBe(202);
    expect(bed.db.instances.get(id)?.task_state).toBe(task);
    expect(bed.casts()).toEqual([cast]);
  });

  it("start and stop tell the exception as it is", () => {
    const bed = new ApiBed();
    const id = bed.active({ vm_state: "paused" });
    expect(bed.told(bed.act(id, { "os-stop": null }))).toBe(
      `409 Instance ${id} in vm_state paused. Cannot stop while the instance is in this state.`,
    );
  });

  it("an owner opens his own lock, not that of an administrator", () => {
    const bed = new ApiBed();
    const id = bed.active();
    bed.act(id, { lock: null });
    expect(bed.db.instances.get(id)).toMatchObject({ locked: true, locked_by: "owner" });
    expect(bed.act(id, { unlock: null }).status).toBe(202);
    bed.act(id, { lock: null }, bed.admin);
    expect(bed.db.instances.get(id)).toMatchObject({ locked: true, locked_by: "admin" });
    expect(bed.told(bed.act(id, { unlock: null }))).toBe(
      "403 Policy doesn't allow compute:unlock_override to be performed.",
    );
  });

  it("os-resetState is for administrators and takes active or error", () => {
    const bed = new ApiBed();
    const id = bed.active({ vm_state: "error", task_state: "spawning" });
    const reset = (state: string): JsonObject => ({ "os-resetState": { state } });
    expect(bed.act(id, reset("active")).status).toBe(403);
    expect(bed.act(id, reset("paused"), bed.admin).status).toBe(400);
    expect(bed.act(id, reset("active"), bed.admin).status).toBe(202);
    expect(bed.db.instances.get(id)).toMatchObject({ vm_state: "active", task_state: null });
  });

  it.each([
    ["an action that is not known", { fly: null }, "400 There is no such action: fly"],
    ["two actions at once", { lock: null, unlock: null }, "400 Malformed request body"],
  ])("%s", (_name, body, says) => {
    const bed = new ApiBed();
    expect(bed.told(bed.act(bed.active(), body))).toBe(says);
  });
});
