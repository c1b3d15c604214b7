/** Volumes of servers over REST: contrib/volumes.py and nova/compute/api.py at 2014.2. */
import { beforeEach, describe, expect, it } from "vitest";
import { seconds } from "../../../../../src/kernel/index.js";
import type { Json } from "../../../../../src/python/index.js";
import { MADE, VOLUME } from "../../volume/fake-cinder.js";
import type { InstanceRow } from "../../../../../src/services/nova/db/schema.js";
import { VolumeApiBed } from "../volume-bed.js";

const ELSEWHERE = "66666666-0000-4000-8000-000000000000";

let bed: VolumeApiBed;
let id: string;

beforeEach(() => {
  bed = new VolumeApiBed();
  id = bed.guest();
});

const path = (more = ""): string => `/servers/${id}/os-volume_attachments${more}`;

const attach = (given: Json = {}) => {
  const volumeAttachment = { volumeId: VOLUME, ...(given as object) };
  return bed.ask("POST", path(), { volumeAttachment });
};

const rows = () => bed.db.block_device_mapping.find({ volume_id: VOLUME });

/** As it is once the host is done. */
function attached(): void {
  attach();
  bed.wait(seconds(10));
  const here = { server_id: id, device: "/dev/vdb" };
  bed.cinder.put(VOLUME, { status: "in-use", attachments: [here] });
  bed.cinder.asked.length = 0;
}

describe("POST os-volume_attachments", () => {
  it("answers 200 with the name that the host chose, before anything is attached", () => {
    const { status, body } = attach();
    expect(status).toBe(200);
    expect(body).toEqual({
      volumeAttachment: { id: VOLUME, serverId: id, volumeId: VOLUME, device: "/dev/vdb" },
    });
    expect(bed.cinder.asked.slice(0, 2)).toEqual(["GET volume", "os-reserve"]);
    expect(bed.casts()).toEqual(["attach_volume@compute.c1"]);
    expect(bed.castings()[0]?.args).toMatchObject({ volume_id: VOLUME, mountpoint: null });
  });

  it.each([
    [null, "400 volumeAttachment not specified"],
    [{ volumeAttachment: [] }, "400 volumeAttachment not specified"],
    [{ volumeAttachment: {} }, "400 volumeId must be specified."],
    [{ volumeAttachment: { device: "x" } }, "400 volumeId must be specified."],
    [
      { volumeAttachment: { volumeId: "<b>" } },
      "400 Bad volumeId format: volumeId is not in proper format (<b>)",
    ],
    [
      { volumeAttachment: { volumeId: null } },
      "400 Bad volumeId format: volumeId is not in proper format (None)",
    ],
    [
      { volumeAttachment: { volumeId: VOLUME, device: "../vdb" } },
      "400 The supplied device path (../vdb) is invalid.",
    ],
    // re.match() of what is no text is a TypeError, whose words nobody is told (match_device).
    [
      { volumeAttachment: { volumeId: VOLUME, device: ["/dev/vdb"] } },
      "400 The server could not comply with the request since it is either malformed or otherwise incorrect.",
    ],
    [
      { volumeAttachment: { volumeId: VOLUME, device: 5 } },
      "400 The server could not comply with the request since it is either malformed or otherwise incorrect.",
    ],
    [
      { volumeAttachment: { volumeId: VOLUME, device: "/dev/vda" } },
      "409 The supplied device path (/dev/vda) is in use.",
    ],
  ])("%j: %s", (body, told) => {
    expect(bed.told(bed.ask("POST", path(), body))).toBe(told);
    expect(rows()).toEqual([]);
  });

  it.each([
    ["in-use", "400 Invalid volume: status must be 'available'"],
    ["attaching", "400 Invalid volume: status must be 'available'"],
  ])("of a volume that is %s: %s, and the row is gone", (status, told) => {
    bed.cinder.put(VOLUME, { status });
    expect(bed.told(attach())).toBe(told);
    expect(rows()).toEqual([]);
    expect(bed.casts()).toEqual([]);
  });

  it("of a volume that is not there: 404 in Nova's words", () => {
    expect(bed.told(attach({ volumeId: ELSEWHERE }))).toBe(
      `404 Volume ${ELSEWHERE} could not be found.`,
    );
  });

  it("in another zone is refused where the flag says so", () => {
    bed = new VolumeApiBed({ "cinder.cross_az_attach": false });
    id = bed.guest();
    bed.cinder.put(VOLUME, { availability_zone: "far" });
    expect(bed.told(attach())).toBe(
      "400 Invalid volume: Instance and volume not in same availability_zone",
    );
    bed.cinder.put(VOLUME, { availability_zone: "nova" });
    expect(bed.told(attach())).toBe("200");
  });

  it("when Cinder refuses to reserve: 400 after four tries, seven seconds", () => {
    bed.cinder.fail("os-reserve", 400, "Invalid volume: already attached or attaching");
    expect(bed.told(attach())).toBe(
      "400 Invalid input received: Invalid volume: already attached or attaching",
    );
    expect(bed.cinder.asked.filter((what) => what === "os-reserve")).toHaveLength(4);
    expect(rows()).toEqual([]);
  });

  it.each([
    [403, "403 Access was denied to this resource."],
    [413, "413 The body of your request was too large for this server."],
    [503, "503 The server is currently unavailable. Please try again at a later time."],
  ])("when Cinder answers %i, its status is Nova's, in nobody's words", (status, told) => {
    bed.cinder.fail("GET volume", status);
    expect(bed.told(attach())).toBe(told);
    expect(rows()).toEqual([]);
  });

  it("in a cloud without Cinder: 500, and the row is gone (cinderclient EndpointNotFound)", () => {
    bed = new VolumeApiBed({ "cinder.endpoint_template": null });
    id = bed.guest();
    expect(attach().status).toBe(500);
    expect(rows()).toEqual([]);
  });

  const states: readonly [Partial<InstanceRow>, string][] = [
    [{ vm_state: "suspended" }, "Cannot 'attach_volume' while instance is in vm_state suspended"],
    [
      { vm_state: "shelved_offloaded" },
      "Cannot 'attach_volume' while instance is in vm_state shelved_offloaded",
    ],
    [
      { task_state: "powering-off" },
      "Cannot 'attach_volume' while instance is in task_state powering-off",
    ],
    [{ launched_at: null }, "Cannot 'attach_volume' an instance which has never been active"],
  ];
  it.each(states)("to a server with %j: 409 %s", (values, told) => {
    bed.db.instances.update(id, values);
    expect(bed.told(attach())).toBe(`409 ${told}`);
  });

  it("to a locked server: 409", () => {
    bed.db.instances.update(id, { locked: true });
    expect(bed.told(attach())).toBe(`409 Instance ${id} is locked`);
  });

  it("to a server that is not there: 404", () => {
    id = ELSEWHERE;
    expect(bed.told(attach())).toBe(`404 Instance ${ELSEWHERE} could not be found.`);
  });
});

describe("GET os-volume_attachments", () => {
  it("lists volumes, with and without a name; other disks count for the limit all the same", () => {
    attach();
    const one = { id: VOLUME, volumeId: VOLUME, serverId: id, device: "/dev/vdb" };
    expect(bed.ask("GET", path()).body).toEqual({ volumeAttachments: [one] });
    expect(bed.ask("GET", path("?limit=1")).body).toEqual({ volumeAttachments: [] });
    expect(bed.ask("GET", path(`/${VOLUME}`)).body).toEqual({ volumeAttachment: one });
  });

  it("of one that the server does not have: 404", () => {
    expect(bed.told(bed.ask("GET", path("/x")))).toBe("404 volume_id not found: x");
    for (const row of bed.db.block_device_mapping.find()) {
      bed.db.block_device_mapping.softDelete(row.id);
    }
    expect(bed.told(bed.ask("GET", path("/x")))).toBe(`404 Instance ${id} is not attached.`);
  });
});

describe("DELETE os-volume_attachments", () => {
  const detach = (volume = VOLUME) => bed.told(bed.ask("DELETE", path(`/${volume}`)));

  it("answers 202, tells Cinder and casts", () => {
    attached();
    bed.forget();
    expect(detach()).toBe("202");
    expect(bed.cinder.asked.slice(0, 2)).toEqual(["GET volume", "os-begin_detaching"]);
    expect(bed.casts()).toEqual(["detach_volume@compute.c1"]);
  });

  it("asks Cinder before it looks at the server's disks: 404 in nobody's words", () => {
    expect(detach(ELSEWHERE)).toBe("404 The resource could not be found.");
  });

  it("of a volume of another server: 404", () => {
    expect(detach()).toBe(`404 volume_id not found: ${VOLUME}`);
    attached();
    bed.cinder.put(VOLUME, { status: "in-use", attachments: [{ server_id: "x", device: "y" }] });
    expect(detach()).toBe(`404 volume_id not found: ${VOLUME}`);
  });

  it("of the root disk: 403, before state and lock", () => {
    attached();
    const [row] = rows();
    bed.db.block_device_mapping.update(row?.id ?? 0, { boot_index: 0 });
    bed.db.instances.update(id, { locked: true });
    expect(detach()).toBe("403 Can't detach root device volume");
  });

  it("of one that is not attached yet: 400", () => {
    attach();
    expect(detach()).toBe("400 Invalid volume: Volume must be attached in order to detach.");
  });
});

describe("PUT os-volume_attachments", () => {
  const swap = (volumeAttachment: Json, old = VOLUME) =>
    bed.told(bed.ask("PUT", path(`/${old}`), { volumeAttachment }));

  it("answers 202, holds both volumes and casts", () => {
    attached();
    bed.cinder.put(MADE);
    bed.forget();
    expect(swap({ volumeId: MADE })).toBe("202");
    expect(bed.cinder.asked.slice(0, 4)).toEqual([
      "GET volume",
      "GET volume",
      "os-begin_detaching",
      "os-reserve",
    ]);
    expect(bed.casts()).toEqual(["swap_volume@compute.c1"]);
  });

  it.each([
    [[], "400 volumeAttachment not specified"],
    [{}, "400 volumeId must be specified."],
    [{ volumeId: "x" }, "400 Bad volumeId format: volumeId is not in proper format (x)"],
    [{ volumeId: ELSEWHERE }, "404 The resource could not be found."],
  ])("with %j: %s", (given, told) => {
    attached();
    expect(swap(given)).toBe(told);
  });

  it.each([
    [{ size: 0 }, "400 Invalid volume: New volume must be the same size or larger."],
    [
      { attachments: [{ server_id: "x", device: "y" }] },
      "400 Invalid volume: New volume must be detached in order to swap.",
    ],
    [{ status: "error" }, "400 Invalid volume: status must be 'available'"],
  ])("for a volume with %j: %s", (values, told) => {
    attached();
    bed.cinder.put(MADE, values);
    expect(swap({ volumeId: MADE })).toBe(told);
  });

  it("of a volume that the server does not have: 404", () => {
    bed.cinder.put(MADE);
    expect(swap({ volumeId: MADE })).toBe(`404 volume_id not found: ${VOLUME}`);
  });

  it("leaves the old one detaching when the new one is refused", () => {
    attached();
    bed.cinder.put(MADE);
    bed.cinder.fail("os-reserve", 400, "Invalid volume: no");
    expect(swap({ volumeId: MADE })).toBe("400 Invalid input received: Invalid volume: no");
    expect(bed.cinder.volumes.get(VOLUME)).toMatchObject({ status: "detaching" });
  });
});

describe("os-volumes and os-snapshots", () => {
  it("show what Cinder has, in the words of the compute API", () => {
    const { body } = bed.ask("GET", `/os-volumes/${VOLUME}`);
    expect(body).toEqual({
      volume: {
        id: VOLUME,
        status: "available",
        size: 1,
        availabilityZone: null,
        createdAt: null,
        attachments: [{}],
        displayName: "data",
        displayDescription: null,
        volumeType: "None",
        snapshotId: null,
        metadata: {},
      },
    });
  });

  it.each([
    ["POST", "/os-volumes", {}, "400 volume not specified"],
    ["POST", "/os-snapshots", { snapshot: [] }, "400 snapshot not specified"],
    [
      "POST",
      "/os-snapshots",
      { snapshot: { volume_id: VOLUME, force: "<b>" } },
      "400 Invalid value '<b>' for force.",
    ],
    ["GET", `/os-volumes/${ELSEWHERE}`, undefined, `404 Volume ${ELSEWHERE} could not be found.`],
    [
      "DELETE",
      `/os-volumes/${ELSEWHERE}`,
      undefined,
      `404 Volume ${ELSEWHERE} could not be found.`,
    ],
  ])("%s %s %j: %s", (method, at, body, told) => {
    expect(bed.told(bed.ask(method, at, body))).toBe(told);
  });

  it("answer a new volume with 200 and where it is, and over quota with 500", () => {
    const made = bed.ask("POST", "/os-volumes", { volume: { size: 1 } });
    expect(made.status).toBe(200);
    expect(made.headers["location"]).toMatch(/\/os-volumes\/55555555/u);
    bed.cinder.fail("POST volume", 413);
    expect(bed.ask("POST", "/os-volumes", { volume: { size: 1 } }).status).toBe(500);
  });

  it("say where a new volume is with the whole address of the request (req.url)", () => {
    const { headers } = bed.ask("POST", "/os-volumes?a=b", { volume: { size: 1 } });
    expect(headers["location"]).toBe(
      `http://controller:8774/v2/${bed.demo.project}/os-volumes?a=b/${MADE}`,
    );
  });

  it("leave it to Cinder what metadata is, whatever it is (nova/volume/cinder.py, create)", () => {
    for (const metadata of [{ a: "b" }, ["x"], "x", null]) {
      bed.ask("POST", "/os-volumes", { volume: { size: 1, metadata } });
      // None is nothing, as python-cinderclient has it.
      expect(bed.cinder.bodies.at(-1)).toMatchObject({ volume: { metadata: metadata ?? {} } });
    }
  });

  it.each([
    [401, /^401 This server could not verify that you are authorized/u],
    [422, /^422 Unable to process the contained instructions$/u],
    [418, /^500 The server has either erred/u],
  ])("hand on Cinder's %i with webob's words, if it has a class for it", (status, told) => {
    bed.cinder.fail("GET volume", status);
    // Who is refused logs in at Cinder itself (_v1_auth).
    bed.cinder.fail("GET ", status);
    expect(bed.told(bed.ask("GET", `/os-volumes/${VOLUME}`))).toMatch(told);
  });
});
