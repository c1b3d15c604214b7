/**
 * Host aggregates and the zones that they make: nova/api/openstack/compute/contrib/aggregates.py, nova/compute/api.py
 * (AggregateAPI), nova/availability_zones.py, nova/scheduler/filters/availability_zone_filter.py at 2014.2; what is printed,
 * novaclient/v1_1/shell.py at 2.20.0.
 */
import { beforeEach, describe, expect, it } from "vitest";
import { Cloud } from "../../../../../src/cloud/cloud.js";
import type { Json, JsonObject } from "../../../../../src/python/index.js";

let cloud: Cloud;

beforeEach(() => {
  cloud = new Cloud({ computes: 2 });
});

const run = (line: string, as = "admin") => cloud.user(as).command(line);

const printed = (line: string): string[] =>
  run(line)
    .stdout.split("\n")
    .filter((text) => !text.startsWith("+") && text !== "");

/** Status and body, or the message, of a request to nova-api. */
function ask(method: string, path: string, body?: Json, as = "admin"): readonly [number, Json] {
  const request = { to: "compute", method, path, ...(body !== undefined && { body }) };
  const answer = cloud.kernel.finish(cloud.user(as).beginRequest(request));
  if (answer.kind === "error") throw new Error(answer.message);
  const { status, body: said } = answer.response;
  const [fault] = status < 400 ? [] : Object.values(said as JsonObject);
  const message = (fault as JsonObject | undefined)?.["message"];
  return [status, message ?? said];
}

const act = (id: string, action: string, body: JsonObject) =>
  ask("POST", `/os-aggregates/${id}/action`, { [action]: body });

describe("aggregates at the command line", () => {
  it("are made, listed, given hosts and metadata, and deleted, as novaclient prints it", () => {
    expect(printed("nova aggregate-create racks east")).toEqual([
      "| Id | Name  | Availability Zone | Hosts | Metadata |",
      "| 1  | racks | east              |       |          |",
    ]);
    expect(printed("nova aggregate-add-host racks compute-1")).toEqual([
      "Host compute-1 has been successfully added for aggregate 1 ",
      "| Id | Name  | Availability Zone | Hosts       | Metadata                 |",
      "| 1  | racks | east              | 'compute-1' | 'availability_zone=east' |",
    ]);
    expect(printed("nova aggregate-set-metadata 1 ssd=true")[0]).toBe(
      "Metadata has been successfully updated for aggregate 1.",
    );
    expect(printed("nova aggregate-details racks").at(-1)).toContain(
      "'availability_zone=east', 'ssd=true'",
    );
    expect(printed("nova aggregate-update racks shelves").slice(0, 1)).toEqual([
      "Aggregate 1 has been successfully updated.",
    ]);
    expect(run("nova aggregate-delete shelves")).toMatchObject({
      exit: 1,
      stderr: expect.stringContaining(
        "Cannot perform action 'delete' on aggregate 1. Reason: Host aggregate is not empty. (HTTP 400)",
      ),
    });
    expect(printed("nova aggregate-remove-host shelves compute-1")[0]).toBe(
      "Host compute-1 has been successfully removed from aggregate 1 ",
    );
    expect(printed("nova aggregate-delete shelves")).toEqual([
      "Aggregate 1 has been successfully deleted.",
    ]);
    expect(printed("nova aggregate-list")).toEqual(["| Id | Name | Availability Zone |"]);
  });

  it("are refused there before anybody is asked: metadata that is so already, a key that is not there", () => {
    run("nova aggregate-create racks");
    run("nova aggregate-set-metadata racks ssd=true");
    expect(run("nova aggregate-set-metadata racks ssd=true").stderr).toContain(
      "metadata already exists",
    );
    expect(run("nova aggregate-set-metadata racks hdd").stderr).toContain(
      "metadata key hdd does not exist hence can not be deleted",
    );
    expect(run("nova aggregate-set-metadata racks ssd").exit).toBe(0);
    expect(run("nova aggregate-details none").stderr).toContain(
      "No aggregate with a name or ID of 'none' exists.",
    );
  });
});

describe("a zone that an aggregate makes", () => {
  it("is where its hosts are from then on, for services, lists and servers", () => {
    run("nova boot before --flavor m1.tiny --image cirros", "demo");
    cloud.advance("60s");
    run("nova aggregate-create racks east");
    for (const host of ["compute-1", "compute-2"]) run(`nova aggregate-add-host racks ${host}`);
    expect(printed("nova availability-zone-list").filter((line) => !line.includes("|-"))).toEqual([
      "| Name                  | Status                                 |",
      "| internal              | available                              |",
      "| east                  | available                              |",
    ]);
    expect(printed("nova service-list").join("\n")).toMatch(/nova-compute +\| compute-1 +\| east/u);
    expect(run("nova show before", "demo").stdout).toMatch(/OS-EXT-AZ:availability_zone +\| east/u);
  });

  // nova/db/sqlalchemy/api.py:474-480, 5392-5398, 5405-5412 and its unique key: MySQL knows no case.
  it("takes a host by its name in any case, and once", () => {
    run("nova aggregate-create racks");
    run("nova aggregate-add-host racks COMPUTE-1");
    expect(ask("GET", "/os-aggregates/1")[1]).toMatchObject({
      aggregate: { hosts: ["COMPUTE-1"] },
    });
    expect(act("1", "add_host", { host: "compute-1" })[0]).toBe(409);
    run("nova aggregate-remove-host racks compute-1");
    expect(ask("GET", "/os-aggregates/1")[1]).toMatchObject({ aggregate: { hosts: [] } });
  });

  it("is the only one in which a server is placed that asks for it", () => {
    run("nova aggregate-create racks east");
    run("nova aggregate-add-host racks compute-2");
    const boot = (name: string, zone: string) =>
      run(`nova boot ${name} --flavor m1.tiny --image cirros --availability-zone ${zone}`, "demo");
    for (const name of ["a", "b", "c"]) boot(name, "east");
    boot("d", "nova");
    cloud.advance("60s");
    const host = (name: string) =>
      /OS-EXT-SRV-ATTR:host +\| (\S+)/u.exec(
        run(`nova show ${cloud.id("server", name) ?? ""}`).stdout,
      )?.[1];
    expect(["a", "b", "c", "d"].map(host)).toEqual([
      "compute-2",
      "compute-2",
      "compute-2",
      "compute-1",
    ]);
    expect(boot("e", "moon").stderr).toContain(
      "The requested availability zone is not available (HTTP 400)",
    );
  });

  it("takes no host that is in another one, and its own hosts into none", () => {
    run("nova aggregate-create racks east");
    run("nova aggregate-create shelves west");
    run("nova aggregate-create any");
    run("nova aggregate-add-host racks compute-1");
    expect(act("2", "add_host", { host: "compute-1" })).toEqual([
      409,
      "Cannot add host compute-1 in aggregate 2",
    ]);
    expect(act("3", "add_host", { host: "compute-1" })[0]).toBe(200);
    expect(ask("PUT", "/os-aggregates/3", { aggregate: { availability_zone: "west" } })).toEqual([
      400,
      "Cannot perform action 'update_aggregate' on aggregate 3. Reason: Host already in availability zone east.",
    ]);
    expect(ask("PUT", "/os-aggregates/1", { aggregate: { availability_zone: "north" } })[0]).toBe(
      200,
    );
  });

  it("ends the request for a host whose service is disabled, which is in no zone that is looked at", () => {
    run("nova aggregate-create racks east");
    run("nova service-disable compute-2 nova-compute");
    expect(act("1", "add_host", { host: "compute-2" })[0]).toBe(500);
  });
});

describe("requests", () => {
  it("are for administrators", () => {
    expect(ask("GET", "/os-aggregates", undefined, "demo")[0]).toBe(403);
    expect(run("nova aggregate-create x", "demo").stderr).toContain(
      "Policy doesn't allow compute_extension:aggregates to be performed. (HTTP 403)",
    );
  });

  it("answer with the row, and of a new one without hosts and metadata", () => {
    const [status, body] = ask("POST", "/os-aggregates", { aggregate: { name: "racks" } });
    expect(status).toBe(200);
    expect(body).toEqual({
      aggregate: {
        id: 1,
        name: "racks",
        availability_zone: null,
        created_at: "2014-09-18T04:03:09.000000",
        updated_at: null,
        deleted_at: null,
        deleted: false,
      },
    });
    expect(ask("GET", "/os-aggregates/1")[1]).toMatchObject({
      aggregate: { hosts: [], metadata: {} },
    });
  });

  it.each<[string, string, Json, number, string]>([
    [
      "POST",
      "/os-aggregates",
      { aggregate: { name: "racks" } },
      409,
      "Aggregate racks already exists.",
    ],
    [
      "POST",
      "/os-aggregates",
      { aggregate: { name: "" } },
      400,
      "Aggregate name has a minimum character requirement of 1.",
    ],
    [
      "POST",
      "/os-aggregates",
      { aggregate: { name: 7 } },
      400,
      "Aggregate name is not a string or unicode",
    ],
    [
      "POST",
      "/os-aggregates",
      { aggregate: { name: "x", availability_zone: "y".repeat(256) } },
      400,
      "Availability_zone has more than 255 characters.",
    ],
    [
      "POST",
      "/os-aggregates",
      {},
      400,
      "The server could not comply with the request since it is either malformed or otherwise incorrect.",
    ],
    [
      "PUT",
      "/os-aggregates/1",
      { aggregate: { hosts: [] } },
      400,
      "The server could not comply with the request since it is either malformed or otherwise incorrect.",
    ],
    ["GET", "/os-aggregates/9", null, 404, "Aggregate 9 could not be found."],
    ["DELETE", "/os-aggregates/__proto__", null, 404, "Aggregate __proto__ could not be found."],
    ["POST", "/os-aggregates/1/action", { fly: {} }, 400, "Aggregates does not have fly action"],
    ["POST", "/os-aggregates/1/action", {}, 400, "Invalid request body"],
    [
      "POST",
      "/os-aggregates/1/action",
      { add_host: {} },
      400,
      "Only host parameter can be specified",
    ],
    [
      "POST",
      "/os-aggregates/1/action",
      { add_host: { hosts: 1 } },
      400,
      "Host parameter must be specified",
    ],
    [
      "POST",
      "/os-aggregates/1/action",
      { add_host: { host: "moon" } },
      404,
      "Cannot add host moon in aggregate 1",
    ],
    [
      "POST",
      "/os-aggregates/9/action",
      { add_host: { host: "compute-1" } },
      404,
      "Cannot add host compute-1 in aggregate 9",
    ],
    [
      "POST",
      "/os-aggregates/1/action",
      { remove_host: { host: "compute-1" } },
      404,
      "Cannot remove host compute-1 in aggregate 1",
    ],
    [
      "POST",
      "/os-aggregates/1/action",
      { set_metadata: { metadata: [] } },
      400,
      "The value of metadata must be a dict",
    ],
    [
      "POST",
      "/os-aggregates/1/action",
      { set_metadata: { metadata: { k: 1 } } },
      400,
      "metadata.value is not a string or unicode",
    ],
    [
      "POST",
      "/os-aggregates/9/action",
      { set_metadata: { metadata: { k: "v" } } },
      404,
      "Cannot set metadata {u'k': u'v'} in aggregate 9",
    ],
  ])("%s %s %j is refused with %i: %s", (method, path, body, status, message) => {
    ask("POST", "/os-aggregates", { aggregate: { name: "racks" } });
    expect(ask(method, path, body ?? undefined)).toEqual([status, message]);
  });

  it("twice for the same host are a conflict", () => {
    run("nova aggregate-create racks");
    expect(act("1", "add_host", { host: "compute-1" })[0]).toBe(200);
    expect(act("1", "add_host", { host: "compute-1" })).toEqual([
      409,
      "Cannot add host compute-1 in aggregate 1",
    ]);
  });
});

describe("what is told of it", () => {
  beforeEach(() => {
    cloud = new Cloud({ computes: 2, flags: { notification_driver: ["messaging"] } });
  });

  const since = (from: number) => cloud.timeline.entries.slice(from);

  it("are notifications of the aggregate itself, first by its name, then by its number", () => {
    const from = cloud.timeline.entries.length;
    run("nova aggregate-create racks east");
    run("nova aggregate-add-host racks compute-1");
    const told = since(from).flatMap((entry) =>
      entry.kind === "notification" && entry.event_type.startsWith("aggregate.")
        ? [[entry.publisher_id, entry.event_type, entry.payload]]
        : [],
    );
    const made = { name: "racks", meta_data: { availability_zone: "east" } };
    const host = { aggregate_id: "1", host_name: "compute-1" };
    expect(told).toEqual([
      ["aggregate.racks", "aggregate.create.start", made],
      ["aggregate.1", "aggregate.create.end", { ...made, aggregate_id: 1 }],
      ["aggregate.1", "aggregate.addhost.start", host],
      ["aggregate.1", "aggregate.addhost.end", { ...host, name: "racks" }],
    ]);
  });

  it("is a cast to the host, of which libvirt makes nothing (nova/compute/rpcapi.py, 3.0)", () => {
    run("nova aggregate-create racks");
    const from = cloud.timeline.entries.length;
    run("nova aggregate-add-host racks compute-1");
    run("nova aggregate-remove-host racks compute-1");
    cloud.advance("1s");
    const casts = since(from).flatMap((entry) =>
      entry.kind === "rpc.cast" && entry.topic === "compute"
        ? [[entry.server, entry.method, entry.version, Object.keys(entry.args as object)]]
        : [],
    );
    const args = ["aggregate", "host", "slave_info"];
    expect(casts).toEqual([
      ["compute-1", "add_aggregate_host", "3.0", args],
      ["compute-1", "remove_aggregate_host", "3.0", args],
    ]);
    expect(since(from).filter(({ kind }) => kind === "rpc.failure")).toEqual([]);
  });
});
