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

  it("is the controller's alone after an update and a rebuild: addresses have no type then, and are not hidden (extended_ips.py:46 and :58, hide_server_addresses.py:50 and :60 at 2014.2)", () => {
    const bed = new ApiBed();
    const id = bed.booted();
    bed.db.instance_info_caches.update(id, { network_info: [VIF] });
    const plain = {
      private: [
        { addr: "10.0.0.2", version: 4 },
        { addr: "172.24.4.1", version: 4 },
      ],
    };
    const renamed = bed.ask("PUT", `/servers/${id}`, { server: { name: "t4" } });
    expect(renamed.body).toMatchObject({ server: { addresses: plain } });
    const active = bed.active();
    bed.db.instance_info_caches.update(active, { network_info: [VIF] });
    const again = bed.ask("POST", `/servers/${active}/action`, { rebuild: { imageRef: IMAGE } });
    expect(again.body).toMatchObject({ server: { status: "REBUILD", addresses: plain } });
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

describe("PUT /servers/{id} (servers.py update)", () => {
  const put = (bed: ApiBed, id: string, server: JsonObject) =>
    bed.ask("PUT", `/servers/${id}`, { server });

  it("shows what the controller knows and DiskConfig adds, and asks nothing of Neutron", () => {
    const bed = new ApiBed();
    const id = bed.active();
    bed.asked.length = 0;
    const { body } = put(bed, id, { name: "t4", "OS-DCF:diskConfig": "AUTO" });
    const { server } = body as { server: JsonObject };
    expect(Object.keys(server).sort()).toEqual([
      ...["OS-DCF:diskConfig", "accessIPv4", "accessIPv6", "addresses", "created", "flavor"],
      ...["hostId", "id", "image", "links", "metadata", "name", "progress", "status"],
      ...["tenant_id", "updated", "user_id"],
    ]);
    expect(server["OS-DCF:diskConfig"]).toBe("AUTO");
    expect(bed.asked).toEqual([]);
  });

  it("stores addresses in their short form, and an empty one as none", () => {
    const bed = new ApiBed();
    const id = bed.active();
    put(bed, id, { accessIPv6: "FE80::0:1", accessIPv4: "10.0.0.7" });
    expect(shown(bed, id)).toMatchObject({ accessIPv6: "fe80::1", accessIPv4: "10.0.0.7" });
    put(bed, id, { accessIPv6: "", accessIPv4: null });
    expect(shown(bed, id)).toMatchObject({ accessIPv6: "", accessIPv4: "" });
  });

  it.each<[JsonObject, string]>([
    [{ name: 7 }, "400 Server name is not a string or unicode"],
    [{ accessIPv4: "x" }, "400 accessIPv4 is not proper IPv4 format"],
    [{ accessIPv6: 7 }, "400 accessIPv6 is not proper IPv6 format"],
    [{ "OS-DCF:diskConfig": "x" }, "400 OS-DCF:diskConfig must be either 'MANUAL' or 'AUTO'."],
    [{ hostId: null }, "400 HostId cannot be updated."],
    [{ personality: [] }, "400 Personality cannot be updated."],
    [{}, "200"],
  ])("%j", (server, says) => {
    const bed = new ApiBed();
    expect(bed.told(put(bed, bed.active(), server))).toBe(says);
  });
});

describe("a server that is not there: each controller has its own words", () => {
  const own = `404 Instance ${NOWHERE} could not be found.`;
  it.each([
    // servers.py, ips.py, server_metadata.py, contrib/instance_actions.py, contrib/security_groups.py.
    ["GET", "", "404 Instance could not be found"],
    ["PUT", "", "404 Instance could not be found"],
    ["DELETE", "", "404 Instance could not be found"],
    ["GET", "/ips", "404 Instance does not exist"],
    ["GET", "/ips/private", "404 Instance does not exist"],
    ["GET", "/metadata", "404 Server does not exist"],
    ["GET", "/metadata/k", "404 Server does not exist"],
    ["GET", "/os-instance-actions", own],
    ["GET", "/os-instance-actions/req-1", own],
    ["GET", "/os-security-groups", own],
  ])("%s /servers/{id}%s", (method, path, says) => {
    const bed = new ApiBed();
    const body = method === "PUT" ? { server: {} } : undefined;
    expect(bed.told(bed.ask(method, `/servers/${NOWHERE}${path}`, body))).toBe(says);
  });

  // contrib/shelve.py, server_start_stop.py, admin_actions.py (common.get_instance).
  it.each([
    ["shelve", "404 Server not found"],
    ["shelveOffload", "404 Server not found"],
    ["unshelve", "404 Server not found"],
    ["os-start", "404 Instance not found"],
    ["os-stop", "404 Instance not found"],
    ["lock", own],
    ["unlock", own],
    ["os-resetState", own],
  ])("%s", (action, says) => {
    const bed = new ApiBed();
    expect(bed.told(bed.act(NOWHERE, { [action]: { state: "active" } }, bed.admin))).toBe(says);
  });

  it("is found by its number as well, as in compute/api.py (get)", () => {
    const bed = new ApiBed();
    const id = bed.active();
    const number = String(bed.db.instances.get(id)!.id);
    expect(shown(bed, number)["id"]).toBe(id);
    expect(bed.told(bed.ask("GET", `/servers/0${number}`))).toBe("404 Instance could not be found");
    expect(bed.told(bed.ask("GET", `/servers/${id.toUpperCase()}`))).toBe(
      "404 Instance could not be found",
    );
  });

  it("has no action of an unknown request, in webob's words (instance_actions.py)", () => {
    const bed = new ApiBed();
    expect(bed.told(bed.ask("GET", `/servers/${bed.active()}/os-instance-actions/req-1`))).toBe(
      "404 The resource could not be found.",
    );
  });
});

describe("parts of a server", () => {
  it("dates its actions in whole seconds, as MySQL keeps them", () => {
    const bed = new ApiBed();
    const { body } = bed.ask("GET", `/servers/${bed.booted()}/os-instance-actions`);
    const [action] = (body as { instanceActions: { start_time: string }[] }).instanceActions;
    expect(action!.start_time).toMatch(/\.000000$/);
  });

  it("has its security groups in full (contrib/security_groups.py, neutron_driver.py)", () => {
    const bed = new ApiBed();
    const rule = {
      id: "r1",
      direction: "ingress",
      protocol: "tcp",
      port_range_min: null,
      port_range_max: null,
      remote_ip_prefix: null,
      remote_group_id: null,
      security_group_id: "g2",
    };
    const group = { description: "", tenant_id: "p", security_group_rules: [] };
    bed.groups.set("g2", {
      ...group,
      id: "g2",
      name: "web",
      security_group_rules: [
        rule,
        { ...rule, id: "r2", direction: "egress" },
        { ...rule, id: "r3", protocol: null, remote_group_id: "g1" },
        { ...rule, id: "r4", remote_group_id: "gone" },
        { ...rule, id: "r5", protocol: "icmp", remote_ip_prefix: "10.0.0.0/8" },
      ],
    });
    bed.groups.set("g1", { ...group, id: "g1", name: "default" });
    const { body } = bed.ask("GET", `/servers/${bed.active()}/os-security-groups`);
    const common = { parent_group_id: "g2", group: {}, ip_range: {} };
    expect(body).toEqual({
      security_groups: [
        { id: "g1", name: "default", description: "", tenant_id: "p", rules: [] },
        {
          id: "g2",
          name: "web",
          description: "",
          tenant_id: "p",
          rules: [
            {
              ...common,
              id: "r1",
              ip_protocol: "tcp",
              from_port: 1,
              to_port: 65_535,
              ip_range: { cidr: "0.0.0.0/0" },
            },
            {
              ...common,
              id: "r3",
              ip_protocol: null,
              from_port: null,
              to_port: null,
              group: { name: "default", tenant_id: "p" },
            },
            {
              ...common,
              id: "r5",
              ip_protocol: "icmp",
              from_port: -1,
              to_port: -1,
              ip_range: { cidr: "10.0.0.0/8" },
            },
          ],
        },
      ],
    });
  });

  // common.py (get_networks_for_instance_from_nw_info) goes over all addresses at each port.
  it("shows the last port's MAC address for all that are on one network", () => {
    const bed = new ApiBed();
    const id = bed.active();
    const other = { ...VIF, address: "fa:16:3e:00:00:02" };
    bed.db.instance_info_caches.update(id, { network_info: [VIF, other] });
    const { private: addresses } = shown(bed, id)["addresses"] as Record<string, JsonObject[]>;
    expect(addresses!.map((address) => address["OS-EXT-IPS-MAC:mac_addr"])).toEqual(
      Array(4).fill(other.address),
    );
  });
});
