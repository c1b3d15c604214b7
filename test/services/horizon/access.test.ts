/**
 * Access & Security, tab by tab: openstack_dashboard/dashboards/project/access_and_security/tabs.py, security_groups/forms.py,
 * keypairs/views.py, floating_ips/workflows.py, openstack_dashboard/api/neutron.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { DashboardBed } from "./bed.js";

const TABS = [
  "neutron GET /v2.0/extensions.json",
  "neutron GET /v2.0/security-groups.json?tenant_id={t}",
  "nova GET /v2/{t}/os-keypairs",
  "neutron GET /v2.0/floatingips.json?tenant_id={t}",
  "neutron GET /v2.0/ports.json?tenant_id={t}",
  "neutron GET /v2.0/networks.json?router%3Aexternal=True",
  "nova GET /v2/{t}/servers/detail?project_id={t}",
];

const bed = new DashboardBed({ services: ["horizon", "neutron-l3-agent"] });
const admin = bed.cloud.user("admin");
admin.command("neutron net-create ext --router:external True");
admin.command("neutron subnet-create ext 172.24.4.0/24 --disable-dhcp");
bed.signIn();

describe("the page", () => {
  it("loads all four tabs, and counts quotas once for two buttons", () => {
    const { stdout } = bed.do("access and security");
    expect(bed.calls()).toEqual([
      ...TABS,
      "nova GET /v2/{t}/os-quota-sets/{t}",
      "neutron GET /v2.0/quotas/{t}.json",
      "neutron GET /v2.0/floatingips.json?tenant_id={t}",
      "neutron GET /v2.0/ports.json?tenant_id={t}",
      "nova GET /v2/{t}/flavors/detail",
      "nova GET /v2/{t}/servers/detail?project_id={t}",
    ]);
    expect(stdout).toContain("[ Security Groups ]  Key Pairs  Floating IPs  API Access");
  });

  it("shows another tab without a call, and comes back to it (horizon/static/horizon/js/horizon.tabs.js)", () => {
    expect(bed.do("api access").stdout).toMatch(/\| Compute +\| http:\/\/controller:8774/u);
    expect(bed.calls()).toEqual([]);
    bed.do("overview");
    expect(bed.do("access and security").stdout).toContain("[ API Access ]");
    expect(bed.do("download rc file").stdout).toContain('export OS_USERNAME="demo"');
  });
});

describe("a security group", () => {
  it("is made, and the one that is there already cannot be changed", () => {
    const name = { name: "www group", description: "for the web" };
    expect(bed.do({ "create security group": name }).stdout).toContain(
      "! The string may only contain ASCII characters and numbers.",
    );
    const { stdout } = bed.do({ "create security group": { ...name, name: "www" } });
    expect(stdout).toContain("Success: Successfully created security group: www");
    expect(bed.do({ "delete security group": "default" }).stderr).toContain(
      '"Delete Security Group" is not offered for default: there is Manage Rules',
    );
  });

  it("takes rules by name, and they are read back with the names of groups", () => {
    bed.entries();
    const { stdout } = bed.do({ "add rule": { group: "www", rule: "SSH" } });
    expect(stdout).toContain("Success: Successfully added rule: ALLOW IPv4 22/tcp from 0.0.0.0/0");
    expect(stdout).toMatch(
      /\| Ingress +\| IPv4 +\| TCP +\| 22 \(SSH\) +\| 0\.0\.0\.0\/0 \(CIDR\)/u,
    );
    const calls = bed.calls();
    const sent = calls.indexOf("neutron POST /v2.0/security-group-rules.json");
    expect(calls[sent + 1]).toBe(
      "neutron GET /v2.0/security-groups.json?id={id}&fields=id&fields=name",
    );
  });

  it("has what is missing told one at a time, in upstream's order", () => {
    const rule = (more: object) => bed.do({ "add rule": { group: "www", ...more } }).stdout;
    expect(rule({ rule: "Custom ICMP Rule" })).toContain("! The ICMP type is invalid.");
    expect(rule({ rule: "Custom ICMP Rule", type: 8 })).toContain("! The ICMP code is invalid.");
    expect(rule({ rule: "Custom TCP Rule" })).toContain("! The specified port is invalid.");
    expect(rule({ rule: "Custom TCP Rule", "to port": 9 })).toContain(
      '! The "from" port number is invalid.',
    );
    expect(rule({ rule: "Custom TCP Rule", "from port": 9, "to port": 8 })).toContain(
      '! The "to" port number must be greater than or equal to the "from" port number.',
    );
    expect(rule({ rule: "Custom UDP Rule", port: 70000 })).toContain("! Not a valid port number");
    expect(rule({ rule: "SSH", cidr: "junk" })).toContain("! Incorrect format for IP address");
  });

  it("sends no negative number, and lets another group in by its id", () => {
    bed.entries();
    bed.do({ "add rule": { group: "www", rule: "All ICMP" } });
    bed.do({ "add rule": { group: "www", rule: "HTTP", "security group": "default" } });
    const [icmp, http] = bed.bodies("POST", /security-group-rules/u);
    expect(icmp).toMatchObject({
      security_group_rule: { protocol: "icmp", port_range_min: null, port_range_max: null },
    });
    expect(http).toMatchObject({ security_group_rule: { remote_ip_prefix: null } });
    const { stdout } = bed.do({ "manage rules": "www" });
    expect(stdout).toMatch(/80 \(HTTP\) +\| default/u);
  });

  it("loses a rule by what it says", () => {
    const rule = "ALLOW IPv4 22/tcp from 0.0.0.0/0";
    expect(bed.do({ "delete rule": { group: "www", rule } }).stdout).toContain(
      `Success: Deleted Rule: ${rule}`,
    );
  });
});

describe("a key pair", () => {
  it("is made by the page that its form leads to", () => {
    bed.entries();
    const { stdout } = bed.do({ "create key pair": { name: "mine" } });
    expect(stdout).toContain('The key pair "mine" should download automatically.');
    expect(bed.visits().slice(-2)).toEqual([
      "GET /project/access_and_security/keypairs/mine/download/",
      "GET /project/access_and_security/keypairs/mine/generate/",
    ]);
    expect(bed.do("key pairs").stdout).toMatch(/\| mine +\| (?:[0-9a-f]{2}:){15}/u);
  });

  it("of a name that is taken leads back with Nova's reason", () => {
    const { stdout } = bed.do({ "create key pair": { name: "mine" } });
    expect(stdout).toMatch(/Error: Unable to create key pair: .*already exists.*\(HTTP 409\)/u);
  });

  it("is not imported without a reason of Nova's", () => {
    const { stdout } = bed.do({ "import key pair": { name: "other", "public key": "junk" } });
    expect(stdout).toContain("! Unable to import key pair.");
    expect(bed.do({ "delete key pair": "mine" }).stdout).toContain(
      "Success: Deleted Key Pair: mine",
    );
  });
});

describe("a floating IP", () => {
  it("is taken from a pool once all quotas are counted again", () => {
    const { stdout } = bed.do("allocate floating ip");
    expect(stdout).toContain("Success: Allocated Floating IP 172.24.4.2.");
    expect(bed.do("floating ips").stdout).toMatch(/\| 172\.24\.4\.2 \| - +\| ext +\|/u);
  });

  it("reaches no port whose network has no router to the outside", () => {
    bed.run("nova boot web --flavor m1.tiny --image cirros");
    bed.cloud.advance("60s");
    const { stderr } = bed.do({
      "associate floating ip": { instance: "web", ip: "172.24.4.2", port: "web" },
    });
    expect(stderr).toContain('Port to be associated offers no "web": there is none');
  });

  it("is released", () => {
    expect(bed.do({ "release floating ip": "172.24.4.2" }).stdout).toContain(
      "Success: Released Floating IP: 172.24.4.2",
    );
  });
});
