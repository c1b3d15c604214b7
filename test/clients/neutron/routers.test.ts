/**
 * `neutron router-*`, `floatingip-*`, `l3-agent-*` against a whole cloud: what they ask, what they
 * print. Upstream: python-neutronclient 2.3.9, neutronclient/neutron/v2_0/router.py, floatingip.py,
 * agentscheduler.py, port.py.
 */
import { beforeEach, describe, expect, it } from "vitest";
import { Cloud } from "../../../src/cloud/cloud.js";

let cloud: Cloud;

const demo = (line: string) => cloud.user("demo").command(line);
const admin = (line: string) => cloud.user("admin").command(line);
const id = (kind: string, name: string): string => cloud.id(kind, name) ?? "";

beforeEach(() => {
  cloud = new Cloud({ services: ["neutron-l3-agent"] });
  admin("neutron net-create ext --router:external True");
  admin("neutron subnet-create ext 172.24.4.0/24 --name ext-subnet --disable-dhcp");
  demo("neutron net-create own");
  demo("neutron subnet-create own 10.0.0.0/24 --name own-subnet");
});

/** The requests of a user's `line`, after the login, and their bodies. */
function asked(line: string, run = demo): string[] {
  const from = cloud.timeline.entries.length;
  run(line);
  return cloud.timeline.entries.slice(from).flatMap((entry) => {
    if (entry.kind !== "rest.request" || !entry.from.includes("client")) return [];
    if (entry.to.startsWith("keystone")) return [];
    const body = entry.body === null ? "" : ` ${JSON.stringify(entry.body)}`;
    return [`${entry.method} ${entry.path}${body}`];
  });
}

const said = (line: string, run = demo): string => {
  const { stdout, stderr } = run(line);
  return `${stdout}${stderr}`.trimEnd();
};

/** What a list has below its header. */
const cells = (line: string, run = demo): string[][] =>
  run(line)
    .stdout.split("\n")
    .filter((row) => row.startsWith("|"))
    .slice(1)
    .map((row) =>
      row
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim()),
    );

describe("a router", () => {
  it("is made, found by its name, shown and deleted", () => {
    const { stdout } = demo("neutron router-create r1");
    expect(stdout.replace(/[0-9a-f]{8}[0-9a-f-]{24,28}/g, (uuid) => "#".repeat(uuid.length))).toBe(
      [
        "Created a new router:",
        "+-----------------------+--------------------------------------+",
        "| Field                 | Value                                |",
        "+-----------------------+--------------------------------------+",
        "| admin_state_up        | True                                 |",
        "| external_gateway_info |                                      |",
        "| id                    | #################################### |",
        "| name                  | r1                                   |",
        "| routes                |                                      |",
        "| status                | ACTIVE                               |",
        "| tenant_id             | ################################     |",
        "+-----------------------+--------------------------------------+",
        "",
      ].join("\n"),
    );
    const r1 = id("router", "r1");
    expect(asked("neutron router-create r2 --admin-state-down")).toEqual([
      'POST /v2.0/routers.json {"router":{"admin_state_up":false,"name":"r2"}}',
    ]);
    expect(asked("neutron router-show r1")).toEqual([
      "GET /v2.0/routers.json?fields=id&name=r1",
      `GET /v2.0/routers/${r1}.json`,
    ]);
    expect(said("neutron router-update r1 --name r3")).toBe("Updated router: r1");
    expect(said("neutron router-delete r3")).toBe("Deleted router: r3");
    expect(said("neutron router-show r3")).toBe("Unable to find router with name 'r3'");
  });

  it("is listed with its gateway; for admins with what kind it is", () => {
    demo("neutron router-create r1");
    demo("neutron router-gateway-set r1 ext");
    const head = (run: typeof demo): string =>
      run("neutron router-list").stdout.split("\n")[1]?.replace(/ +/g, " ") ?? "";
    expect(head(demo)).toBe("| id | name | external_gateway_info |");
    expect(head(admin)).toBe("| id | name | external_gateway_info | distributed | ha |");
    const info = `{"network_id": "${id("network", "ext")}", "enable_snat": true, "external_fixed_ips": [{"subnet_id": "${id("subnet", "ext-subnet")}", "ip_address": "172.24.4.2"}]}`;
    expect(cells("neutron router-list -c external_gateway_info")).toEqual([[info]]);
  });

  it("gets a gateway and loses it", () => {
    demo("neutron router-create r1");
    const [r1, ext] = [id("router", "r1"), id("network", "ext")];
    expect(asked("neutron router-gateway-set r1 ext")).toEqual([
      "GET /v2.0/routers.json?fields=id&name=r1",
      "GET /v2.0/networks.json?fields=id&name=ext",
      `PUT /v2.0/routers/${r1}.json {"router":{"external_gateway_info":{"network_id":"${ext}"}}}`,
    ]);
    expect(said("neutron router-gateway-set r1 ext --disable-snat", admin)).toBe(
      "Set gateway for router r1",
    );
    expect(said("neutron router-gateway-clear r1")).toBe("Removed gateway from router r1");
    expect(asked("neutron router-gateway-clear r1").at(-1)).toBe(
      `PUT /v2.0/routers/${r1}.json {"router":{"external_gateway_info":{}}}`,
    );
  });

  it("gets interfaces by subnet and by port, and its ports are listed", () => {
    demo("neutron router-create r1");
    const [r1, subnet] = [id("router", "r1"), id("subnet", "own-subnet")];
    expect(said("neutron router-interface-add r1 own-subnet")).toMatch(
      /^Added interface [0-9a-f-]{36} to router r1\.$/,
    );
    expect(asked("neutron router-interface-delete r1 subnet=own-subnet")).toEqual([
      "GET /v2.0/routers.json?fields=id&name=r1",
      "GET /v2.0/subnets.json?fields=id&name=own-subnet",
      `PUT /v2.0/routers/${r1}/remove_router_interface.json {"subnet_id":"${subnet}"}`,
    ]);
    demo("neutron port-create own --name p1");
    const p1 = id("port", "p1");
    expect(said("neutron router-interface-add r1 port=p1")).toBe(
      `Added interface ${p1} to router r1.`,
    );
    expect(asked("neutron router-port-list r1").at(-1)).toBe(
      `GET /v2.0/ports.json?device_id=${r1}`,
    );
    expect(cells("neutron router-port-list r1 -c id")).toEqual([[p1]]);
    expect(said("neutron router-interface-delete r1 port=p1")).toBe(
      "Removed interface from router r1.",
    );
    // The client looks for any kind of thing that it has a list of.
    expect(said("neutron router-interface-add r1 net=own")).toBe(
      "'Client' object has no attribute 'list_nets'",
    );
  });

  it("says of what cannot be no more than the status, as that release does", () => {
    demo("neutron router-create r1");
    demo("neutron router-interface-add r1 own-subnet");
    expect(said("neutron router-delete r1")).toMatch(/^Conflict \(HTTP 409\)/);
  });
});

describe("a floating IP", () => {
  it("is made on an external network, led to a port and away, and deleted by its id", () => {
    demo("neutron router-create r1");
    demo("neutron router-gateway-set r1 ext");
    demo("neutron router-interface-add r1 own-subnet");
    demo("neutron port-create own --name p1");
    const [ext, p1] = [id("network", "ext"), id("port", "p1")];
    expect(asked("neutron floatingip-create ext")).toEqual([
      "GET /v2.0/networks.json?fields=id&name=ext",
      `POST /v2.0/floatingips.json {"floatingip":{"floating_network_id":"${ext}"}}`,
    ]);
    const floating = id("floatingip", "172.24.4.3");
    expect(asked(`neutron floatingip-associate ${floating} ${p1}`)).toEqual([
      `PUT /v2.0/floatingips/${floating}.json {"floatingip":{"port_id":"${p1}"}}`,
    ]);
    const addresses = "neutron floatingip-list -c fixed_ip_address -c floating_ip_address";
    expect(cells(addresses)).toEqual([["10.0.0.2", "172.24.4.3"]]);
    cloud.settle();
    expect(said(`neutron floatingip-show ${floating} -F status -f value`)).toBe("ACTIVE");
    expect(said(`neutron floatingip-disassociate ${floating}`)).toBe(
      `Disassociated floating IP ${floating}`,
    );
    expect(said(`neutron floatingip-delete ${floating}`)).toBe(`Deleted floatingip: ${floating}`);
    // A port's name is not looked up, whatever the help says.
    expect(said("neutron floatingip-associate none p1")).toMatch(/^Bad Request \(HTTP 400\)/);
  });
});

describe("an L3 agent", () => {
  it("is listed, and given and taken routers by admins", () => {
    demo("neutron router-create r1");
    const [agent, r1] = [id("l3-agent", "controller"), id("router", "r1")];
    expect(said(`neutron l3-agent-router-add ${agent} r1`, admin)).toBe(
      "Added router r1 to L3 agent",
    );
    expect(cells(`neutron router-list-on-l3-agent ${agent} -c name`, admin)).toEqual([["r1"]]);
    expect(cells("neutron l3-agent-list-hosting-router r1 -c host -c alive", admin)).toEqual([
      ["controller", ":-)"],
    ]);
    expect(asked(`neutron l3-agent-router-remove ${agent} r1`, admin)).toEqual([
      "GET /v2.0/routers.json?fields=id&name=r1",
      `DELETE /v2.0/agents/${agent}/l3-routers/${r1}.json`,
    ]);
    expect(cells("neutron agent-list -c agent_type -c host", admin)).toContainEqual([
      "L3 agent",
      "controller",
    ]);
    expect(said(`neutron l3-agent-router-add ${agent} r1`)).toMatch(/^Forbidden \(HTTP 403\)/);
  });
});
