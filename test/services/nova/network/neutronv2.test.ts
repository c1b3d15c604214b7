import { describe, expect, it } from "vitest";
import { RequestContext } from "../../../../src/framework/index.js";
import { minutes, type Op } from "../../../../src/kernel/index.js";
import type { Exception, JsonObject } from "../../../../src/python/index.js";
import { NoUniqueMatch, SecurityGroupNotFound } from "../../../../src/services/nova/exception.js";
import { NeutronV2Api } from "../../../../src/services/nova/network-api/neutronv2/api.js";
import type {
  NetworkRequest,
  NetworkedInstance,
} from "../../../../src/services/nova/network-api/neutronv2/requests.js";
import { seedNetwork } from "../../../../src/services/neutron/seed.js";
import { NeutronBed, SERVER } from "../../neutron/bed.js";

/** Nova's side of a `NeutronBed`: a nova-compute on a host, and a server of the user `demo`. */
class Bed extends NeutronBed {
  readonly api = this.nova("c1");
  readonly ctxt = new RequestContext({
    request_id: "req-1",
    user_id: "demo",
    project_id: this.demo.project,
    auth_token: this.demo.token,
  });
  readonly saved: (readonly JsonObject[])[] = [];
  readonly instance = this.newInstance();

  nova(host: string): NeutronV2Api {
    return new NeutronV2Api(this.env("nova-compute", { host }));
  }

  newInstance(): NetworkedInstance {
    const { saved } = this;
    return {
      uuid: SERVER,
      project_id: this.demo.project,
      availability_zone: null,
      info_cache: {
        network_info: [],
        *save(): Op<void> {
          saved.push(this.network_info);
        },
      },
      *loadInfoCache(): Op<void> {
        // It has come with it.
      },
    };
  }

  wants(values: Partial<NetworkRequest> = {}): NetworkRequest {
    return { network_id: null, address: null, port_id: null, ...values };
  }

  allocate(...objects: NetworkRequest[]) {
    const requested_networks = objects.length === 0 ? null : { objects };
    return this.run(
      this.api.allocate_for_instance(this.ctxt, this.instance, {
        requested_networks,
        security_groups: ["default"],
      }),
    );
  }

  validate(count: number, ...objects: NetworkRequest[]): number {
    const requested = objects.length === 0 ? null : { objects };
    return this.run(this.api.validate_networks(this.ctxt, requested, count));
  }

  /** What Nova asked Neutron for, ids replaced by what they name. */
  asked(): string[] {
    const known: [string, string][] = [
      [this.network1, "N"],
      [this.subnet1, "S"],
      [this.demo.project, "T"],
      [SERVER, "I"],
      ...this.database.ports.find().map(({ uuid }, at): [string, string] => [uuid, `P${at + 1}`]),
    ];
    return this.requests()
      .filter((each) => each.includes("neutron-server"))
      .map((each) => known.reduce((text, [id, name]) => text.replaceAll(id, name), each))
      .map((each) =>
        decodeURIComponent(each)
          .replace("neutron-server@controller/v2.0/", "")
          .replace(".json", ""),
      );
  }
}

interface Sent {
  readonly kind: "rest.request";
  readonly from: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** The class of what `act` throws. */
function thrown(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return (error as Exception).name;
  }
  return "nothing";
}

describe("validate_networks (nova §1.7 row A)", () => {
  it("looks at the networks named, then at ports and quota", () => {
    const bed = new Bed();
    bed.forget();
    expect(bed.validate(1, bed.wants({ network_id: bed.network1 }))).toBe(1);
    expect(bed.asked()).toEqual(["GET networks?id=N", "GET ports?tenant_id=T", "GET quotas/T"]);
  });

  it("looks for the tenant's own and shared networks when none is named", () => {
    const bed = new Bed();
    bed.forget();
    expect(bed.validate(1)).toBe(1);
    expect(bed.asked().slice(0, 2)).toEqual([
      "GET networks?tenant_id=T&shared=False",
      "GET networks?shared=True",
    ]);
  });

  it("leaves room for no more servers than the port quota does", () => {
    const bed = new Bed({
      flags: { quota_port: 5, "neutron.allow_duplicate_networks": true },
    });
    const two = [bed.wants({ network_id: bed.network1 }), bed.wants({ network_id: bed.network1 })];
    expect(bed.validate(10, ...two)).toBe(2);
    bed.run(bed.admin.updateQuota(bed.demo.project, { port: -1 }));
    expect(bed.validate(10, ...two)).toBe(10);
    bed.run(bed.admin.updateQuota(bed.demo.project, { port: 0 }));
    expect(bed.validate(10, ...two)).toBe(0);
  });

  it("refuses what cannot be, under upstream's names", () => {
    const bed = new Bed();
    const bare = bed.run(bed.user.create("networks", { name: "bare" }))["id"] as string;
    const taken = bed.port("")["id"] as string;
    const ipless = bed.run(bed.user.create("ports", { network_id: bare }))["id"] as string;
    const request = (values: Partial<NetworkRequest>) => () => bed.validate(1, bed.wants(values));
    expect(thrown(() => bed.validate(1))).toBe("NetworkAmbiguous");
    expect(thrown(request({ network_id: "none" }))).toBe("NetworkNotFound");
    expect(thrown(request({ network_id: bare }))).toBe("NetworkRequiresSubnet");
    expect(thrown(request({ port_id: "none" }))).toBe("PortNotFound");
    expect(thrown(request({ port_id: taken }))).toBe("PortInUse");
    expect(thrown(request({ port_id: ipless }))).toBe("PortRequiresFixedIP");
    const twice = [0, 1].map(() => bed.wants({ network_id: bed.network1 }));
    expect(thrown(() => bed.validate(1, ...twice))).toBe("NetworkDuplicated");
    const address = "192.168.1.2";
    expect(thrown(request({ network_id: bed.network1, address }))).toBe("FixedIpAlreadyInUse");
  });
});

describe("allocate_for_instance (other-services §11.1 rows 8 to 12)", () => {
  it("makes these requests and no others", () => {
    const bed = new Bed();
    bed.host("c1");
    bed.forget();
    bed.allocate(bed.wants({ network_id: bed.network1 }));
    expect(bed.asked()).toEqual([
      "GET networks?id=N",
      "GET security-groups?tenant_id=T",
      "GET extensions",
      "POST ports",
      "GET ports?tenant_id=T&device_id=I",
      "GET floatingips?fixed_ip_address=192.168.1.2&port_id=P1",
      "GET subnets?id=S",
      "GET ports?network_id=N&device_owner=network:dhcp",
    ]);
  });

  it("models the network as Nova's info cache holds it, and stores it", () => {
    const bed = new Bed();
    bed.host("c1");
    const [vif] = bed.allocate(bed.wants({ network_id: bed.network1 }));
    const port = bed.database.ports.find()[0]!;
    expect(port).toMatchObject({ device_id: SERVER, device_owner: "compute:None" });
    expect(vif).toEqual({
      id: port.uuid,
      address: port.mac_address,
      network: {
        id: bed.network1,
        bridge: "br-int",
        label: "private",
        subnets: [
          {
            cidr: "192.168.1.0/24",
            dns: [],
            gateway: { address: "192.168.1.1", type: "gateway", version: 4, meta: {} },
            ips: [
              { address: "192.168.1.2", type: "fixed", version: 4, meta: {}, floating_ips: [] },
            ],
            routes: [],
            version: 4,
            meta: {},
          },
        ],
        meta: { injected: false, tenant_id: bed.database.networks.find()[0]!.tenant_id },
      },
      type: "ovs",
      details: { port_filter: true, ovs_hybrid_plug: true },
      devname: `tap${port.uuid.slice(0, 11)}`,
      ovs_interfaceid: port.uuid,
      qbh_params: null,
      qbg_params: null,
      vnic_type: "normal",
      profile: {},
      active: false,
      meta: {},
    });
    expect(bed.saved).toEqual([[vif]]);
  });

  it("asks for extensions again only after 600 s, and for the admin's token once", () => {
    const bed = new Bed();
    bed.host("c1");
    bed.forget();
    const extensions = () => bed.asked().filter((each) => each === "GET extensions").length;
    bed.allocate(bed.wants({ network_id: bed.network1 }));
    bed.allocate(bed.wants({ network_id: bed.network1 }));
    expect(extensions()).toBe(1);
    bed.wait(minutes(11));
    bed.allocate(bed.wants({ network_id: bed.network1 }));
    expect(extensions()).toBe(2);
    const logins = bed.requests("nova-compute@c1").filter((each) => each.endsWith("/tokens"));
    expect(logins).toHaveLength(1);
  });

  it("bears the headers of python-neutronclient 2.3.9, logins too (neutronclient/client.py)", () => {
    const bed = new Bed();
    bed.forget();
    bed.allocate();
    const requests = bed.of<Sent>("rest.request").filter(({ from }) => from === "nova-compute@c1");
    expect(requests.map(({ path }) => path)).toContain("/v2.0/tokens");
    for (const { headers, body } of requests) {
      expect(headers).toMatchObject({
        "user-agent": "python-neutronclient",
        accept: "application/json",
      });
      expect(headers["content-type"]).toBe(body === null ? undefined : "application/json");
    }
  });

  it("goes on without an interface when there is no network", () => {
    const bed = new Bed({ seedNetwork: { shared: false } });
    expect(bed.allocate()).toEqual([]);
  });

  it.each([true, false])("refuses an external network, shared %s, to all but admins", (shared) => {
    const bed = new Bed({ seedNetwork: { external: true, shared } });
    const act = () => bed.allocate(bed.wants({ network_id: bed.network1 }));
    expect(thrown(act)).toBe("ExternalNetworkAttachForbidden");
  });

  it("takes a port that the user made", () => {
    const bed = new Bed();
    bed.host("c1");
    const { id } = bed.run(bed.user.create("ports", { network_id: bed.network1 }));
    const [vif] = bed.allocate(bed.wants({ port_id: id as string }));
    expect(vif).toMatchObject({ id, type: "ovs" });
    expect(bed.database.ports.size).toBe(1);
  });

  it("undoes what it did when it cannot go on", () => {
    const bed = new Bed({ flags: { quota_port: 2 } });
    bed.host("c1");
    const { id } = bed.run(bed.user.create("ports", { network_id: bed.network1 }));
    const network = bed.wants({ network_id: bed.network1 });
    const act = () => bed.allocate(bed.wants({ port_id: id as string }), network, network);
    expect(thrown(act)).toBe("PortLimitExceeded");
    expect(bed.database.ports.find()).toMatchObject([{ uuid: id, device_id: "" }]);
    // Null unbinds nothing in Juno.
    expect(bed.database.portBindings.get(id as string)?.host).toBe("c1");
  });

  it("names two of Neutron's refusals as Nova does, and passes on the others (_create_port)", () => {
    const bed = new Bed({ seedNetwork: { cidr: "10.0.0.0/30" } });
    const network = bed.wants({ network_id: bed.network1 });
    bed.allocate(network);
    expect(thrown(() => bed.allocate(network))).toBe("NoMoreFixedIps");
    expect(() => bed.allocate(network)).toThrow("Zero fixed ips available.");
    const owned = new Bed({ seedNetwork: { tenantId: bed.demo.project } });
    const address = "192.168.1.9";
    owned.port("", { fixed_ips: [{ ip_address: address }] });
    const taken = owned.wants({ network_id: owned.network1, address });
    expect(thrown(() => owned.allocate(taken))).toBe("IpAddressInUseClient");
    const lost = owned.wants({ port_id: SERVER });
    expect(thrown(() => owned.allocate(lost))).toBe("PortNotFoundClient");
    const unknown = bed.api.allocate_for_instance(bed.ctxt, bed.instance, {
      requested_networks: { objects: [network] },
      security_groups: ["nobody"],
    });
    expect(thrown(() => bed.run(unknown))).toBe("SecurityGroupNotFound");
  });

  it("fails when the user's token is no good, though the admin's is", () => {
    const bed = new Bed();
    const ctxt = bed.ctxt.with({ auth_token: "stale" });
    const op = bed.api.allocate_for_instance(ctxt, bed.instance, {
      requested_networks: null,
      security_groups: [],
    });
    // There is nothing to log in with anew (neutronclient/client.py, _authenticate_keystone).
    expect(thrown(() => bed.run(op))).toBe("NoAuthURLProvided");
  });
});

describe("the network of a server that is there", () => {
  it("is read anew with these requests (NW1 to NW5), and shows when a port came up", () => {
    const bed = new Bed();
    const { bridge } = bed.host("c1");
    bed.dhcp();
    const [vif] = bed.allocate(bed.wants({ network_id: bed.network1 }));
    bridge.plug(vif!.id);
    bed.kernel.settle();
    bed.forget();
    const [after] = bed.run(bed.api.get_instance_nw_info(bed.ctxt, bed.instance));
    expect(after!.active).toBe(true);
    expect(bed.asked().map((each) => each.replace(/P\d/, "P"))).toEqual([
      "GET ports?tenant_id=T&device_id=I",
      "GET networks?id=N",
      "GET floatingips?fixed_ip_address=192.168.1.3&port_id=P",
      "GET subnets?id=S",
      "GET ports?network_id=N&device_owner=network:dhcp",
    ]);
  });

  it("knows the DHCP server of a network of the tenant's own", () => {
    const bed = new Bed({ seedNetwork: { shared: false } });
    const tenantId = bed.demo.project;
    const { network } = seedNetwork(bed.database, {
      ...{ name: "own", cidr: "10.7.0.0/24", shared: false },
      tenantId,
    });
    bed.host("c1");
    bed.dhcp();
    const [vif] = bed.allocate(bed.wants({ network_id: network.uuid }));
    expect(vif!.network.subnets[0]!.meta).toEqual({ dhcp_server: "10.7.0.2" });
  });

  it("is moved by one PUT for each port, also where it is bound already (migrate_instance_finish)", () => {
    const bed = new Bed();
    bed.host("c1");
    bed.host("c2");
    bed.allocate(bed.wants({ network_id: bed.network1 }));
    bed.forget();
    const c2 = bed.nova("c2");
    const migration = { source_compute: "", dest_compute: "c2" };
    bed.run(c2.migrate_instance_finish(bed.ctxt, bed.instance, migration));
    bed.run(c2.migrate_instance_finish(bed.ctxt, bed.instance, migration));
    const look = "GET ports?device_id=I&tenant_id=T";
    // nova/network/neutronv2/api.py at 2014.2 looks at no port before it updates it.
    const update = [look, "PUT ports/P1"];
    expect(bed.asked()).toEqual(["GET extensions", ...update, ...update]);
    expect(bed.database.portBindings.find()).toMatchObject([{ host: "c2", vif_type: "ovs" }]);
  });

  it("goes with the server, whoever made the ports (other-services §11.6 rows 3, 4)", () => {
    const bed = new Bed();
    bed.host("c1");
    const { id } = bed.run(bed.user.create("ports", { network_id: bed.network1 }));
    bed.allocate(bed.wants({ port_id: id as string }));
    bed.forget();
    bed.run(bed.api.deallocate_for_instance(bed.ctxt, bed.instance));
    expect(bed.asked()[0]).toBe("GET ports?device_id=I");
    expect(bed.database.ports.size).toBe(0);
    expect(bed.saved.at(-1)).toEqual([]);
  });
});

describe("security groups", () => {
  // neutronclient/neutron/v2_0 (find_resourceid_by_name_or_id) of 2.3.9.
  it("are looked for by id if they look like one, then by name, then read (nova §1.7 row A)", () => {
    const bed = new Bed();
    const { id } = bed.run(bed.user.create("security_groups", { name: "web" }));
    const uuid = id as string;
    bed.forget();
    expect(bed.run(bed.api.securityGroups.get(bed.ctxt, "web"))["id"]).toBe(uuid);
    expect(bed.asked()).toEqual([
      "GET security-groups?tenant_id=T&fields=id&name=web",
      `GET security-groups/${uuid}`,
    ]);
    bed.forget();
    expect(bed.run(bed.api.securityGroups.get(bed.ctxt, uuid))["id"]).toBe(uuid);
    expect(bed.asked()).toEqual([
      `GET security-groups?fields=id&id=${uuid}`,
      `GET security-groups/${uuid}`,
    ]);
  });

  it("that there are not, or twice, are told in the words of Neutron and of its client", () => {
    const bed = new Bed();
    const { securityGroups } = bed.api;
    for (const name of ["twice", "twice"]) bed.run(bed.user.create("security_groups", { name }));
    expect(() => bed.run(securityGroups.get(bed.ctxt, "none"))).toThrow(
      new SecurityGroupNotFound({}, "Unable to find security_group with name 'none'"),
    );
    expect(() => bed.run(securityGroups.get(bed.ctxt, "twice"))).toThrow(
      new NoUniqueMatch(
        {},
        "Multiple security_group matches found for name 'twice', use an ID to be more specific.",
      ),
    );
    expect(() => bed.run(securityGroups.show(bed.ctxt, "none"))).toThrow(
      new SecurityGroupNotFound({}, "Security group none does not exist"),
    );
  });

  it("of servers are those of their ports", () => {
    const bed = new Bed();
    bed.host("c1");
    bed.allocate(bed.wants({ network_id: bed.network1 }));
    const { securityGroups } = bed.api;
    const names = bed.run(
      securityGroups.get_instances_security_groups_bindings(bed.ctxt, [SERVER]),
    );
    expect([...names]).toEqual([[SERVER, [{ name: "default" }]]]);
  });
});
