/**
 * Networks, Routers and the Network Topology: openstack_dashboard/dashboards/project/networks/workflows.py, views.py, tables.py,
 * routers/tables.py, forms.py, ports/forms.py, network_topology/views.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { DashboardBed } from "./bed.js";

const LIST = [
  "neutron GET /v2.0/networks.json?tenant_id={t}&shared=False",
  "neutron GET /v2.0/subnets.json",
  "neutron GET /v2.0/networks.json?shared=True",
  "neutron GET /v2.0/subnets.json",
];

const PRIVATE = /\| private \| private-subnet 192\.168\.1\.0\/24 \| Yes +\| ACTIVE \| UP/u;

function atNetworks(services = ["horizon"]): DashboardBed {
  const bed = new DashboardBed({ services });
  bed.signIn();
  bed.do("networks");
  bed.calls();
  return bed;
}

describe("networks", () => {
  const bed = atNetworks();

  it("are asked for twice, each time with all subnets, and those of all cannot be touched", () => {
    const { stdout } = bed.do("networks");
    expect(bed.calls()).toEqual([...LIST, "neutron GET /v2.0/extensions.json"]);
    expect(stdout).toMatch(PRIVATE);
    const { stderr } = bed.do({ "edit network": { network: "private", name: "mine" } });
    expect(stderr).toContain('"Edit Network" is not offered for private: there is nothing');
  });

  it("are made step by step: each step is looked at before the next, without a call", () => {
    const { stdout } = bed.do({ "create network": { name: "own" } });
    expect(stdout).toContain('! Specify "Network Address" or clear "Create Subnet" checkbox.');
    const own = { name: "own", "network address": "10.9.0.0/24", "allocation pools": "10.9.0.9" };
    expect(bed.do({ "create network": own }).stdout).toContain(
      "! Start and end addresses must be specified (value=10.9.0.9)",
    );
    expect(bed.calls()).not.toContain("neutron POST /v2.0/networks.json");
  });

  it("come with a subnet, of which only what was written is sent", () => {
    const own = { name: "own", "subnet name": "own-subnet", "network address": "10.9.0.0/24" };
    expect(bed.do({ "create network": own }).stdout).toContain('Success: Created network "own".');
    const [network, subnet] = bed.bodies("POST", /networks|subnets/u);
    expect(network).toEqual({ network: { name: "own", admin_state_up: true } });
    expect(subnet).toEqual({
      subnet: {
        network_id: bed.cloud.id("network", "own"),
        ip_version: 4,
        cidr: "10.9.0.0/24",
        name: "own-subnet",
        enable_dhcp: true,
      },
    });
  });

  it("go again when their subnet is refused, and the log says that they did not", () => {
    bed.cloud.inject({
      answer: {
        status: 409,
        host: "neutron-server@controller",
        path: "*/subnets.json",
        method: "POST",
      },
    });
    const { stdout } = bed.do({
      "create network": { name: "lost", "network address": "10.8.0.0/24" },
    });
    expect(stdout).toContain('Error: Failed to create subnet "10.8.0.0/24" for network "lost":');
    expect(stdout).toContain(
      'Info: Delete the created network "lost" due to subnet creation failure.',
    );
    expect(stdout).not.toContain("| lost |");
    expect(bed.logged()).toContain('Failed to delete network "lost"');
    bed.cloud.heal();
  });

  it("are shown with subnets and ports, and asked for once more by the buttons", () => {
    bed.do("networks");
    bed.calls();
    bed.do({ "open network": "own" });
    expect(bed.calls()).toEqual([
      "neutron GET /v2.0/extensions.json",
      "neutron GET /v2.0/networks/{id}.json",
      "neutron GET /v2.0/subnets/{id}.json",
      "neutron GET /v2.0/subnets.json?network_id={id}",
      "neutron GET /v2.0/ports.json?network_id={id}",
      "neutron GET /v2.0/networks/{id}.json",
      "neutron GET /v2.0/subnets/{id}.json",
    ]);
  });

  it("let a subnet be changed, its gateway only if it is another one", () => {
    const changed = { network: "own", subnet: "own-subnet", "dns name servers": "8.8.8.8" };
    expect(bed.do({ "edit subnet": changed }).stdout).toContain(
      'Success: Updated subnet "own-subnet".',
    );
    expect(bed.bodies("PUT", /subnets/u)).toEqual([
      {
        subnet: {
          name: "own-subnet",
          enable_dhcp: true,
          host_routes: [],
          dns_nameservers: ["8.8.8.8"],
        },
      },
    ]);
  });

  it("go with their subnets, one by one", () => {
    bed.do("networks");
    bed.calls();
    const { stdout } = bed.do({ "delete network": "own" });
    expect(stdout).toContain("Success: Deleted Network: own");
    expect(bed.calls().slice(4, 7)).toEqual([
      "neutron GET /v2.0/subnets.json?network_id={id}",
      "neutron DELETE /v2.0/subnets/{id}.json",
      "neutron DELETE /v2.0/networks/{id}.json",
    ]);
  });
});

describe("routers", () => {
  const bed = atNetworks(["horizon", "neutron-l3-agent"]);
  const admin = bed.cloud.user("admin");
  admin.command("neutron net-create ext --router:external True");
  admin.command("neutron subnet-create ext 172.24.4.0/24 --disable-dhcp");
  bed.do({ "create network": { name: "own", "network address": "10.9.0.0/24" } });
  bed.do("routers");
  bed.calls();

  it("are asked for with a search for nothing, and for the networks of their gateways", () => {
    bed.do("routers");
    expect(bed.calls()).toEqual([
      "neutron GET /v2.0/routers.json?search_opts=None&tenant_id={t}",
      "neutron GET /v2.0/networks.json?router%3Aexternal=True",
      "neutron GET /v2.0/subnets.json",
      "neutron GET /v2.0/extensions.json",
    ]);
  });

  it("get a gateway and an interface, whose address is asked for", () => {
    expect(bed.do({ "create router": { name: "r1" } }).stdout).toContain(
      "Success: Router r1 was successfully created.",
    );
    expect(bed.do({ "set gateway": { router: "r1", network: "ext" } }).stdout).toContain(
      "Success: Gateway interface is added",
    );
    const { stdout } = bed.do({ "add interface": { router: "r1", subnet: "own: 10.9.0.0/24" } });
    expect(stdout).toContain("Success: Interface added 10.9.0.1");
    expect(stdout).toContain("Connected External Network: ext");
  });

  it("stand between networks in the topology, which is seven lists at once", () => {
    bed.calls();
    const { stdout } = bed.do("network topology");
    expect(stdout).toMatch(/\| ext +\| +\| router r1 +\|/u);
    expect(stdout).toMatch(/\| own +\| 10\.9\.0\.0\/24 +\| router r1 10\.9\.0\.1 +\|/u);
    expect(bed.calls()).toEqual([
      "neutron GET /v2.0/extensions.json",
      "nova GET /v2/{t}/servers/detail?project_id={t}",
      ...LIST,
      "neutron GET /v2.0/networks.json?router%3Aexternal=True",
      "neutron GET /v2.0/subnets.json",
      "neutron GET /v2.0/ports.json",
      "neutron GET /v2.0/routers.json?tenant_id={t}",
    ]);
    bed.cloud.advance("25s");
    expect(bed.visits().filter((visit) => visit.includes("json"))).toHaveLength(2);
  });

  it("that are in use say so in Neutron's words", () => {
    const { stdout } = bed.do({ "delete router": "r1" });
    expect(stdout).toMatch(/Error: Unable to delete router "Router .* still has ports/u);
  });

  it("lose what they have, and go", () => {
    const { stdout } = bed.do({ "delete interface": { router: "r1", interface: "10.9.0.1" } });
    expect(stdout).toContain("Success: Deleted Interface:");
    expect(bed.do({ "clear gateway": "r1" }).stdout).toContain("Success: Cleared Gateway: r1");
    expect(bed.do({ "delete router": "r1" }).stdout).toContain("Success: Deleted Router: r1");
  });

  it("that Neutron has no room for are over quota, whatever Neutron says", () => {
    bed.cloud.inject({
      answer: {
        status: 409,
        host: "neutron-server@controller",
        path: "*/routers.json",
        method: "POST",
      },
    });
    expect(bed.do({ "create router": { name: "r2" } }).stdout).toContain(
      "Error: Quota exceeded for resource router.",
    );
  });
});
