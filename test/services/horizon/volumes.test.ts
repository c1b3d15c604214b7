/**
 * The panel Volumes, call by call and word by word: openstack_dashboard/dashboards/project/volumes/volumes/tables.py, forms.py,
 * views.py, snapshots/tables.py, tabs.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { DashboardBed } from "./bed.js";

const PUBLIC =
  "glance GET /v1/images/detail?is_public=True&status=active&sort_key=created_at&sort_dir=desc&limit=1000";
const OWN =
  "glance GET /v1/images/detail?property-owner_id={t}&status=active&sort_key=created_at&sort_dir=desc&limit=1000";

const FORM = [
  "cinder GET /v1/{t}/types",
  "cinder GET /v1/{t}/extensions",
  "cinder GET /v1/{t}/os-availability-zone",
  "cinder GET /v1/{t}/snapshots/detail",
  PUBLIC,
  OWN,
  "cinder GET /v1/{t}/volumes/detail",
];

const LIMITS = [
  "nova GET /v2/{t}/limits",
  "cinder GET /v1/{t}/limits",
  "cinder GET /v1/{t}/volumes/detail",
  "cinder GET /v1/{t}/snapshots/detail",
];

const INDEX = [
  "cinder GET /v1/{t}/volumes/detail",
  "nova GET /v2/{t}/servers/detail?project_id={t}",
];

function atVolumes(): DashboardBed {
  const bed = new DashboardBed({ services: ["horizon", "cinder"] });
  bed.signIn();
  bed.do("volumes");
  bed.calls();
  return bed;
}

function withVolume(): DashboardBed {
  const bed = atVolumes();
  bed.run("cinder create 1 --display-name data");
  bed.cloud.advance("10s");
  bed.do("volumes");
  bed.calls();
  return bed;
}

describe("the tab of volumes", () => {
  it("asks for volumes and servers, and for limits once, for all of its buttons", () => {
    const bed = withVolume();
    const { stdout } = bed.do("volumes");
    expect(bed.calls()).toEqual([
      ...INDEX,
      "neutron GET /v2.0/extensions.json",
      "cinder GET /v1/{t}/limits",
    ]);
    expect(stdout).toContain("[ Volumes ]  Volume Snapshots");
    expect(stdout).toMatch(/\| data \| - +\| 1GB +\| Available \| - +\| +\| nova +\| No +\| No/u);
  });

  it("loses its button where limits cannot be had, and says so on the next page", () => {
    const bed = withVolume();
    bed.cloud.inject({
      answer: { status: 500, host: "cinder-api@controller", path: "*/limits", times: 9 },
    });
    expect(bed.do("volumes").stdout).not.toContain("Error:");
    expect(bed.do({ "create volume": { name: "x" } }).stderr).toContain(
      '"Create Volume" is not offered',
    );
    const { stdout } = bed.do("overview");
    expect(stdout).toContain("Error: Unable to retrieve tenant limits.");
  });

  it("is empty, with a message, when Cinder does not answer", () => {
    const bed = atVolumes();
    bed.cloud.stop("cinder-api@controller");
    const { stdout, exit } = bed.do("volumes");
    expect(stdout).toContain("Error: Unable to retrieve volume list.");
    expect(stdout).toContain("No items to display.");
    expect(exit).toBe(1);
  });
});

describe("creating a volume", () => {
  it("has its form asked for twice, with all limits, before one call makes it", () => {
    const bed = atVolumes();
    const { stdout } = bed.do({ "create volume": { name: "data", "size gb": 2 } });
    expect(stdout).toContain('Info: Creating volume "data"');
    expect(bed.calls()).toEqual([
      ...[...FORM, ...LIMITS],
      ...[...FORM, ...LIMITS, "cinder POST /v1/{t}/volumes"],
      ...[...INDEX, "neutron GET /v2.0/extensions.json", "cinder GET /v1/{t}/limits"],
    ]);
  });

  it("sends what was chosen, and a zone only where it is not of a snapshot", () => {
    const bed = atVolumes();
    bed.do({ "create volume": { name: "root", image: "cirros", "availability zone": "nova" } });
    expect(bed.bodies("POST", /volumes$/u)[0]).toMatchObject({
      volume: {
        size: 1,
        display_name: "root",
        imageRef: bed.cloud.id("image", "cirros"),
        availability_zone: "nova",
        volume_type: "",
        snapshot_id: null,
        status: "creating",
        attach_status: "detached",
      },
    });
  });

  it("wants the source that it says it has, and is not sent over the quota", () => {
    const bed = atVolumes();
    const over = bed.do({ "create volume": { name: "big", "size gb": 5000 } });
    expect(over.stdout).toContain(
      "! A volume of 5000GB cannot be created as you only have 1000GB of your quota available.",
    );
    const fields = { name: "x", volume_source_type: "Image" };
    const { stdout } = bed.click("Create Volume", { path: "/project/volumes/", fields });
    expect(stdout).toContain("! Image source must be specified");
    expect(bed.calls()).not.toContain("cinder POST /v1/{t}/volumes");
  });
});

describe("snapshots of volumes", () => {
  const bed = withVolume();

  it("lead to their tab, which is loaded by itself", () => {
    const { stdout } = bed.do({ "create volume snapshot": { volume: "data", name: "monday" } });
    expect(stdout).toContain('Info: Creating volume snapshot "monday".');
    expect(stdout).toContain("Volumes  [ Volume Snapshots ]");
    expect(bed.calls().slice(-4)).toEqual([
      "cinder POST /v1/{t}/snapshots",
      "cinder GET /v1/{t}/snapshots/detail",
      "cinder GET /v1/{t}/volumes/detail",
      "neutron GET /v2.0/extensions.json",
    ]);
    bed.cloud.advance("10s");
  });

  it("keep their volume from being deleted, which is told in Horizon's words", () => {
    bed.do({ "delete volume": "data" });
    const { stdout } = bed.act({ kind: "look" });
    expect(stdout).toContain(
      'Error: Unable to delete volume "data". One or more snapshots depend on it.',
    );
    expect(stdout).not.toContain("Unable to delete volume:");
  });

  it("become volumes of at least their size", () => {
    const small = { snapshot: "monday", name: "copy" };
    expect(bed.do({ "create volume from snapshot": small }).stdout).toContain(
      'Info: Creating volume "copy"',
    );
    expect(bed.bodies("POST", /volumes$/u)[0]).toMatchObject({
      volume: { size: 1, availability_zone: null, imageRef: null },
    });
  });
});

describe("a volume and a server", () => {
  const bed = withVolume();
  bed.run("nova boot web --flavor m1.tiny --image cirros");
  bed.cloud.advance("60s");
  bed.calls();

  it("are put together by Nova, with the name of the disk that it chose", () => {
    const { stdout } = bed.do({ "attach volume": { volume: "data", instance: "web" } });
    expect(stdout).toContain("Info: Attaching volume data to instance web on /dev/vdb.");
    const calls = bed.calls();
    const sent = calls.indexOf("nova POST /v2/{t}/servers/{id}/os-volume_attachments");
    expect(calls.slice(sent - 2, sent + 2)).toEqual([
      "nova GET /v2/{t}/servers/detail?project_id={t}",
      "cinder GET /v1/{t}/volumes/{id}",
      "nova POST /v2/{t}/servers/{id}/os-volume_attachments",
      "cinder GET /v1/{t}/volumes/{id}",
    ]);
    bed.cloud.advance("30s");
  });

  it("are named in the row, which the list of servers is enough for", () => {
    bed.calls();
    expect(bed.do("volumes").stdout).toContain("Attached to web on /dev/vdb");
    expect(bed.calls()).not.toContain("nova GET /v2/{t}/servers/{id}");
  });

  it("are taken apart from the dialogue's own table, and asked about twice a poll", () => {
    const { stdout } = bed.do({ "detach volume": { volume: "data", instance: "web" } });
    expect(stdout).toContain("Success: Detaching Volume: Volume data on instance web");
    bed.calls();
    bed.cloud.advance("500ms");
    expect(bed.calls().slice(0, 4)).toEqual([
      "cinder GET /v1/{t}/volumes/{id}",
      "nova GET /v2/{t}/servers/{id}",
      "nova GET /v2/{t}/servers/{id}",
      "cinder GET /v1/{t}/limits",
    ]);
    bed.cloud.advance("60s");
  });

  it("only grow, and within the quota", () => {
    expect(bed.do({ "extend volume": { volume: "data", "size gb": 1 } }).stdout).toContain(
      "! New size must be greater than current size.",
    );
    expect(bed.do({ "extend volume": { volume: "data", "size gb": 5000 } }).stdout).toContain(
      "! Volume cannot be extended to 5000GB as you only have 999GB of your quota available.",
    );
    expect(bed.do({ "extend volume": { volume: "data", "size gb": 3 } }).stdout).toContain(
      'Info: Extending volume: "data"',
    );
    bed.cloud.advance("30s");
  });

  it("are uploaded as an image, renamed and deleted", () => {
    bed.entries();
    bed.do({ "upload to image": { volume: "data", name: "golden" } });
    expect(bed.bodies("POST", /action$/u)).toEqual([
      {
        "os-volume_upload_image": {
          force: false,
          image_name: "golden",
          container_format: "bare",
          disk_format: "raw",
        },
      },
    ]);
    bed.cloud.advance("120s");
    expect(bed.do({ "edit volume": { volume: "data", name: "gone" } }).stdout).toContain(
      'Info: Updating volume "gone"',
    );
    expect(bed.do({ "delete volume": "gone" }).stdout).toContain(
      "Success: Scheduled deletion of Volume: gone",
    );
  });
});
