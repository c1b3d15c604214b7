/**
 * Laws of what Nova asks of a volume that a server has: cinder/volume/api.py, cinder/volume/manager.py,
 * cinder/api/contrib/volume_actions.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { seconds } from "../../../src/kernel/index.js";
import { VolumeBed } from "./bed.js";

const SERVER = "3f1c9d2e-7a46-4b55-9d0c-0a4a7e2f8b11";
const CONNECTOR = { connector: { ip: "10.0.0.31", host: "compute-1", initiator: "iqn.1993:01" } };
const ATTACH = { instance_uuid: SERVER, mountpoint: "/dev/vdb" };

/** A volume in use by a server. */
function attached(bed: VolumeBed): string {
  const id = bed.made();
  bed.act(id, "os-reserve");
  bed.act(id, "os-initialize_connection", CONNECTOR);
  bed.act(id, "os-attach", ATTACH);
  return id;
}

describe("an attachment", () => {
  it("goes available, attaching, in-use, detaching, available", () => {
    const bed = new VolumeBed();
    const id = attached(bed);
    expect(bed.shown(id)).toMatchObject({
      status: "in-use",
      attachments: [{ id, volume_id: id, server_id: SERVER, host_name: null, device: "/dev/vdb" }],
      metadata: { readonly: "False", attached_mode: "rw" },
    });
    for (const action of ["os-begin_detaching", "os-detach"]) {
      expect(bed.act(id, action).status).toBe(202);
    }
    expect(bed.shown(id)).toMatchObject({ status: "available", attachments: [] });
    expect(bed.lives(id)).toEqual([
      ...["creating", "available", "attaching", "in-use", "detaching", "available"],
    ]);
    // The export goes with the attachment, not with the connection.
    expect(bed.group().targets).toEqual([]);
  });

  it("tells of attach and detach in the name of the service, each with the status before and after", () => {
    const bed = new VolumeBed({ notify: true });
    const id = attached(bed);
    bed.act(id, "os-begin_detaching");
    bed.act(id, "os-detach");
    expect(bed.told().slice(2)).toEqual([
      "volume.attach.start volume.controller",
      "volume.attach.end volume.controller",
      "volume.detach.start volume.controller",
      "volume.detach.end volume.controller",
    ]);
  });

  it("may go without a reservation, as a boot from a volume does (attach_volume: available or attaching)", () => {
    const bed = new VolumeBed();
    const id = bed.made();
    expect(bed.act(id, "os-attach", ATTACH).status).toBe(202);
    expect(bed.row(id).status).toBe("in-use");
    expect(bed.actRefusal(id, "os-attach", ATTACH)).toEqual([
      400,
      "badRequest",
      "Invalid volume: status must be available or attaching",
    ]);
  });

  it("connects in any status, since nobody looks (initialize_connection)", () => {
    const bed = new VolumeBed();
    const id = attached(bed);
    const { status, body } = bed.act(id, "os-initialize_connection", CONNECTOR);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      connection_info: {
        driver_volume_type: "iscsi",
        data: {
          target_discovered: false,
          target_portal: "10.0.0.11:3260",
          target_iqn: `iqn.2010-10.org.openstack:volume-${id}`,
          target_lun: 1,
          auth_method: "CHAP",
          encrypted: false,
          qos_specs: null,
          access_mode: "rw",
        },
      },
    });
  });

  it("is refused in the words of each check", () => {
    const bed = new VolumeBed();
    const id = bed.made();
    const refused = (argument: unknown) => bed.actRefusal(id, "os-attach", argument)[2];
    expect(refused({ ...ATTACH, host_name: "h" })).toBe(
      `Invalid request to attach volume to an instance ${SERVER} and a host h simultaneously`,
    );
    expect(refused({ mountpoint: "/dev/vdb" })).toBe(
      "Invalid request to attach volume to an invalid target",
    );
    expect(refused({ ...ATTACH, mode: "rx" })).toBe(
      "Invalid request to attach volume with an invalid mode. Attaching mode should be 'rw' or 'ro'",
    );
    // A key that nobody looks for is a KeyError.
    expect(bed.actRefusal(id, "os-attach", { instance_uuid: SERVER })).toEqual([
      500,
      "computeFault",
      "The server has either erred or is incapable of performing the requested operation.",
    ]);
    expect(bed.actRefusal(id, "os-attach", null)[0]).toBe(400);
    expect(bed.actRefusal(id, "os-attach", { ...ATTACH, instance_uuid: "web" })).toEqual([
      400,
      "badRequest",
      "Expected a uuid but received web.",
    ]);
    expect(bed.row(id).status).toBe("error_attaching");
  });

  it("to be written needs a volume that may be (update_readonly_flag, InvalidVolumeAttachMode)", () => {
    const bed = new VolumeBed();
    const id = bed.made();
    expect(bed.act(id, "os-update_readonly_flag", { readonly: "yes" }).status).toBe(202);
    expect(bed.actRefusal(id, "os-attach", ATTACH)).toEqual([
      400,
      "badRequest",
      `Invalid attaching mode 'rw' for volume ${id}.`,
    ]);
    expect(bed.act(id, "os-attach", { ...ATTACH, mode: "ro" }).status).toBe(202);
    expect(bed.shown(id)["metadata"]).toEqual({ readonly: "True", attached_mode: "ro" });
  });
});

describe("a reservation", () => {
  it("is refused to who comes second, and taken back only from attaching", () => {
    const bed = new VolumeBed();
    const id = bed.made();
    expect(bed.act(id, "os-reserve").status).toBe(202);
    expect(bed.actRefusal(id, "os-reserve")).toEqual([
      400,
      "badRequest",
      "Invalid volume: Volume status must be available to reserve",
    ]);
    expect(bed.act(id, "os-unreserve").status).toBe(202);
    expect(bed.row(id).status).toBe("available");
    // In any other state it is answered as if it had been done.
    expect(bed.act(id, "os-unreserve").status).toBe(202);
    expect(bed.act(id, "os-roll_detaching").status).toBe(202);
    expect(bed.row(id).status).toBe("available");
  });

  it("is undone when the connection is terminated (terminate_connection)", () => {
    const bed = new VolumeBed();
    const id = bed.made();
    bed.act(id, "os-reserve");
    expect(bed.act(id, "os-terminate_connection", CONNECTOR).status).toBe(202);
    expect(bed.row(id).status).toBe("available");
  });

  it("binds to the server that began to attach (attach_volume)", () => {
    const bed = new VolumeBed();
    const id = bed.made();
    bed.set(id, { status: "attaching", instance_uuid: SERVER });
    const other = { ...ATTACH, instance_uuid: SERVER.replace("3f", "4f") };
    expect(bed.actRefusal(id, "os-attach", other)[2]).toBe(
      "Invalid volume: being attached by another instance",
    );
  });
});

describe("a detach", () => {
  it("begins only with a volume that is in use", () => {
    const bed = new VolumeBed();
    expect(bed.actRefusal(bed.made(), "os-begin_detaching")).toEqual([
      400,
      "badRequest",
      "Invalid volume: Unable to detach volume. Volume status must be 'in-use' and attach_status must be " +
        "'attached' to detach. Currently: status: 'available', attach_status: 'detached'",
    ]);
  });

  it("can be rolled back", () => {
    const bed = new VolumeBed();
    const id = attached(bed);
    bed.act(id, "os-begin_detaching");
    bed.act(id, "os-roll_detaching");
    expect(bed.row(id).status).toBe("in-use");
  });

  it("leaves a free volume even where its export stays (detach_volume, RemoveExportException)", () => {
    const bed = new VolumeBed();
    const id = attached(bed);
    bed.breaks("remove_export");
    expect(bed.actRefusal(id, "os-detach")[0]).toBe(500);
    expect(bed.row(id).status).toBe("available");
    expect(bed.group().targets).toHaveLength(1);
  });

  it("can be forced by an administrator, who terminates first (admin_actions.py)", () => {
    const bed = new VolumeBed();
    const id = attached(bed);
    expect(bed.actRefusal(id, "os-force_detach")).toEqual([
      403,
      "forbidden",
      "Policy doesn't allow volume_extension:volume_admin_actions:force_detach to be performed.",
    ]);
    expect(bed.act(id, "os-force_detach", null, { as: "admin" }).status).toBe(202);
    expect(bed.row(id)).toMatchObject({ status: "available", attach_status: "detached" });
  });
});

describe("a backend that fails", () => {
  it("on a connection is a 500 in words of the API, without its own (volume_actions.py)", () => {
    const bed = new VolumeBed();
    const id = bed.made();
    bed.breaks("initialize_connection", "terminate_connection", "create_export");
    // What a command ends in is no exception of Cinder's, and nobody has words for it.
    expect(bed.actRefusal(id, "os-initialize_connection", CONNECTOR)[2]).toBe(
      "The server has either erred or is incapable of performing the requested operation.",
    );
    expect(bed.actRefusal(id, "os-initialize_connection", CONNECTOR)).toEqual([
      500,
      "computeFault",
      "Unable to fetch connection information from backend.",
    ]);
    expect(bed.group().targets).toEqual([]);
    expect(bed.actRefusal(id, "os-terminate_connection", CONNECTOR)[2]).toBe(
      "Unable to terminate volume connection from backend.",
    );
    expect(bed.actRefusal(id, "os-initialize_connection", { connector: {} })[2]).toBe(
      "Unable to fetch connection information from backend.",
    );
    expect(bed.actRefusal(id, "os-initialize_connection", {})[2]).toBe("Must specify 'connector'");
  });

  it("on an attach leaves error_attaching, on a detach error_detaching", () => {
    const bed = new VolumeBed();
    const id = bed.made();
    bed.breaks("attach_volume", "detach_volume");
    expect(bed.actRefusal(id, "os-attach", ATTACH)[0]).toBe(500);
    expect(bed.row(id).status).toBe("error_attaching");
    expect(bed.actRefusal(id, "os-detach")[0]).toBe(500);
    expect(bed.row(id).status).toBe("error_detaching");
  });

  it("that is not there costs a minute, and a 500 (cinder/volume/rpcapi.py, initialize_connection is a call)", () => {
    const bed = new VolumeBed();
    const id = bed.made();
    bed.act(id, "os-reserve");
    bed.kill("cinder-volume@controller");
    const began = bed.kernel.now;
    expect(bed.actRefusal(id, "os-attach", ATTACH)[0]).toBe(500);
    expect(Math.floor((bed.kernel.now - began) / seconds(1))).toBe(60);
    expect(bed.row(id).status).toBe("attaching");
  });
});
