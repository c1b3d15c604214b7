/**
 * The Instances panel, call by call: openstack_dashboard/dashboards/project/instances/views.py and tables.py,
 * horizon/tables/base.py, openstack_dashboard/api/neutron.py (servers_update_addresses) at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { minutes } from "../../../src/kernel/index.js";
import { DashboardBed } from "./bed.js";

const PATH = "/project/instances/";
const IMAGES = "glance GET /v1/images/detail?sort_key=created_at&sort_dir=desc&limit=1000";

function withServer(): DashboardBed {
  const bed = new DashboardBed();
  bed.signIn();
  bed.run("nova boot web --flavor m1.tiny --image cirros");
  bed.open(PATH);
  bed.act({ kind: "watch", within: minutes(5) });
  bed.calls();
  return bed;
}

/** What is loaded before anything is shown or done. */
const LOADING = [
  "nova GET /v2/{t}/servers/detail?limit=21&project_id={t}",
  "neutron GET /v2.0/ports.json?device_id={id}",
  "neutron GET /v2.0/floatingips.json?port_id={id}&tenant_id={t}",
  "neutron GET /v2.0/ports.json?tenant_id={t}",
  "neutron GET /v2.0/networks.json?id={id}",
  "neutron GET /v2.0/subnets.json",
  "nova GET /v2/{t}/flavors/detail",
  IMAGES,
];

describe("the table", () => {
  it("of no servers asks for limits twice, and for nothing about them", () => {
    const bed = new DashboardBed();
    bed.signIn();
    const { stdout } = bed.open(PATH);
    expect(stdout).toContain("No items to display.");
    expect(bed.calls()).toEqual([
      "nova GET /v2/{t}/servers/detail?limit=21&project_id={t}",
      "neutron GET /v2.0/extensions.json",
      "nova GET /v2/{t}/limits?reserved=1",
      "nova GET /v2/{t}/limits?reserved=1",
    ]);
  });

  it("asks for servers, addresses, flavors and images, and for the rest while it is shown", () => {
    const bed = withServer();
    const { stdout } = bed.open(PATH);
    expect(bed.calls()).toEqual([
      ...LOADING,
      "neutron GET /v2.0/extensions.json",
      "nova GET /v2/{t}/limits?reserved=1",
      "nova GET /v2/{t}/extensions",
      "nova GET /v2/{t}/limits?reserved=1",
    ]);
    expect(stdout).toMatch(
      /\| web +\| cirros +\| 192\.168\.\d+\.\d+ +\| m1\.tiny +\| - +\| Active/u,
    );
    expect(stdout).toContain("Displaying 1 item");
  });

  it("asks for a row alone while it is under way, and Neutron for no address", () => {
    const bed = new DashboardBed();
    bed.signIn();
    bed.run("nova boot web --flavor m1.tiny --image cirros");
    bed.open(PATH);
    bed.calls();
    bed.cloud.advance("100ms");
    expect(bed.calls()).toEqual([
      "nova GET /v2/{t}/servers/{id}",
      "nova GET /v2/{t}/flavors/1",
      "glance HEAD /v1/images/{id}",
      "neutron GET /v2.0/extensions.json",
      "nova GET /v2/{t}/extensions",
    ]);
  });

  it("asks after 2.5 seconds, then after ever more of them, and for a shelved server without end", () => {
    const bed = new DashboardBed({ flags: { shelved_offload_time: -1 } });
    bed.signIn();
    bed.run("nova boot web --flavor m1.tiny --image cirros");
    bed.cloud.advance("60s");
    bed.run("nova shelve web");
    bed.cloud.advance("60s");
    bed.entries();
    expect(bed.open(PATH).stdout).toMatch(/\| Shelved +\|/u);
    bed.cloud.advance("60s");
    const times = bed
      .entries()
      .flatMap((entry) =>
        entry.kind === "rest.request" && entry.path.includes("row_update") ? [entry.at] : [],
      );
    const pauses = times.slice(1).map((time, i) => Math.floor((time - (times[i] ?? 0)) / 5e5) / 2);
    expect(pauses).toEqual([2.5, 5, 7.5, 10, 12.5, 15]);
  });

  it("loses the row of a server that is gone, and asks for its button again", () => {
    const bed = withServer();
    const { stdout } = bed.click("Terminate Instance", { rows: ["web"] });
    expect(stdout).toContain("Success: Scheduled termination of Instance: web");
    expect(stdout).toMatch(/\| Deleting +\|/u);
    bed.act({ kind: "watch", row: "web", within: minutes(5) });
    bed.cloud.advance("1s");
    expect(bed.act({ kind: "look" }).stdout).toContain("No items to display.");
    expect(bed.calls().at(-1)).toBe("nova GET /v2/{t}/limits?reserved=1");
  });
});

describe("an action", () => {
  it("has all data loaded before it is done, and the page once more afterwards", () => {
    const bed = withServer();
    bed.click("Terminate Instance", { rows: ["web"] });
    const calls = bed.calls();
    expect(calls.slice(0, LOADING.length + 1)).toEqual([
      ...LOADING,
      "nova DELETE /v2/{t}/servers/{id}",
    ]);
    expect(calls.slice(LOADING.length + 1)).toEqual([
      ...LOADING,
      "neutron GET /v2.0/extensions.json",
      "nova GET /v2/{t}/limits?reserved=1",
      "nova GET /v2/{t}/extensions",
      "nova GET /v2/{t}/limits?reserved=1",
    ]);
  });

  it("that Nova refuses is told without Nova's reason", () => {
    const bed = withServer();
    bed.cloud.inject({ answer: { status: 403, host: "nova-api@controller", method: "DELETE" } });
    const { stdout } = bed.click("Terminate Instance", { rows: ["web"] });
    expect(stdout).toContain("Error: Unable to terminate instance: web");
  });

  it("that is not offered cannot be clicked", () => {
    const bed = withServer();
    const { stderr, exit } = bed.click("Start Instance", { rows: ["web"] });
    expect(stderr).toContain('"Start Instance" is not offered for web');
    expect(exit).toBe(2);
    expect(bed.click("Terminate Instance", { rows: ["wep"] }).stderr).toContain(
      'there is no row "wep"',
    );
  });
});

describe("a service that does not answer", () => {
  it("Nova: leaves a table without rows, and says so", () => {
    const bed = withServer();
    bed.cloud.stop("nova-api@controller");
    const { stdout } = bed.open(PATH);
    expect(stdout).toContain("Error: Unable to retrieve instances.");
    expect(stdout).toContain("No items to display.");
    expect(bed.logged()).toContain("Failed to retrieve quota information");
  });

  it("Glance: ends the page, as its client's error is none that Horizon knows", () => {
    const bed = withServer();
    bed.cloud.stop("glance-api@controller");
    const { stdout } = bed.open(PATH);
    expect(stdout).toContain("Something went wrong!");
  });

  it("Neutron: ends every page, as panels of the sidebar ask it unguarded", () => {
    const bed = withServer();
    bed.cloud.stop("neutron-server@controller");
    expect(bed.open(PATH).stdout).toContain("Server error - OpenStack Dashboard");
    expect(bed.open("/project/").stdout).toContain("Something went wrong!");
  });
});
