/**
 * A volume gets another type: cinder/volume/api.py (retype), cinder/quota_utils.py, cinder/scheduler/manager.py,
 * filter_scheduler.py (find_retype_host), cinder/volume/manager.py (retype), volume_types.py (volume_types_diff),
 * cinder/api/contrib/volume_actions.py (_retype) at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { minutes, seconds } from "../../../../src/kernel/index.js";
import { VolumeBed } from "../bed.js";

const ADMIN = { as: "admin" } as const;
const POOL = "#LVM_iSCSI";

function typed(bed: VolumeBed, name: string, extra_specs: object = {}): string {
  const { body } = bed.cinder("POST", "/types", { volume_type: { name, extra_specs } }, ADMIN);
  return (body as unknown as { volume_type: { id: string } }).volume_type.id;
}

/** Two hosts, a volume of one type, and another type. */
function twoTypes(specs = {}, otherSpecs = {}, options = {}) {
  const bed = new VolumeBed({ notify: true, hosts: ["controller", "storage"], ...options });
  const [gold, iron] = [typed(bed, "gold", specs), typed(bed, "iron", otherSpecs)];
  const id = bed.made({ size: 2, volume_type: "gold" });
  bed.forget();
  const retype = (new_type: unknown = "iron", migration_policy?: unknown) =>
    bed.act(id, "os-retype", {
      new_type,
      ...(migration_policy !== undefined && { migration_policy }),
    });
  return { bed, id, gold, iron, retype };
}

describe("os-retype", () => {
  it("between types that ask for the same is a matter of the row and of the quota", () => {
    const { bed, id, iron, retype } = twoTypes();
    const { host } = bed.row(id);
    expect(retype().status).toBe(202);
    expect(bed.row(id).status).toBe("retyping");
    bed.wait(seconds(5));
    expect(bed.lives(id)).toEqual(["retyping", "available"]);
    expect(bed.row(id)).toMatchObject({ status: "available", volume_type_id: iron, host });
    expect(bed.used()).toEqual({
      volumes: [1, 0],
      gigabytes: [2, 0],
      volumes_gold: [0, 0],
      gigabytes_gold: [0, 0],
      volumes_iron: [1, 0],
      gigabytes_iron: [2, 0],
    });
    expect(bed.told()).toEqual([]);
  });

  it("by an id does the same", () => {
    const { bed, id, iron, retype } = twoTypes();
    retype(iron, "never");
    bed.wait(seconds(5));
    expect(bed.row(id).volume_type_id).toBe(iron);
  });

  it("between types that differ needs a migration, which has to be allowed", () => {
    const { bed, id, gold, retype } = twoTypes({}, { speed: "high" });
    // No pool reports a speed, and what is scoped is nobody's matter.
    retype("iron");
    bed.wait(seconds(5));
    expect(bed.row(id)).toMatchObject({ status: "available", volume_type_id: gold });
    expect(bed.logged()).toEqual([
      expect.stringMatching(/^Could not find a host for volume .* with type .*\.$/),
    ]);
    expect(bed.used()).toMatchObject({ volumes: [1, 0], volumes_iron: [0, 0] });
    expect(bed.told()).toEqual(["scheduler.retype scheduler.controller"]);
  });

  it("where the host may have it and the types differ fails without a policy that allows to move it", () => {
    const { bed, id, gold, retype } = twoTypes({}, { "vendor:speed": "high" });
    retype("iron", "never");
    bed.wait(seconds(5));
    expect(bed.row(id)).toMatchObject({ status: "available", volume_type_id: gold });
    expect(bed.logged().join("\n")).toContain(
      "VolumeMigrationFailed: Volume migration failed: Retype requires migration but is not allowed.",
    );
    expect(bed.used()).toMatchObject({ volumes: [1, 0], volumes_iron: [0, 0] });
  });

  it("moves the volume where that is allowed, even within its host", () => {
    const { bed, id, iron, retype } = twoTypes({}, { "vendor:speed": "high" });
    retype("iron", "on-demand");
    bed.wait(minutes(1));
    const row = bed.row(id);
    expect(row).toMatchObject({
      status: "available",
      migration_status: null,
      volume_type_id: iron,
    });
    const [host = ""] = row.host!.split("#");
    expect(bed.group(host).volumes.map(({ name }) => name)).toEqual([`volume-${row._name_id!}`]);
    expect(bed.used()).toMatchObject({
      volumes: [1, 0],
      volumes_gold: [0, 0],
      volumes_iron: [1, 0],
      gigabytes_iron: [2, 0],
    });
  });

  it("moves it to where its type can be had", () => {
    const { bed, id, retype } = twoTypes({}, { volume_backend_name: "fast" });
    const there = bed.row(id).host === `controller${POOL}` ? "storage" : "controller";
    bed.kill(`cinder-volume@${there}`);
    bed.restart(`cinder-volume@${there}`, { volume_backend_name: "fast" });
    bed.wait(minutes(3));
    retype("iron", "on-demand");
    bed.wait(minutes(1));
    expect(bed.row(id)).toMatchObject({ status: "available", host: `${there}#fast` });
  });

  it("of a volume with snapshots is refused by its host, where it would have to move", () => {
    const { bed, id, gold, retype } = twoTypes({}, { "vendor:speed": "high" });
    bed.snapped(id);
    bed.forget();
    retype("iron", "on-demand");
    bed.wait(seconds(5));
    expect(bed.row(id)).toMatchObject({ status: "available", volume_type_id: gold });
    expect(bed.logged()[0]).toBe("Volume must not have snapshots.");
  });

  it("is refused in words (volume/api.py)", () => {
    const { bed, id, retype } = twoTypes();
    const words = (argument: object) => bed.actRefusal(id, "os-retype", argument);
    expect(words({ new_type: "gold" })).toEqual([
      400,
      "badRequest",
      "Invalid input received: New volume_type same as original: gold",
    ]);
    expect(words({ new_type: "iron", migration_policy: "often" })[2]).toBe(
      "Invalid input received: migration_policy must be 'on-demand' or 'never', passed: iron",
    );
    expect(words({ new_type: null })[2]).toBe(
      "Invalid input received: Invalid volume_type passed: None",
    );
    expect(words({})[2]).toBe("New volume type must be specified.");
    expect(words({ new_type: "lead" })).toEqual([
      404,
      "itemNotFound",
      "VolumeTypeNotFoundByName: Volume type with name lead could not be found.",
    ]);
    expect(words({ new_type: ["iron"] })[0]).toBe(500);
    expect(bed.actRefusal("nothing", "os-retype", { new_type: "iron" })).toEqual([
      404,
      "itemNotFound",
      "VolumeNotFound: Volume nothing could not be found.",
    ]);
    bed.set(id, { status: "error" });
    expect(words({ new_type: "iron" })[2]).toBe(
      `Invalid volume: Unable to update type due to incorrect status on volume: ${id}`,
    );
    bed.set(id, { status: "available", migration_status: "migrating" });
    expect(words({ new_type: "iron" })[2]).toBe(
      `Invalid volume: Volume ${id} is already part of an active migration.`,
    );
    expect(retype().status).toBe(400);
  });

  it("does not change how a volume is encrypted, nor qualities of service of one in use (LP 1389519)", () => {
    const { bed, id, gold, iron } = twoTypes();
    const encryption = { provider: "luks", control_location: "front-end" };
    bed.cinder("POST", `/types/${iron}/encryption`, { encryption }, ADMIN);
    expect(bed.actRefusal(id, "os-retype", { new_type: "iron" })[2]).toBe(
      "Invalid input received: Retype cannot change encryption requirements",
    );
    const steel = typed(bed, "steel");
    const { body } = bed.cinder("POST", "/qos-specs", { qos_specs: { name: "q" } }, ADMIN);
    const { id: qos } = (body as unknown as { qos_specs: { id: string } }).qos_specs;
    bed.cinder("GET", `/qos-specs/${qos}/associate?vol_type_id=${steel}`, undefined, ADMIN);
    bed.set(id, { status: "in-use" });
    expect(bed.actRefusal(id, "os-retype", { new_type: "steel" })[0]).toBe(500);
    expect(bed.row(id)).toMatchObject({ status: "in-use", volume_type_id: gold });
  });

  it("counts for the caller's project, as if the volume came twice", () => {
    const { bed, id } = twoTypes();
    const limit = (limits: object) =>
      bed.cinder("PUT", `/os-quota-sets/${bed.project("demo")}`, { quota_set: limits }, ADMIN);
    limit({ volumes_iron: 0 });
    expect(bed.actRefusal(id, "os-retype", { new_type: "iron" })).toEqual([
      413,
      "overLimit",
      "VolumeLimitExceeded: Maximum number of volumes allowed (0) exceeded",
    ]);
    limit({ volumes_iron: -1, gigabytes: 3 });
    expect(bed.actRefusal(id, "os-retype", { new_type: "iron" })[2]).toContain(
      "Requested 2G, quota is 3G and 2G has been consumed.",
    );
    expect(bed.row(id).status).toBe("available");
  });
});
