import { describe, expect, it } from "vitest";
import { createHash } from "node:crypto";
import type { JsonObject } from "../../../../src/python/index.js";
import { ApiBed, IMAGE, NOWHERE } from "./bed.js";

const VIF = {
  id: NOWHERE,
  address: "fa:16:3e:00:00:01",
  network: {
    label: "private",
    subnets: [
      {
        ips: [
          {
            address: "10.0.0.2",
            type: "fixed",
            version: 4,
            meta: {},
            floating_ips: [{ address: "172.24.4.1", type: "floating", version: 4, meta: {} }],
          },
        ],
      },
    ],
  },
};

function shown(bed: ApiBed, id: string, as = bed.demo): JsonObject {
  return (bed.ask("GET", `/servers/${id}`, undefined, as).body as { server: JsonObject }).server;
}

const names = ({ body }: { body: unknown }): string[] =>
  (body as { servers: { name: string }[] }).servers.map(({ name }) => name);

describe("GET /servers/{id} (nova §5.4)", () => {
  it("shows the keys of all standard extensions", () => {
    const bed = new ApiBed();
    const server = shown(bed, bed.active());
    expect(Object.keys(server).sort()).toEqual(
      [
        ...["OS-DCF:diskConfig", "OS-EXT-AZ:availability_zone", "OS-EXT-STS:power_state"],
        ...["OS-EXT-STS:task_state", "OS-EXT-STS:vm_state", "OS-SRV-USG:launched_at"],
        ...["OS-SRV-USG:terminated_at", "accessIPv4", "accessIPv6", "addresses", "config_drive"],
        ...["created", "flavor", "hostId", "id", "image", "key_name", "links", "metadata", "name"],
        ...["os-extended-volumes:volumes_attached", "progress", "security_groups", "status"],
        ...["tenant_id", "updated", "user_id"],
      ].sort(),
    );
    expect(server).toMatchObject({
      status: "ACTIVE",
      flavor: { id: "1" },
      image: { id: IMAGE },
      security_groups: [{ name: "default" }],
    });
  });

  it("tells administrators where it is", () => {
    const bed = new ApiBed();
    expect(shown(bed, bed.active(), bed.admin)).toMatchObject({
      "OS-EXT-SRV-ATTR:host": "c1",
      "OS-EXT-SRV-ATTR:hypervisor_hostname": "c1",
      "OS-EXT-SRV-ATTR:instance_name": "instance-00000001",
    });
  });

  it("tells users an id of the host that names it not", () => {
    const bed = new ApiBed();
    const hash = createHash("sha224").update(`${bed.demo.project}c1`).digest("hex");
    expect(shown(bed, bed.active())["hostId"]).toBe(hash);
    expect(shown(bed, bed.booted())["hostId"]).toBe("");
  });

  it("hides addresses from users while it builds, and from nobody else", () => {
    const bed = new ApiBed();
    const id = bed.booted();
    bed.db.instance_info_caches.update(id, { network_info: [VIF] });
    expect(shown(bed, id)["addresses"]).toEqual({});
    expect(Object.keys(shown(bed, id, bed.admin)["addresses"] as object)).toEqual(["private"]);
    bed.db.instances.update(id, { vm_state: "active" });
    expect(shown(bed, id)["addresses"]).toEqual({
      private: [
        {
          addr: "10.0.0.2",
          version: 4,
          "OS-EXT-IPS:type": "fixed",
          "OS-EXT-IPS-MAC:mac_addr": VIF.address,
        },
        {
          addr: "172.24.4.1",
          version: 4,
          "OS-EXT-IPS:type": "floating",
          "OS-EXT-IPS-MAC:mac_addr": VIF.address,
        },
      ],
    });
    expect(bed.ask("GET", `/servers/${id}/ips`).body).toEqual({
      addresses: {
        private: [
          { addr: "10.0.0.2", version: 4 },
          { addr: "172.24.4.1", version: 4 },
        ],
      },
    });
  });

  it("shows a fault only with ERROR, and its details to administrators", () => {
    const bed = new ApiBed();
    const id = bed.active();
    bed.db.instance_faults.insert({
      instance_uuid: id,
      code: 500,
      message: "No valid host",
      details: "trace",
      host: null,
    });
    expect(shown(bed, id)).not.toHaveProperty("fault");
    bed.db.instances.update(id, { vm_state: "error" });
    expect(shown(bed, id)["fault"]).toEqual({
      code: 500,
      message: "No valid host",
      created: "2014-09-18T04:03:09Z",
    });
    expect(shown(bed, id)).not.toHaveProperty("progress");
    expect(shown(bed, id, bed.admin)["fault"]).toMatchObject({ details: "trace" });
  });

  it("shows zone nova and no host once a server is offloaded (nova §2.3)", () => {
    const bed = new ApiBed();
    const id = bed.active({ vm_state: "shelved_offloaded", host: null, node: null });
    expect(shown(bed, id, bed.admin)).toMatchObject({
      hostId: "",
      "OS-EXT-SRV-ATTR:host": null,
      "OS-EXT-AZ:availability_zone": "nova",
      status: "SHELVED_OFFLOADED",
    });
  });

  it("keeps 30 items of metadata, in the long list and not in the short one (nova §9.1)", () => {
    const bed = new ApiBed();
    const metadata = Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [`key_${i}`, `v${i}`]),
    );
    const id = bed.booted({ metadata });
    expect(shown(bed, id)["metadata"]).toEqual(metadata);
    expect(bed.ask("GET", "/servers/detail").body).toMatchObject({ servers: [{ metadata }] });
    expect(
      Object.keys((bed.ask("GET", "/servers").body as { servers: object[] }).servers[0]!),
    ).toEqual(["id", "name", "links"]);
    expect(bed.ask("GET", `/servers/${id}/metadata/key_3`).body).toEqual({ meta: { key_3: "v3" } });
  });

  it("shows the name that PUT gave it (nova §9.1)", () => {
    const bed = new ApiBed();
    const id = bed.active();
    expect(bed.ask("PUT", `/servers/${id}`, { server: { name: "t4" } }).body).toMatchObject({
      server: { name: "t4" },
    });
    expect(shown(bed, id)["name"]).toBe("t4");
  });
});

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
    ["name=(a", []],
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
    expect((body as { servers: JsonObject[] }).servers.map(({ status }) => status)).toEqual([
      "BUILD",
      "BUILD",
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

describe("the edge of nova-api (nova §5)", () => {
  it("refuses the URL of another tenant", () => {
    const bed = new ApiBed();
    const as = { ...bed.demo, project: bed.admin.project };
    expect(bed.told(bed.ask("GET", "/servers", undefined, as))).toBe("400 Malformed request url");
  });

  it("refuses whoever comes without a token, under a request id", () => {
    const bed = new ApiBed();
    const { status, headers } = bed.ask("GET", "/servers", undefined, { ...bed.demo, token: "" });
    expect(status).toBe(401);
    expect(headers["x-compute-request-id"]).toMatch(/^req-/);
  });

  it("ties what a request does to its id", () => {
    const bed = new ApiBed();
    const { headers } = bed.boot();
    const rows = bed.seen.map(
      ({ what }) => what as { kind: string; project?: string; request?: string },
    );
    const requests = rows
      .filter(({ kind, project }) => kind === "db" && project === "nova")
      .map(({ request }) => request);
    expect([...new Set(requests)]).toEqual([headers["x-compute-request-id"]]);
  });

  it("answers what is not a route with 404 and no fault of its own", () => {
    const bed = new ApiBed();
    expect(bed.ask("GET", "/nothing").body).toMatch(/^404 Not Found/);
    expect(bed.ask("PATCH", "/servers").status).toBe(404);
  });

  it("lists versions without a token, with 300 for any other path (nova §5.1)", () => {
    const bed = new ApiBed();
    const get = (path: string) => bed.run(bed.http.request("GET", `http://controller:8774${path}`));
    expect(get("/").body).toMatchObject({ versions: [{ id: "v2.0", status: "CURRENT" }] });
    expect(get("/v9").status).toBe(300);
    expect(get("/v2/").status).toBe(401);
  });
});
