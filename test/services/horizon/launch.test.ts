/**
 * Launch Instance, call by call and word by word:
 * openstack_dashboard/dashboards/project/instances/workflows/create_instance.py, usage/quotas.py,
 * horizon/workflows/views.py at 2014.2; novaclient/v1_1/servers.py at 2.20.0.
 */
import { describe, expect, it } from "vitest";
import { DashboardBed } from "./bed.js";

const PATH = "/project/instances/";
const VOLUMES = { services: ["horizon", "cinder"] };
const PUBLIC =
  "glance GET /v1/images/detail?is_public=True&status=active&sort_key=created_at&sort_dir=desc&limit=1000";
const OWN =
  "glance GET /v1/images/detail?property-owner_id={t}&status=active&sort_key=created_at&sort_dir=desc&limit=1000";

const DETAILS = [
  "nova GET /v2/{t}/os-availability-zone",
  "nova GET /v2/{t}/flavors/detail",
  PUBLIC,
  OWN,
  "cinder GET /v1/{t}/volumes/detail",
  "cinder GET /v1/{t}/snapshots/detail",
  "nova GET /v2/{t}/extensions",
];

const NETWORKS = [
  "neutron GET /v2.0/networks.json?tenant_id={t}&shared=False",
  "neutron GET /v2.0/subnets.json",
  "neutron GET /v2.0/networks.json?shared=True",
  "neutron GET /v2.0/subnets.json",
];

function atInstances(setup = {}): DashboardBed {
  const bed = new DashboardBed(setup);
  bed.signIn();
  bed.open(PATH);
  bed.calls();
  return bed;
}

/** What was sent to Nova to make a server. */
const bodyOf = (bed: DashboardBed): unknown =>
  bed
    .entries()
    .flatMap((entry) =>
      entry.kind === "rest.request" &&
      entry.method === "POST" &&
      entry.from === "horizon@controller" &&
      /\/(?:servers|os-volumes_boot)$/u.test(entry.path)
        ? [entry.body]
        : [],
    )[0];

describe("the dialogue", () => {
  it("asks for its choices step by step, and for limits while it is shown", () => {
    const bed = atInstances(VOLUMES);
    bed.click("Launch Instance");
    expect(bed.calls()).toEqual([
      ...DETAILS,
      "nova GET /v2/{t}/os-keypairs",
      "neutron GET /v2.0/extensions.json",
      "neutron GET /v2.0/security-groups.json?tenant_id={t}",
      ...NETWORKS,
      "nova GET /v2/{t}/limits",
    ]);
  });

  it("has volumes to boot from where there is a volume service, and a message where there is none", () => {
    const without = atInstances().click("Launch Instance").stdout;
    expect(without).toContain("Error: Invalid service catalog service: volume");
    expect(atInstances(VOLUMES).click("Launch Instance").stdout).not.toContain("Error:");
  });

  it("is without volumes while Cinder does not answer, and says so", () => {
    const bed = atInstances(VOLUMES);
    bed.cloud.stop("cinder-api@controller");
    const { stdout, exit } = bed.click("Launch Instance");
    expect(stdout).toContain("Error: Unable to retrieve list of volumes.");
    expect(stdout).toContain("Error: Unable to retrieve list of volume snapshots.");
    expect(exit).toBe(1);
  });
});

describe("what is sent", () => {
  it("has all choices and all quotas asked for again before it goes to Nova", () => {
    const bed = atInstances(VOLUMES);
    bed.click("Launch Instance");
    bed.calls();
    const { stdout, exit } = bed.launch({ network: "private" });
    const calls = bed.calls();
    const sent = calls.slice(calls.indexOf("nova GET /v2/{t}/limits") + 1);
    expect(sent.slice(0, sent.indexOf("nova POST /v2/{t}/servers") + 1)).toEqual([
      ...DETAILS,
      "neutron GET /v2.0/extensions.json",
      "nova GET /v2/{t}/os-quota-sets/{t}",
      "cinder GET /v1/{t}/os-quota-sets/{t}?usage=False",
      "neutron GET /v2.0/quotas/{t}.json",
      "neutron GET /v2.0/floatingips.json?tenant_id={t}",
      "neutron GET /v2.0/ports.json?tenant_id={t}",
      "nova GET /v2/{t}/servers/detail?project_id={t}",
      "cinder GET /v1/{t}/volumes/detail",
      "cinder GET /v1/{t}/snapshots/detail",
      "nova GET /v2/{t}/os-keypairs",
      "neutron GET /v2.0/security-groups.json?tenant_id={t}",
      ...NETWORKS,
      "nova POST /v2/{t}/servers",
    ]);
    expect(stdout).toContain('Success: Launched instance named "web".');
    expect(exit).toBe(0);
  });

  it("makes a server of an image, in the groups and networks that were chosen", () => {
    const bed = atInstances();
    bed.launch({ network: "private", count: 2, script_data: "#!/bin/sh" });
    const body = bodyOf(bed);
    expect(body).toEqual({
      server: {
        name: "web",
        imageRef: bed.cloud.id("image", "cirros"),
        flavorRef: "1",
        user_data: "IyEvYmluL3No",
        min_count: 2,
        max_count: 2,
        security_groups: [{ name: "default" }],
        availability_zone: "nova",
        networks: [{ uuid: bed.cloud.id("network", "private") }],
        "OS-DCF:diskConfig": "AUTO",
      },
    });
  });

  it("boots from a new volume of an image by the second form of block devices", () => {
    const bed = atInstances(VOLUMES);
    const source_type = "Boot from image (creates a new volume)";
    bed.launch({ source_type, volume_size: 2, delete_on_terminate: true });
    expect(bodyOf(bed)).toMatchObject({
      server: {
        imageRef: "",
        block_device_mapping_v2: [
          {
            device_name: "vda",
            source_type: "image",
            destination_type: "volume",
            delete_on_termination: 1,
            uuid: bed.cloud.id("image", "cirros"),
            boot_index: "0",
            volume_size: 2,
          },
        ],
      },
    });
  });
});

describe("what Horizon refuses by itself", () => {
  const refused = (fields: Parameters<DashboardBed["launch"]>[0], setup = {}): string => {
    const bed = atInstances(setup);
    const { stdout, exit } = bed.launch(fields);
    expect(exit).toBe(1);
    expect(bed.calls().filter((call) => call.startsWith("nova POST"))).toEqual([]);
    return stdout;
  };

  it("is more instances than the quota leaves", () => {
    expect(refused({ count: 11 })).toContain(
      "! The requested 11 instances cannot be launched as you only have 10 of your quota available.",
    );
  });

  it("is more cores and memory, told at the flavor for one instance and at the count for several", () => {
    expect(refused({ flavor: "m1.xlarge", count: 4 })).toContain(
      "exceed quota(s): Cores(Available: 20, Requested: 32), RAM(Available: 51200, Requested: 65536).",
    );
  });

  it("is an image that wants more than the flavor has", () => {
    const images = [{ name: "cirros", min_disk_gb: 40, min_ram_mb: 64 }];
    const text = refused({}, { images });
    expect(text).toContain("! The flavor 'm1.tiny' is too small for requested image.");
    expect(text).toContain("Minimum requirements: 64 MB of RAM and 40 GB of Root Disk.");
  });

  it("is a volume that is too small for its image", () => {
    const images = [{ name: "cirros", size_mb: 3000 }];
    const source_type = "Boot from image (creates a new volume)";
    const text = refused({ source_type, volume_size: 1 }, { ...VOLUMES, images });
    expect(text).toContain(
      "! The Volume size is too small for the 'cirros' image and has to be greater than or equal to '3' GB.",
    );
  });

  it("is a volume of no size, by an error of its own that leaves the dialogue unanswered", () => {
    const source_type = "Boot from image (creates a new volume)";
    expect(refused({ source_type, volume_size: "" }, VOLUMES)).toContain(
      "Danger: There was an error submitting the form. Please try again.",
    );
  });

  it("is nothing to boot from, no name, no network", () => {
    const text = refused({ source_type: "", name: "", network: [] });
    expect(text.match(/! This field is required\./gu)).toHaveLength(2);
    expect(text).toContain("! At least one network must be specified.");
  });
});

describe("what Nova refuses", () => {
  it("is told in Nova's words, and once more in Horizon's", () => {
    const bed = atInstances();
    bed.cloud.inject({
      answer: { status: 403, host: "nova-api@controller", method: "POST", path: "/v2/*/servers" },
    });
    const { stdout } = bed.launch({});
    expect(stdout).toMatch(/Error: .*\(HTTP 403\)/u);
    expect(stdout).toContain('Error: Unable to launch instance named "web".');
    expect(stdout).toContain("Instances - OpenStack Dashboard");
  });
});
