/**
 * Forms and the page of one server: openstack_dashboard/dashboards/project/instances/views.py (DetailView), tabs.py, forms.py,
 * workflows/resize_instance.py, workflows/update_instance.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { DashboardBed } from "./bed.js";

const bed = new DashboardBed();
bed.signIn();
bed.run("nova boot web --flavor m1.tiny --image cirros");
bed.cloud.advance("60s");
bed.do("instances");
bed.calls();

/** What every tab of the page costs. */
const DETAIL = [
  "nova GET /v2/{t}/servers/{id}",
  "nova GET /v2/{t}/servers/{id}/os-volume_attachments",
  "nova GET /v2/{t}/flavors/1",
  "neutron GET /v2.0/extensions.json",
  "neutron GET /v2.0/ports.json?device_id={id}",
  "neutron GET /v2.0/security-groups.json?id={id}",
  "neutron GET /v2.0/ports.json?device_id={id}",
  "neutron GET /v2.0/floatingips.json?port_id={id}&tenant_id={t}",
  "neutron GET /v2.0/ports.json?tenant_id={t}",
  "neutron GET /v2.0/networks.json?id={id}",
  "neutron GET /v2.0/subnets.json",
];

describe("the page of a server", () => {
  it("asks four services before it is shown, and Glance while it is", () => {
    const { stdout } = bed.do({ "open instance": "web" });
    expect(bed.calls()).toEqual([...DETAIL, "glance HEAD /v1/images/{id}"]);
    expect(stdout).toContain("[ Overview ]  Log  Console  Action Log");
    expect(stdout).toContain("ALLOW IPv4  to 0.0.0.0/0");
  });

  it("asks for everything again when a tab is clicked, and for what is in it", () => {
    const { stdout } = bed.do({ "action log": "web" });
    expect(bed.calls()).toEqual([...DETAIL, "nova GET /v2/{t}/servers/{id}/os-instance-actions"]);
    expect(stdout).toMatch(/\| req-[0-9a-f-]{36} \| create \|/u);
  });

  it("tries three consoles, one after the other, and tells of none", () => {
    bed.cloud.inject({
      answer: {
        status: 501,
        host: "nova-api@controller",
        method: "POST",
        path: "*/action",
        times: 4,
      },
    });
    const { stdout } = bed.do({ console: "web" });
    expect(stdout).toContain("console is currently unavailable. Please try again later.");
    expect(bed.calls().filter((call) => call.startsWith("nova POST"))).toHaveLength(3);
    expect(bed.do({ "view log": "web" }).stdout).toContain('Unable to get log for instance "');
    bed.cloud.heal();
  });

  it("that Nova does not find leads back to the list", () => {
    bed.cloud.inject({
      answer: { status: 404, host: "nova-api@controller", path: "*/os-volume_attachments" },
    });
    bed.do("instances");
    const { stdout } = bed.do({ "open instance": "web" });
    expect(stdout).toMatch(/Error: Unable to retrieve details for instance "[0-9a-f-]{36}"\./u);
    expect(stdout).toContain("Instances - OpenStack Dashboard");
    bed.cloud.heal();
  });
});

describe("the forms", () => {
  it("send a name and the groups of every port, whatever was changed", () => {
    bed.do("instances");
    bed.entries();
    const { stdout } = bed.do({ "edit instance": { instance: "web", name: "www" } });
    expect(stdout).toContain('Success: Modified instance "www".');
    const calls = bed.calls();
    const renamed = calls.indexOf("nova PUT /v2/{t}/servers/{id}");
    expect(calls.slice(renamed - 5, renamed + 3)).toEqual([
      "nova GET /v2/{t}/servers/{id}",
      "neutron GET /v2.0/extensions.json",
      "neutron GET /v2.0/security-groups.json?tenant_id={t}",
      "neutron GET /v2.0/ports.json?device_id={id}",
      "neutron GET /v2.0/security-groups.json?id={id}",
      "nova PUT /v2/{t}/servers/{id}",
      "neutron GET /v2.0/ports.json?device_id={id}",
      "neutron PUT /v2.0/ports/{id}.json",
    ]);
  });

  it("want another flavor than the one that there is, before Nova is asked", () => {
    bed.do("instances");
    bed.calls();
    const { stdout } = bed.do({ "resize instance": { instance: "www", flavor: "m1.tiny" } });
    expect(stdout).toContain("! Please choose a new flavor that is not the same as the old one.");
    expect(bed.calls()).toEqual([
      "nova GET /v2/{t}/servers/{id}",
      "nova GET /v2/{t}/flavors/detail",
      "nova GET /v2/{t}/extensions",
      "nova GET /v2/{t}/limits",
      "nova GET /v2/{t}/servers/{id}",
      "nova GET /v2/{t}/flavors/detail",
      "nova GET /v2/{t}/extensions",
      "nova GET /v2/{t}/limits",
    ]);
  });

  it("rebuild a server of another image, by its id", () => {
    bed.do("instances");
    bed.entries();
    const { stdout } = bed.do({ "rebuild instance": { instance: "www", image: "cirros" } });
    expect(stdout).toMatch(/Success: Rebuilding instance [0-9a-f-]{36}\./u);
    expect(bed.bodies("POST", /action$/u)).toEqual([
      {
        rebuild: { imageRef: bed.cloud.id("image", "cirros"), "OS-DCF:diskConfig": "AUTO" },
      },
    ]);
    bed.cloud.advance("60s");
  });

  it("snapshot a server, and lead to the images, of which it is one then", () => {
    bed.do("instances");
    bed.entries();
    const { stdout } = bed.do({ "create snapshot": { instance: "www", name: "sunday" } });
    expect(stdout).toContain('Success: Snapshot "sunday" created for instance "www"');
    expect(stdout).toContain("Images - OpenStack Dashboard");
    expect(stdout).toMatch(/\| sunday +\| Snapshot +\| Queued/u);
    bed.cloud.advance("60s");
  });

  it("that snapshot a server say in one message that it failed, and lead back", () => {
    bed.cloud.inject({
      answer: { status: 500, host: "nova-api@controller", method: "POST", path: "*/action" },
    });
    bed.do("instances");
    bed.entries();
    const { stdout } = bed.do({ "create snapshot": { instance: "www", name: "monday" } });
    expect(stdout).toContain("Error: Unable to create snapshot.");
    expect(bed.bodies("POST", /action$/u)).toEqual([
      { createImage: { name: "monday", metadata: {} } },
    ]);
    bed.cloud.heal();
  });
});

describe("the buttons of a row", () => {
  it("pause a server, whose words then are to resume it", () => {
    bed.do("instances");
    expect(bed.do({ "pause instance": "www" }).stdout).toContain("Success: Paused Instance: www");
    bed.cloud.advance("30s");
    bed.do("instances");
    expect(bed.act({ kind: "look" }).stdout).toMatch(/\| Paused +\|/u);
    expect(bed.do({ "pause instance": "www" }).stderr).toContain("Resume Instance");
    expect(bed.do({ "resume instance": "www" }).stdout).toContain("Success: Resumed Instance: www");
    bed.cloud.advance("30s");
  });

  it("suspend it and reboot it, hard or soft", () => {
    bed.do("instances");
    expect(bed.do({ "suspend instance": "www" }).stdout).toContain("Success: Suspended Instance");
    bed.cloud.advance("30s");
    bed.do("instances");
    bed.do({ "resume instance": "www" });
    bed.cloud.advance("30s");
    bed.do("instances");
    bed.entries();
    expect(bed.do({ "soft reboot instance": "www" }).stdout).toContain(
      "Success: Soft Rebooted Instance: www",
    );
    expect(bed.bodies("POST", /action$/u)).toEqual([{ reboot: { type: "SOFT" } }]);
  });
});
