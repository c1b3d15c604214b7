/** What an administrator does with hosts: openstack_dashboard/dashboards/admin/{aggregates,instances,hypervisors} at 2014.2. */
import { describe, expect, it } from "vitest";
import { DashboardBed } from "./bed.js";

function asAdmin(setup = {}): DashboardBed {
  const bed = new DashboardBed({ computes: 2, ...setup });
  bed.signIn("admin");
  return bed;
}

const act = (bed: DashboardBed, step: unknown) => bed.do(step, "admin");

describe("host aggregates", () => {
  const RACKS = { name: "racks", "availability zone": "east", hosts: ["compute-1"] };

  it("are made in two steps, host by host, once nobody else has the name", () => {
    const bed = asAdmin();
    act(bed, "host aggregates");
    bed.calls();
    const { stdout } = act(bed, { "create host aggregate": RACKS });
    expect(stdout).toContain('Success: Created new host aggregate "racks".');
    expect(stdout).toMatch(/\| racks +\| east +\| compute-1 +\| availability_zone = east/u);
    const calls = bed.calls().map((call) => call.replace(/\/v2\/\{id\}/u, ""));
    expect(calls.filter((call) => /aggregates|os-hosts/u.test(call))).toEqual([
      "nova GET /os-hosts",
      "nova GET /os-aggregates",
      "nova GET /os-hosts",
      "nova POST /os-aggregates",
      "nova POST /os-aggregates/1/action",
      "nova GET /os-aggregates",
    ]);
    expect(act(bed, { "create host aggregate": { ...RACKS, name: "Racks" } }).stdout).toContain(
      '! The name "Racks" is already used by another host aggregate.',
    );
  });

  it("lose and gain hosts by one list, and go when they are empty", () => {
    const bed = asAdmin();
    act(bed, { "create host aggregate": RACKS });
    const hosts = (list: readonly string[]) =>
      act(bed, { "manage hosts": { aggregate: "racks", hosts: list } }).stdout;
    expect(hosts(["compute-2"])).toMatch(
      /Success: The Aggregate was updated[^]*racks[^]*compute-2/u,
    );
    expect(act(bed, { "delete host aggregate": "racks" }).stdout).toContain(
      "Error: Unable to delete host aggregate: racks",
    );
    hosts([]);
    expect(act(bed, { "delete host aggregate": "racks" }).stdout).toContain(
      "Success: Deleted Host Aggregate: racks",
    );
  });

  it("close their dialogue whatever becomes of a change", () => {
    const bed = asAdmin();
    act(bed, { "create host aggregate": RACKS });
    act(bed, { "create host aggregate": { ...RACKS, name: "other", hosts: [] } });
    const change = { aggregate: "other", name: "racks", "availability zone": "east" };
    const { stdout } = act(bed, { "edit host aggregate": change });
    expect(stdout).toContain("Error: Unable to update the aggregate.");
    expect(stdout).toContain("Host Aggregates - OpenStack Dashboard");
  });
});

describe("servers and their hosts", () => {
  it("are moved live to a host that is chosen from those with a compute service", () => {
    const bed = asAdmin();
    bed.run("nova boot web --flavor m1.tiny --image cirros");
    bed.cloud.advance("60s");
    act(bed, "admin instances");
    const from = /\| demo +\| (compute-\d)/u.exec(bed.do("look", "admin").stdout)?.[1] ?? "";
    const host = from === "compute-1" ? "compute-2" : "compute-1";
    const { stdout } = act(bed, {
      "live migrate instance": { instance: "web", host, "block migration": true },
    });
    expect(stdout).toContain(
      `Success: The instance is preparing the live migration to host "${host}".`,
    );
    expect(act(bed, { "live migrate instance": { instance: "web", host: from } }).exit).toBe(2);
  });

  it("leave a host that is down one by one, for one that is up", () => {
    const bed = asAdmin();
    bed.run("nova boot web --flavor m1.tiny --image cirros");
    bed.cloud.advance("60s");
    const show = bed.cloud
      .user("admin")
      .command(`nova show ${bed.cloud.id("server", "web") ?? ""}`);
    const from = /OS-EXT-SRV-ATTR:host +\| (\S+)/u.exec(show.stdout)?.[1] ?? "";
    const target = from === "compute-1" ? "compute-2" : "compute-1";
    bed.cloud.stop(`nova-compute@${from}`);
    bed.cloud.advance("90s");
    bed.act({ kind: "tab", path: "/admin/hypervisors/", tab: "Compute Host" }, "admin");
    const { stdout } = act(bed, { "evacuate host": { host: from, target } });
    expect(stdout).toContain(`Success: Starting evacuation from ${from} to ${target}.`);
    expect(bed.bodies("POST", /action$/u)).toEqual([
      { evacuate: { onSharedStorage: false, host: target } },
    ]);
  });
});
