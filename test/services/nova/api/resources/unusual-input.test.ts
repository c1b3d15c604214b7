/**
 * What the extensions' controllers make of input that nobody thought of: a row each, with the lines of upstream's that decide it
 * (nova/api/openstack/compute/contrib at 2014.2, unless another file is named).
 */
import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../../../../src/python/index.js";
import { serverActions } from "../../../../../src/services/nova/api/server-actions.js";
import { InstanceNotFound } from "../../../../../src/services/nova/exception.js";
import { ApiBed, NETWORK, NOWHERE } from "../bed.js";

const DEFAULT_400 =
  "400 The server could not comply with the request since it is either malformed or otherwise incorrect.";
const DEFAULT_500 =
  "500 The server has either erred or is incapable of performing the requested operation.";
const UNPROCESSABLE = "422 Unable to process the contained instructions";

const GROUP: JsonObject = {
  id: NETWORK,
  name: "web",
  description: "d",
  tenant_id: "demo",
  security_group_rules: [],
};

const bedWithGroup = (): ApiBed => {
  const bed = new ApiBed();
  bed.groups.set(NETWORK, GROUP);
  return bed;
};

describe("a body that is no dictionary where one is read", () => {
  it.each<[method: string, path: string, body: Json, says: string, because: string]>([
    ["POST", "/os-security-groups", {}, UNPROCESSABLE, "security_groups.py:264"],
    ["POST", "/os-security-groups", { security_group: null }, UNPROCESSABLE, ":267"],
    ["POST", "/os-security-groups", [1], DEFAULT_500, ":266 body.get"],
    ["POST", "/os-security-groups", { security_group: "web" }, DEFAULT_500, ":330"],
    ["POST", "/os-security-group-rules", { security_group_rule: [] }, DEFAULT_500, ":379"],
    ["POST", "/os-keypairs", { keypair: { name: ["a"] } }, unsafe(), "nova/compute/api.py:3631"],
    ["POST", "/os-keypairs", { keypair: { name: [1] } }, DEFAULT_400, "a number is in no text"],
    ["POST", "/os-keypairs", { keypair: { name: 1 } }, DEFAULT_400, "it has no characters"],
  ])("%s %s %j: %s (%s)", (method, path, body, says) => {
    const bed = bedWithGroup();
    expect(bed.told(bed.ask(method, path, body))).toBe(says);
  });

  const admins: [method: string, path: string, body: Json, says: string, because: string][] = [
    [
      ...(["POST", "/os-security-group-default-rules"] as const),
      { security_group_default_rule: [] },
      "400 'list' object has no attribute 'get'",
      "security_group_default_rules.py:123",
    ],
    ["PUT", "/os-aggregates/1", { aggregate: {} }, DEFAULT_400, "aggregates.py:121"],
    ["PUT", "/os-aggregates/1", { aggregate: ["name"] }, DEFAULT_500, ":124 updates.keys"],
    ["PUT", "/os-aggregates/1", { aggregate: null }, DEFAULT_400, ":121 len"],
    ["POST", "/os-aggregates/1/action", ["add_host"], DEFAULT_500, ":166 body.iteritems"],
    ["POST", "/os-aggregates/1/action", {}, "400 Invalid request body", ":172"],
    ["POST", "/os-aggregates/1/action", { add_host: null }, DEFAULT_400, ":38 len"],
    [
      ...(["POST", "/os-aggregates/1/action"] as const),
      { add_host: "x" },
      "400 Host parameter must be specified",
      ":41",
    ],
    ["POST", "/os-aggregates/1/action", { add_host: ["host"] }, DEFAULT_400, ":45"],
    [
      ...(["POST", "/os-aggregates/1/action"] as const),
      { add_host: "xy" },
      "400 Only host parameter can be specified",
      ":38",
    ],
    [
      ...(["POST", "/os-server-external-events"] as const),
      { events: [{ server_uuid: NOWHERE, name: "n", more: 1 }, 5] },
      "400 event entity contains unsupported items: more",
      "server_external_events.py:96, before the next is looked at",
    ],
    [
      ...(["POST", "/os-server-external-events"] as const),
      {
        events: [
          [
            ["server_uuid", NOWHERE],
            ["name", "n"],
          ],
        ],
      },
      DEFAULT_400,
      ":115",
    ],
    ["POST", "/os-networks", network({ cidr: 10 }), DEFAULT_400, "netaddr/ip/__init__.py:818"],
    ["POST", "/os-networks", network({ cidr: "10/8" }), DEFAULT_500, "os_networks.py:173"],
    ["POST", "/os-tenant-networks", network({ cidr: true }), DEFAULT_400, "os_tenant_networks:174"],
    [
      ...(["POST", "/os-tenant-networks"] as const),
      network({ cidr: "10/8" }),
      "503 Create networks failed",
      "os_tenant_networks.py:206",
    ],
    [
      ...(["POST", "/os-tenant-networks"] as const),
      network({ cidr: "10/8", name: "n" }),
      DEFAULT_500,
      ":205 extra=network, which may have no name of the record's",
    ],
    [
      ...(["POST", "/os-baremetal-nodes"] as const),
      { node: { prov_mac_address: 5 } },
      "400 Must specify address in the form of xx:xx:xx:xx:xx:xx",
      "baremetal_nodes.py:122: a number is no text for netaddr (strategy/eui48.py:173)",
    ],
  ];
  it.each(admins)("%s %s %j: %s (%s)", (method, path, body, says) => {
    const bed = new ApiBed();
    expect(bed.told(bed.ask(method, path, body, bed.admin))).toBe(says);
  });
});

function unsafe(): string {
  return "400 Keypair data is invalid: Keypair name contains unsafe characters";
}

function network(more: JsonObject): JsonObject {
  return { network: { label: "l", ...more } };
}

describe("a rule of a security group (nova/network/security_group/security_group_base.py)", () => {
  const add = (rule: JsonObject, bed = bedWithGroup()): string =>
    bed.told(
      bed.ask("POST", "/os-security-group-rules", {
        security_group_rule: {
          ...{ parent_group_id: NETWORK, ip_protocol: "tcp", from_port: 1, to_port: 2 },
          ...rule,
        },
      }),
    );

  it.each<[rule: JsonObject, says: string, because: string]>([
    [{ cidr: "10.0.0.1" }, "400 Invalid cidr 10.0.0.1", "nova/utils.py:551: a prefix is missing"],
    [{ cidr: "10.0.0.0%2F8" }, "200", ":36: it may be quoted"],
    [{ cidr: "10.0.0.0%2G8" }, "400 Invalid cidr 10.0.0.0%2G8", "badly"],
    [{ cidr: "10.0.0.0/8%e9" }, "400 Invalid cidr 10.0.0.0/8%e9", ":38: ASCII alone"],
    [{ cidr: 10 }, "400 Invalid cidr 10", ":38: a number has no split"],
    [{ cidr: "0/0" }, "200", "security_groups.py:401: 0 is 0.0.0.0"],
    [
      { cidr: "10.0.0.0/0.0.0.0" },
      "400 Bad prefix for network in cidr 10.0.0.0/0.0.0.0",
      "security_groups.py:402",
    ],
    [{ from_port: 1.5, to_port: true }, "200", ":85: int() cuts off, and true is 1"],
    [
      { from_port: [] },
      "400 int() argument must be a string or a number, not 'list'",
      ":87 is about a ValueError",
    ],
    [{ ip_protocol: 6 }, "400 Invalid IP protocol 6.", ":82"],
    [
      { ip_protocol: 6, group_id: NETWORK },
      "400 'int' object has no attribute 'upper'",
      ":67: of a group's the case is looked at first",
    ],
    [
      { ip_protocol: "tcp\u00e9" },
      "400 'ascii' codec can't encode character u'\\xe9' in position 3: ordinal not in range(128)",
      ":82 str(ip_protocol)",
    ],
  ])("of %j: %s (%s)", (rule, says) => {
    expect(add(rule)).toBe(says);
  });

  it("asks for the group that it names before and after it is checked (security_groups.py:429, :408)", () => {
    const bed = bedWithGroup();
    expect(add({ group_id: NETWORK }, bed)).toBe("200");
    const shows = `security group show ${NETWORK}`;
    expect(bed.asked).toEqual([shows, shows, shows, `security group rule ${NETWORK}`]);
  });
});

describe("floating IPs in bulk (floating_ips_bulk.py)", () => {
  const PATH = "/os-floating-ips-bulk";
  const create = (params: JsonObject, bed = new ApiBed()) =>
    bed.ask("POST", PATH, { floating_ips_bulk_create: params }, bed.admin);
  const listed = (params: JsonObject): Json => {
    const bed = new ApiBed();
    expect(create(params, bed).status).toBe(200);
    const { body } = bed.ask("GET", PATH, undefined, bed.admin);
    return (body as { floating_ip_info: Json }).floating_ip_info;
  };
  const addresses = (ip_range: Json): string[] =>
    (listed({ ip_range }) as unknown as { address: string }[]).map(({ address }) => address);

  it("are of a number as well, and written as addresses are (:98, :141)", () => {
    expect(addresses("10.1")).toEqual(["10.0.0.1"]);
    expect(addresses(3_232_235_777)).toEqual(["192.168.1.1"]);
    expect(addresses(true)).toEqual(["0.0.0.1"]);
    expect(addresses(4_294_967_296)).toEqual(["::1:0:0"]);
    expect(addresses("fe80::/126")).toEqual(["fe80::1", "fe80::2", "fe80::3"]);
  });

  it.each<[range: Json, says: string]>([
    [-1, "400 Invalid input received: failed to detect a valid IP address from -1"],
    [null, "400 Invalid input received: failed to detect a valid IP address from None"],
    [["1/2"], "400 Invalid input received: failed to detect a valid IP address from [u'1/2']"],
    ["::/64", DEFAULT_500],
  ])("are refused of %j: %s", (ip_range, says) => {
    const bed = new ApiBed();
    expect(bed.told(create({ ip_range }, bed))).toBe(says);
  });

  it("answer pool and interface as they came, which the database keeps as text (:107, models.py)", () => {
    const wanted = { ip_range: "10.0.0.1", pool: null, interface: 5 };
    expect(create(wanted).body).toEqual({ floating_ips_bulk_create: wanted });
    expect(listed(wanted)).toMatchObject([{ pool: null, interface: "5" }]);
    const bed = new ApiBed();
    expect(bed.told(create({ ip_range: "10.0.0.1", pool: {} }, bed))).toBe(DEFAULT_500);
  });
});

describe("an id in the URL that is no ASCII", () => {
  it.each([
    ["/os-quota-sets/%C3%A9", "quotas.py:75"],
    ["/os-quota-sets/%C3%A9/defaults", "quotas.py:217"],
    ["/os-quota-class-sets/%C3%A9", "quota_classes.py:67"],
  ])("ends in an error that nobody foresaw: %s (%s)", (path) => {
    const bed = new ApiBed();
    expect(bed.told(bed.ask("GET", path, undefined, bed.admin))).toBe(DEFAULT_500);
  });
});

describe("a date in the query (simple_tenant_usage.py:222, :244)", () => {
  const usage = (query: string): string => {
    const bed = new ApiBed();
    return bed.told(bed.ask("GET", `/os-simple-tenant-usage?${query}`, undefined, bed.admin));
  };
  const INVALID = "400 Invalid datetime string: Datetime is in invalid format";

  it.each([
    ["start=2013-1-2T3:4:5", "200"],
    ["start=2013-01-02t03:04:05", "200"],
    ["start=2013-01-02++03:04:05.5", "200"],
    ["start=&start=2013-01-02T03:04:05&start=moon", "200"],
    ["start=moon&start=2013-01-02T03:04:05", INVALID],
    ["start=2013-02-30T00:00:00", INVALID],
    ["start=2013-01-02T03:04:60", INVALID],
    ["start=0000-01-02T03:04:05", INVALID],
    ["start=2013-01-02+03:04:05", INVALID],
    ["start=2013-01-02T03:04:05.1234567", INVALID],
  ])("%s: %s", (query, says) => {
    expect(usage(query)).toBe(says);
  });
});

describe("an action of a server whose argument is wrong", () => {
  it("os-getConsoleOutput finds the server first, and tells no more than that it is wrong (console_output.py:42, :63)", () => {
    const bed = new ApiBed();
    const wrong = { "os-getConsoleOutput": { length: "x" } };
    expect(bed.told(bed.act(NOWHERE, wrong))).toBe("404 Instance not found");
    // Which host it is on is asked after that (nova/compute/api.py: check_instance_host).
    const id = bed.booted();
    expect(bed.told(bed.act(id, wrong))).toBe(DEFAULT_400);
    expect(bed.told(bed.act(id, { "os-getConsoleOutput": {} }))).toMatch(/^409 /u);
    expect(bed.told(bed.act(id, { "os-getConsoleOutput": null }))).toBe(DEFAULT_500);
  });

  it("evacuate tells no more either (evacuate.py:47)", () => {
    const bed = new ApiBed();
    expect(bed.told(bed.act(NOWHERE, { evacuate: "host" }, bed.admin))).toBe(DEFAULT_400);
  });

  it("rescue looks for the password before the server, and takes null for one (rescue.py:54, :78)", () => {
    const bed = new ApiBed();
    expect(bed.told(bed.act(NOWHERE, { rescue: 5 }))).toBe(DEFAULT_400);
    expect(bed.told(bed.act(NOWHERE, { rescue: {} }))).toBe("404 Server not found");
    const { body } = bed.act(bed.active(), { rescue: { adminPass: null } });
    expect(body).toEqual({ adminPass: null });
    const [cast] = bed.castings();
    expect(cast?.args["rescue_password"]).toBeNull();
  });
});

describe("a server whose guest is gone from its host", () => {
  const error = new InstanceNotFound({ instance_id: NOWHERE });
  const told = (action: "os-getSerialConsole" | "os-getVNCConsole"): unknown =>
    serverActions.get(action)?.fault(error, action);

  it("is told of by its name where a serial console is asked for, and elsewhere not (consoles.py:123)", () => {
    expect(told("os-getSerialConsole")).toMatchObject({
      status: 404,
      message: `Instance ${NOWHERE} could not be found.`,
    });
    expect(told("os-getVNCConsole")).toBe(error);
  });
});

describe("a snapshot that Cinder leaves to Nova (assisted_volume_snapshots.py)", () => {
  const remove = (info: string) => {
    const bed = new ApiBed();
    const path = `/os-assisted-volume-snapshots/1?delete_info=${encodeURIComponent(info)}`;
    return { bed, answer: bed.ask("DELETE", path, undefined, bed.admin) };
  };

  it("is not found in webob's words, since the error is returned (:93)", () => {
    const { answer } = remove(JSON.stringify({ volume_id: NOWHERE }));
    expect(answer.status).toBe(404);
    expect(answer.body).toBe("404 Not Found\n\nThe resource could not be found.\n\n   ");
  });

  it.each([
    ["{}", "400 'volume_id'"],
    ["moon", "400 No JSON object could be decoded"],
    // A TypeError is not among what is caught (:86).
    ["[]", DEFAULT_400],
  ])("is refused with %s: %s", (info, says) => {
    const { bed, answer } = remove(info);
    expect(bed.told(answer)).toBe(says);
  });
});

describe("a name that differs from another in case, or in blanks at its end", () => {
  // nova/db/sqlalchemy/migrate_repo/versions/216_havana.py: mysql_charset='utf8', whose collation is utf8_general_ci
  it("is taken, and finds what has the other (216_havana.py:159)", () => {
    const bed = new ApiBed();
    const pair = (name: string): string =>
      bed.told(bed.ask("POST", "/os-keypairs", { keypair: { name } }));
    expect(pair("Key")).toBe("200");
    expect(pair("key ")).toBe("409 Key pair 'key ' already exists.");
    expect(bed.ask("GET", "/os-keypairs/KEY").body).toMatchObject({ keypair: { name: "Key" } });
    const flavor = (name: string, id: string): string =>
      bed.told(
        bed.ask("POST", "/flavors", { flavor: { name, id, ram: 1, vcpus: 1, disk: 0 } }, bed.admin),
      );
    expect(flavor("Large", "Big")).toBe("200");
    expect(flavor("large", "other")).toBe("409 Flavor with name large already exists.");
    expect(flavor("other", "big")).toBe("409 Flavor with ID big already exists.");
    expect(bed.ask("GET", "/flavors/BIG").body).toMatchObject({ flavor: { id: "Big" } });
    const aggregate = (name: string): string =>
      bed.told(bed.ask("POST", "/os-aggregates", { aggregate: { name } }, bed.admin));
    expect(aggregate("Rack")).toBe("200");
    expect(aggregate("rack")).toBe("409 Aggregate rack already exists.");
  });
});

it("hosts.py:340: of a host whose service has no node yet nobody says what it has (nova/objects/service.py:85)", () => {
  const bed = new ApiBed();
  bed.db.services.insert({
    ...{ host: "new", binary: "nova-compute", topic: "compute", report_count: 0 },
    ...{ disabled: false, disabled_reason: null },
  });
  expect(bed.told(bed.ask("GET", "/os-hosts/new", undefined, bed.admin))).toBe(
    "404 The resource could not be found.",
  );
});
