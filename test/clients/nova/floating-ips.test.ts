/**
 * Floating IPs and networks through nova-api, against a whole cloud: what is asked of Neutron, what is
 * answered, what Nova remembers. Upstream: nova/api/openstack/compute/contrib/floating_ips.py,
 * floating_ip_pools.py, os_networks.py, nova/network/neutronv2/api.py at 2014.2; novaclient/v1_1/shell.py
 * (do_floating_ip_*), 2.20.0.
 */
import { beforeEach, describe, expect, it } from "vitest";
import { Cloud } from "../../../src/cloud/cloud.js";
import { ClientException } from "../../../src/framework/apiclient/index.js";
import type { Json, JsonObject } from "../../../src/python/index.js";

let cloud: Cloud;

const demo = (line: string) => cloud.user("demo").command(line);
const admin = (line: string) => cloud.user("admin").command(line);
const id = (kind: string, name: string): string => cloud.id(kind, name) ?? "";
const said = (line: string, run = demo): string => {
  const { stdout, stderr } = run(line);
  return `${stdout}${stderr}`.trimEnd();
};

/** `GET /v2.0/networks`: what nova-api asks of Neutron for a user's `line`. */
function toNeutron(line: string, run = demo): string[] {
  const from = cloud.timeline.entries.length;
  run(line);
  return cloud.timeline.entries.slice(from).flatMap((entry) => {
    if (entry.kind !== "rest.request" || !entry.to.startsWith("neutron")) return [];
    if (!entry.from.startsWith("nova-api")) return [];
    return [`${entry.method} ${entry.path.replace(/[0-9a-f]{8}[0-9a-f-]{24,28}/g, "#")}`];
  });
}

/** What nova-api answers a user who may read it. */
const got = (method: string, path: string, body?: Json, user = "demo"): JsonObject =>
  cloud.run(cloud.user(user).request("compute", method, path, body)).body as JsonObject;

/** `202`, or the status and the words of a refusal. */
function outcome(method: string, path: string, body?: Json, user = "demo"): string {
  try {
    return String(cloud.run(cloud.user(user).request("compute", method, path, body)).status);
  } catch (error) {
    if (!(error instanceof ClientException)) throw error;
    return `${String(error.code)} ${error.message.replace(/ \(HTTP .*/, "")}`;
  }
}

beforeEach(() => {
  cloud = new Cloud({ services: ["neutron-l3-agent"], flags: { default_floating_pool: "ext" } });
  admin("neutron net-create ext --router:external True");
  admin("neutron subnet-create ext 172.24.4.0/29 --disable-dhcp");
  demo("neutron net-create own");
  demo("neutron subnet-create own 10.0.0.0/24 --name own-subnet");
  demo("neutron router-create r1");
  demo("neutron router-gateway-set r1 ext");
  demo("neutron router-interface-add r1 own-subnet");
});

function booted(name: string): string {
  demo(`nova boot ${name} --flavor m1.nano --image cirros --nic net-id=own`);
  cloud.settle();
  return id("server", name);
}

/** The addresses of a server as Nova remembers them. */
const addresses = (name: string): string[] => {
  const { server } = got("GET", `/servers/${id("server", name)}`) as {
    server: { addresses: Record<string, { addr: string }[]> };
  };
  return Object.values(server.addresses)
    .flat()
    .map(({ addr }) => addr);
};

describe("a pool of floating IPs", () => {
  it("is an external network, and gives away what it has", () => {
    expect(toNeutron("nova floating-ip-pool-list")).toEqual([
      "GET /v2.0/networks.json?router%3Aexternal=True",
    ]);
    expect(demo("nova floating-ip-pool-list").stdout).toBe(
      "+------+\n| name |\n+------+\n| ext  |\n+------+\n",
    );
    expect(toNeutron("nova floating-ip-create ext")).toEqual([
      "GET /v2.0/networks.json?router%3Aexternal=True&name=ext&fields=id",
      "POST /v2.0/floatingips.json",
      "GET /v2.0/floatingips.json?floating_ip_address=172.24.4.3",
      "GET /v2.0/networks/#.json",
    ]);
    // Without a name it is `default_floating_pool`.
    expect(demo("nova floating-ip-create").stdout).toBe(
      [
        "+------------+-----------+----------+------+",
        "| Ip         | Server Id | Fixed Ip | Pool |",
        "+------------+-----------+----------+------+",
        "| 172.24.4.4 | -         | -        | ext  |",
        "+------------+-----------+----------+------+",
        "",
      ].join("\n"),
    );
    expect(said("nova floating-ip-create nowhere")).toMatch(
      /^ERROR \(NotFound\): Floating ip pool not found\. \(HTTP 404\)/,
    );
    // So it is with whatever Python takes for nothing (allocate_floating_ip).
    expect(outcome("POST", "/os-floating-ips", { pool: {} })).toBe("200");
    expect(outcome("POST", "/os-floating-ips", { pool: [] })).toBe("200");
    expect(said("nova floating-ip-create ext")).toMatch(
      /^ERROR \(NotFound\): No more floating ips in pool ext\. \(HTTP 404\)/,
    );
    admin(`neutron quota-update --floatingip 4 --tenant-id ${id("project", "demo")}`);
    expect(said("nova floating-ip-create")).toMatch(
      /^ERROR \(Forbidden\): IP allocation over quota\. \(HTTP 403\)/,
    );
  });
});

describe("a floating IP", () => {
  it("is led to a server and away; Nova remembers both at once, and shows no server with it", () => {
    booted("t1");
    demo("nova floating-ip-create ext");
    expect(addresses("t1")).toEqual(["10.0.0.2"]);
    // Behind what is asked for the look at the server.
    expect(toNeutron("nova floating-ip-associate t1 172.24.4.3").slice(2, 5)).toEqual([
      "GET /v2.0/ports.json?device_owner=compute%3ANone&device_id=#",
      "GET /v2.0/floatingips.json?floating_ip_address=172.24.4.3",
      "PUT /v2.0/floatingips/#.json",
    ]);
    expect(addresses("t1")).toEqual(["10.0.0.2", "172.24.4.3"]);
    expect(demo("nova floating-ip-list").stdout).toBe(
      [
        "+------------+-----------+----------+------+",
        "| Ip         | Server Id | Fixed Ip | Pool |",
        "+------------+-----------+----------+------+",
        "| 172.24.4.3 | -         | 10.0.0.2 | ext  |",
        "+------------+-----------+----------+------+",
        "",
      ].join("\n"),
    );
    expect(said("nova floating-ip-disassociate t1 172.24.4.3")).toBe("");
    expect(addresses("t1")).toEqual(["10.0.0.2"]);
    expect(said("nova floating-ip-delete 172.24.4.3")).toBe("");
    expect(said("nova floating-ip-delete 172.24.4.3")).toBe(
      "ERROR (CommandError): Floating ip 172.24.4.3 not found.",
    );
  });

  it("moves from server to server, and both are remembered as they are", () => {
    booted("t1");
    booted("t2");
    demo("nova floating-ip-create ext");
    demo("nova add-floating-ip t1 172.24.4.3");
    const [second = ""] = addresses("t2");
    demo(`nova add-floating-ip t2 172.24.4.3 --fixed-address ${second}`);
    expect([addresses("t1"), addresses("t2")]).toEqual([["10.0.0.2"], [second, "172.24.4.3"]]);
  });

  it("is nobody's when its server is deleted (other-services §11.6 row 4)", () => {
    booted("t1");
    demo("nova floating-ip-create ext");
    demo("nova floating-ip-associate t1 172.24.4.3");
    demo("nova delete t1");
    cloud.settle();
    expect(got("GET", "/os-floating-ips")["floating_ips"]).toMatchObject([
      { ip: "172.24.4.3", fixed_ip: null, instance_id: null },
    ]);
  });

  it("that cannot be led anywhere says why, in Neutron's words where Nova has none", () => {
    const t1 = booted("t1");
    demo("nova floating-ip-create ext");
    const add = (argument: Json): string =>
      outcome("POST", `/servers/${t1}/action`, { addFloatingIp: argument });
    expect(add(null)).toBe("400 Missing parameter dict");
    expect(add({})).toBe("400 Address not specified");
    expect(add({ address: "9.9.9.9" })).toBe("404 floating ip not found");
    expect(add({ address: null })).toBe("404 floating ip not found");
    expect(add({ address: [] })).toBe("404 floating ip not found");
    expect(add({ address: "172.24.4.3", fixed_address: "10.0.0.99" })).toBe(
      "400 Specified fixed address not assigned to instance",
    );
    expect(add({ address: "172.24.4.3" })).toBe("202");
    expect(add({ address: "172.24.4.3" })).toMatch(
      /^400 Unable to associate floating ip 172\.24\.4\.3 to fixed ip 10\.0\.0\.2 for instance [-0-9a-f]{36}\. Error: Cannot associate floating IP 172\.24\.4\.3 /,
    );
    // What nobody foresaw is logged (LOG.exception).
    const logged = cloud.timeline.entries.flatMap((entry) =>
      entry.kind === "log" && entry.level === "error" ? [entry.message] : [],
    );
    expect(logged.at(-1)).toMatch(/^Unable to associate floating ip /u);
  });

  it("is taken from the server that it leads to, whatever server is named", () => {
    const t1 = booted("t1");
    demo("nova floating-ip-create ext");
    const remove = (server: string, argument: Json): string =>
      outcome("POST", `/servers/${server}/action`, { removeFloatingIp: argument });
    const address = "172.24.4.3";
    expect(remove("x", "text")).toBe("400 Missing parameter dict");
    expect(remove("x", { address: "9.9.9.9" })).toBe("404 floating ip not found");
    // No server is looked up.
    expect(remove("x", { address })).toBe(
      "422 Floating ip 172.24.4.3 is not associated with instance x.",
    );
    demo(`nova floating-ip-associate t1 ${address}`);
    expect(remove("1", { address })).toMatch(/^422 /);
    expect(remove(t1, { address })).toBe("202");
  });

  it("is shown and deleted by its id alone", () => {
    demo("nova floating-ip-create ext");
    const floating = id("floatingip", "172.24.4.3");
    expect(got("GET", `/os-floating-ips/${floating}`)).toEqual({
      floating_ip: {
        id: floating,
        ip: "172.24.4.3",
        pool: "ext",
        fixed_ip: null,
        instance_id: null,
      },
    });
    expect(outcome("GET", "/os-floating-ips/none")).toBe("404 Floating ip not found for id none");
    expect(outcome("DELETE", `/os-floating-ips/${floating}`)).toBe("202");
    expect(outcome("DELETE", `/os-floating-ips/${floating}`)).toMatch(/^404 /);
  });
});

describe("networks through Nova (contrib/os_networks.py)", () => {
  it("have an id and a label, and are changed by nobody", () => {
    const own = id("network", "own");
    const { network } = got("GET", `/os-networks/${own}`) as { network: JsonObject };
    expect([network["id"], network["label"], network["cidr"]]).toEqual([own, "own", null]);
    expect(Object.keys(network)).toHaveLength(11);
    const nobodys = own.replace(/^.{8}/, "00000000");
    expect(outcome("GET", `/os-networks/${nobodys}`)).toBe("404 Network not found");
    // Neutron has no path to what is no UUID, and the client no name for that.
    expect(outcome("GET", "/os-networks/none")).toMatch(/^500 /);
    const post = (body: Json): string => outcome("POST", "/os-networks", body, "admin");
    expect(post({})).toBe("400 Missing network in body");
    expect(post({ network: { x: 1 } })).toBe("400 Network label is required");
    expect(post({ network: { label: "n" } })).toBe("400 Network cidr or cidr_v6 is required");
    expect(post({ network: { label: "n", cidr: "x" } })).toBe("400 x is not a valid ip network.");
    expect(post({ network: { label: "n", cidr: "10.0.0.0/8" } })).toMatch(/^500 /);
    expect(outcome("DELETE", `/os-networks/${own}`, undefined, "admin")).toMatch(/^500 /);
    expect(outcome("POST", "/os-networks/add", { id: own }, "admin")).toBe(
      "501 VLAN support must be enabled",
    );
    expect(outcome("DELETE", `/os-networks/${own}`)).toMatch(/^403 /);
    expect(said("nova network-show own")).toMatch(new RegExp(`\\| id +\\| ${own} \\|`));
    expect(said("nova network-list")).toMatch(new RegExp(`\\| ${own} \\| own +\\| - +\\|`));
  });
});
