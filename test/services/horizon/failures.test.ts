/**
 * What a page becomes when a service fails, row by row: other-services §6.5 and §6.6; openstack_dashboard/exceptions.py,
 * horizon/exceptions.py (handle), horizon/middleware.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { DashboardBed } from "./bed.js";

const VOLUMES = ["horizon", "cinder"];

function signedIn(services = ["horizon"]): DashboardBed {
  const bed = new DashboardBed({ services });
  bed.signIn();
  return bed;
}

function withServer(): DashboardBed {
  const bed = signedIn();
  bed.run("nova boot web --flavor m1.tiny --image cirros");
  bed.cloud.advance("60s");
  bed.do("instances");
  bed.calls();
  return bed;
}

const refuse = (bed: DashboardBed, host: string, path: string, status: number): void => {
  bed.cloud.inject({ answer: { status, host: `${host}@controller`, path, times: 50 } });
};

describe("a refused token (other-services §6.6 row 1)", () => {
  it("is a message, the page goes on and nobody is logged out", () => {
    const bed = signedIn();
    refuse(bed, "nova-api", "*/limits", 401);
    refuse(bed, "nova-api", "*/v2/*", 401);
    const { stdout } = bed.do("overview");
    expect(stdout).toContain("Error: Unauthorized: Unable to retrieve usage information.");
    expect(stdout).toContain("Error: Unauthorized: Unable to retrieve limit information.");
    expect(stdout).toContain("Instance Overview - OpenStack Dashboard");
    bed.cloud.heal();
    expect(bed.do("instances").stdout).toContain("Instances - OpenStack Dashboard");
  });
});

describe("going over to another project and away (other-services §6.6 rows 2 and 3)", () => {
  it("has the old token deleted before the page is shown, which Keystone refuses", () => {
    const bed = signedIn();
    const project = bed.cloud.id("project", "demo") ?? "";
    bed.act({ kind: "switch project", project });
    const calls = bed.calls();
    expect(calls.slice(0, 2)).toEqual([
      "keystone POST /v2.0/tokens",
      "keystone DELETE /v2.0/tokens/{id}",
    ]);
    bed.do("sign out");
    expect(bed.calls()).toEqual(["keystone DELETE /v2.0/tokens/{id}"]);
    expect(bed.logged()).toEqual([]);
  });
});

describe("the Instances page", () => {
  it("shows Nova's addresses where Neutron does not list its ports (other-services §6.5)", () => {
    const bed = withServer();
    // Nova asks for ports as well, for the security groups of servers.
    const aim = { from: "horizon@controller", path: "/v2.0/ports" };
    bed.cloud.inject({ answer: { status: 500, ...aim, times: 50 } });
    const { stdout } = bed.do("instances");
    expect(stdout).toContain("Error: Unable to connect to Neutron.");
    expect(stdout).toMatch(/\| web +\| cirros +\| 192\.168\.\d+\.\d+/u);
    expect(bed.logged()).toContain("Unable to connect to Neutron.");
  });

  it("has rows without flavors, and asks for each by itself", () => {
    const bed = withServer();
    refuse(bed, "nova-api", "*/flavors/*", 500);
    const { stdout } = bed.do("instances");
    expect(stdout).toContain("Error: Unable to retrieve instance size information.");
    expect(stdout).toMatch(/\| web +\|.*\| Not available \|/u);
    expect(bed.calls()).toContain("nova GET /v2/{t}/flavors/1");
  });

  it("loses the row of a server that lives, if its flavor cannot be read (other-services §6.6 row 6)", () => {
    const bed = signedIn();
    bed.run("nova boot web --flavor m1.tiny --image cirros");
    refuse(bed, "nova-api", "*/flavors/1", 404);
    bed.do("instances");
    bed.cloud.advance("20s");
    expect(bed.act({ kind: "look" }).stdout).toContain("No items to display.");
    expect(bed.run("nova list").stdout).toContain("web");
  });

  it("asks no more for a row whose answer was an error, until it is loaded again", () => {
    const bed = signedIn();
    bed.run("nova boot web --flavor m1.tiny --image cirros");
    bed.do("instances");
    bed.cloud.heal();
    refuse(bed, "nova-api", "*/servers/*", 500);
    bed.cloud.advance("10s");
    bed.calls();
    bed.cloud.advance("120s");
    expect(bed.calls()).toEqual([]);
    expect(bed.act({ kind: "look" }).stdout).toMatch(/\| Build +\|/u);
  });

  it("tells a server that failed to be built by Nova's fault (openstack_dashboard/dashboards/project/instances/tables.py)", () => {
    const bed = signedIn();
    bed.cloud.stop("nova-compute@compute-1");
    bed.cloud.advance("90s");
    bed.do({
      "launch instance": { name: "huge", flavor: "m1.tiny", image: "cirros", network: "private" },
    });
    const id = bed.cloud.id("server", "huge") ?? "";
    // What a script would have asked for, had it been slower to fail.
    bed.open(`/project/instances/?action=row_update&table=instances&obj_id=${id}`);
    const { stdout } = bed.do("instances");
    expect(stdout).toMatch(/\| huge +\|.*\| Error +\|/u);
    expect(stdout).toContain(
      'Error: Failed to launch instance "huge": Please try again later [Error: No valid host was found.',
    );
  });
});

describe("a page that ends (other-services §6.6 row 11)", () => {
  it("is that of Glance refusing the connection, in every panel that asks it", () => {
    const bed = withServer();
    bed.cloud.stop("glance-api@controller");
    expect(bed.do("images").stdout).toContain("Something went wrong!");
    expect(bed.do("instances").stdout).toContain("Something went wrong!");
  });

  it("is that of volume types, which nobody guards", () => {
    const bed = signedIn(VOLUMES);
    bed.do("volumes");
    refuse(bed, "cinder-api", "*/types", 500);
    const { stdout, exit } = bed.do({ "create volume": { name: "data" } });
    expect(stdout).toContain("Danger: An error occurred. Please try again later.");
    expect(exit).toBe(1);
  });

  it("is that of quotas that cannot be counted, when a launch is sent", () => {
    const bed = signedIn(VOLUMES);
    bed.do("instances");
    refuse(bed, "cinder-api", "*/os-quota-sets/*", 500);
    const { stdout } = bed.do({
      "launch instance": { name: "web", flavor: "m1.tiny", image: "cirros", network: "private" },
    });
    expect(stdout).toContain("Danger: There was an error submitting the form. Please try again.");
    expect(bed.run("nova list").stdout).not.toContain("web");
  });

  it("is not that of Access & Security, where uncounted quotas only hide two buttons", () => {
    const bed = signedIn(VOLUMES);
    refuse(bed, "cinder-api", "*/os-quota-sets/*", 500);
    bed.do("access and security");
    expect(bed.logged()).toContain("Error while checking action permissions.");
    expect(bed.do("allocate floating ip").stderr).toContain("is not offered for");
    expect(bed.do({ "create key pair": { name: "mine" } }).stderr).toContain("is not offered for");
    expect(bed.do({ "import key pair": { name: "x", "public key": "y" } }).stdout).toContain(
      "! Unable to import key pair.",
    );
  });
});
