/**
 * A volume moves to another host: cinder/volume/api.py (migrate_volume, migrate_volume_completion),
 * cinder/scheduler/manager.py (migrate_volume_to_host), cinder/volume/manager.py (migrate_volume,
 * _migrate_volume_generic, migrate_volume_completion), cinder/api/contrib/admin_actions.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { minutes, seconds } from "../../../../src/kernel/index.js";
import { VolumeBed } from "../bed.js";

const POOL = "#LVM_iSCSI";
const ADMIN = { as: "admin" } as const;

/** Two hosts, and a volume with the name of the host that it is not on. */
function twoHosts(options = {}, volume = {}) {
  const bed = new VolumeBed({ notify: true, hosts: ["controller", "storage"], ...options });
  const id = bed.made({ size: 2, ...volume });
  const here = bed.row(id).host!.split("#")[0]!;
  const there = here === "controller" ? "storage" : "controller";
  bed.forget();
  const migrate = (host = `${there}${POOL}`, more = {}) =>
    bed.act(id, "os-migrate_volume", { host, ...more }, ADMIN);
  return { bed, id, here, there, migrate };
}

const names = (bed: VolumeBed, host: string) => bed.group(host).volumes.map(({ name }) => name);

describe("os-migrate_volume", () => {
  it("makes a second volume there, fills it, and lets the first one go on with what it has", () => {
    const { bed, id, here, there, migrate } = twoHosts();
    expect(migrate().status).toBe(202);
    expect(bed.row(id).migration_status).toBe("starting");
    bed.wait(minutes(1));
    const temporary = bed.volumes.volumes.find().find(({ uuid }) => uuid !== id);
    expect(temporary).toBeUndefined();
    const row = bed.row(id);
    expect(row).toMatchObject({
      status: "available",
      attach_status: "detached",
      host: `${there}${POOL}`,
      migration_status: null,
    });
    expect(row._name_id).toMatch(/^[0-9a-f-]{36}$/);
    expect([names(bed, here), names(bed, there)]).toEqual([[], [`volume-${row._name_id!}`]]);
    expect(bed.used()).toEqual({ volumes: [1, 0], gigabytes: [2, 0] });
    expect(bed.told()).toEqual([
      `volume.create.start volume.${there}${POOL}`,
      `volume.create.end volume.${there}${POOL}`,
      `volume.delete.start volume.${here}`,
    ]);
    expect(bed.logged()).toEqual([]);
  });

  it("shows the second volume to administrators alone, as the target of the first", () => {
    const { bed, id, migrate } = twoHosts();
    migrate();
    bed.wait(seconds(1));
    const listed = (as: "demo" | "admin") => {
      const { body } = bed.cinder("GET", "/volumes/detail?all_tenants=1", undefined, { as });
      return (body as unknown as { volumes: Record<string, unknown>[] }).volumes
        .map((volume) => volume["os-vol-mig-status-attr:migstat"])
        .sort();
    };
    expect(listed("admin")).toEqual(["migrating", `target:${id}`]);
    expect(listed("demo")).toEqual([undefined]);
  });

  it("keeps a volume from being deleted, snapshot and moved again meanwhile", () => {
    const { bed, id, migrate } = twoHosts();
    migrate();
    expect(bed.refusal("DELETE", `/volumes/${id}`)[2]).toBe(
      "Invalid volume: Volume cannot be deleted while migrating",
    );
    expect(bed.refusal("POST", "/snapshots", { snapshot: { volume_id: id } })[2]).toBe(
      "Invalid volume: Snapshot cannot be created while volume is migrating",
    );
    expect(bed.actRefusal(id, "os-migrate_volume", { host: "x" }, ADMIN)[2]).toBe(
      "Invalid volume: Volume is already part of an active migration",
    );
  });

  it.each([
    ["creating", "Invalid volume: Volume status must be available/in-use."],
    ["error", "Invalid volume: Volume status must be available/in-use."],
  ])("of a volume that is %s is a 400", (status, words) => {
    const { bed, id, there } = twoHosts();
    bed.set(id, { status });
    const refusal = bed.actRefusal(id, "os-migrate_volume", { host: `${there}${POOL}` }, ADMIN);
    expect(refusal).toEqual([400, "badRequest", words]);
  });

  it("of a volume with snapshots is a 400", () => {
    const { bed, id, there } = twoHosts();
    bed.snapped(id);
    expect(bed.actRefusal(id, "os-migrate_volume", { host: `${there}${POOL}` }, ADMIN)).toEqual([
      400,
      "badRequest",
      "Invalid volume: volume must not have snapshots",
    ]);
  });

  it("asks for a service that is there, and for another pool than the volume's", () => {
    const { bed, id, here, there } = twoHosts();
    const refused = (host: unknown) => bed.actRefusal(id, "os-migrate_volume", { host }, ADMIN);
    expect(refused("nowhere")).toEqual([
      400,
      "badRequest",
      "Invalid host: No available service named nowhere",
    ]);
    expect(refused(`${here}${POOL}`)[2]).toBe(
      "Invalid host: Destination host must be different than current host",
    );
    bed.kill(`cinder-volume@${there}`);
    bed.wait(minutes(2));
    expect(refused(`${there}${POOL}`)[2]).toBe(
      `Invalid host: No available service named ${there}${POOL}`,
    );
  });

  it("is for administrators, and reads its body as Python does", () => {
    const { bed, id, there } = twoHosts();
    const host = `${there}${POOL}`;
    const refused = (argument: unknown, as: "demo" | "admin" = "admin") =>
      bed.actRefusal(id, "os-migrate_volume", argument, { as });
    expect(refused({ host }, "demo")[0]).toBe(403);
    expect(refused({})).toEqual([400, "badRequest", "Must specify 'host'"]);
    expect(refused({ host, force_host_copy: "maybe" })[2]).toBe("Bad value for 'force_host_copy'");
    expect(refused({ host, force_host_copy: null })[2]).toBe(
      "'force_host_copy' not string or bool",
    );
    expect(refused({ host: 5 })[0]).toBe(500);
    expect(refused("x")[0]).toBe(400);
    expect(bed.actRefusal("__proto__", "os-migrate_volume", { host }, ADMIN)[0]).toBe(404);
    expect(bed.row(id).migration_status).toBeNull();
  });

  it("to a host without its pool finds no valid host, and is told of", () => {
    const { bed, id, there, migrate } = twoHosts();
    expect(migrate(there).status).toBe(202);
    bed.wait(seconds(5));
    expect(bed.row(id)).toMatchObject({ status: "available", migration_status: null });
    const why = `No valid host was found. Cannot place volume ${id} on ${there}`;
    expect(bed.logged()).toEqual([`Failed to schedule_migrate_volume_to_host: ${why}`]);
    const [told] = bed.of<{ kind: "notification"; event_type: string; payload: object }>(
      "notification",
    );
    expect(told).toMatchObject({
      event_type: "scheduler.migrate_volume_to_host",
      payload: {
        volume_id: id,
        state: { migration_status: null },
        method: "migrate_volume_to_host",
        reason: { msg: why },
      },
    });
  });

  it("of a volume whose copy fails leaves the other volume's row behind (LP 1398177)", () => {
    const { bed, id, here, there, migrate } = twoHosts();
    bed.breaksOn(here, "copy_volume");
    migrate();
    bed.wait(minutes(1));
    expect(bed.row(id)).toMatchObject({
      status: "available",
      migration_status: null,
      host: `${here}${POOL}`,
    });
    const left = bed.volumes.volumes.find().filter(({ uuid }) => uuid !== id);
    expect(left.map((row) => [row.status, row.migration_status])).toEqual([
      ["available", `target:${id}`],
    ]);
    expect(names(bed, there)).toEqual([]);
    expect(bed.logged()).toEqual(
      expect.arrayContaining([
        `Failed to copy volume ${id} to ${left[0]!.uuid}.`,
        `Failed to copy volume ${id} to ${left[0]!.uuid}`,
      ]),
    );
  });

  it("of a volume that cannot be made there ends when it looks again", () => {
    const { bed, id, there, migrate } = twoHosts();
    bed.breaksOn(there, "create_volume");
    migrate();
    bed.wait(minutes(1));
    expect(bed.row(id)).toMatchObject({ status: "available", migration_status: null });
    expect(bed.logged().join("\n")).toContain(
      "VolumeMigrationFailed: Volume migration failed: failed to create new_volume on destination host",
    );
  });

  it("waits five minutes for the other volume, and a little, as its pauses grow", () => {
    const { bed, id, here, migrate, there } = twoHosts();
    bed.kill(`cinder-volume@${there}`);
    migrate();
    bed.wait(seconds(299));
    expect(bed.row(id).migration_status).toBe("migrating");
    bed.wait(seconds(90));
    expect(bed.row(id)).toMatchObject({ migration_status: null, host: `${here}${POOL}` });
    expect(bed.logged().join("\n")).toContain("timeout creating new_volume on destination host");
  });

  it("by a driver that is not there is an error of the migration", () => {
    const { bed, id, here, migrate } = twoHosts();
    bed.kill(`cinder-volume@${here}`);
    bed.breaksOn(here, "do_setup");
    bed.restart(`cinder-volume@${here}`);
    bed.wait(seconds(10));
    migrate();
    bed.wait(seconds(5));
    expect(bed.row(id).migration_status).toBe("error");
  });
});

describe("os-migrate_volume_completion", () => {
  const complete = (bed: VolumeBed, id: string, new_volume: string, more = {}) =>
    bed.act(id, "os-migrate_volume_completion", { new_volume, ...more }, ADMIN);

  it("of volumes that no migration is about answers the new one: a swap of Nova's", () => {
    const bed = new VolumeBed();
    const [one, other] = [bed.made(), bed.made()];
    expect(complete(bed, one, other).body).toEqual({ save_volume_id: other });
  });

  it("asks for two volumes in the middle of it, one the target of the other", () => {
    const bed = new VolumeBed();
    const [one, other] = [bed.made(), bed.made()];
    const words = () =>
      bed.actRefusal(one, "os-migrate_volume_completion", { new_volume: other }, ADMIN)[2];
    bed.set(other, { migration_status: "target:x" });
    expect(words()).toBe("Invalid volume: Source volume not mid-migration.");
    bed.set(one, { migration_status: "migrating" });
    expect(words()).toBe(
      `Invalid volume: Destination has migration_status target:x, expected target:${one}.`,
    );
    bed.set(other, { migration_status: null });
    expect(words()).toBe("Invalid volume: Destination volume not mid-migration.");
  });

  it("of a copy that failed lets the other volume go, but for its row", () => {
    const bed = new VolumeBed();
    const [one, other] = [bed.made(), bed.made()];
    bed.set(one, { migration_status: "migrating" });
    bed.set(other, { migration_status: `target:${one}` });
    expect(complete(bed, one, other, { error: true }).body).toEqual({ save_volume_id: one });
    bed.wait(seconds(5));
    expect(bed.row(one)).toMatchObject({ status: "available", migration_status: null });
    expect(bed.row(other)).toMatchObject({ deleted: 0, migration_status: `target:${one}` });
    expect(names(bed, "controller")).toEqual([`volume-${one}`]);
  });
});
