/**
 * Quotas, services, qualities, encryption and offers by `cinder`, in both versions. Upstream:
 * python-cinderclient 1.1.1, v1/shell.py, v2/shell.py, v1/qos_specs.py, v1/contrib/list_extensions.py.
 */
import { describe, expect, it } from "vitest";
import { CinderBed } from "./bed.js";

const bed = new CinderBed();
const V2 = "cinder --os-volume-api-version 2";
const { tenant } = bed;

describe("cinder and limits", () => {
  it("shows volumes, snapshots and gigabytes, and never backups", () => {
    const usual = [
      ["Property", "Value"],
      ["gigabytes", "1000"],
      ["snapshots", "10"],
      ["volumes", "10"],
    ];
    expect(bed.cells(`cinder quota-show ${tenant}`)).toEqual(usual);
    expect(bed.requests.at(-1)).toContain(`/os-quota-sets/${tenant}?usage=False`);
    expect(bed.cells(`${V2} quota-defaults ${tenant}`)).toEqual(usual);
    expect(bed.cells(`${V2} quota-usage ${tenant}`)).toEqual([
      ["Type", "In_use", "Reserved", "Limit"],
      ["gigabytes", "0", "0", "1000"],
      ["snapshots", "0", "0", "10"],
      ["volumes", "0", "0", "10"],
    ]);
  });

  it("sets those of a type by its name, and forgets them", () => {
    bed.done("cinder type-create fast");
    const set = bed.properties(`cinder quota-update ${tenant} --volumes 3 --volume-type fast`);
    expect(bed.bodies.at(-1)).toEqual({ quota_set: { tenant_id: tenant, volumes_fast: 3 } });
    expect(set).toMatchObject({ volumes: "10", volumes_fast: "3" });
    bed.silent(`cinder quota-update ${tenant}`);
    expect(bed.asked()).toEqual([]);
    bed.silent(`cinder quota-delete ${tenant}`);
    // In version 2 it asks the service of version 1.
    expect(bed.failure(`${V2} quota-delete ${tenant}`).stderr).toContain(
      "API version is set to 2 but you are accessing a 1 endpoint.",
    );
  });

  it("changes a class, and fails", () => {
    expect(bed.failure("cinder quota-class-update default --volumes 4").stderr).toBe(
      "ERROR: 'NoneType' object has no attribute '_info'\n",
    );
    expect(bed.properties("cinder quota-class-show default")).toMatchObject({ volumes: "4" });
    expect(bed.failure(`${V2} quota-class-update default --volumes 5`).stderr).toBe(
      "ERROR: 'Namespace' object has no attribute 'class_name'\n",
    );
    expect(bed.properties("cinder absolute-limits")).toMatchObject({ maxTotalVolumes: "4" });
    expect(bed.cells("cinder rate-limits")).toEqual([
      ["Verb", "URI", "Value", "Remain", "Unit", "Next_Available"],
    ]);
  });
});

describe("cinder and services", () => {
  it("lists, disables and enables them", () => {
    const [header, ...rows] = bed.cells("cinder service-list --binary cinder-volume");
    expect(header).toEqual([
      ...["Binary", "Host", "Zone", "Status", "State", "Updated_at", "Disabled Reason"],
    ]);
    expect(rows.map((row) => row.slice(0, 5))).toEqual([
      ["cinder-volume", "controller", "nova", "enabled", "up"],
    ]);
    expect(
      bed.cells("cinder service-disable controller cinder-volume --reason 'new disks'"),
    ).toEqual([
      ["Host", "Binary", "Status", "Disabled Reason"],
      ["controller", "cinder-volume", "disabled", "new disks"],
    ]);
    expect(bed.cells("cinder availability-zone-list")).toEqual([
      ["Name", "Status"],
      ["nova", "not available"],
    ]);
    expect(bed.cells(`${V2} service-enable controller cinder-volume`)).toEqual([
      ["Host", "Binary", "Status"],
      ["controller", "cinder-volume", "enabled"],
    ]);
    expect(bed.failure("cinder service-disable nowhere cinder-volume").stderr).toBe(
      "ERROR: Not Found (HTTP 404) (Request-ID: req-x)\n",
    );
  });

  it("lists extensions with the first line of what each is for", () => {
    const rows = bed.cells("cinder list-extensions");
    expect(rows[0]).toEqual(["Name", "Summary", "Alias", "Updated"]);
    expect(rows).toContainEqual([
      ...["VolumeActions", "Enable volume actions", "os-volume-actions"],
      "2012-05-31T00:00:00+00:00",
    ]);
  });
});

describe("cinder and qualities of service", () => {
  it("makes them and gives them to a type; a name finds nothing", () => {
    const made = bed.properties("cinder qos-create gold consumer=front-end iops=5");
    expect(made).toMatchObject({ consumer: "front-end", specs: "{u'iops': u'5'}" });
    const id = made["id"] ?? "";
    const type = bed.cells("cinder type-list")[1]?.[0] ?? "";
    bed.silent(`cinder qos-associate ${id} ${type}`);
    expect(bed.cells(`${V2} qos-get-association ${id}`)).toEqual([
      ["Association_Type", "Name", "ID"],
      ["volume_type", "fast", type],
    ]);
    bed.silent(`cinder qos-key ${id} set bytes=9`);
    expect(bed.failure(`${V2} qos-key ${id} set bytes=9`).stderr).toContain("a 1 endpoint");
    expect(bed.cells("cinder qos-list")[1]?.slice(0, 3)).toEqual([id, "gold", "front-end"]);
    expect(bed.failure("cinder qos-show gold").stderr).toBe(
      "ERROR: list() got an unexpected keyword argument 'search_opts'\n",
    );
    bed.silent(`cinder qos-disassociate ${id} ${type}`);
    bed.silent(`cinder qos-delete ${id} --force true`);
    expect(bed.requests.at(-1)).toContain(`/qos-specs/${id}?force=True`);
  });

  it("says how a type is encrypted", () => {
    const row = ["luks", "aes", "256", "front-end"];
    const made = bed.cells("cinder encryption-type-create fast luks --cipher aes --key_size 256");
    expect(made[0]).toEqual([
      ...["Volume Type ID", "Provider", "Cipher", "Key Size", "Control Location"],
    ]);
    expect(made[1]?.slice(1)).toEqual(row);
    expect(bed.cells("cinder encryption-type-list")[1]?.slice(1)).toEqual(row);
    bed.silent("cinder encryption-type-delete fast");
    expect(bed.cells(`${V2} encryption-type-show fast`)).toHaveLength(1);
    expect(
      bed.run("cinder encryption-type-create fast luks --control_location here").stderr,
    ).toContain("invalid choice");
  });
});

describe("cinder and offers", () => {
  it("offers a volume, shows the offer and takes it", () => {
    bed.done("cinder create 1 --display-name v");
    const offer = bed.properties("cinder transfer-create v --display-name gift");
    expect(Object.keys(offer)).toEqual(["auth_key", "created_at", "id", "name", "volume_id"]);
    const { id = "", auth_key = "" } = offer;
    expect(bed.cells("cinder transfer-list")).toEqual([
      ["ID", "Volume ID", "Name"],
      [id, bed.id("volume", "v"), "gift"],
    ]);
    expect(Object.keys(bed.properties(`${V2} transfer-show gift`))).toEqual([
      ...["created_at", "id", "name", "volume_id"],
    ]);
    expect(bed.failure(`cinder transfer-accept ${id} wrong`).stderr).toContain("Bad Request");
    expect(bed.properties(`cinder transfer-accept ${id} ${auth_key}`)).toMatchObject({ id });
    bed.done(`${V2} transfer-create v --name back`);
    bed.silent("cinder transfer-delete back");
    expect(bed.failure("cinder transfer-show back").stderr).toBe(
      "ERROR: No volumetransfer with a name or ID of 'back' exists.\n",
    );
  });
});
