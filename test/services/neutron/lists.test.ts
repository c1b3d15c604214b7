/**
 * Lists: filters, fields, order and pages. Upstream: neutron/api/api_common.py, db/common_db_mixin.py,
 * db/sqlalchemyutils.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import type { QueryValue } from "../../../src/http/index.js";
import { isObject, type Json, type JsonObject } from "../../../src/python/index.js";
import { NeutronBed } from "./bed.js";

/** Three networks `a`, `b`, `c` besides the seeded one, the second down. */
function bedOfNetworks(flags = {}): NeutronBed {
  const bed = new NeutronBed({ flags });
  for (const name of ["c", "a", "b"]) {
    bed.run(bed.admin.create("networks", { name, admin_state_up: name !== "a" }));
  }
  return bed;
}

function query(bed: NeutronBed, path: string): Json {
  return bed.ask("GET", `/v2.0/${path}`, bed.adminToken).body;
}

const names = (bed: NeutronBed, search: string): unknown[] => {
  const body = query(bed, `networks${search}`);
  const list = isObject(body) ? (body["networks"] as readonly JsonObject[] | undefined) : undefined;
  return list?.map(({ name }) => name) ?? [JSON.stringify(body)];
};

describe("a filter", () => {
  it("takes any of its values, converts them, and is nothing if it is empty", () => {
    const bed = bedOfNetworks();
    expect(names(bed, "?name=a&name=b")).toEqual(["a", "b"]);
    expect(names(bed, "?name=")).toEqual(["private", "c", "a", "b"]);
    expect(names(bed, "?name=&name=c")).toEqual(["c"]);
    expect(names(bed, "?admin_state_up=FALSE")).toEqual(["a"]);
    expect(names(bed, "?admin_state_up=0&name=b")).toEqual([]);
    expect(bed.said("GET", "networks?admin_state_up=x")).toBe(
      "400 InvalidInput: Invalid input for operation: 'x' cannot be converted to boolean.",
    );
  });

  it("that is no column of the table says nothing (_apply_filters_to_query)", () => {
    const bed = bedOfNetworks();
    const all = ["private", "c", "a", "b"];
    expect(names(bed, "?colour=red")).toEqual(all);
    expect(names(bed, "?__proto__=red")).toEqual(all);
    expect(names(bed, "?provider:network_type=gre")).toEqual(all);
    expect(names(bed, "?router:external=True")).toEqual([]);
    bed.port("nowhere");
    const ports = (search: string): Json => query(bed, `ports${search}`);
    expect(ports("?binding:vnic_type=direct")).toMatchObject({ ports: [{}] });
    expect(ports("?binding:host_id=nowhere")).toMatchObject({ ports: [{}] });
    expect(ports("?binding:host_id=other")).toEqual({ ports: [] });
  });

  it("that is rows of another table is not implemented, which is 501", () => {
    const bed = new NeutronBed();
    const answer = bed.ask("GET", "/v2.0/networks?subnets=x", bed.adminToken);
    expect(answer).toMatchObject({
      status: 501,
      body: { NotImplementedError: { type: "NotImplementedError", detail: "" } },
    });
    expect(bed.said("GET", "subnets?dns_nameservers=8.8.8.8")).toMatch(/^501 NotImplementedError/);
  });

  it("by address is of keys and values, both about one address", () => {
    const bed = new NeutronBed();
    const { id } = bed.port("");
    const found = (search: string): number =>
      (query(bed, `ports?${search}`) as { ports: unknown[] }).ports.length;
    expect(found("fixed_ips=ip_address=192.168.1.2")).toBe(1);
    expect(found(`fixed_ips=subnet_id=${bed.subnet1}&fixed_ips=ip_address%3D192.168.1.2`)).toBe(1);
    expect(found(`fixed_ips=ip_address=192.168.1.2&id=${id as string}x`)).toBe(0);
    expect(found("fixed_ips=ip_address=192.168.1.9")).toBe(0);
    expect(found("fixed_ips=other=1")).toBe(1);
    expect(bed.said("GET", "ports?fixed_ips=x")).toBe(
      "400 InvalidInput: Invalid input for operation: 'x' is not of the form <key>=[value].",
    );
    // Each letter is looked at as if it were an id.
    expect(bed.said("GET", "ports?security_groups=abc")).toBe(
      "400 InvalidInput: Invalid input for operation: 'a' is not an integer or uuid.",
    );
  });
});

describe("fields", () => {
  it("are what is shown, as far as they may be seen", () => {
    const bed = new NeutronBed();
    const search = "networks?fields=id&fields=provider:network_type&fields=nothing&fields=";
    const [own] = (query(bed, search) as { networks: JsonObject[] }).networks;
    expect(Object.keys(own!).sort()).toEqual(["id", "provider:network_type"]);
    const { body } = bed.ask("GET", `/v2.0/${search}`, bed.demo.token);
    expect(body).toEqual({ networks: [{ id: bed.network1 }] });
    const shown = bed.ask("GET", `/v2.0/networks/${bed.network1}?fields=name`, bed.demo.token);
    expect(shown.body).toEqual({ network: { name: "private" } });
  });
});

describe("order and pages", () => {
  it("are dropped without a word unless they are allowed", () => {
    const bed = bedOfNetworks();
    expect(names(bed, "?sort_key=nothing&limit=-5&marker=x")).toEqual(["private", "c", "a", "b"]);
  });

  it("are by the keys that are asked for", () => {
    const bed = bedOfNetworks({ allow_sorting: true });
    expect(names(bed, "?sort_key=name&sort_dir=desc")).toEqual(["private", "c", "b", "a"]);
    expect(names(bed, "?sort_key=admin_state_up&sort_dir=asc&sort_key=name&sort_dir=asc")).toEqual([
      "a",
      "b",
      "c",
      "private",
    ]);
    const wrong: Record<string, string> = {
      "sort_key=name": "HTTPBadRequest: The number of sort_keys and sort_dirs must be same",
      "sort_key=x&sort_dir=asc": "HTTPBadRequest: [u'x'] is invalid attribute for sort_keys",
      "sort_key=name&sort_dir=up":
        "HTTPBadRequest: [u'up'] is invalid value for sort_dirs, valid value is 'asc' and 'desc'",
      "sort_key=provider:network_type&sort_dir=asc":
        "BadRequest: Bad networks request: provider:network_type is invalid attribute for sort_key",
      "sort_key=subnets&sort_dir=asc":
        "BadRequest: Bad networks request: The attribute 'subnets' is reference to other resource, can't used by sort 'networks'",
    };
    for (const [search, text] of Object.entries(wrong)) {
      expect(bed.said("GET", `networks?${search}`)).toBe(`400 ${text}`);
    }
  });

  it("go from a marker, with links to the neighbours (get_pagination_links)", () => {
    const bed = bedOfNetworks({ allow_pagination: true });
    const ids = bed.database.networks
      .find()
      .map(({ uuid }) => uuid)
      .sort();
    const page = (search: string) =>
      query(bed, `networks.json?fields=id&${search}`) as {
        networks: { id: string }[];
        networks_links?: { rel: string; href: string }[];
      };
    const first = page("limit=2");
    expect(first.networks.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    const url = "http://controller:9696/v2.0/networks.json?fields=id&limit=2";
    expect(first.networks_links).toEqual([
      { rel: "next", href: `${url}&marker=${ids[1]!}` },
      { rel: "previous", href: `${url}&marker=${ids[0]!}&page_reverse=True` },
    ]);
    const last = page(`limit=3&marker=${ids[1]!}`);
    expect(last.networks.map(({ id }) => id)).toEqual(ids.slice(2));
    expect(last.networks_links?.map(({ rel }) => rel)).toEqual(["previous"]);
    const back = page(`limit=2&marker=${ids[3]!}&page_reverse=true`);
    expect(back.networks.map(({ id }) => id)).toEqual(ids.slice(1, 3));
    expect(page("limit=0")).not.toHaveProperty("networks_links");
    expect(bed.said("GET", "networks?limit=x")).toBe(
      "400 BadRequest: Bad limit request: Limit must be an integer 0 or greater and not '%d'",
    );
    expect(bed.said("GET", "networks?limit=1&marker=x")).toBe(
      "404 NetworkNotFound: Network x could not be found",
    );
    const limited = bedOfNetworks({ allow_pagination: true, pagination_max_limit: "3" });
    expect(names(limited, "")).toHaveLength(3);
    expect(names(limited, "?limit=10")).toHaveLength(3);
  });

  it("are always there for security groups (extensions/securitygroup.py)", () => {
    const bed = new NeutronBed();
    for (const name of ["b", "a"]) bed.run(bed.admin.create("security_groups", { name }));
    const list = (search: Record<string, QueryValue>) =>
      bed.run(bed.admin.list("security_groups", search)).map(({ name }) => name);
    expect(list({ sort_key: "name", sort_dir: "asc" })).toEqual(["a", "b", "default"]);
    const ids = bed.run(bed.admin.list("security_groups")).map(({ id }) => id);
    expect(ids).toEqual([...ids].sort());
    expect(list({ limit: 1 })).toHaveLength(1);
  });
});
