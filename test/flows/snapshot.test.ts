/**
 * `nova image-create` and `nova backup`, whole: what is asked, told and stored until the image is there, and
 * what is left where that fails; nova §3.2. Upstream: nova/compute/api.py (snapshot, backup, snapshot_volume_backed),
 * nova/compute/manager.py (snapshot_instance, backup_instance) at 2014.2, whose lines the rows `api-` and `mgr-` name.
 */
import { describe, expect, it } from "vitest";
import { texts } from "./rows.js";
import { WholeCloud } from "./bed.js";

const FLOW = `
  3.1        nova-client -> nova-api POST /v2/{tenant}/servers/{server}/action 202
  api-2094   nova-api -> glance-api HEAD /v1/images/{image} 200
  os-11      glance-api -> glance-registry GET /images/{image} 200
  api-2104   nova-api -> glance-api POST /v1/images 201
  os-2.4-2   glance-api -> glance-registry POST /images 200
  os-2.4-2   notification image.create
  api-2063   stored active/image_snapshot_pending
  api-2066   nova-api -> nova-compute@compute-1 cast snapshot_instance
  mgr-2992   nova-compute@compute-1 -> nova-conductor call Instance.save task_state=image_snapshot if [image_snapshot_pending]
  mgr-2992   stored active/image_snapshot
  mgr-3017   nova-compute@compute-1 -> nova-conductor call Instance.save
  mgr-3031   notification compute.instance.snapshot.start
  os-11.3-4  nova-compute@compute-1 -> glance-api HEAD /v1/images/{image} 200
  os-11      glance-api -> glance-registry GET /images/{image} 200
  os-11.3-5  nova-compute@compute-1 -> glance-api HEAD /v1/images/{snapshot} 200
  os-11      glance-api -> glance-registry GET /images/{snapshot} 200
  mgr-3038   nova-compute@compute-1 -> nova-conductor call Instance.save task_state=image_pending_upload if [image_snapshot]
  3.7        nova-compute@compute-1 -> nova-conductor call Instance.get_by_uuid
  mgr-3038   stored active/image_pending_upload
  3.7        nova-compute@compute-1 -> nova-conductor call Instance.refresh
  mgr-3038   nova-compute@compute-1 -> nova-conductor call Instance.save task_state=image_uploading if [image_pending_upload]
  3.7        nova-compute@compute-1 -> nova-conductor call Instance.get_by_uuid
  mgr-3038   stored active/image_uploading
  os-11.3-6  nova-compute@compute-1 -> glance-api PUT /v1/images/{snapshot} 200
  3.7        nova-compute@compute-1 -> nova-conductor call Instance.refresh
  mgr-3041   nova-compute@compute-1 -> nova-conductor call Instance.save task_state=null if [image_uploading]
  mgr-3041   stored active/-
  mgr-3045   notification compute.instance.snapshot.end
`;

/** Those that are there: of one that is deleted the row goes. */
const images = (whole: WholeCloud) =>
  [...whole.rows("images", "glance").values()].map(({ name, status }) => [name, status].join(" "));

const names = (whole: WholeCloud, status: string): unknown[] =>
  images(whole)
    .filter((image) => image.endsWith(` ${status}`))
    .map((image) => image.split(" ")[0]);

const action = (whole: WholeCloud): string => `8774/v2/{tenant}/servers/${whole.server.id}/action`;

describe("nova image-create", () => {
  const whole = new WholeCloud();
  whole.boot();

  it("registers an image, has the host upload it, and leaves the server as it was", () => {
    const { stdout, stderr } = whole.type("nova image-create t3 monday");
    expect([stdout, stderr]).toEqual(["", ""]);
    whole.rest();
    const upload =
      /registry (GET|PUT) .*snapshot|notification image\.(prepare|upload|activate|update)/;
    const flow = whole.flow(/\/action /).map(({ text }) => text);
    const uploading = flow.findIndex((text) => text.includes("PUT /v1/images"));
    expect(flow.filter((text, at) => at < uploading || !upload.test(text))).toEqual(texts(FLOW));
    expect(images(whole)).toEqual(["monday active"]);
  });

  it("is no action of the server's history: neither method of the manager is an event", () => {
    expect(whole.events()).toEqual(["compute_build_and_run_instance Success"]);
    expect(whole.rows("instance_actions").size).toBe(1);
  });

  it("is done to a locked server too, and to one that is off or paused, but to none that is in error", () => {
    whole.http("demo", "POST", action(whole), { lock: null });
    whole.type("nova image-create t3 locked");
    whole.rest();
    whole.http("demo", "POST", action(whole), { unlock: null });
    whole.type("nova pause t3");
    whole.rest();
    whole.type("nova image-create t3 paused");
    whole.rest();
    expect(names(whole, "active")).toEqual(["monday", "locked", "paused"]);
    expect(whole.type("nova backup t3 b daily 1").stderr).toContain(
      "Cannot 'createBackup' while instance is in vm_state paused (HTTP 409)",
    );
    whole.http("admin", "POST", action(whole), { "os-resetState": { state: "error" } });
    expect(whole.type("nova image-create t3 broken").stderr).toContain(
      "Cannot 'createImage' while instance is in vm_state error (HTTP 409)",
    );
    expect(images(whole)).toHaveLength(3);
  });
});

describe("nova backup", () => {
  const whole = new WholeCloud();
  whole.boot();
  const backUp = (name: string, type: string, rotation: number) => {
    whole.type(`nova backup t3 ${name} ${type} ${rotation}`);
    whole.rest();
  };

  it("goes by image_backup, and is a snapshot to whoever is told", () => {
    backUp("mon", "daily", 2);
    expect(whole.states()).toEqual([
      "active/image_backup",
      "active/image_pending_upload",
      "active/image_uploading",
      "active/-",
    ]);
    expect(whole.notifications()).toEqual([
      "compute.instance.snapshot.start",
      "compute.instance.snapshot.end",
    ]);
  });

  it("keeps the newest of its type, as many as the rotation says", () => {
    backUp("week", "weekly", 1);
    backUp("tue", "daily", 2);
    whole.type("nova image-create t3 snap");
    whole.rest();
    backUp("wed", "daily", 2);
    expect(names(whole, "active")).toEqual(["week", "tue", "snap", "wed"]);
    backUp("none", "daily", 0);
    expect(names(whole, "active")).toEqual(["week", "snap"]);
  });

  it("whose rotation fails has two faults and keeps its image", () => {
    whole.begin("nova backup t3 late daily 1");
    whole.until("active/image_uploading");
    whole.cloud.inject({
      answer: { status: 500, host: "glance-api@controller", path: "/v1/images/detail" },
    });
    whole.rest();
    expect(whole.state).toBe("active/-");
    expect(names(whole, "active")).toContain("late");
    expect(whole.faults()).toHaveLength(2);
    expect(whole.notifications().at(-1)).toBe("backup_instance");
  });
});

describe("a snapshot that fails", () => {
  const whole = new WholeCloud();
  whole.boot();

  it("in the driver takes its image along, ends the task and leaves a fault", () => {
    whole.cloud.inject({ driver: "snapshot", host: "compute-1", times: 1 });
    whole.type("nova image-create t3 torn");
    whole.rest();
    expect(whole.states().slice(-2)).toEqual(["active/image_pending_upload", "active/-"]);
    expect(images(whole)).toEqual([]);
    expect(whole.faults()).toEqual([expect.stringMatching(/^500 internal error: snapshot failed/)]);
    expect(whole.notifications()).toEqual(["compute.instance.snapshot.start", "snapshot_instance"]);
  });

  it("because its image was deleted meanwhile is no error", () => {
    whole.begin("nova image-create t3 unwanted");
    whole.until("active/image_pending_upload");
    whole.type("nova image-delete unwanted");
    whole.rest();
    expect(whole.state).toBe("active/-");
    expect(whole.faults()).toHaveLength(1);
    expect(images(whole)).toEqual([]);
  });

  it("because nova-compute died is forgotten at its restart, but its image stays queued", () => {
    whole.begin("nova image-create t3 lost");
    whole.until("active/image_pending_upload");
    whole.cloud.crash("nova-compute@compute-1");
    whole.rest();
    expect(whole.state).toBe("active/image_pending_upload");
    whole.cloud.start("nova-compute@compute-1");
    whole.rest();
    expect(whole.state).toBe("active/-");
    expect(names(whole, "queued")).toEqual(["lost"]);
  });

  it("because its server is deleted meanwhile takes its image along, and leaves no fault", () => {
    whole.mark();
    whole.begin("nova image-create t3 late");
    whole.until("active/image_pending_upload");
    whole.type("nova delete t3");
    whole.rest();
    expect(whole.notifications()).not.toContain("snapshot_instance");
    expect(whole.notifications()).not.toContain("compute.instance.snapshot.end");
    expect(images(whole)).toEqual(["lost queued"]);
  });

  it("because Glance is down is a 500, and nothing is stored", () => {
    whole.boot();
    whole.cloud.crash("glance-api@controller");
    expect(whole.type("nova image-create t3 never").stderr).toContain("(HTTP 500)");
    expect(whole.states()).toEqual([]);
  });
});

describe("the driver that only pretends", () => {
  it("uploads nothing: the task is over, and the image queued for ever (nova/virt/fake.py)", () => {
    const whole = new WholeCloud({ flags: { compute_driver: "fake.FakeDriver" } });
    whole.boot();
    whole.type("nova image-create t3 air");
    whole.rest();
    expect(whole.states()).toEqual([
      "active/image_snapshot_pending",
      "active/image_snapshot",
      "active/image_uploading",
      "active/-",
    ]);
    expect(images(whole)).toEqual(["air queued"]);
  });
});

describe("a server on a volume", () => {
  const whole = new WholeCloud({ services: ["cinder"], computes: 2 });
  whole.type("nova volume-create 1 --display-name root --image-id {{image cirros}}");
  whole.rest();
  whole.type("nova boot t3 --flavor m1.nano --nic net-id=private --boot-volume {{volume root}}");
  whole.rest();
  whole.mark();

  it("is snapshot by Cinder, and its host and its task know nothing of it", () => {
    expect(whole.type("nova image-create t3 copy --show").stdout).toMatch(/status +\| ACTIVE/u);
    whole.rest();
    expect(whole.states()).toEqual([]);
    expect(whole.texts().filter((text) => text.includes("snapshot_instance"))).toEqual([]);
    const snapshots = [...whole.rows("snapshots", "cinder").values()];
    expect(snapshots.map(({ display_name, status }) => [display_name, status])).toEqual([
      ["snapshot for copy", "available"],
    ]);
  });

  it("has an image without data, by which another server is made of that snapshot", () => {
    const copy = [...whole.rows("images", "glance").values()].find(({ name }) => name === "copy");
    expect(copy).toMatchObject({ size: 0, status: "active" });
    whole.type("nova boot t4 --flavor m1.nano --nic net-id=private --image copy");
    whole.rest();
    whole.pass(60);
    expect(whole.cloud.server("t4")?.status).toBe("ACTIVE");
    expect(whole.rows("volumes", "cinder").size).toBe(2);
  });
});
