/**
 * The way of a guest's request for metadata: proxies in namespaces, the agent of the host, what each makes of what
 * can go wrong. Upstream: neutron/agent/metadata/{agent,namespace_proxy}.py, agent/dhcp_agent.py, agent/l3_agent.py,
 * neutron/tests/unit/test_metadata_agent.py at 2014.2; other-services §3.2.
 */
import { describe, expect, it } from "vitest";
import { Cloud, type CloudSetup } from "../../../../src/index.js";
import type { RestRequest } from "../../../../src/http/observations.js";
import type { LogLine, Observation } from "../../../../src/kernel/index.js";
import type { Json } from "../../../../src/python/index.js";

const METADATA = "http://169.254.169.254";
const UNKNOWN = "An unknown error has occurred. Please try your request again.";
const AGENT = "neutron-metadata-agent@controller";

/** A cloud with a server `t1` on a network `own`, and who can be asked. */
function bed(flags: CloudSetup["flags"] = {}) {
  const seen: Observation[] = [];
  const cloud = new Cloud({
    seed: 5,
    services: ["neutron-l3-agent", "neutron-metadata-agent"],
    flags,
    observer: { observe: (_at, what) => seen.push(what) - 1 },
  });
  const demo = cloud.user("demo");
  const run = (line: string): void => {
    const { exit, stderr } = demo.command(line);
    expect([line, exit, stderr]).toEqual([line, 0, ""]);
  };
  run("neutron net-create own");
  run("neutron subnet-create own 10.0.0.0/24 --name own-subnet");
  run("nova boot t1 --flavor m1.nano --image cirros --nic net-id=own");
  cloud.settle();
  return {
    cloud,
    run,
    route() {
      run("neutron router-create r1");
      run("neutron router-interface-add r1 own-subnet");
      cloud.advance("5s");
    },
    ask(path = "/latest/meta-data/hostname", method = "GET", body?: Json): unknown {
      const request = { to: METADATA, method, path, body };
      const answer = cloud.kernel.finish(cloud.guest("t1").beginRequest(request));
      if (answer.kind === "error") return answer.message.replace(/.*\[/su, "[");
      const { status, body: told } = answer.response;
      return status === 200
        ? told
        : [status, typeof told === "string" ? told.split("\n")[2] : told];
    },
    requests: () =>
      seen
        .filter((one): one is RestRequest => one.kind === "rest.request")
        .map(
          ({ from, method, path }) => `${from.replace(/-[0-9a-f-]{36}/u, "")} ${method} ${path}`,
        ),
    headers: (from: RegExp) =>
      seen
        .filter((one): one is RestRequest => one.kind === "rest.request")
        .findLast((one) => from.test(one.from))?.headers,
    forget: () => (seen.length = 0),
    logs: () =>
      seen.filter((one): one is LogLine => one.kind === "log").map(({ message }) => message),
  };
}

describe("through a router", () => {
  const { cloud, ask, route, requests, headers, forget } = bed();

  it("has no way while the gateway's address is nobody's", () => {
    expect(ask()).toBe("[Errno 113] No route to host)");
  });

  it("asks Neutron whose port has the address, and Nova in the server's name", () => {
    route();
    forget();
    expect(ask()).toBe("t1.novalocal");
    const router = cloud.id("router", "r1") ?? "";
    const owners = ["router_interface", "router_interface_distributed"];
    const query = owners.map((owner) => `&device_owner=network%3A${owner}`).join("");
    expect(requests().filter((line) => !line.startsWith("neutron-server"))).toEqual([
      "t1@10.0.0.2 GET /latest/meta-data/hostname",
      "neutron-ns-metadata-proxy@controller GET /latest/meta-data/hostname",
      "neutron-metadata-agent@controller POST /v2.0/tokens",
      `neutron-metadata-agent@controller GET /v2.0/ports.json?device_id=${router}${query}`,
      "neutron-metadata-agent@controller GET /v2.0/ports.json?fixed_ips=ip_address%3D10.0.0.2",
      "neutron-metadata-agent@controller GET /latest/meta-data/hostname",
    ]);
    expect(headers(/^neutron-ns-/u)).toEqual({
      "x-forwarded-for": "10.0.0.2",
      "x-neutron-router-id": router,
    });
    expect(headers(/^neutron-metadata-agent/u)).toEqual({
      "x-forwarded-for": "10.0.0.2",
      "x-instance-id": cloud.server("t1")?.id,
      "x-tenant-id": cloud.id("project", "demo"),
      "x-instance-id-signature": expect.stringMatching(/^[0-9a-f]{64}$/u) as string,
    });
  });

  it("knows ports for five seconds (cache_url memory://?default_ttl=5)", () => {
    const lookups = () => requests().filter((line) => line.includes("/v2.0/ports")).length;
    forget();
    expect(ask()).toBe("t1.novalocal");
    expect(lookups()).toBe(0);
    cloud.advance("5s");
    expect(ask()).toBe("t1.novalocal");
    expect(lookups()).toBe(2);
  });

  it("passes a method and a body on, and a conflict back", () => {
    const path = "/openstack/latest/password";
    expect(ask(path, "POST", "secret")).toBe("");
    cloud.advance("20s");
    expect(ask(path)).toBe("secret");
    expect(ask(path, "POST", "other")).toEqual([
      409,
      "There was a conflict when trying to complete your request.",
    ]);
    expect(ask("/latest/none")).toEqual([404, "The resource could not be found."]);
  });

  it("answers 500 while the agent is dead; the proxy outlives the L3 agent", () => {
    cloud.crash("neutron-l3-agent@controller");
    expect(ask()).toBe("t1.novalocal");
    cloud.crash(AGENT);
    expect(ask()).toEqual([500, UNKNOWN]);
    cloud.start("neutron-l3-agent@controller");
    cloud.start(AGENT);
    expect(ask()).toBe("t1.novalocal");
  });

  it("answers nobody once the router is gone", () => {
    const demo = cloud.user("demo");
    expect(demo.command("neutron router-interface-delete r1 own-subnet").exit).toBe(0);
    expect(demo.command("neutron router-delete r1").exit).toBe(0);
    cloud.advance("5s");
    expect(ask()).toBe("[Errno 113] No route to host)");
  });

  it("is not followed to a guest that does not run", () => {
    cloud.user("demo").command("nova stop t1");
    cloud.advance("30s");
    expect(() => cloud.guest("t1")).toThrow('the guest of server "t1" does not run');
    expect(() => cloud.guest("__proto__")).toThrow('there is no server "__proto__"');
  });
});

describe("on an isolated network (enable_isolated_metadata)", () => {
  it("is answered by the proxy of the DHCP server, with the network's id", () => {
    const { ask, headers, cloud } = bed({ enable_isolated_metadata: true });
    expect(ask()).toBe("t1.novalocal");
    expect(headers(/^neutron-ns-/u)).toEqual({
      "x-forwarded-for": "10.0.0.2",
      "x-neutron-network-id": cloud.id("network", "own"),
    });
  });

  it("is the router's affair once there is one", () => {
    const { ask, route, headers } = bed({ enable_isolated_metadata: true });
    route();
    expect(ask()).toBe("t1.novalocal");
    expect(headers(/^neutron-ns-/u)).toHaveProperty("x-neutron-router-id");
  });
});

it("turns the 403 of another secret into 500 for the guest, and warns of it", () => {
  const { ask, route, logs } = bed({
    "neutron-metadata-agent": { metadata_proxy_shared_secret: "opensesame" },
  });
  route();
  expect(ask()).toEqual([500, UNKNOWN]);
  expect(logs()).toContain(
    "The remote metadata server responded with Forbidden. This response usually occurs when shared secrets do not match.",
  );
});

it("loses what a router without a proxy is sent", () => {
  const { ask, route } = bed({ enable_metadata_proxy: false });
  route();
  expect(ask()).toBe("[Errno 101] Network is unreachable)");
});

it("reports its state to neutron-server", () => {
  const { cloud } = bed();
  const list = cloud.user("admin").command("neutron agent-list").stdout;
  expect(list).toMatch(/Metadata agent\s+\| controller \| :-\)/u);
});
