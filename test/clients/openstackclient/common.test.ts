/**
 * `openstack limits show`, `quota show|set`, `extension list`: what they ask and what they print. Upstream:
 * python-openstackclient 0.4.1, openstackclient/common/{limits,quota,extension}.py; python-novaclient 2.20.0,
 * novaclient/v1_1/{limits,quotas,quota_classes}.py; python-cinderclient 1.1.1, cinderclient/v1/quotas.py.
 */
import { describe, expect, it } from "vitest";
import { OpenStackBed } from "./bed.js";

const bed = new OpenStackBed({ seed: 5, servers: ["t1"], services: ["cinder"] });
const PROJECT = bed.id("project", "demo");

describe("openstack limits show", () => {
  it("asks Nova and Cinder, and says nothing unless it is told of what kind", () => {
    expect(bed.output("openstack limits show")).toBe("\n");
    expect(bed.asked).toEqual(["GET /limits", "GET /limits"]);
  });

  it("--absolute shows what is had and may be had, of both", () => {
    const rows = bed.rows("openstack limits show --absolute --reserved");
    expect(bed.asked).toEqual(["GET /limits?reserved=1", "GET /limits"]);
    expect(rows[0]).toBe("Name,Value");
    expect(rows).toEqual(
      expect.arrayContaining(["maxTotalInstances,10", "maxTotalVolumes,10", "maxTotalCores,20"]),
    );
    // Nova's come first, each service's in the order of a dictionary.
    const at = (name: string) => rows.findIndex((row) => row.startsWith(`${name},`));
    expect(at("maxTotalCores")).toBeLessThan(at("maxTotalVolumes"));
  });

  it("--rate shows how often each may be asked, and never together with --absolute", () => {
    expect(bed.rows("openstack limits show --rate")[0]).toBe(
      "Verb,URI,Value,Remain,Unit,Next Available",
    );
    expect(bed.failure("openstack limits show --rate --absolute", 2)).toContain(
      "argument --absolute: not allowed with argument --rate",
    );
  });
});

describe("openstack quota", () => {
  it("show has names of its own for what the APIs call otherwise", () => {
    const quota = bed.members(`openstack quota show ${PROJECT}`);
    expect(bed.asked).toEqual([
      `GET /os-quota-sets/${PROJECT}`,
      `GET /os-quota-sets/${PROJECT}?usage=False`,
    ]);
    expect(quota).toMatchObject({
      ...{ project: PROJECT, cores: "20", volumes: "10", "injected-path-size": "255" },
      ...{ "fixed-ips": "-1", secgroups: "10", properties: "128", server_groups: "10" },
    });
    expect(quota).not.toHaveProperty("id");
    expect(quota).not.toHaveProperty("metadata_items");
  });

  it("show --default asks for what holds for everybody, and not together with --class", () => {
    expect(bed.member("openstack quota show --default nobody", "project")).toBe("nobody");
    expect(bed.asked).toEqual([
      "GET /os-quota-sets/nobody/defaults",
      "GET /os-quota-sets/nobody/defaults",
    ]);
    expect(bed.failure("openstack quota show --default --class x", 2)).toContain(
      "not allowed with",
    );
  });

  it("set forgets every limit whose option has a dash, and Cinder refuses what is not given", () => {
    const set = `openstack quota set ${PROJECT} --cores 8 --fixed-ips 3 --key-pairs 2 --properties 0`;
    expect(bed.failure(set)).toMatch(/^ERROR: openstack .*\(HTTP 400\)/u);
    expect(bed.asked).toEqual([`PUT /os-quota-sets/${PROJECT}`, `PUT /os-quota-sets/${PROJECT}`]);
    expect(bed.bodies.slice(-2)).toEqual([
      { quota_set: { cores: 8, metadata_items: 0, tenant_id: PROJECT } },
      { quota_set: { tenant_id: PROJECT, gigabytes: null, snapshots: null, volumes: null } },
    ]);
    const quota = bed.members(`openstack quota show ${PROJECT}`);
    expect(quota).toMatchObject({ cores: "8", "fixed-ips": "-1", "key-pairs": "100" });
  });

  it("set changes both services where every limit of Cinder's is given", () => {
    const volumes = "--gigabytes 5 --snapshots 0 --volumes 4";
    expect(bed.output(`openstack quota set ${PROJECT} ${volumes}`)).toBe("");
    // What is 0 keeps its name of the API; these have one name alone.
    const quota = bed.members(`openstack quota show ${PROJECT}`);
    expect(quota).toMatchObject({ gigabytes: "5", snapshots: "0", volumes: "4" });
  });

  it("set --class and show --class are about a class", () => {
    const volumes = "--gigabytes 5 --snapshots 6 --volumes 7";
    bed.output(`openstack quota set --class gold --ram 1024 --secgroups 0 ${volumes}`);
    const classes = ["PUT /os-quota-class-sets/gold", "PUT /os-quota-class-sets/gold"];
    expect(bed.asked).toEqual(classes);
    const quota = bed.members("openstack quota show --class gold");
    expect(quota).toMatchObject({ project: "gold", ram: "1024", volumes: "7" });
    // A limit of 0 is shown under the name that the API has for it.
    expect(quota).toMatchObject({ security_groups: "0" });
    expect(quota).not.toHaveProperty("secgroups");
  });
});

/** Texts with commas are in quotes. */
const lines = (command: string, as = bed): readonly string[] =>
  as.output(`${command} -f csv`).trim().split(/\r?\n/u);

describe("openstack extension list", () => {
  it("lists those of Keystone, Nova and Cinder", () => {
    const rows = lines("openstack extension list");
    expect(bed.asked).toEqual(["GET /v2.0/extensions", "GET /extensions", "GET /extensions"]);
    expect(rows[0]).toBe('"Name","Alias","Description"');
    expect(rows).toContain('"OpenStack EC2 API","OS-EC2","OpenStack EC2 Credentials backend."');
    expect(rows).toContain(
      '"QuotaClasses","os-quota-class-sets","Quota classes management support."',
    );
  });

  it("--long shows more of those of one API", () => {
    const rows = lines("openstack extension list --long --identity");
    expect(bed.asked).toEqual(["GET /v2.0/extensions"]);
    expect(rows[0]).toBe('"Name","Namespace","Description","Alias","Updated","Links"');
    expect(rows).toHaveLength(8);
    expect(rows.find((row) => row.includes("OpenStack S3"))).toContain(
      "[{u'href': u'https://github.com/openstack/identity-api', u'type': u'text/html', u'rel': u'describedby'}]",
    );
  });

  it("warns of what an API does not have, and goes on", () => {
    const auth = "--os-identity-api-version 3 --os-auth-url http://controller:5000/v3";
    const { stdout, stderr, exit } = bed.result(`openstack ${auth} extension list --identity`);
    expect([stdout, exit]).toEqual(["\n", 0]);
    expect(stderr).toBe(
      "WARNING: openstackclient.common.extension Extensions list not supported by Identity API\n",
    );
  });

  it("fails where the catalog has no Cinder, which is looked for before it is asked", () => {
    const alone = new OpenStackBed({ seed: 5 });
    expect(alone.failure("openstack extension list")).toMatch(/^ERROR: openstack /u);
    expect(alone.failure("openstack limits show --absolute")).toMatch(/^ERROR: openstack /u);
    expect(lines("openstack extension list --compute", alone).length).toBeGreaterThan(40);
  });
});
