/**
 * The dashboards Admin and Identity: openstack_dashboard/dashboards/admin/instances/views.py, hypervisors/views.py, flavors/tables.py,
 * flavors/workflows.py, info/tabs.py, defaults/tabs.py, networks/views.py, openstack_dashboard/dashboards/identity/projects/views.py,
 * openstack_dashboard/views.py (get_user_home) at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { DashboardBed } from "./bed.js";

class AdminBed extends DashboardBed {
  admin(step: unknown) {
    return this.do(step, "admin");
  }
}

const bed = new AdminBed({ services: ["horizon", "cinder"] });
bed.run("nova boot web --flavor m1.tiny --image cirros");
bed.cloud.advance("60s");

describe("an administrator", () => {
  it("is at home in another dashboard than others, who are sent to the login there", () => {
    expect(bed.admin("sign in").stdout).toContain("Usage Overview - OpenStack Dashboard");
    bed.signIn();
    const { stdout, exit } = bed.do("hypervisors");
    expect(stdout).toContain("! You do not have permission to access the resource:");
    expect(exit).toBe(1);
    bed.calls();
  });

  it("sees the servers of all projects, asking for projects once and for each image by itself", () => {
    const { stdout } = bed.admin("admin instances");
    expect(stdout).toMatch(/\| demo +\| compute-1 \| web +\| cirros +\| 192\./u);
    expect(bed.calls()).toEqual([
      "nova GET /v2/{id}/servers/detail?all_tenants=True&limit=21",
      "neutron GET /v2.0/ports.json?device_id={id}",
      "neutron GET /v2.0/floatingips.json?port_id={id}",
      "neutron GET /v2.0/ports.json",
      "neutron GET /v2.0/networks.json?id={id}",
      "neutron GET /v2.0/subnets.json",
      "nova GET /v2/{id}/flavors/detail",
      "keystone GET /v2.0/tenants",
      "neutron GET /v2.0/extensions.json",
      "glance HEAD /v1/images/{id}",
      "nova GET /v2/{id}/extensions",
    ]);
  });

  it("sees hypervisors with both tabs and the sum of all", () => {
    const { stdout } = bed.admin("hypervisors");
    expect(bed.calls()).toEqual([
      "nova GET /v2/{id}/os-hypervisors/detail",
      "nova GET /v2/{id}/os-services",
      "nova GET /v2/{id}/os-hypervisors/statistics",
      "neutron GET /v2.0/extensions.json",
      // For whether a host could be evacuated.
      "nova GET /v2/{id}/extensions",
    ]);
    expect(stdout).toContain("[ Hypervisor ]  Compute Host");
    expect(stdout).toMatch(/\| VCPU Usage +\| Used 1 of \d+ +\|/u);
  });

  it("gets no page where services cannot be listed (Launchpad 1392316)", () => {
    bed.cloud.inject({
      answer: { status: 500, host: "nova-api@controller", path: "*/os-services" },
    });
    expect(bed.admin("hypervisors").stdout).toContain("Something went wrong!");
    bed.cloud.heal();
  });
});

describe("flavors", () => {
  it("are asked for their metadata one by one, the smallest first", () => {
    bed.calls();
    const { stdout } = bed.admin("flavors");
    const calls = bed.calls();
    expect(calls[0]).toBe("nova GET /v2/{id}/flavors/detail?is_public=None");
    expect(calls.slice(2)).toContain("nova GET /v2/{id}/flavors/1/os-extra_specs");
    expect(stdout).toMatch(/\| m1\.tiny +\| 1 +\| 512MB +\| 1GB +\| 0GB +\| 0MB +\| 1 +\| Yes/u);
  });

  it("of a name that is taken are refused by Horizon", () => {
    const flavor = {
      name: "m1.tiny",
      vcpus: 1,
      "ram mb": 64,
      "root disk gb": 0,
      "ephemeral disk gb": 0,
      "swap disk mb": 0,
    };
    expect(bed.admin({ "create flavor": flavor }).stdout).toContain(
      '! The name "m1.tiny" is already used by another flavor.',
    );
    expect(
      bed.admin({ "create flavor": { ...flavor, name: "own", projects: ["demo"] } }).stdout,
    ).toContain('Success: Created new flavor "own".');
    expect(bed.bodies("POST", /flavors/u)).toMatchObject([
      { flavor: { name: "own", id: null, "os-flavor-access:is_public": false } },
      { addTenantAccess: { tenant: bed.cloud.id("project", "demo") } },
    ]);
    expect(bed.admin({ "delete flavor": "own" }).stdout).toContain("Success: Deleted Flavor: own");
  });
});

describe("what the cloud is made of", () => {
  it("comes with the page, tab after tab", () => {
    bed.calls();
    bed.admin({ "system information": {} });
    expect(bed.calls()).toEqual([
      "neutron GET /v2.0/extensions.json",
      "nova GET /v2/{id}/os-services",
      "cinder GET /v1/{id}/os-services",
      "neutron GET /v2.0/agents.json",
    ]);
    const { stdout } = bed.admin({ "system information": { tab: "Compute Services" } });
    expect(stdout).toMatch(/\| nova-compute +\| compute-1 +\| nova +\| Enabled \| Up +\|/u);
    expect(bed.admin({ "system information": { tab: "Network Agents" } }).stdout).toMatch(
      /\| DHCP agent +\| neutron-dhcp-agent +\|/u,
    );
  });

  it("is counted against quotas that have names", () => {
    const { stdout } = bed.admin("defaults");
    expect(stdout).toMatch(/\| VCPUs +\| 20 +\|/u);
    expect(stdout).toMatch(/\| Total Size of Volumes and Snapshots \(GB\) +\| 1000 +\|/u);
    expect(stdout).not.toContain("Floating IPs");
  });

  it("is networks with their agents, and images of all", () => {
    bed.calls();
    const { stdout } = bed.admin("admin networks");
    expect(stdout).toMatch(/\| admin +\| private +\| private-subnet 192\.168\.1\.0\/24 \| \d/u);
    expect(bed.calls()).toContain("neutron GET /v2.0/networks/{id}/dhcp-agents.json");
    bed.admin("admin images");
    expect(bed.calls()[0]).toBe(
      "glance GET /v1/images/detail?is_public=None&sort_key=created_at&sort_dir=desc&limit=21",
    );
  });

  it("has a message where Nova has no aggregates", () => {
    bed.cloud.inject({
      answer: { status: 404, host: "nova-api@controller", path: "*/os-aggregates" },
    });
    const { stdout } = bed.admin("host aggregates");
    expect(stdout).toContain("Error: Unable to retrieve host aggregates list.");
    expect(stdout).toContain("compute-1 (Services Up)");
    bed.cloud.heal();
  });
});

describe("projects and users", () => {
  it("are all of them for an administrator, by Keystone's other address", () => {
    bed.calls();
    expect(bed.admin("projects").stdout).toMatch(/\| service +\|/u);
    expect(bed.admin("users").stdout).toMatch(/\| demo +\| +\| [0-9a-f]{32} \| True/u);
    const asked = bed.calls().filter((call) => call.startsWith("keystone"));
    expect(asked).toEqual(["keystone GET /v2.0/tenants?limit=21", "keystone GET /v2.0/users"]);
  });

  it("are one's own for everybody else, and no users", () => {
    const { stdout } = bed.do("projects");
    expect(stdout).toMatch(/\| demo +\|/u);
    expect(stdout).not.toMatch(/\| service +\|/u);
    expect(bed.do("users").stdout).toContain("No items to display.");
  });
});
