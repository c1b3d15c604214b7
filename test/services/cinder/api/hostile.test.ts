/**
 * What Cinder's REST makes of what nobody should send: cinder/api/openstack/wsgi.py (Resource),
 * cinder/api/middleware/fault.py at 2014.2. Each answer is the one that Python's error at that line becomes.
 */
import { describe, expect, it } from "vitest";
import { VolumeBed } from "../bed.js";

const SIZE =
  "Invalid input received: Invalid volume size provided for create request (size argument must be an integer " +
  "(or string represenation or an integer) and greater than zero).";

/** cinder/exception.py, VolumeBackendAPIException, around what the driver says. */
const INITIATOR =
  "Bad or unexpected response from the storage volume backend API: " +
  "The volume driver requires the iSCSI initiator name in the connector.";

/** webob/exc.py, HTTPBadRequest without words of its own. */
const MALFORMED =
  "The server could not comply with the request since it is either malformed or otherwise incorrect.";

const create = (bed: VolumeBed, volume: unknown) => bed.refusal("POST", "/volumes", { volume });

describe("a size", () => {
  it.each([1.5, "1.0", "01", " 1", true, -1, "-1", "one", [1], { a: 1 }, "__proto__", 1e300])(
    "of %j is refused in words",
    (size) => {
      const [status, , message] = create(new VolumeBed(), { size });
      expect(status).toBe(400);
      expect(message).toBe(SIZE);
    },
  );

  it.each([
    [0, "0"],
    [null, "None"],
    ["", ""],
    [undefined, "None"],
  ])("of %j is none", (size, shown) => {
    expect(create(new VolumeBed(), { size })).toEqual([
      400,
      "badRequest",
      `Invalid input received: Volume size ${shown} must be an integer and greater than 0`,
    ]);
  });

  it("may be a text, as long as it is written as Python writes it", () => {
    const bed = new VolumeBed();
    expect(bed.row(bed.made({ size: "2" })).size).toBe(2);
  });

  it("beyond the quota is a matter of the quota, however large", () => {
    expect(create(new VolumeBed(), { size: 999_999_999 })[0]).toBe(413);
  });
});

describe("a body", () => {
  it.each([
    ["nothing", undefined, 400],
    ["a list", [], 400],
    ["a text", "volume", 400],
    ["a number", 7, 400],
    ["no volume", {}, 400],
    ["null for a volume", { volume: null }, 400],
    ["a list for a volume", { volume: [] }, 400],
    ["a text for a volume", { volume: "x" }, 400],
    ["other keys", JSON.parse('{"__proto__": {"volume": {"size": 1}}}'), 400],
  ])("of %s makes no volume", (_, body, status) => {
    const bed = new VolumeBed();
    expect(bed.cinder("POST", "/volumes", body).status).toBe(status);
    expect(bed.volumes.volumes.find()).toEqual([]);
    expect(bed.used()).toEqual({});
  });

  it("with junk in a text is a 500 of the database, or a text (models.py, String(255))", () => {
    const bed = new VolumeBed();
    for (const name of [["a"], { a: 1 }, "x".repeat(256)]) {
      expect(create(bed, { size: 1, name })[0]).toBe(500);
    }
    expect(bed.row(bed.made({ name: 7 })).display_name).toBe("7");
    expect(bed.row(bed.made({ name: "<script>alert(1)</script>" })).display_name).toBe(
      "<script>alert(1)</script>",
    );
  });

  it.each([
    [{ snapshot_id: "../../etc/passwd" }, 404, "snapshot id:../../etc/passwd not found"],
    [{ snapshot_id: "__proto__" }, 404, "snapshot id:__proto__ not found"],
    [{ source_volid: "constructor" }, 404, "source volume id:constructor not found"],
    [{ volume_type: "__proto__" }, 404, "Volume type not found."],
    [{ imageRef: "__proto__" }, 400, "Invalid imageRef provided."],
    [{ imageRef: 7 }, 400, "Invalid imageRef provided."],
    [
      { availability_zone: "<b>" },
      400,
      "Invalid input received: Availability zone '<b>' is invalid",
    ],
  ])("with %j is refused by name", (values, status, message) => {
    const [code, , said] = create(new VolumeBed(), { size: 1, ...values });
    expect([code, said]).toEqual([status, message]);
  });

  it.each([
    [{ "": "v" }, 400, "Invalid metadata: Metadata property key blank"],
    [
      { ["k".repeat(256)]: "v" },
      400,
      `Invalid metadata size: Metadata property key ${"k".repeat(256)} greater than 255 characters`,
    ],
    [
      { k: "v".repeat(256) },
      400,
      "Invalid metadata size: Metadata property key k value greater than 255 characters",
    ],
    [{ k: 7 }, 400, undefined],
    [{ k: null }, 400, undefined],
    ["text", 500, undefined],
    [["a"], 500, undefined],
  ])("with the metadata %j is a %i", (metadata, status, message) => {
    const [code, , said] = create(new VolumeBed(), { size: 1, metadata });
    expect(code).toBe(status);
    if (message !== undefined) expect(said).toBe(message);
  });

  it("may have metadata by the names of JavaScript's, which are names like others", () => {
    const bed = new VolumeBed();
    const metadata = JSON.parse(
      '{"__proto__": "a", "constructor": "b", "toString": "c"}',
    ) as object;
    const id = bed.made({ metadata });
    const { body } = bed.cinder("GET", `/volumes/${id}/metadata`);
    expect(JSON.stringify(body)).toContain('"__proto__":"a"');
    expect(Object.entries((body as { metadata: object }).metadata).sort()).toEqual([
      ["__proto__", "a"],
      ["constructor", "b"],
      ["toString", "c"],
    ]);
  });
});

describe("an action", () => {
  it.each([{}, { nonsense: null }, JSON.parse('{"__proto__": {}}'), { constructor: null }])(
    "that there is not, %j, is a 400",
    (body) => {
      const bed = new VolumeBed();
      const id = bed.made();
      expect(bed.cinder("POST", `/volumes/${id}/action`, body).status).toBe(400);
      expect(bed.row(id).status).toBe("available");
    },
  );

  it("of a volume that there is not is a 404, whatever is in it", () => {
    const bed = new VolumeBed();
    for (const id of ["__proto__", "..", "x".repeat(300)]) {
      expect(bed.cinder("POST", `/volumes/${id}/action`, { "os-reserve": {} }).status).toBe(404);
    }
  });

  // ISCSIDriver.validate_connector (cinder/volume/driver.py) asks whether "initiator" is in it, and what
  // fails there is a VolumeBackendAPIException (cinder/volume/manager.py), which the API has words for.
  it.each([
    [null, "argument of type 'NoneType' is not iterable"],
    [7, "argument of type 'int' is not iterable"],
    ["x", INITIATOR],
    [[], INITIATOR],
    [{}, INITIATOR],
    [JSON.parse('{"__proto__": {"initiator": "iqn"}}') as object, INITIATOR],
  ])("with the connector %j is a 500, and leaves no export", (connector, reason) => {
    const bed = new VolumeBed();
    const id = bed.made();
    expect(bed.actRefusal(id, "os-initialize_connection", { connector })).toEqual([
      500,
      "computeFault",
      "Unable to fetch connection information from backend.",
    ]);
    expect(bed.logged()).toContain(
      `Unable to fetch connection information from backend: ${reason}`,
    );
    expect(bed.group().targets).toEqual([]);
    expect(bed.row(id)).toMatchObject({ status: "available", provider_location: null });
  });

  it.each([{ initiator: null }, { initiator: 7 }, ["initiator"], "my initiator"])(
    "with the connector %j is answered, since Python finds the word in it, and leaves an export",
    (connector) => {
      const bed = new VolumeBed();
      const id = bed.made();
      const { status, body } = bed.act(id, "os-initialize_connection", { connector });
      expect(status).toBe(200);
      const target_iqn = `iqn.2010-10.org.openstack:volume-${id}`;
      expect(body).toMatchObject({ connection_info: { data: { target_iqn } } });
      expect(bed.group().targets).toEqual([target_iqn]);
      // Only an attach changes it.
      expect(bed.row(id).status).toBe("available");
    },
  );

  // wsgi.py, ResourceExceptionHandler: what is a TypeError on the way to the connector is a 400.
  it.each([
    [{}, "Must specify 'connector'"],
    [{ initiator: "iqn" }, "Must specify 'connector'"],
    [null, MALFORMED],
    [[], MALFORMED],
    ["connector", MALFORMED],
  ])("with %j where a connector should be is a 400, and leaves no export", (argument, message) => {
    const bed = new VolumeBed();
    const id = bed.made();
    expect(bed.actRefusal(id, "os-initialize_connection", argument)).toEqual([
      400,
      "badRequest",
      message,
    ]);
    expect(bed.group().targets).toEqual([]);
  });
});
