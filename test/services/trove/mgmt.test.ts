/**
 * What administrators ask: instances with their servers, quotas, accounts, hosts, parameters. Upstream:
 * trove/extensions/mgmt, trove/extensions/account, trove/tests/api/mgmt at 2014.2.
 */
import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../../src/python/index.js";
import { TroveBed } from "./bed.js";

const bed = new TroveBed();
const id = bed.active();
const ask = (method: string, path: string, body?: Json) => bed.ask(method, path, body, "admin");
const refused = (method: string, path: string, body?: Json) =>
  bed.refused(method, path, body, "admin");
const act = (body: Json) => refused("POST", `/mgmt/instances/${id}/action`, body);

describe("an administrator's view of instances", () => {
  it("has the server in the list and not by itself", () => {
    const [listed] = ask("GET", "/mgmt/instances").body["instances"] as JsonObject[];
    expect(listed).toMatchObject({
      ...{ id, status: "ACTIVE", service_status: "ACTIVE", deleted: false, deleted_at: null },
      ...{ task_description: "No tasks for the instance.", server: { status: "ACTIVE" } },
    });
    const from = bed.mark;
    const shown = ask("GET", `/mgmt/instances/${id}`).body["instance"] as JsonObject;
    expect(shown).toMatchObject({
      ...{ server: null, guest_status: { state_description: "running" } },
      volume: { status: "in-use", size: 1, total: 1 },
    });
    expect(bed.logged(from)).toContain("host");
    expect(ask("GET", "/mgmt/instances?deleted=true").body).toEqual({ instances: [] });
  });

  it("tells who made themselves root", () => {
    const path = `/mgmt/instances/${id}/root`;
    expect(ask("GET", path).body).toEqual({
      root_history: { id, enabled: "Never", user: "Nobody" },
    });
    expect(bed.ask("POST", `/instances/${id}/root`).status).toBe(200);
    expect(ask("GET", path).body["root_history"]).toMatchObject({ id, user: expect.any(String) });
    expect(ask("GET", "/mgmt/instances/none/root").status).toBe(404);
  });

  it("is for administrators, after the schema has been asked", () => {
    for (const path of ["instances", "quotas/x", "accounts", "hosts", "storage"]) {
      expect(bed.refused("GET", `/mgmt/${path}`)).toEqual([
        "unauthorized",
        "User does not have admin privileges.",
      ]);
    }
    const action = (body: Json) => bed.refused("POST", `/mgmt/instances/${id}/action`, body);
    expect(action({ stop: {} })[0]).toBe("unauthorized");
    expect(action({ stop: 1 })[1]).toContain("stop 1 is not of type 'object'");
  });

  it("does one action at a time, and those that there are", () => {
    expect(act({ dance: {} })).toEqual(["badRequest", "Invalid instance action: dance"]);
    expect(act({ stop: {}, reboot: {} })).toEqual([
      "badRequest",
      "Only one action can be specified per request.",
    ]);
    expect(act({})[0]).toBe("instanceFault");
    expect(act([])[0]).toBe("instanceFault");
  });

  it("stops a database, which then is seen to be shut down (other-services §9.3)", () => {
    const path = `/mgmt/instances/${id}/action`;
    expect(ask("POST", path, { stop: {} }).status).toBe(202);
    bed.cloud.advance("45s");
    expect(bed.status(id)).toBe("SHUTDOWN");
    expect(bed.action(id, { restart: {} }).status).toBe(202);
    bed.cloud.advance("20s");
    expect(bed.status(id)).toBe("ACTIVE");
  });

  it("takes a task back, and fails the backups that run", () => {
    bed.cloud.crash("trove-guestagent@db");
    const backup = { backup: { name: "b", instance: id } };
    expect(bed.ask("POST", "/backups", backup).status).toBe(202);
    expect(bed.status(id)).toBe("BACKUP");
    const [name, words] = bed.refused("POST", `/instances/${id}/action`, { restart: {} });
    expect([name, words]).toEqual([
      "unprocessableEntity",
      `Instance ${id} is not currently available for an action to be performed (status was BACKUP).`,
    ]);
    expect(ask("POST", `/mgmt/instances/${id}/action`, { "reset-task-status": {} }).status).toBe(
      202,
    );
    expect(bed.status(id)).toBe("ACTIVE");
    expect(bed.list("/backups", "backups")[0]).toMatchObject({ status: "FAILED" });
    bed.cloud.start("trove-guestagent@db");
  });
});

describe("what the API of administrators inherits", () => {
  const wanted = { name: "more", flavorRef: "1", volume: { size: 1 } };

  it("makes instances that no schema has seen, for anybody", () => {
    const bed = new TroveBed();
    const post = (instance: Json, as = "demo") =>
      bed.ask("POST", "/mgmt/instances", { instance }, as);
    const { status, body } = post(wanted);
    expect([status, (body["instance"] as JsonObject)["status"]]).toEqual([200, "BUILD"]);
    // What the schema of everybody's would have refused in words of its own is what Python makes of it.
    expect(post({ ...wanted, name: "    " }).status).toBe(200);
    expect(post({ flavorRef: "1", volume: { size: 1 } }).status).toBe(500);
    expect(post({ ...wanted, volume: "x" }).status).toBe(500);
    expect(post({ ...wanted, volume: {} }).status).toBe(500);
    expect(bed.ask("POST", "/mgmt/instances", {}).status).toBe(500);
  });

  it("makes instances where hosts are listed, by the schema of instances", () => {
    const bed = new TroveBed();
    expect(bed.ask("POST", "/mgmt/hosts", { instance: wanted }).status).toBe(200);
    const [fault, words] = bed.refused("POST", "/mgmt/hosts", { instance: {} });
    expect(fault).toBe("badRequest");
    expect(words).toContain("Validation error: instance");
  });

  it("makes clusters that no schema has seen", () => {
    const bed = new TroveBed();
    expect(bed.ask("POST", "/mgmt/clusters", {}).status).toBe(500);
    const node = { flavorRef: "1", volume: { size: 1 } };
    const cluster = { name: "c", datastore: { type: "mysql" }, instances: [node, node, node] };
    expect(bed.refused("POST", "/mgmt/clusters", { cluster })[0]).toBe("notImplemented");
    expect(bed.refused("POST", "/clusters", { cluster: {} })[1]).toContain("Validation error");
  });
});

describe("what administrators set", () => {
  it("has quotas of a tenant, of what is known", () => {
    expect(ask("GET", "/mgmt/quotas/someone").body).toEqual({
      quotas: { instances: 5, backups: 50, volumes: 20 },
    });
    const put = (quotas: Json) => ask("PUT", "/mgmt/quotas/someone", { quotas });
    expect(put({ instances: 7, xmlns: "x", backups: null }).body).toEqual({
      quotas: { instances: 7 },
    });
    expect(put({ cpus: 1 }).body).toEqual({
      itemNotFound: { code: 404, message: "Unknown quota resources cpus." },
    });
    expect(put({ volumes: "many" }).status).toBe(500);
    expect(refused("PUT", "/mgmt/quotas/someone", {})[1]).toBe("Invalid request body.");
    expect(ask("GET", "/mgmt/quotas/someone").body).toMatchObject({ quotas: { instances: 7 } });
  });

  it("counts instances by tenant", () => {
    const tenant = bed.cloud.id("project", "demo") ?? "";
    expect(ask("GET", "/mgmt/accounts").body).toEqual({
      accounts: [{ id: tenant, num_instances: 1 }],
    });
    expect(ask("GET", `/mgmt/accounts/${tenant}`).body).toEqual({
      account: { id: tenant, instance_ids: [id] },
    });
  });

  it("finds no hosts: neither client has that extension", () => {
    for (const path of ["hosts", "hosts/compute-1", "storage"]) {
      expect(refused("GET", `/mgmt/${path}`)[0]).toBe("instanceFault");
    }
    const action = "/mgmt/hosts/compute-1/instances/action";
    expect(bed.refused("POST", action, {})[1]).toBe("Invalid request body.");
    expect(bed.refused("POST", action, { update: {} })[0]).toBe("instanceFault");
    expect(bed.logged().at(-1)).toContain("'Client' object has no attribute 'rdhosts'");
  });

  it("allows parameters, which come back after they were deleted", () => {
    const version = bed.list("/datastores/mysql/versions", "versions")[0]?.["id"] as string;
    const path = `/mgmt/datastores/versions/${version}/parameters`;
    const parameter = { name: "odd", data_type: "integer", restart_required: 1 };
    const post = (more: JsonObject) =>
      ask("POST", path, { "configuration-parameter": { ...parameter, ...more } });
    expect(post({}).body).toEqual({
      badRequest: { code: 400, message: "max_size is required for integer data type." },
    });
    expect(post({ max_size: "1", min_size: "2" }).body).toEqual({
      badRequest: {
        code: 400,
        message: "max_size must be greater than or equal to min_size.",
      },
    });
    const sizes = { max_size: "9", min_size: "1" };
    expect(post(sizes).body).toMatchObject({ name: "odd", max_size: 9, deleted: false });
    expect(post(sizes).body).toMatchObject({
      badRequest: { message: `odd parameter already exists for datastore version ${version}.` },
    });
    expect(ask("DELETE", `${path}/odd`).status).toBe(204);
    expect(ask("GET", `${path}/odd`).body).toMatchObject({ deleted: true });
    expect(refused("DELETE", `${path}/odd`)[1]).toBe(
      "Parameter odd does not exist in the database.",
    );
    expect(post({ ...sizes, max_size: "8" }).body).toMatchObject({ max_size: 8, deleted: false });
    const all = ask("GET", path).body["configuration-parameters"] as JsonObject[];
    expect(all.filter(({ name }) => name === "odd").length).toBe(1);
  });
});
