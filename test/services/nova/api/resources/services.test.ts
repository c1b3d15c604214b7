import { describe, expect, it } from "vitest";
import { seconds } from "../../../../../src/kernel/index.js";
import type { Json, JsonObject } from "../../../../../src/python/index.js";
import { ApiBed } from "../bed.js";

const MALFORMED =
  "400 The server could not comply with the request since it is either malformed or otherwise incorrect.";
const UNFORESEEN =
  "500 The server has either erred or is incapable of performing the requested operation.";

const get = (bed: ApiBed, path: string) => bed.ask("GET", path, undefined, bed.admin);

describe("os-services: contrib/services.py at 2014.2 (nova §5.5)", () => {
  const BODY = { host: "c1", binary: "nova-compute" };
  const list = (bed: ApiBed, query = ""): JsonObject[] =>
    (get(bed, `/os-services${query}`).body as { services: JsonObject[] }).services;
  const put = (bed: ApiBed, verb: string, body: Json) =>
    bed.ask("PUT", `/os-services/${verb}`, body, bed.admin);
  const bedWithServices = (): ApiBed => {
    const bed = new ApiBed();
    bed.host("c1");
    bed.service({ host: "controller", binary: "nova-conductor", topic: "conductor" });
    return bed;
  };

  it("shows times in the seconds of MySQL's columns", () => {
    const bed = bedWithServices();
    bed.wait(1_234_567);
    put(bed, "disable-log-reason", { ...BODY, disabled_reason: " a fan " });
    expect(list(bed)).toMatchObject([
      {
        id: 1,
        ...BODY,
        zone: "nova",
        status: "disabled",
        state: "up",
        disabled_reason: " a fan ",
        updated_at: expect.stringMatching(/^2014-09-18T04:03:1\d\.000000$/) as string,
      },
      { id: 2, zone: "internal", status: "enabled", updated_at: null, disabled_reason: null },
    ]);
  });

  it("is filtered by host and binary; a filter that is empty is none", () => {
    const bed = bedWithServices();
    const ids = (query: string) => list(bed, query).map(({ id }) => id);
    expect(ids("?host=c1")).toEqual([1]);
    expect(ids("?binary=nova-conductor")).toEqual([2]);
    expect(ids("?host=&binary=&service=nova-conductor")).toEqual([1, 2]);
  });

  it("a dead service looks alive for 60 s after it was disabled", () => {
    const bed = new ApiBed();
    bed.host("c1");
    const state = () => list(bed).map(({ state, status, zone }) => [state, status, zone]);
    bed.wait(seconds(120));
    expect(state()).toEqual([["down", "enabled", "nova"]]);
    expect(put(bed, "disable", BODY).body).toEqual({ service: { ...BODY, status: "disabled" } });
    expect(state()).toEqual([["up", "disabled", "nova"]]);
    bed.wait(seconds(61));
    expect(state()).toEqual([["down", "disabled", "nova"]]);
  });

  it("forgets the reason with whatever is done next", () => {
    const bed = bedWithServices();
    const reason = { ...BODY, disabled_reason: "a fan" };
    expect(put(bed, "disable-log-reason", reason).body).toEqual({
      service: { ...reason, status: "disabled" },
    });
    put(bed, "disable", BODY);
    expect(list(bed)[0]).toMatchObject({ status: "disabled", disabled_reason: null });
    put(bed, "disable-log-reason", reason);
    expect(put(bed, "enable", BODY).body).toEqual({ service: { ...BODY, status: "enabled" } });
    expect(list(bed)[0]).toMatchObject({ status: "enabled", disabled_reason: null });
  });

  const TOO_LONG =
    "400 The string containing the reason for disabling the service contains invalid characters or is too long.";

  it.each<[string, Json, string]>([
    ["explode", null, "404 Unknown action"],
    ["enable", {}, "400 Invalid attribute in the request"],
    ["enable", { host: "c1" }, "400 Invalid attribute in the request"],
    ["enable", ["host"], "400 Invalid attribute in the request"],
    ["enable", null, MALFORMED],
    ["enable", 5, MALFORMED],
    ["disable", { ...BODY, host: "c9" }, "404 Could not find binary nova-compute on host c9."],
    ["disable", { ...BODY, host: null }, "404 Could not find binary nova-compute on host None."],
    ["disable", { ...BODY, host: ["c1"] }, UNFORESEEN],
    ["disable-log-reason", BODY, "400 Missing disabled reason field"],
    ["disable-log-reason", { host: "c1" }, "400 Invalid attribute in the request"],
    ["disable-log-reason", { ...BODY, disabled_reason: "  " }, TOO_LONG],
    ["disable-log-reason", { ...BODY, disabled_reason: "x".repeat(256) }, TOO_LONG],
    ["disable-log-reason", { ...BODY, disabled_reason: null }, UNFORESEEN],
    ["disable-log-reason", { ...BODY, disabled_reason: 7 }, UNFORESEEN],
  ])("refuses %s with %j", (verb, body, says) => {
    expect(new ApiBed().told(put(bedWithServices(), verb, body))).toBe(says);
  });

  it("is deleted by number", () => {
    const bed = bedWithServices();
    const remove = (id: string) =>
      bed.told(bed.ask("DELETE", `/os-services/${id}`, undefined, bed.admin));
    expect(remove("x")).toBe("404 Service x not found.");
    expect(remove("9")).toBe("404 Service 9 not found.");
    expect(remove("1")).toBe("204");
    expect(remove("1")).toBe("404 Service 1 not found.");
    expect(list(bed).map(({ id }) => id)).toEqual([2]);
  });

  it("is for administrators", () => {
    const bed = bedWithServices();
    const says = "403 Policy doesn't allow compute_extension:services to be performed.";
    expect(bed.told(bed.ask("GET", "/os-services"))).toBe(says);
    expect(bed.told(bed.ask("PUT", "/os-services/explode", {}))).toBe(says);
  });
});

describe("os-hypervisors: contrib/hypervisors.py at 2014.2 (nova §5.5)", () => {
  it("sums up those whose service is enabled", () => {
    const bed = new ApiBed();
    bed.host("c1");
    bed.host("c2");
    bed.db.services.update(bed.serviceOf("c2"), { disabled: true });
    expect(get(bed, "/os-hypervisors/statistics").body).toEqual({
      hypervisor_statistics: {
        count: 1,
        vcpus: 4,
        memory_mb: 8192,
        local_gb: 100,
        vcpus_used: 0,
        memory_mb_used: 512,
        local_gb_used: 0,
        free_ram_mb: 7680,
        free_disk_gb: 100,
        current_workload: 0,
        running_vms: 0,
        disk_available_least: 100,
      },
    });
    expect(get(bed, "/os-hypervisors").body).toEqual({
      hypervisors: [
        { id: 1, hypervisor_hostname: "c1", state: "up", status: "enabled" },
        { id: 2, hypervisor_hostname: "c2", state: "up", status: "disabled" },
      ],
    });
    expect(bed.ask("GET", "/os-hypervisors").status).toBe(403);
  });

  it("shows one with its service, by a whole number", () => {
    const bed = new ApiBed();
    bed.host("c1");
    expect(get(bed, "/os-hypervisors/1").body).toMatchObject({
      hypervisor: {
        id: 1,
        hypervisor_hostname: "c1",
        hypervisor_type: "QEMU",
        host_ip: "10.0.0.1",
        service: { id: 1, host: "c1", disabled_reason: null },
      },
    });
    for (const id of ["9", "0x1", "1.0", "c1"]) {
      expect(bed.told(get(bed, `/os-hypervisors/${id}`))).toBe(
        `404 Hypervisor with ID '${id}' could not be found.`,
      );
    }
  });

  it("searches by a part of the name as SQL's LIKE does", () => {
    const bed = new ApiBed();
    bed.host("compute-1");
    bed.host("other.net");
    const found = (pattern: string) => bed.told(get(bed, `/os-hypervisors/${pattern}/search`));
    expect(["PUTE", "c%251", "compute_1", "r.n"].map(found)).toEqual(["200", "200", "200", "200"]);
    expect(found("e.1")).toBe("404 No hypervisor matching 'e.1' could be found.");
    expect(bed.told(get(bed, "/os-hypervisors/nope/servers"))).toBe(
      "404 No hypervisor matching 'nope' could be found.",
    );
  });

  it("lists the servers of a host by their names on it, and has no key for none", () => {
    const bed = new ApiBed();
    bed.host("c1");
    expect(get(bed, "/os-hypervisors/c1/servers").body).not.toHaveProperty("hypervisors.0.servers");
    const uuid = bed.active();
    expect(get(bed, "/os-hypervisors/c1/servers").body).toMatchObject({
      hypervisors: [{ servers: [{ uuid, name: "instance-00000001" }] }],
    });
  });

  it("does not find a node whose service is gone (nova/objects/compute_node.py:131)", () => {
    const bed = new ApiBed();
    bed.host("c1");
    bed.db.services.softDelete(1);
    expect(bed.told(get(bed, "/os-hypervisors"))).toBe("404 The resource could not be found.");
  });
});

describe("os-availability-zone: contrib/availability_zone.py at 2014.2 (nova §5.5)", () => {
  it("shows users the zones and not the hosts", () => {
    const bed = new ApiBed();
    bed.host("c1");
    bed.service({ host: "controller", binary: "nova-conductor", topic: "conductor" });
    expect(bed.ask("GET", "/os-availability-zone").body).toEqual({
      availabilityZoneInfo: [{ zoneName: "nova", zoneState: { available: true }, hosts: null }],
    });
    expect(bed.ask("GET", "/os-availability-zone/detail").status).toBe(403);
  });

  it("shows administrators which services are enabled (active) and alive (available)", () => {
    const bed = new ApiBed();
    bed.host("c1");
    bed.service({ host: "controller", binary: "nova-conductor", topic: "conductor" });
    bed.service({ host: "controller", binary: "nova-cert", topic: "cert", disabled: true });
    bed.wait(seconds(61));
    bed.db.services.touch(1);
    const { body } = get(bed, "/os-availability-zone/detail");
    expect(body).toEqual({
      availabilityZoneInfo: [
        {
          zoneName: "nova",
          zoneState: { available: true },
          hosts: {
            c1: {
              "nova-compute": {
                available: true,
                active: true,
                updated_at: expect.stringMatching(/\.000000$/) as string,
              },
            },
          },
        },
        {
          zoneName: "internal",
          zoneState: { available: true },
          hosts: {
            controller: {
              "nova-conductor": { available: false, active: true, updated_at: null },
            },
          },
        },
      ],
    });
  });

  it("lists zones without an enabled service last, and without hosts", () => {
    const bed = new ApiBed();
    bed.service({ host: "c1", disabled: true });
    bed.service({ host: "controller", binary: "nova-conductor", topic: "conductor" });
    expect(get(bed, "/os-availability-zone/detail").body).toMatchObject({
      availabilityZoneInfo: [
        { zoneName: "internal" },
        { zoneName: "nova", zoneState: { available: false }, hosts: null },
      ],
    });
    expect(bed.ask("GET", "/os-availability-zone").body).toEqual({
      availabilityZoneInfo: [{ zoneName: "nova", zoneState: { available: false }, hosts: null }],
    });
  });
});
