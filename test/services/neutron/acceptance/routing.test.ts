/**
 * Upstream's own cases of routers, floating IPs and schedulers, under the ids that they have among the
 * acceptance cases (NEU-A16 to A29 and A36 to A38). That of load balancing (NEU-A39) is in load-balancing, and
 * the metadata agent's (NEU-A40) is not there. Upstream: neutron/tests/unit/test_l3_plugin.py,
 * test_extension_extraroute.py, test_extension_ext_gw_mode.py, openvswitch/test_agent_scheduler.py at 2014.2.
 */
import { beforeEach, describe, expect, it } from "vitest";
import { NetworkNamespaces } from "../../../../src/hardware/network-namespaces.js";
import { milliseconds, seconds } from "../../../../src/kernel/index.js";
import { l3Agent } from "../../../../src/services/neutron/l3/agent.js";
import type { JsonObject } from "../../../../src/python/index.js";
import { RoutingBed } from "../routing/bed.js";

let bed: RoutingBed;
beforeEach(() => {
  bed = new RoutingBed();
});

const add = (router: string, subnet_id: string): string =>
  bed.saidToDemo("PUT", `routers/${router}/add_router_interface`, { subnet_id });

/** A subnet on one more network of demo's, or whose token it is. */
function subnet(cidr: string, token = bed.demo.token): string {
  const { id } = bed.make("networks", { network: { name: "n" } }, token);
  const values = { network_id: id, cidr, ip_version: 4 };
  return bed.make("subnets", { subnet: values }, token).id;
}

describe("an interface of a router", () => {
  it("is on no subnet twice (NEU-A16 test_router_add_interface_dup_subnet1_returns_400)", () => {
    const router = bed.router();
    expect([add(router, bed.ownSubnet), add(router, bed.ownSubnet)]).toEqual([
      "200",
      `400 BadRequest: Bad router request: Router already has a port on subnet ${bed.ownSubnet}`,
    ]);
  });

  it("overlaps with no other (NEU-A17 test_router_add_interface_overlapped_cidr_returns_400)", () => {
    bed = new RoutingBed({ flags: { allow_overlapping_ips: true } });
    const router = bed.router();
    add(router, bed.ownSubnet);
    expect(add(router, subnet("10.0.0.0/16"))).toMatch(/^400 BadRequest: .* overlaps with cidr /);
  });

  it("is on one's own subnet (NEU-A18 test_router_add_interface_subnet_with_bad_tenant_returns_404)", () => {
    const theirs = subnet("10.7.0.0/24", bed.login("other").token);
    expect(add(bed.router(), theirs)).toMatch(/^404 SubnetNotFound: /);
  });

  it("keeps its router (NEU-A21 test_router_delete_with_port_existed_returns_409)", () => {
    const router = bed.router();
    add(router, bed.ownSubnet);
    expect(bed.saidToDemo("DELETE", `routers/${router}`)).toMatch(/^409 RouterInUse: /);
  });
});

describe("a gateway", () => {
  it("leads to an external network (NEU-A19 test_router_add_gateway_net_not_external_returns_400)", () => {
    const router = { external_gateway_info: { network_id: bed.own } };
    expect(bed.saidToDemo("PUT", `routers/${bed.router()}`, { router })).toMatch(
      /^400 BadRequest: .* is not an external network$/,
    );
  });

  it("stays while a floating IP needs it (NEU-A20 test_router_update_gateway_to_empty_with_existed_floatingip)", () => {
    const id = bed.connected();
    bed.floatingIp({ port_id: bed.serverPort() });
    const router = { external_gateway_info: {} };
    expect(bed.saidToDemo("PUT", `routers/${id}`, { router })).toMatch(
      /^409 RouterExternalGatewayInUseByFloatingIp: /,
    );
  });

  it("translates or does not (NEU-A29 test_router_update_ext_gwinfo_with_invalid_snat_setting)", () => {
    const info = { network_id: bed.external, enable_snat: "xxx" };
    const body = { router: { external_gateway_info: info } };
    expect(bed.said("PUT", `routers/${bed.router()}`, body)).toMatch(
      /^400 InvalidInput: .*'xxx' cannot be converted to boolean/,
    );
  });
});

describe("a floating IP", () => {
  const post = (floatingip: JsonObject): string =>
    bed.saidToDemo("POST", "floatingips", {
      floatingip: { floating_network_id: bed.external, ...floatingip },
    });

  it("needs a gateway on the way (NEU-A22 test_create_floatingip_no_ext_gateway_return_404)", () => {
    add(bed.router(), bed.ownSubnet);
    expect(post({ port_id: bed.serverPort() })).toMatch(
      /^404 ExternalGatewayForFloatingIPNotFound: /,
    );
  });

  it("is the only one of its address (NEU-A23 test_two_fips_one_port_invalid_return_409)", () => {
    bed.connected();
    const port_id = bed.serverPort();
    expect([post({ port_id }), post({ port_id })]).toEqual([
      "201",
      expect.stringMatching(/^409 FloatingIPPortAlreadyAssociated: /),
    ]);
  });

  it("has a port that is not deleted (NEU-A24 test_floating_ip_direct_port_delete_returns_409)", () => {
    const { id } = bed.floatingIp();
    const [hidden] = bed.database.ports.find({ device_id: id });
    expect(bed.said("DELETE", `ports/${hidden!.uuid}`)).toMatch(/^409 L3PortInUse: /);
  });

  it("leads nowhere when the port of its server goes (NEU-A25 test_floatingip_port_delete)", () => {
    bed.connected();
    const port_id = bed.serverPort();
    const { id } = bed.floatingIp({ port_id });
    expect(bed.show(`floatingips/${id}`)["port_id"]).toBe(port_id);
    expect(bed.saidToDemo("DELETE", `ports/${port_id}`)).toBe("204");
    expect(bed.show(`floatingips/${id}`)).toMatchObject({
      port_id: null,
      fixed_ip_address: null,
      router_id: null,
    });
  });

  it("goes with its network if it leads nowhere (NEU-A26 test_delete_ext_net_with_disassociated_floating_ips)", () => {
    bed.floatingIp();
    expect(bed.said("DELETE", `networks/${bed.external}`)).toBe("204");
    expect(bed.database.floatingIps.find()).toEqual([]);
  });
});

describe("static routes", () => {
  const routes = (list: JsonObject[]): string => {
    const router = bed.connected();
    return bed.saidToDemo("PUT", `routers/${router}`, { router: { routes: list } });
  };

  it("go on from where the router is (NEU-A27 test_router_update_with_nexthop_is_outside_port_subnet)", () => {
    expect(routes([{ destination: "135.207.0.0/16", nexthop: "100.1.3.40" }])).toMatch(
      /^400 InvalidRoutes: .*the nexthop is not connected with router$/,
    );
  });

  it("are thirty at most (NEU-A28 test_router_update_with_too_many_routes)", () => {
    const many = Array.from({ length: 31 }, (_, i) => ({
      destination: `135.207.${String(i)}.0/24`,
      nexthop: "10.0.0.3",
    }));
    expect(routes(many)).toMatch(/^400 RoutesExhausted: /);
  });
});

describe("an L3 agent", () => {
  const start = (host: string) => {
    const env = bed.env("neutron-l3-agent", { host, exchange: "neutron" });
    const process = bed.start(
      l3Agent(env, { min: milliseconds(1), max: milliseconds(1) }, new NetworkNamespaces()),
    );
    bed.kernel.settle();
    const { uuid } = bed.database.agents.first({ host, agent_type: "L3 agent" })!;
    return { env, process, id: uuid };
  };
  const host = (router_id: string): string => {
    const binding = bed.database.routerAgentBindings.first({ router_id })!;
    return bed.database.agents.get(binding.l3_agent_id)!.host;
  };

  it("has a router that no other has (NEU-A36 test_router_add_to_two_l3_agents)", () => {
    const [one, other] = [start("net1"), start("net2")];
    const router_id = bed.router();
    const post = (id: string): string => bed.said("POST", `agents/${id}/l3-routers`, { router_id });
    expect([post(one.id), post(other.id)]).toEqual([
      "201",
      expect.stringMatching(/^409 RouterHostedByL3Agent: /),
    ]);
  });

  it("that is dead loses its routers, where that is allowed (NEU-A37 test_router_reschedule_from_dead_agent)", () => {
    bed = new RoutingBed({ flags: { allow_automatic_l3agent_failover: true } });
    const one = start("net1");
    const router = bed.connected();
    start("net2");
    expect(host(router)).toBe("net1");
    bed.crash(one.process, one.env);
    bed.wait(seconds(230));
    expect(host(router)).toBe("net2");
  });
});

describe("a DHCP agent", () => {
  it("leaves its port behind (NEU-A38 test_reserved_port_after_network_remove_from_dhcp_agent)", () => {
    bed.dhcp();
    const { uuid } = bed.database.agents.first({ agent_type: "DHCP agent" })!;
    const port = () =>
      bed.database.ports.find({ device_owner: "network:dhcp", network_id: bed.network1 });
    expect(port()).toHaveLength(1);
    expect(bed.said("DELETE", `agents/${uuid}/dhcp-networks/${bed.network1}`)).toBe("204");
    expect(port()).toMatchObject([{ device_id: "reserved_dhcp_port" }]);
  });
});
