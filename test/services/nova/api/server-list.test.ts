import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../src/python/index.js";
import { ApiBed, IMAGE } from "./bed.js";

const names = ({ body }: { body: unknown }): string[] =>
  (body as { servers: { name: string }[] }).servers.map(({ name }) => name);

describe("GET /servers (nova §5.4)", () => {
  function three(): ApiBed {
    const bed = new ApiBed();
    for (const name of ["a1", "a2", "b1"]) bed.boot({ name });
    return bed;
  }

  it("works on an empty system (nova §9.1)", () => {
    expect(new ApiBed().ask("GET", "/servers").body).toEqual({ servers: [] });
  });

  it("lists the newest first, in pages", () => {
    const bed = three();
    const { body } = bed.ask("GET", "/servers?limit=2");
    const { servers, servers_links } = body as {
      servers: { id: string }[];
      servers_links: { href: string }[];
    };
    const last = servers[1]!.id;
    expect(names({ body })).toEqual(["b1", "a2"]);
    expect(servers_links[0]!.href).toBe(
      `http://controller:8774/v2/${bed.demo.project}/servers?limit=2&marker=${last}`,
    );
    expect(names(bed.ask("GET", `/servers?limit=2&marker=${last}`))).toEqual(["a1"]);
  });

  it.each([
    ["name=a", ["a2", "a1"]],
    ["name=^.1$", ["b1", "a1"]],
    ["status=BUILD", ["b1", "a2", "a1"]],
    ["status=active", []],
    ["status=nonsense", []],
    ["flavor=2", []],
    [`image=${IMAGE}&name=b`, ["b1"]],
    ["host=nowhere", ["b1", "a2", "a1"]],
  ])("filters by %s", (query, expected) => {
    expect(names(three().ask("GET", `/servers?${query}`))).toEqual(expected);
  });

  it("filters by a name whose attempts multiply, and comes to an end", () => {
    const bed = three();
    bed.boot({ name: "a".repeat(200) });
    expect(names(bed.ask("GET", "/servers?name=^(a%2B)%2B!$"))).toEqual([]);
  });

  it("lets administrators filter by any column, over all projects", () => {
    const bed = three();
    expect(names(bed.ask("GET", "/servers", undefined, bed.admin))).toEqual([]);
    expect(names(bed.ask("GET", "/servers?all_tenants=1", undefined, bed.admin))).toHaveLength(3);
    expect(names(bed.ask("GET", "/servers?all_tenants=1&host=c9", undefined, bed.admin))).toEqual(
      [],
    );
  });

  it("shows deleted servers only as changes, or to administrators", () => {
    const bed = three();
    const id = bed.db.instances.first({ display_name: "a1" })!.uuid;
    bed.ask("DELETE", `/servers/${id}`);
    expect(names(bed.ask("GET", "/servers"))).toEqual(["b1", "a2"]);
    const { body } = bed.ask("GET", "/servers/detail?changes-since=2014-09-18T04:03:09Z");
    // What was never updated has no date of an update (instance_get_all_by_filters).
    expect((body as { servers: JsonObject[] }).servers.map(({ status }) => status)).toEqual([
      "DELETED",
    ]);
    expect(bed.told(bed.ask("GET", "/servers?status=deleted"))).toBe(
      "403 Only administrators may list deleted instances",
    );
    const deleted = "/servers?all_tenants=1&status=deleted";
    // The API deletes without a change of state; a host notes it.
    expect(names(bed.ask("GET", deleted, undefined, bed.admin))).toEqual([]);
    bed.db.instances.softDelete(bed.db.instances.first({ display_name: "b1" })!.uuid, {
      vm_state: "deleted",
    });
    expect(names(bed.ask("GET", deleted, undefined, bed.admin))).toEqual(["b1"]);
  });

  it.each([
    ["marker=nothing", "400 marker [nothing] not found"],
    ["limit=x", "400 limit param must be an integer"],
    ["limit=-1", "400 limit param must be positive"],
    ["changes-since=x", "400 Invalid changes-since value"],
  ])("refuses %s", (query, says) => {
    const bed = three();
    expect(bed.told(bed.ask("GET", `/servers?${query}`))).toBe(says);
  });
});

describe("what a list is asked for (servers.py _get_servers, instance_get_all_by_filters)", () => {
  const UNEXPECTED =
    "500 The server has either erred or is incapable of performing the requested operation.";

  /** web-1 (active), web_2 (building), db (soft-deleted), gone (deleted), all of demo. */
  function four(): ApiBed {
    const bed = new ApiBed();
    for (const name of ["web-1", "web_2", "db", "gone"]) bed.boot({ name });
    const id = (name: string) => bed.db.instances.first({ display_name: name })!.uuid;
    bed.db.instances.update(id("web-1"), { vm_state: "active", task_state: null, host: "c1" });
    bed.db.instances.update(id("db"), { vm_state: "soft-delete" });
    bed.db.instances.softDelete(id("gone"), { vm_state: "deleted" });
    return bed;
  }
  const asked = (bed: ApiBed, query: string, as = bed.demo) => {
    const response = bed.ask("GET", `/servers?${query}`, undefined, as);
    return response.status === 200 ? names(response).join(" ") : bed.told(response);
  };

  it.each([
    ["limit=0", ""],
    ["limit=0&marker=nothing", ""],
    ["limit=%201", "web_2"],
    ["limit=1.0", "400 limit param must be an integer"],
    ["limit=", "400 limit param must be an integer"],
    ["page_size=x", "400 page_size param must be an integer"],
    ["page_size=-1", "400 page_size param must be positive"],
    ["marker=", "400 marker [] not found"],
    ["sort_key=host&sort_dir=asc", "web_2 web-1"],

    // MySQL's REGEXP: a backslash makes a sign literal, capitals do not count.
    ["name=web%5C-", "web-1"],
    ["name=WEB", "web_2 web-1"],
    ["name=%5Eweb.1%24", "web-1"],
    ["name=%5Cd", ""],
    ["name=[[:digit:]]%24", "web_2 web-1"],
    ["name=(a", UNEXPECTED],
    ["name=*", UNEXPECTED],
    ["name=[", UNEXPECTED],
    ["name=", UNEXPECTED],
    // str() of what is not ASCII (regex_filter).
    ["name=%C3%BC", UNEXPECTED],

    ["status=active", "web-1"],
    ["status=ACTIVE&status=build", "web_2 web-1"],
    ["status=reboot&status=nonsense", ""],
    ["status=nonsense&limit=x", ""],
    ["status=", ""],
    ["status=deleted", "403 Only administrators may list deleted instances"],
    ["changes-since=", "400 Invalid changes-since value"],
    ["changes-since=2014-02-30", "400 Invalid changes-since value"],
    ["changes-since=2014", "db web-1"],
    ["changes-since=20140918T0000-0500", ""],
    ["changes-since=2014-09-18T04:00:00%2B00:30", "db web-1"],
    ["changes-since=2100-01-01", ""],

    ["flavor=99", ""],
    ["flavor=1", "web_2 web-1"],
    [
      "all_tenants=x",
      "400 Unrecognized value 'x', acceptable values are: '0', '1', 'f', 'false', 'n', 'no', 'off', 'on', 't', 'true', 'y', 'yes'",
    ],
    // policy.json lets everybody; the database does not.
    ["all_tenants=1", "web_2 web-1"],
    ["deleted=1", "web_2 web-1"],
    ["tenant_id=other", "web_2 web-1"],
    ["host=nowhere", "web_2 web-1"],
  ])("%s", (query, says) => {
    expect(asked(four(), query)).toBe(says);
  });

  it.each([
    ["deleted=false", "gone db"],
    ["deleted=", "web_2 web-1"],
    ["deleted=1&soft_deleted=", "gone"],
    ["soft_deleted=1", "db web_2 web-1"],
    ["status=deleted", "gone"],
    ["host=C1", "web-1"],
    ["host=c", ""],
    ["node=.", ""],
    ["hostname=^web", "web_2 web-1"],
    ["locked=0", "web_2 web-1"],
    ["locked=False", ""],
    ["vm_state=active", "web-1"],
    ["nonsense=7", "web_2 web-1"],
    ["metadata=[]", "web_2 web-1"],
    ["metadata={", ""],
    ["metadata=7", UNEXPECTED],
    [
      "ip6=::1",
      "400 The server could not comply with the request since it is either malformed or otherwise incorrect.",
    ],
    ["ip=", UNEXPECTED],
  ])("as an administrator: %s", (query, says) => {
    const bed = four();
    expect(asked(bed, `all_tenants=1&${query}`, bed.admin)).toBe(says);
  });

  it("fails in the long list over a filter that is no JSON, and lists nothing in the short one", () => {
    const bed = four();
    const path = "/servers/detail?metadata={";
    expect(bed.told(bed.ask("GET", path, undefined, bed.admin))).toBe(UNEXPECTED);
  });

  it("finds an item of metadata by key and by value apart", () => {
    const bed = new ApiBed();
    bed.boot({ name: "m", metadata: { a: "1", b: "2" } });
    const find = (metadata: JsonObject) =>
      asked(
        bed,
        `all_tenants=1&metadata=${encodeURIComponent(JSON.stringify(metadata))}`,
        bed.admin,
      );
    expect(find({ a: "2" })).toBe("m");
    expect(find({ a: "3" })).toBe("");
  });

  it("asks Neutron which servers have an address, and takes no pattern", () => {
    const bed = four();
    const id = bed.db.instances.first({ display_name: "web-1" })!.uuid;
    bed.addressed.set("10.0.0.2", [id]);
    expect(asked(bed, "ip=10.0.0.2")).toBe("web-1");
    expect(asked(bed, "ip=10.0")).toBe("");
    expect(bed.asked.slice(-2)).toEqual(["servers by ip 10.0.0.2", "servers by ip 10.0"]);
    expect(asked(bed, "all_tenants=1&fixed_ip=10.0.0.2", bed.admin)).toBe("");
    expect(bed.asked.at(-1)).toBe("servers by ip ^10\\.0\\.0\\.2$");
  });

  it("goes on after a marker that does not fit the filters itself", () => {
    const bed = four();
    const marker = bed.db.instances.first({ display_name: "db" })!.uuid;
    expect(asked(bed, `name=web&marker=${marker}`)).toBe("web_2 web-1");
    const other = bed.boot({}, bed.admin).body as { server: { id: string } };
    expect(asked(bed, `marker=${other.server.id}`)).toBe(
      `400 marker [${other.server.id}] not found`,
    );
  });

  it("says where it goes on with the query as it was read, quoting nothing", () => {
    const bed = four();
    const { body } = bed.ask("GET", "/servers/detail?name=w+%7Cweb&limit=1&limit=2&marker=");
    expect(bed.told({ status: 400, headers: {}, body })).toBe("400 marker [] not found");
    const next = bed.ask("GET", "/servers/detail?name=we%5Cb%7C+x&limit=1").body as {
      servers: { id: string }[];
      servers_links: JsonObject[];
    };
    expect(next.servers_links).toEqual([
      {
        rel: "next",
        href: `http://controller:8774/v2/${bed.demo.project}/servers/detail?name=we\\b| x&limit=1&marker=${next.servers[0]!.id}`,
      },
    ]);
  });
});

describe("GET /servers/detail", () => {
  const shown = (bed: ApiBed, id: string, as = bed.demo) => {
    const list = bed.ask("GET", "/servers/detail", undefined, as).body as { servers: JsonObject[] };
    const one = bed.ask("GET", `/servers/${id}`, undefined, as).body as { server: JsonObject };
    return { listed: list.servers.find((server) => server["id"] === id), alone: one.server };
  };

  it("shows of a server what a look at it alone shows, whatever has changed since the last list", () => {
    const bed = new ApiBed();
    const id = bed.active();
    const { db } = bed;
    const changes: readonly (() => unknown)[] = [
      () => undefined,
      () => bed.ask("PUT", `/servers/${id}/metadata/key`, { meta: { key: "value" } }),
      () => bed.ask("PUT", `/servers/${id}`, { server: { name: "other" } }),
      () => db.instances.update(id, { power_state: 4 }),
      () => db.instance_system_metadata.update(id, { metadata: { instance_type_flavorid: "2" } }),
      () =>
        db.instance_info_caches.update(id, {
          network_info: [
            {
              ...{ id: "port", address: "fa:16:3e:00:00:01" },
              network: {
                ...{ id: "net", label: "private" },
                subnets: [
                  { ips: [{ address: "10.0.0.2", version: 4, type: "fixed", floating_ips: [] }] },
                ],
              },
            },
          ],
        }),
      () => {
        db.aggregate_hosts.insert({ aggregate_id: 1, host: "c1" });
        const zone = { key: "availability_zone", value: "az1" };
        return db.aggregate_metadata.insert({ aggregate_id: 1, ...zone });
      },
      () => {
        const [device] = db.block_device_mapping.find({ instance_uuid: id });
        return db.block_device_mapping.update(device?.id ?? 0, { volume_id: "a-volume" });
      },
      () => db.instances.update(id, { vm_state: "error" }),
    ];
    const seen = new Set<string>();
    for (const change of changes) {
      change();
      const { listed, alone } = shown(bed, id);
      expect(listed).toEqual(alone);
      expect(shown(bed, id).listed).toEqual(alone);
      seen.add(JSON.stringify(listed));
    }
    expect(seen.size).toBe(changes.length);
  });

  it("shows each caller what is his, one after the other", () => {
    const bed = new ApiBed();
    const id = bed.active();
    bed.ask("PUT", `/servers/${id}`, { server: { name: "named" } });
    const list = (query: string, as = bed.demo) =>
      bed.ask("GET", `/servers/detail${query}`, undefined, as).body as { servers: JsonObject[] };
    for (let round = 0; round < 2; round++) {
      const own = list("").servers[0];
      const all = list("?all_tenants=1", bed.admin).servers[0];
      expect(own).not.toHaveProperty("OS-EXT-SRV-ATTR:host");
      expect(all).toMatchObject({ id, "OS-EXT-SRV-ATTR:host": "c1" });
      expect(JSON.stringify(own)).not.toContain(bed.admin.project);
      expect(JSON.stringify(all?.["links"])).toContain(bed.admin.project);
    }
  });
});
