/**
 * `openstack volume` and `openstack snapshot`: what they ask and what they print. Upstream:
 * python-openstackclient 0.4.1, openstackclient/volume/v1/volume.py, type.py, snapshot.py, common/utils.py (find_resource).
 */
import { describe, expect, it } from "vitest";
import { OpenStackBed } from "./bed.js";

const bed = new OpenStackBed({ seed: 5, servers: ["t2"], services: ["cinder"] });
const LOOK = "GET /volumes/detail?all_tenants=1";

describe("openstack volume", () => {
  it("makes a volume, with its properties and type under names of its own", () => {
    const made = bed.members(
      "openstack volume create v1 --size 1 --property a=b --property c=d --property a",
    );
    expect(bed.asked).toEqual(["POST /volumes"]);
    expect(bed.bodies.at(-1)).toEqual({
      volume: {
        size: 1,
        snapshot_id: null,
        display_name: "v1",
        display_description: null,
        volume_type: null,
        user_id: null,
        project_id: null,
        availability_zone: null,
        status: "creating",
        attach_status: "detached",
        metadata: { c: "d" },
        imageRef: null,
        source_volid: null,
      },
    });
    expect(made).toMatchObject({ display_name: "v1", properties: "c='d'", size: "1" });
    expect(Object.keys(made)).not.toContain("metadata");
    bed.cloud.settle();
  });

  it("makes one for another project and user, of another volume, each by its name", () => {
    bed.output("openstack volume create v2 --size 1 --source v1 --project demo --user demo");
    const [source, demo] = [bed.id("volume", "v1"), bed.id("project", "demo")];
    expect(bed.asked).toEqual([
      "GET /volumes/v1",
      LOOK,
      "GET /v2.0/tenants/demo",
      "GET /v2.0/tenants",
      "GET /v2.0/users/demo",
      "GET /v2.0/users",
      "POST /volumes",
    ]);
    expect(bed.bodies.at(-1)).toMatchObject({ volume: { source_volid: source, project_id: demo } });
    bed.cloud.settle();
    bed.done("openstack volume delete v2");
  });

  it("lists them, and never says what they are attached to", () => {
    const id = bed.id("volume", "v1");
    expect(bed.rows("openstack volume list --name v1")).toEqual([
      "ID,Display Name,Status,Size,Attached",
      `${id},v1,available,1,`,
    ]);
    expect(bed.asked).toEqual(["GET /volumes/detail?display_name=v1"]);
    expect(bed.rows("openstack volume list --all-projects --long --status available")).toEqual([
      "ID,Display Name,Status,Size,Type,Bootable,Attached,Properties",
      `${id},v1,available,1,None,false,,c='d'`,
    ]);
    expect(bed.asked).toEqual(["GET /volumes/detail?all_tenants=True&status=available"]);
    expect(bed.output("openstack volume list --status error")).toBe("\n");
  });

  it("changes name, description and properties, and says so if there is nothing to change", () => {
    const id = bed.id("volume", "v1");
    expect(bed.output("openstack volume set v1 --name w1 --property e=f")).toBe("");
    expect(bed.asked).toEqual([
      "GET /volumes/v1",
      LOOK,
      `POST /volumes/${id}/metadata`,
      `PUT /volumes/${id}`,
    ]);
    expect(bed.member("openstack volume show w1", "properties")).toBe("c='d', e='f'");
    expect(bed.output("openstack volume unset w1 --property e --property c")).toBe("");
    expect(bed.asked.slice(2)).toEqual([
      `DELETE /volumes/${id}/metadata/e`,
      `DELETE /volumes/${id}/metadata/c`,
    ]);
    const nothing = {
      stdout: "",
      stderr: "ERROR: openstackclient.shell No changes requested\n\n",
      exit: 0,
    };
    expect(bed.result("openstack volume set w1")).toEqual(nothing);
    expect(bed.result("openstack volume unset w1")).toEqual(nothing);
    bed.output(`openstack volume set ${id} --name v1`);
  });

  it("shows one with its project", () => {
    const shown = bed.members("openstack volume show v1");
    expect(shown).toMatchObject({ project_id: bed.tenant, type: "None", properties: "" });
    expect(Object.keys(shown)).not.toContain("os-vol-tenant-attr:tenant_id");
  });

  it("is attached to a server and detached again", () => {
    const [server, id] = [bed.server, bed.id("volume", "v1")];
    expect(bed.done("openstack server add volume t2 v1 --device /dev/vdc")).toBe("");
    expect(bed.asked).toEqual([
      "GET /servers/t2",
      "GET /servers?name=t2",
      `GET /servers/${server}`,
      "GET /volumes/v1",
      LOOK,
      `POST /servers/${server}/os-volume_attachments`,
    ]);
    expect(bed.bodies.at(-1)).toEqual({ volumeAttachment: { volumeId: id, device: "/dev/vdc" } });
    expect(bed.member("openstack volume show v1", "status")).toBe("in-use");
    expect(bed.done(`openstack server remove volume ${server} ${id}`)).toBe("");
    expect(bed.member("openstack volume show v1", "status")).toBe("available");
  });

  it("is deleted, whatever its state with --force", () => {
    bed.done("openstack volume create gone --size 1");
    bed.done("openstack volume delete gone --force");
    expect(bed.failure("openstack volume show gone")).toBe(
      "ERROR: openstack No volume with a name or ID of 'gone' exists.\n",
    );
    expect(bed.failure("openstack volume show 12")).toBe(
      "ERROR: openstack The resource could not be found. (HTTP 404) (Request-ID: req-x)\n",
    );
  });

  it("refuses what is no size as argparse of Python 2 does, after the login", () => {
    expect(bed.failure("openstack volume create v --size big", 2)).toContain(
      "openstack volume create: error: argument --size: invalid int value: 'big'\n",
    );
    expect(bed.requests).toEqual(["POST /v2.0/tokens"]);
    expect(bed.failure("openstack volume create v", 2)).toContain("argument --size is required");
  });

  it("does not know two of one name apart", () => {
    bed.done("openstack volume create twin --size 1");
    bed.done("openstack volume create twin --size 1");
    expect(bed.failure("openstack volume delete twin")).toBe(
      "ERROR: openstack More than one volume exists with the name 'twin'.\n",
    );
  });
});

describe("openstack volume type", () => {
  it("makes, changes, lists and deletes types", () => {
    const made = bed.members("openstack volume type create fast --property a=b");
    const { id = "" } = made;
    expect(made).toEqual({ id, name: "fast", properties: "a='b'" });
    expect(bed.asked).toEqual(["POST /types", `POST /types/${id}/extra_specs`]);
    expect(bed.output("openstack volume type set fast --property c=d")).toBe("");
    expect(bed.asked).toEqual(["GET /types/fast", "GET /types", `POST /types/${id}/extra_specs`]);
    expect(bed.rows("openstack volume type list")).toEqual(["ID,Name", `${id},fast`]);
    expect(bed.output("openstack volume type list --long -f csv --quote minimal")).toBe(
      `ID,Name,Properties\n${id},fast,"a='b', c='d'"\n`,
    );
    expect(bed.output("openstack volume type unset fast --property a --property c")).toBe("");
    expect(bed.asked.slice(2)).toEqual([
      `DELETE /types/${id}/extra_specs/a`,
      `DELETE /types/${id}/extra_specs/c`,
    ]);
    expect(bed.result(`openstack volume type unset ${id}`)).toEqual({
      stdout: "",
      stderr: "ERROR: openstackclient.shell No changes requested\n\n",
      exit: 0,
    });
    expect(bed.output("openstack volume type set fast")).toBe("");
    bed.done("openstack volume create typed --size 1 --type fast");
    expect(bed.member("openstack volume show typed", "type")).toBe("fast");
    bed.done("openstack volume delete typed");
    bed.output("openstack volume type delete fast");
    expect(bed.failure("openstack volume type delete fast")).toBe(
      "ERROR: openstack No volumetype with a name or ID of 'fast' exists.\n",
    );
  });
});

describe("openstack snapshot", () => {
  it("makes, lists, changes, shows and deletes snapshots", () => {
    bed.output("openstack snapshot create v1 --name s1 --description 'the first'");
    expect(bed.asked).toEqual(["GET /volumes/v1", LOOK, "POST /snapshots"]);
    expect(bed.bodies.at(-1)).toEqual({
      snapshot: {
        volume_id: bed.id("volume", "v1"),
        force: false,
        display_name: "s1",
        display_description: "the first",
      },
    });
    bed.cloud.settle();
    const [head, row = ""] = bed.rows("openstack snapshot list");
    expect(head).toBe("ID,Display Name,Display Description,Status,Size");
    expect(row).toMatch(/^[0-9a-f-]{36},s1,the first,available,1$/u);
    expect(bed.output("openstack snapshot set s1")).toBe(
      "Snapshot not updated, no arguments present",
    );
    bed.output("openstack snapshot set s1 --name s2");
    expect(bed.bodies.at(-1)).toEqual({ snapshot: { display_name: "s2" } });
    expect(bed.member("openstack snapshot show s2", "status")).toBe("available");
    bed.done("openstack snapshot delete s2");
    expect(bed.failure("openstack snapshot show s2")).toBe(
      "ERROR: openstack No snapshot with a name or ID of 's2' exists.\n",
    );
  });

  it("needs a name", () => {
    expect(bed.failure("openstack snapshot create v1", 2)).toContain("argument --name is required");
  });
});
