/**
 * `/v2.0/lb` as clients see it: what there is, what is refused and in which words. Upstream:
 * neutron/tests/unit/db/loadbalancer/test_db_loadbalancer.py, services/loadbalancer/test_loadbalancer_plugin.py,
 * test_servicetype.py, neutron/services/loadbalancer/plugin.py at 2014.2.
 */
import { beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../src/python/index.js";
import { NeutronBed } from "../bed.js";
import { LoadBalancingBed } from "./bed.js";

let bed: LoadBalancingBed;
beforeAll(() => {
  bed = new LoadBalancingBed();
  bed.agent();
  const quota = { pool: -1, vip: -1 };
  bed.put(`quotas/${bed.demo.project}`, { quota }, bed.adminToken);
});

const UNKNOWN = "00000000-0000-4000-8000-00000000000f";

describe("without the plugin of load balancing", () => {
  it("there are no paths, no extensions and no limits of it", () => {
    const plain = new NeutronBed();
    const paths = ["lb/pools", "lb/vips/x", "service-providers", "agents/x/loadbalancer-pools"];
    for (const path of paths) {
      expect(plain.ask("GET", `/v2.0/${path}`, plain.demo.token).status, path).toBe(404);
    }
    const { body } = plain.ask("GET", "/v2.0/extensions", plain.demo.token);
    const { extensions } = body as { extensions: JsonObject[] };
    expect(extensions.filter(({ alias }) => /lbaas|service-type/.test(alias as string))).toEqual(
      [],
    );
    const quota = plain.ask("GET", `/v2.0/quotas/${plain.demo.project}`, plain.demo.token).body;
    expect(Object.keys((quota as { quota: object }).quota)).not.toContain("pool");
  });
});

describe("with it", () => {
  it("three extensions are told of", () => {
    const names = ["lbaas", "lbaas_agent_scheduler", "service-type"].map((alias) => {
      const { name, description } = bed.show(`extensions/${alias}`);
      return [name, description];
    });
    expect(names).toEqual([
      ["LoadBalancing service", "Extension for LoadBalancing service"],
      ["Loadbalancer Agent Scheduler", "Schedule pools among lbaas agents"],
      [
        "Neutron Service Type Management",
        "API for retrieving service providers for Neutron advanced services",
      ],
    ]);
  });

  it("the provider is the one of neutron.conf, for any user, and none is shown alone", () => {
    const { body } = bed.ask("GET", "/v2.0/service-providers", bed.demo.token);
    expect(body).toEqual({
      service_providers: [{ service_type: "LOADBALANCER", name: "haproxy", default: true }],
    });
    expect(bed.saidToDemo("GET", "service-providers/haproxy")).toMatch(/^500 /);
    expect(bed.saidToDemo("DELETE", "service-providers/haproxy")).toMatch(/^500 /);
  });

  it("what a tenant may have of it is limited by default as upstream's options say", () => {
    const { project, token } = bed.login("other");
    const { vip, pool, member, health_monitor } = bed.show(`quotas/${project}`, token);
    expect({ vip, pool, member, health_monitor }).toEqual({
      vip: 10,
      pool: 10,
      member: -1,
      health_monitor: -1,
    });
  });
});

describe("a pool", () => {
  it("is shown with what it has (test_show_pool)", () => {
    const pool = { ...POOL, name: "shown", description: "of the web", subnet_id: bed.ownSubnet };
    const made = bed.make("lb/pools", { pool });
    const { id } = made;
    expect(made).toEqual({
      id,
      tenant_id: bed.demo.project,
      name: "shown",
      description: "of the web",
      subnet_id: bed.ownSubnet,
      protocol: "HTTP",
      vip_id: null,
      lb_method: "ROUND_ROBIN",
      admin_state_up: true,
      status: "PENDING_CREATE",
      status_description: null,
      provider: "haproxy",
      members: [],
      health_monitors: [],
      health_monitors_status: [],
    });
    bed.kernel.settle();
    expect(bed.status(`pools/${id}`)).toBe("ACTIVE");
  });

  it("may be on a subnet that nobody knows, and its method is looked at by the database alone", () => {
    expect(bed.told("POST", "pools", { pool: { ...POOL, subnet_id: UNKNOWN } })).toBe("201");
    const name = "x".repeat(256);
    expect(bed.told("POST", "pools", { pool: { ...POOL, subnet_id: UNKNOWN, name } })).toMatch(
      /^500 /,
    );
    expect(
      bed.told("POST", "pools", {
        pool: { ...POOL, subnet_id: bed.ownSubnet, lb_method: "BY_CHANCE" },
      }),
    ).toMatch(/^500 /);
    expect(
      bed.told("POST", "pools", { pool: { ...POOL, subnet_id: UNKNOWN, protocol: "UDP" } }),
    ).toBe(
      "400 HTTPBadRequest: Invalid input for protocol. Reason: 'UDP' is not in ['TCP', 'HTTP', 'HTTPS'].",
    );
  });

  it("has a provider that there is, in small letters (test_create_pool_unexisting_provider)", () => {
    expect(bed.look(`pools/${bed.pool({ provider: "HAProxy" })}`)["provider"]).toBe("haproxy");
    const pool = { ...POOL, subnet_id: bed.ownSubnet, provider: "radware" };
    expect(bed.told("POST", "pools", { pool })).toBe(
      "400 ServiceProviderNotFound: Service provider 'radware' could not be found for service type LOADBALANCER",
    );
  });

  it("does not go while it has an address, and stays as it is (test_delete_pool_preserve_state)", () => {
    const id = bed.pool();
    const vip = bed.vip(id);
    bed.kernel.settle();
    expect(bed.told("DELETE", `pools/${id}`)).toBe(`409 PoolInUse: Pool ${id} is still in use`);
    expect(bed.status(`pools/${id}`)).toBe("ACTIVE");
    expect(bed.told("DELETE", `vips/${vip}`)).toBe("204");
    expect(bed.look(`pools/${id}`)["vip_id"]).toBe(null);
    const member = bed.member(id, "10.0.0.77");
    expect(bed.told("DELETE", `pools/${id}`)).toBe("204");
    expect(bed.told("GET", `members/${member}`)).toBe(
      `404 MemberNotFound: Member ${member} could not be found`,
    );
  });

  it("is nobody else's", () => {
    const id = bed.pool();
    const { token } = bed.login("other");
    expect(bed.said("GET", `lb/pools/${id}`, undefined, token)).toBe(
      `404 PoolNotFound: Pool ${id} could not be found`,
    );
    const vip = { ...VIP, subnet_id: bed.subnet1, pool_id: id };
    expect(bed.said("POST", "lb/vips", { vip }, token)).toBe(
      `404 PoolNotFound: Pool ${id} could not be found`,
    );
    expect(bed.said("POST", "lb/vips", { vip })).toBe("403 NotAuthorized: Not authorized.");
  });

  it("is updated without a word of its monitors", () => {
    const id = bed.pool();
    const monitor = bed.monitor();
    const pool = { name: "renamed", health_monitors: [monitor], lb_method: "SOURCE_IP" };
    const { pool: shown } = bed.put(`lb/pools/${id}`, { pool });
    expect(shown).toMatchObject({
      name: "renamed",
      lb_method: "SOURCE_IP",
      health_monitors: [],
      status: "PENDING_UPDATE",
    });
  });

  it("has statistics, which its owner may see (test_get_pool_stats)", () => {
    const id = bed.pool();
    const { body } = bed.ask("GET", `/v2.0/lb/pools/${id}/stats`, bed.demo.token);
    expect(body).toEqual({
      stats: { bytes_in: 0, bytes_out: 0, active_connections: 0, total_connections: 0 },
    });
    expect(bed.told("GET", `pools/${UNKNOWN}/stats`)).toMatch(/^404 PoolNotFound: /);
  });
});

const POOL = { name: "p", protocol: "HTTP", lb_method: "ROUND_ROBIN" };
const VIP = { name: "v", protocol: "HTTP", protocol_port: 80 };

describe("a VIP", () => {
  const refused = (values: JsonObject): string =>
    bed.told("POST", "vips", { vip: { ...VIP, subnet_id: bed.ownSubnet, ...values } });

  it("has a port of its own, which is down until an agent plugs it", () => {
    const pool_id = bed.pool();
    const id = bed.vip(pool_id);
    const { port_id, address, subnet_id, status, session_persistence } = bed.look(`vips/${id}`);
    expect({ subnet_id, status, session_persistence }).toEqual({
      subnet_id: bed.ownSubnet,
      status: "PENDING_CREATE",
      session_persistence: null,
    });
    const down = bed.look(`vips/${bed.vip(bed.pool(), { admin_state_up: false })}`);
    expect(bed.show(`ports/${down["port_id"] as string}`)).toMatchObject({
      admin_state_up: false,
      device_owner: "",
      device_id: "",
    });
    expect(bed.show(`ports/${port_id as string}`)).toMatchObject({
      name: `vip-${id}`,
      fixed_ips: [{ subnet_id: bed.ownSubnet, ip_address: address }],
    });
    bed.kernel.settle();
    expect(bed.status(`vips/${id}`)).toBe("ACTIVE");
    expect(bed.show(`ports/${port_id as string}`, bed.adminToken)).toMatchObject({
      admin_state_up: true,
      device_owner: "neutron:LOADBALANCER",
      device_id: "04771cbe-437e-5f2c-860d-465c2ee070fb",
      "binding:host_id": "net1",
    });
    expect(bed.look(`pools/${pool_id}`)["vip_id"]).toBe(id);
    // A foreign key keeps the port.
    expect(bed.saidToDemo("DELETE", `ports/${port_id as string}`)).toMatch(/^500 /);
    expect(bed.told("DELETE", `vips/${id}`)).toBe("204");
    expect(bed.saidToDemo("GET", `ports/${port_id as string}`)).toMatch(/^404 PortNotFound: /);
  });

  it("is the only one of its pool, else it is an error of the server (NEU-A39 test_create_vip_twice_for_same_pool)", () => {
    const pool_id = bed.pool();
    bed.vip(pool_id);
    expect(refused({ pool_id })).toBe(
      `500 VipExists: Another Vip already exists for pool ${pool_id}`,
    );
    const other = bed.vip(bed.pool());
    expect(bed.told("PUT", `vips/${other}`, { vip: { pool_id } })).toBe(
      `500 VipExists: Another Vip already exists for pool ${pool_id}`,
    );
  });

  it("speaks as its pool does (test_create_vip_with_protocol_mismatch)", () => {
    expect(refused({ pool_id: bed.pool(), protocol: "TCP" })).toBe(
      "400 ProtocolMismatch: Protocol TCP does not match pool protocol HTTP",
    );
    const id = bed.vip(bed.pool());
    const pool_id = bed.pool({ protocol: "HTTPS" });
    expect(bed.told("PUT", `vips/${id}`, { vip: { pool_id } })).toBe(
      "400 ProtocolMismatch: Protocol HTTP does not match pool protocol HTTPS",
    );
    expect(bed.look(`vips/${id}`)["pool_id"]).not.toBe(pool_id);
  });

  it("is not there if its port cannot be (test_create_vip_create_port_fails, _with_address_outside_subnet)", () => {
    const pool_id = bed.pool();
    expect(refused({ pool_id, subnet_id: UNKNOWN })).toMatch(/^404 SubnetNotFound: /);
    expect(refused({ pool_id, address: "9.9.9.9" })).toMatch(/^400 InvalidInput: /);
    expect(bed.look(`vips/${bed.vip(pool_id, { address: "10.0.0.200" })}`)["address"]).toBe(
      "10.0.0.200",
    );
  });

  it("may be true to clients by what it is told, and not by anything else (test_create_vip_with_session_persistence)", () => {
    const cookie = { type: "APP_COOKIE", cookie_name: "sid" };
    const id = bed.vip(bed.pool(), { session_persistence: cookie });
    expect(bed.look(`vips/${id}`)["session_persistence"]).toEqual(cookie);
    const persistence = (session_persistence: JsonObject): string =>
      refused({ pool_id: bed.pool({ name: "unused" }), session_persistence });
    // What the database's code refuses is a ValueError.
    expect(persistence({ type: "APP_COOKIE" })).toMatch(/^500 /);
    expect(persistence({ type: "HTTP_COOKIE", cookie_name: "sid" })).toMatch(/^500 /);
    expect(persistence({ type: "UNSUPPORTED" })).toBe(
      "400 HTTPBadRequest: Invalid input for session_persistence. Reason: 'UNSUPPORTED' is not in ['APP_COOKIE', 'HTTP_COOKIE', 'SOURCE_IP'].",
    );
    expect(persistence({ cookie_name: "sid" })).toBe(
      "400 HTTPBadRequest: Invalid input for session_persistence. Reason: Validation of dictionary's keys failed.Expected keys: set(['type']) Provided keys: set([u'cookie_name']).",
    );
  });

  it("forgets it with the next change that does not say it again", () => {
    const id = bed.vip(bed.pool(), { session_persistence: { type: "SOURCE_IP" } });
    const { vip } = bed.put(`lb/vips/${id}`, { vip: { name: "other" } });
    expect(vip).toMatchObject({
      name: "other",
      session_persistence: null,
      status: "PENDING_UPDATE",
    });
  });

  it("moves to another pool (test_update_vip_change_pool)", () => {
    const [one, two] = [bed.pool(), bed.pool()];
    const id = bed.vip(one);
    bed.put(`lb/vips/${id}`, { vip: { pool_id: two } });
    expect([one, two].map((pool) => bed.look(`pools/${pool}`)["vip_id"])).toEqual([null, id]);
  });

  it("has numbers within bounds", () => {
    expect(refused({ pool_id: UNKNOWN, protocol_port: 65536 })).toBe(
      "400 HTTPBadRequest: Invalid input for protocol_port. Reason: '65536' is too large - must be no larger than '65535'.",
    );
    expect(refused({ pool_id: UNKNOWN, connection_limit: "many" })).toBe(
      "400 InvalidInput: Invalid input for operation: 'many' is not a integer.",
    );
  });
});

describe("a member", () => {
  it("is once in its pool by address and port (test_create_same_member_in_same_pool_raises_member_exists)", () => {
    const pool_id = bed.pool();
    const id = bed.member(pool_id, "10.0.0.5");
    const member = { pool_id, address: "10.0.0.5", protocol_port: 80 };
    expect(bed.told("POST", "members", { member })).toBe(
      `500 MemberExists: Member with address 10.0.0.5 and port 80 already present in pool ${pool_id}`,
    );
    expect(bed.told("POST", "members", { member: { ...member, protocol_port: 81 } })).toBe("201");
    expect(bed.told("POST", "members", { member: { ...member, pool_id: UNKNOWN } })).toMatch(
      /^404 PoolNotFound: /,
    );
    const other = bed.pool();
    const { member: moved } = bed.put(`lb/members/${id}`, { member: { pool_id: other } });
    expect(moved).toMatchObject({ pool_id: other, status: "PENDING_UPDATE", weight: 1 });
    expect(bed.look(`pools/${other}`)["members"]).toEqual([id]);
    expect(bed.told("PUT", `members/${id}`, { member: { pool_id: UNKNOWN } })).toMatch(/^500 /);
    expect(bed.told("PUT", `members/${id}`, { member: { weight: 257 } })).toMatch(
      /^400 .*'257' is too large/,
    );
    expect(bed.told("PUT", `members/${id}`, { member: { address: "10.0.0.6" } })).toBe(
      "400 HTTPBadRequest: Cannot update read-only attribute address",
    );
  });
});

describe("a health monitor", () => {
  const asked = { type: "TCP", delay: 30, timeout: 10, max_retries: 3 };

  it("waits no longer than it pauses (test_create_health_monitor_with_timeout_delay_invalid)", () => {
    const said = "400 DelayOrTimeoutInvalid: Delay must be greater than or equal to timeout";
    const health_monitor = { ...asked, timeout: 31 };
    expect(bed.told("POST", "health_monitors", { health_monitor })).toBe(said);
    const id = bed.monitor();
    expect(bed.told("PUT", `health_monitors/${id}`, { health_monitor: { delay: 5 } })).toBe(said);
    expect(bed.told("POST", "health_monitors", { health_monitor: { ...asked, delay: -1 } })).toBe(
      "400 HTTPBadRequest: Invalid input for delay. Reason: '-1' should be non-negative.",
    );
  });

  it("says of HTTP only what it asks by HTTP, and has no status of its own", () => {
    const plain = bed.look(`health_monitors/${bed.monitor()}`);
    expect(Object.keys(plain).sort()).toEqual([
      "admin_state_up",
      "delay",
      "id",
      "max_retries",
      "pools",
      "tenant_id",
      "timeout",
      "type",
    ]);
    const http = bed.look(
      `health_monitors/${bed.monitor({ type: "HTTP", expected_codes: "200-204" })}`,
    );
    expect(http).toMatchObject({ http_method: "GET", url_path: "/", expected_codes: "200-204" });
    const health_monitor = { ...asked, expected_codes: "2xx" };
    expect(bed.told("POST", "health_monitors", { health_monitor })).toBe(
      "400 HTTPBadRequest: Invalid input for expected_codes. Reason: '2xx' is not a valid input.",
    );
  });

  it("is associated with pools, of which little is shown (test_create_healthmonitor_of_pool, test_delete_healthmonitor_of_pool)", () => {
    const pool = bed.pool();
    const id = bed.monitor();
    const body = { health_monitor: { id } };
    const associated = bed.ask("POST", `/v2.0/lb/pools/${pool}/health_monitors`, bed.demo.token, {
      ...body,
    });
    // Base.py shows attributes alone, and `health_monitor` within the answer is none.
    expect([associated.status, associated.body]).toEqual([201, { health_monitor: {} }]);
    expect(bed.told("POST", `pools/${pool}/health_monitors`, body)).toBe(
      `409 PoolMonitorAssociationExists: health_monitor ${id} is already associated with pool ${pool}`,
    );
    expect(bed.look(`pools/${pool}`)).toMatchObject({
      health_monitors: [id],
      health_monitors_status: [
        { monitor_id: id, status: "PENDING_CREATE", status_description: null },
      ],
    });
    expect(bed.look(`health_monitors/${id}`)["pools"]).toEqual([
      { pool_id: pool, status: "PENDING_CREATE", status_description: null },
    ]);
    expect(bed.told("DELETE", `health_monitors/${id}`)).toBe(
      `409 HealthMonitorInUse: Health monitor ${id} still has associations with pools`,
    );
    expect(bed.look(`pools/${pool}/health_monitors/${id}`)).toEqual({
      tenant_id: bed.demo.project,
    });
    expect(bed.told("GET", `pools/${pool}/health_monitors`)).toMatch(/^500 /);
    expect(bed.told("PUT", `pools/${pool}/health_monitors/${id}`, { health_monitor: {} })).toMatch(
      /^500 /,
    );
    expect(bed.told("DELETE", `pools/${pool}/health_monitors/${id}`)).toBe("204");
    expect(bed.told("DELETE", `pools/${pool}/health_monitors/${id}`)).toBe(
      `404 PoolMonitorAssociationNotFound: Monitor ${id} is not associated with Pool ${pool}`,
    );
    expect(bed.told("DELETE", `health_monitors/${id}`)).toBe("204");
  });

  it("must be there, and so must the pool (test_create_pool_healthmon_invalid_pool_id)", () => {
    const body = { health_monitor: { id: bed.monitor() } };
    expect(bed.told("POST", `pools/${UNKNOWN}/health_monitors`, body)).toMatch(
      /^404 PoolNotFound: /,
    );
    const unknown = { health_monitor: { id: UNKNOWN } };
    expect(bed.told("POST", `pools/${bed.pool()}/health_monitors`, unknown)).toMatch(/^500 /);
    expect(bed.told("POST", `pools/${bed.pool()}/health_monitors`, { health_monitor: {} })).toBe(
      "400 HTTPBadRequest: Failed to parse request. Required attribute 'id' not specified",
    );
  });
});

describe("lists and limits", () => {
  it("are filtered by columns, and not by what is rows of other tables", () => {
    const id = bed.pool({ name: "found" });
    const { body } = bed.ask("GET", "/v2.0/lb/pools?name=found", bed.demo.token);
    expect((body as { pools: JsonObject[] }).pools.map((pool) => pool["id"])).toEqual([id]);
    expect(bed.told("GET", "pools?provider=haproxy")).toMatch(/^501 NotImplementedError: /);
    expect(bed.told("POST", "pools", { pools: [{ ...POOL, subnet_id: bed.ownSubnet }] })).toBe(
      "400 HTTPBadRequest: Bulk operation not supported",
    );
  });

  it("count pools of a tenant; an association counts as a health monitor", () => {
    bed.put(
      `quotas/${bed.login("other").project}`,
      { quota: { pool: 1, health_monitor: 1 } },
      bed.adminToken,
    );
    const { token } = bed.login("other");
    const pool = { ...POOL, subnet_id: bed.ownSubnet };
    expect(bed.said("POST", "lb/pools", { pool }, token)).toBe("201");
    expect(bed.said("POST", "lb/pools", { pool }, token)).toBe(
      "409 OverQuota: Quota exceeded for resources: ['pool']",
    );
    const health_monitor = { type: "PING", delay: 5, timeout: 5, max_retries: 1 };
    const { id } = bed.make("lb/health_monitors", { health_monitor }, token);
    const [mine] = (bed.ask("GET", "/v2.0/lb/pools", token).body as { pools: { id: string }[] })
      .pools;
    const path = `lb/pools/${mine?.id ?? ""}/health_monitors`;
    expect(bed.said("POST", path, { health_monitor: { id } }, token)).toBe(
      "409 OverQuota: Quota exceeded for resources: ['health_monitor']",
    );
  });
});

describe("a pool without an agent", () => {
  it("stays in ERROR, and nothing can be added to it", () => {
    const alone = new LoadBalancingBed();
    const pool = { ...POOL, subnet_id: alone.ownSubnet };
    const said = alone.told("POST", "pools", { pool });
    const { body } = alone.ask("GET", "/v2.0/lb/pools", alone.demo.token);
    const [made] = (body as { pools: JsonObject[] }).pools;
    const id = made?.["id"] as string;
    expect(said).toBe(`404 NoEligibleBackend: No eligible backend for pool ${id}`);
    expect(made).toMatchObject({ status: "ERROR", status_description: "No eligible backend" });
    const member = { pool_id: id, address: "10.0.0.5", protocol_port: 80 };
    expect(alone.told("POST", "members", { member })).toBe(
      `404 NoActiveLbaasAgent: No active loadbalancer agent found for pool ${id}.`,
    );
    // It was written down before.
    expect(alone.look(`pools/${id}`)["members"]).toHaveLength(1);
    expect(alone.told("DELETE", `pools/${id}`)).toBe("204");
  });
});
