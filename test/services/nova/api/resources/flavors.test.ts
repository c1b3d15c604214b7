import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../../../../src/python/index.js";
import { ApiBed } from "../bed.js";

const NEW = { name: "big", ram: 1024, vcpus: 2, disk: 10 };

const ids = ({ body }: { body: unknown }): string[] =>
  (body as { flavors: { id: string }[] }).flavors.map(({ id }) => id);

const make = (bed: ApiBed, flavor: JsonObject = {}) =>
  bed.ask("POST", "/flavors", { flavor: { ...NEW, id: "9", ...flavor } }, bed.admin);

describe("the list of flavors (nova §5.2)", () => {
  const list = (bed: ApiBed, query = "", as = bed.demo) =>
    bed.ask("GET", `/flavors${query}`, undefined, as);

  it("is by flavor id and filtered by what flavors have at least", () => {
    const bed = new ApiBed();
    expect(ids(list(bed))).toEqual(["1", "2", "3", "4", "42", "5"]);
    expect(ids(list(bed, "?minRam=4096"))).toEqual(["3", "4", "5"]);
    expect(ids(list(bed, "?minDisk=%2080%20"))).toEqual(["4", "5"]);
  });

  // nova/api/openstack/compute/flavors.py (_get_flavors), common.py (_get_int_param) at 2014.2.
  it.each([
    ["?minRam=x", "400 Invalid minRam filter [x]"],
    ["?minRam=4.0", "400 Invalid minRam filter [4.0]"],
    ["?minDisk=", "400 Invalid minDisk filter []"],
    ["?is_public=banana", "400 Invalid is_public filter [banana]"],
    ["?is_public=", "400 Invalid is_public filter []"],
    ["?limit=x", "400 limit param must be an integer"],
    ["?limit=1.0", "400 limit param must be an integer"],
    ["?limit=-1", "400 limit param must be positive"],
    ["?page_size=x", "400 page_size param must be an integer"],
    ["?limit=x&is_public=banana", "400 limit param must be an integer"],
    ["?is_public=banana&minRam=x", "400 Invalid is_public filter [banana]"],
    ["?marker=77", "400 marker [77] not found"],
  ])("refuses %s", (query, says) => {
    const bed = new ApiBed();
    expect(bed.told(list(bed, query, bed.admin))).toBe(says);
  });

  it("looks at is_public for administrators alone", () => {
    const bed = new ApiBed();
    make(bed, { "os-flavor-access:is_public": false });
    expect(list(bed, "?is_public=banana").status).toBe(200);
    expect(ids(list(bed, "?is_public=None"))).not.toContain("9");
    expect(ids(list(bed, "", bed.admin))).not.toContain("9");
    expect(ids(list(bed, "?is_public=none", bed.admin))).toContain("9");
    expect(ids(list(bed, "?is_public=off", bed.admin))).toEqual(["9"]);
    bed.ask("POST", "/flavors/9/action", grant(bed.admin.project), bed.admin);
    expect(ids(list(bed, "?is_public=yes", bed.admin))).toContain("9");
  });

  // nova/db/sqlalchemy/api.py (flavor_get_all) at 2014.2: neither error of paginate_query is caught.
  it("is sorted by any column, id in the same direction; another order is nobody's 400", () => {
    const bed = new ApiBed();
    expect(ids(list(bed, "?sort_key=vcpus"))).toEqual(["1", "2", "42", "3", "4", "5"]);
    expect(ids(list(bed, "?sort_key=vcpus&sort_dir=desc"))).toEqual([
      "5",
      "4",
      "3",
      "42",
      "2",
      "1",
    ]);
    expect(ids(list(bed, "?sort_key=&sort_dir="))).toEqual(["1", "2", "3", "4", "42", "5"]);
    const unforeseen =
      "500 The server has either erred or is incapable of performing the requested operation.";
    expect(bed.told(list(bed, "?sort_key=wings"))).toBe(unforeseen);
    expect(bed.told(list(bed, "?sort_dir=up"))).toBe(unforeseen);
  });

  // get_limit_and_marker: `min(max_limit, limit)`; views: the link is that of the short list.
  it("goes on after a marker, which need not match the filters; limit 0 lists nothing", () => {
    const bed = new ApiBed();
    expect(ids(list(bed, "?limit=0"))).toEqual([]);
    expect(list(bed, "?limit=0").body).not.toHaveProperty("flavors_links");
    expect(ids(list(bed, "?limit=2&marker=2"))).toEqual(["3", "4"]);
    expect(ids(list(bed, "?minRam=4096&marker=1"))).toEqual(["3", "4", "5"]);
    expect(bed.ask("GET", "/flavors/detail?name=a b&limit=1&marker=1").body).toMatchObject({
      flavors_links: [
        {
          rel: "next",
          href: `http://controller:8774/v2/${bed.demo.project}/flavors?name=a b&limit=1&marker=2`,
        },
      ],
    });
  });
});

describe("a flavor (nova §5.2)", () => {
  it("is shown with the keys of all extensions, swap empty when there is none", () => {
    const bed = new ApiBed();
    expect(bed.ask("GET", "/flavors/42").body).toMatchObject({
      flavor: {
        id: "42",
        name: "m1.nano",
        ram: 64,
        disk: 0,
        vcpus: 1,
        swap: "",
        rxtx_factor: 1,
        "OS-FLV-EXT-DATA:ephemeral": 0,
        "OS-FLV-DISABLED:disabled": false,
        "os-flavor-access:is_public": true,
      },
    });
  });

  // nova/api/openstack/compute/flavors.py: HTTPNotFound() without an explanation.
  it("that there is not is told in webob's words, by a delete in Nova's", () => {
    const bed = new ApiBed();
    expect(bed.told(bed.ask("GET", "/flavors/m1.nano"))).toBe(
      "404 The resource could not be found.",
    );
    expect(bed.told(bed.ask("DELETE", "/flavors/77", undefined, bed.admin))).toBe(
      "404 Flavor 77 could not be found.",
    );
  });

  it("is shown after it was deleted, and cannot be booted any more (pitfall 24)", () => {
    const bed = new ApiBed();
    bed.ask("DELETE", "/flavors/1", undefined, bed.admin);
    expect(bed.ask("GET", "/flavors/1").status).toBe(200);
    expect(bed.told(bed.boot())).toBe("400 Invalid flavorRef provided.");
  });

  // nova/db/sqlalchemy/api.py (flavor_get_by_flavor_id): order_by(asc("deleted"), asc("id")).
  it("that was deleted more than once is shown as it was first, a living one before all", () => {
    const bed = new ApiBed();
    const name = (): unknown =>
      (bed.ask("GET", "/flavors/9", undefined, bed.admin).body as { flavor: JsonObject }).flavor[
        "name"
      ];
    for (const name of ["first", "second"]) {
      make(bed, { name });
      bed.ask("DELETE", "/flavors/9", undefined, bed.admin);
    }
    expect(name()).toBe("first");
    make(bed, { name: "third" });
    expect(name()).toBe("third");
  });
});

describe("making a flavor: contrib/flavormanage.py, nova/compute/flavors.py (create) at 2014.2", () => {
  it("is for administrators, who remove it with 202", () => {
    const bed = new ApiBed();
    expect(bed.ask("POST", "/flavors", { flavor: NEW }).status).toBe(403);
    expect(make(bed).status).toBe(200);
    expect(bed.told(make(bed, { name: "other" }))).toBe("409 Flavor with ID 9 already exists.");
    expect(bed.told(make(bed, { id: "10" }))).toBe("409 Flavor with name big already exists.");
    expect(bed.ask("DELETE", "/flavors/9", undefined, bed.admin).status).toBe(202);
  });

  const MALFORMED =
    "400 The server could not comply with the request since it is either malformed or otherwise incorrect.";
  const FACTOR =
    "400 Invalid input received: 'rxtx_factor' argument must be a float between 0 and 3.40282e+38";
  const bad = (text: string): string => `400 Invalid input received: ${text}`;

  it.each<[JsonObject, string]>([
    [{ name: null }, "400 A valid name parameter is required"],
    [{ ram: null }, "400 A valid ram parameter is required"],
    [{ vcpus: null, disk: null }, "400 A valid vcpus parameter is required"],
    [{ disk: null }, "400 A valid disk parameter is required"],
    [{ name: 7 }, "400 name is not a string or unicode"],
    [{ name: "  " }, "400 name has a minimum character requirement of 1."],
    [{ name: "a".repeat(256) }, "400 name has more than 255 characters."],
    [
      { name: "a/b" },
      bad(
        "Flavor names can only contain alphanumeric characters, periods, dashes, underscores and spaces.",
      ),
    ],
    [{ id: " 9" }, bad("id cannot contain leading and/or trailing whitespace(s)")],
    [{ id: "9".repeat(256) }, "400 id has more than 255 characters."],
    [
      { id: "ä" },
      bad(
        "Flavor id can only contain letters from A-Z (both cases), periods, dashes, underscores and spaces.",
      ),
    ],
    [{ ram: "much" }, bad("ram must be an integer")],
    [{ ram: 2.5 }, bad("ram must be an integer")],
    [{ ram: true }, bad("ram must be an integer")],
    [{ ram: 0 }, bad("ram must be >= 1")],
    [{ vcpus: 0 }, bad("vcpus must be >= 1")],
    [{ vcpus: "99999999999999999999" }, bad("vcpus must be <= 2147483647")],
    [{ disk: -1 }, bad("disk must be >= 0")],
    [{ "OS-FLV-EXT-DATA:ephemeral": -1 }, bad("ephemeral must be >= 0")],
    [{ swap: null }, bad("swap must be an integer")],
    [{ swap: "" }, bad("swap must be an integer")],
    // `dict.items()` of Python 2.7: memory_mb, vcpus, root_gb, ephemeral_gb, swap.
    [{ swap: -1, vcpus: 0, ram: "x" }, bad("ram must be an integer")],
    [{ rxtx_factor: "x" }, FACTOR],
    [{ rxtx_factor: 0 }, FACTOR],
    [{ rxtx_factor: "inf" }, FACTOR],
    [{ rxtx_factor: 1e39 }, FACTOR],
    [{ rxtx_factor: null }, MALFORMED],
    [{ rxtx_factor: [1] }, MALFORMED],
    [{ rxtx_factor: "nan" }, "500 Unable to create flavor"],
    [{ rxtx_factor: "x", "os-flavor-access:is_public": "banana" }, FACTOR],
    [{ "os-flavor-access:is_public": "banana" }, bad("is_public must be a boolean")],
    [{ "os-flavor-access:is_public": null }, bad("is_public must be a boolean")],
    [{ "os-flavor-access:is_public": 2 }, bad("is_public must be a boolean")],
  ])("refuses %j", (flavor, says) => {
    expect(new ApiBed().told(make(new ApiBed(), flavor))).toBe(says);
  });

  it.each<[Json, string]>([
    [null, "400 Invalid request body"],
    [{}, "400 Invalid request body"],
    [{ flavor: [] }, "400 Invalid request body"],
    [["flavor"], MALFORMED],
    [5, MALFORMED],
  ])("refuses the body %j", (body, says) => {
    const bed = new ApiBed();
    expect(bed.told(bed.ask("POST", "/flavors", body, bed.admin))).toBe(says);
  });

  it("takes what Python takes for numbers, booleans and ids", () => {
    const bed = new ApiBed();
    const shown = (flavor: JsonObject) => (make(bed, flavor).body as { flavor: JsonObject }).flavor;
    expect(shown({ name: " größer ", id: 7, ram: " 64 ", rxtx_factor: "2e0" })).toMatchObject({
      id: "7",
      name: "größer",
      ram: 64,
      rxtx_factor: 2,
    });
    expect(shown({ name: "b", id: "auto", "os-flavor-access:is_public": "off" })).toMatchObject({
      id: "auto",
      "os-flavor-access:is_public": false,
    });
    for (const [at, id] of [null, "", 0, false].entries()) {
      expect(shown({ name: `c${String(at)}`, id })["id"]).toMatch(/^[0-9a-f-]{36}$/);
    }
  });
});

const grant = (tenant: Json) => ({ addTenantAccess: { tenant } });

describe("access to a flavor: contrib/flavor_access.py at 2014.2", () => {
  const act = (bed: ApiBed, body: unknown, id = "9", as = bed.admin) =>
    bed.ask("POST", `/flavors/${id}/action`, body, as);

  it("makes a private flavor exist for whom it was granted to", () => {
    const bed = new ApiBed();
    make(bed, { "os-flavor-access:is_public": false });
    expect(bed.ask("GET", "/flavors/9").status).toBe(404);
    expect(bed.told(bed.boot({ flavorRef: "9" }))).toBe("400 Invalid flavorRef provided.");
    expect(act(bed, grant(bed.demo.project)).body).toEqual({
      flavor_access: [{ flavor_id: "9", tenant_id: bed.demo.project }],
    });
    expect(ids(bed.ask("GET", "/flavors"))).toContain("9");
    expect(bed.boot({ flavorRef: "9" }).status).toBe(202);
    expect(bed.told(act(bed, grant(bed.demo.project)))).toBe(
      `409 Flavor access already exists for flavor 9 and project ${bed.demo.project} combination.`,
    );
    const remove = { removeTenantAccess: { tenant: bed.demo.project } };
    expect(act(bed, remove).body).toEqual({ flavor_access: [] });
    expect(bed.told(act(bed, remove))).toBe(
      `404 Flavor access not found for 9 / ${bed.demo.project} combination.`,
    );
  });

  it("is listed of private flavors alone, and of unknown ones in words of its own", () => {
    const bed = new ApiBed();
    const list = (id: string) => bed.told(bed.ask("GET", `/flavors/${id}/os-flavor-access`));
    expect(list("1")).toBe("404 Access list not available for public flavors.");
    expect(list("77")).toBe("404 Flavor not found.");
  });

  it.each<[unknown, string]>([
    [{ addTenantAccess: {} }, "400 Missing tenant parameter"],
    [grant(0), "400 Missing tenant parameter"],
    [grant("x"), "404 Flavor 77 could not be found."],
    [{ removeTenantAccess: { tenant: "x" } }, "404 Flavor 77 could not be found."],
    [{ fly: {} }, "400 There is no such action: fly"],
    [{ a: 1, b: 2 }, "400 Malformed request body"],
    [
      { addTenantAccess: null },
      "500 The server has either erred or is incapable of performing the requested operation.",
    ],
  ])("refuses %j", (body, says) => {
    const bed = new ApiBed();
    expect(bed.told(act(bed, body, "77"))).toBe(says);
  });

  it("is changed by administrators, whatever else is wrong with the request", () => {
    const bed = new ApiBed();
    expect(bed.told(act(bed, { addTenantAccess: null }, "77", bed.demo))).toBe(
      "403 Policy doesn't allow compute_extension:flavor_access:addTenantAccess to be performed.",
    );
  });
});

describe("extra specs: contrib/flavorextraspecs.py at 2014.2", () => {
  const path = "/flavors/1/os-extra_specs";
  const admin = (bed: ApiBed, method: string, at: string, body?: unknown) =>
    bed.told(bed.ask(method, at, body, bed.admin));
  const KEYS =
    "400 Key Names can only contain alphanumeric characters, periods, dashes, underscores, colons and spaces.";

  it("are kept as texts, and the request is the answer", () => {
    const bed = new ApiBed();
    const body = { extra_specs: { "hw:cpu_policy": "shared", größe: 7, "a b": true } };
    expect(bed.ask("POST", path, body, bed.admin).body).toEqual(body);
    expect(bed.ask("GET", path).body).toEqual({
      extra_specs: { "hw:cpu_policy": "shared", größe: "7", "a b": "True" },
    });
    expect(admin(bed, "POST", path, { extra_specs: {} })).toBe("200");
    expect(admin(bed, "DELETE", `${path}/hw:cpu_policy`)).toBe("200");
    expect(bed.told(bed.ask("GET", `${path}/hw:cpu_policy`))).toBe(
      "404 Flavor 1 has no extra specs with key hw:cpu_policy.",
    );
    expect(admin(bed, "DELETE", `${path}/hw:cpu_policy`)).toBe(
      "404 Flavor 1 has no extra specs with key hw:cpu_policy.",
    );
  });

  it.each<[Json, string]>([
    [null, "400 No Request Body"],
    [{}, "400 Bad extra_specs provided"],
    [{ extra_specs: [] }, "400 Bad extra_specs provided"],
    [{ extra_specs: { "a/b": "1" } }, KEYS],
    [{ extra_specs: { "": "1" } }, KEYS],
    [
      { extra_specs: { ["k".repeat(256)]: "1" } },
      "400 extra_specs key has more than 255 characters.",
    ],
    [{ extra_specs: { a: null } }, "400 extra_specs value is not a string or unicode"],
    [
      { extra_specs: { a: "v".repeat(256) } },
      "400 extra_specs value has more than 255 characters.",
    ],
    [[], "500 The server has either erred or is incapable of performing the requested operation."],
  ])("refuse %j", (body, says) => {
    expect(admin(new ApiBed(), "POST", path, body)).toBe(says);
  });

  it.each<[Json, string]>([
    [null, "400 Bad extra_specs provided"],
    [{}, "400 Request body and URI mismatch"],
    [{ b: "1" }, "400 Request body and URI mismatch"],
    [{ a: "1", b: "1" }, "400 Request body contains too many items"],
    [{ a: "1" }, "200"],
  ])("are changed one by one: %j", (body, says) => {
    expect(admin(new ApiBed(), "PUT", `${path}/a`, body)).toBe(says);
  });

  it("of an unknown flavor: only the list has no words for it", () => {
    const bed = new ApiBed();
    const none = "/flavors/77/os-extra_specs";
    expect(admin(bed, "GET", none)).toBe("404 The resource could not be found.");
    expect(admin(bed, "GET", `${none}/a`)).toBe("404 Flavor 77 could not be found.");
    expect(admin(bed, "POST", none, { extra_specs: {} })).toBe("404 Flavor 77 could not be found.");
    expect(admin(bed, "PUT", `${none}/a`, { a: "1" })).toBe("404 Flavor 77 could not be found.");
    expect(admin(bed, "DELETE", `${none}/a`)).toBe("404 Flavor 77 could not be found.");
  });

  it("may have any name that is allowed, __proto__ too", () => {
    const bed = new ApiBed();
    const body: unknown = JSON.parse('{"extra_specs": {"__proto__": "x"}}');
    bed.ask("POST", path, body, bed.admin);
    expect(bed.ask("GET", `${path}/__proto__`).status).toBe(200);
    expect(bed.ask("GET", `${path}/constructor`).status).toBe(404);
  });
});
