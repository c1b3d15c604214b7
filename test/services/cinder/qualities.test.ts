/**
 * Qualities of service and encryption of volume types: cinder/api/contrib/qos_specs_manage.py,
 * volume_type_encryption.py, volume_encryption_metadata.py, cinder/volume/qos_specs.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/python/index.js";
import { VolumeBed } from "./bed.js";

const admin = { as: "admin" } as const;
const BROKEN = "The server has either erred or is incapable of performing the requested operation.";

const made = (bed: VolumeBed, key: string, path: string, body: unknown): JsonObject => {
  const { status, body: answer } = bed.cinder("POST", path, body, admin);
  expect(status).toBe(200);
  return (answer as unknown as Record<string, JsonObject>)[key]!;
};
const idOf = ({ id = null }: JsonObject): string => (typeof id === "string" ? id : "");
const typed = (bed: VolumeBed, name = "fast"): string =>
  idOf(made(bed, "volume_type", "/types", { volume_type: { name } }));
const qos = (bed: VolumeBed, specs: object = {}): string =>
  idOf(made(bed, "qos_specs", "/qos-specs", { qos_specs: { name: "gold", ...specs } }));
const get = (bed: VolumeBed, path: string) => bed.cinder("GET", path, undefined, admin);

describe("qos-specs", () => {
  it("are the back end's unless it is said, and have links to a place that is not", () => {
    const bed = new VolumeBed();
    const id = qos(bed, { iops: 5 });
    const specs = { name: "gold", id, consumer: "back-end", specs: { iops: "5" } };
    const self = `http://controller:8776/v2/${bed.project("admin")}/qos_specs/${id}`;
    expect(get(bed, `/qos-specs/${id}`).body).toEqual({
      qos_specs: specs,
      links: [
        { rel: "self", href: self },
        { rel: "bookmark", href: self.replace("/v2/", "/") },
      ],
    });
    expect(get(bed, "/qos-specs").body).toEqual({ qos_specs: [specs] });
  });

  it("are kept from others by the database, since no policy names them", () => {
    const bed = new VolumeBed();
    const no = [403, "forbidden", "User does not have admin privileges"];
    expect(bed.refusal("GET", "/qos-specs")).toEqual(no);
    expect(bed.refusal("POST", "/qos-specs", { qos_specs: { name: "x" } })).toEqual(no);
    expect(bed.refusal("POST", "/qos-specs", { qos_specs: {} })[2]).toBe(
      "Please specify a name for QoS specs.",
    );
  });

  it("are changed and lose keys, those before the first that is not there too", () => {
    const bed = new VolumeBed({ notify: true });
    const id = qos(bed, { a: "1", b: "2" });
    const path = `/qos-specs/${id}`;
    const body = { qos_specs: { name: "x", c: "3" } };
    expect(bed.cinder("PUT", path, body, admin).body).toEqual({ qos_specs: { c: "3" } });
    expect(bed.refusal("PUT", `${path}/delete_keys`, { keys: ["a", "z", "b"] }, admin)).toEqual([
      400,
      "badRequest",
      `QoS spec ${id} has no spec with key z.`,
    ]);
    expect(get(bed, path).body).toMatchObject({ qos_specs: { specs: { b: "2", c: "3" } } });
    expect(bed.cinder("PUT", `${path}/delete_keys`, { keys: ["b"] }, admin).status).toBe(202);
    const told = bed.of<{ kind: "notification"; event_type: string; publisher_id: string }>(
      "notification",
    );
    const ours = told.filter(({ event_type }) => /qos/i.test(event_type));
    expect(ours.map(({ event_type, publisher_id }) => `${event_type} ${publisher_id}`)).toEqual([
      "QoSSpecs.create QoSSpecs.controller",
      "qos_specs.update QoSSpecs.controller",
      "qos_specs.delete_keys QoSSpecs.controller",
      "qos_specs.delete_keys None.controller",
    ]);
  });

  it("cannot be read without a consumer, which is a key like any other", () => {
    const bed = new VolumeBed();
    const path = `/qos-specs/${qos(bed)}`;
    bed.cinder("PUT", `${path}/delete_keys`, { keys: ["consumer"] }, admin);
    expect(get(bed, path).status).toBe(500);
    expect(get(bed, "/qos-specs").status).toBe(500);
  });

  it("go where no type has them, or by force", () => {
    const bed = new VolumeBed();
    const [id, type] = [qos(bed), typed(bed)];
    const path = `/qos-specs/${id}`;
    expect(get(bed, `${path}/associate?vol_type_id=${type}`).status).toBe(202);
    expect(get(bed, `${path}/associations`).body).toEqual({
      qos_associations: [{ association_type: "volume_type", name: "fast", id: type }],
    });
    expect(bed.refusal("DELETE", path, undefined, admin)).toEqual([
      ...[400, "badRequest", "Qos specs still in use."],
    ]);
    expect(bed.cinder("DELETE", `${path}?force=True`, undefined, admin).status).toBe(202);
    expect(bed.volumes.volume_types.get(type)?.qos_specs_id).toBeNull();
    expect(bed.refusal("GET", path, undefined, admin)[2]).toBe(`No such QoS spec ${id}.`);
  });

  it.each([
    ["POST", "", { qos_specs: { name: "gold" } }, 409, "QoS Specs gold already exists."],
    [
      "POST",
      "",
      { qos_specs: { name: "x", consumer: "nobody" } },
      400,
      "Invalid qos specs: Valid consumer of QoS specs are: ['front-end', 'back-end', 'both']",
    ],
    [
      "POST",
      "",
      { qos_specs: { name: "x", a: {} } },
      500,
      "Failed to create qos_specs: x with specs {u'a': {}, u'consumer': u'back-end'}.",
    ],
    ["PUT", "/x", { qos_specs: { a: "b" } }, 404, "No such QoS spec x."],
    ["GET", "/x/associate", undefined, 400, "Volume Type id must not be None."],
    ["GET", "/x/associate?vol_type_id=y", undefined, 404, "No such QoS spec x."],
    ["GET", "/x/disassociate_all", undefined, 404, "No such QoS spec x."],
  ])("%s %s %j is refused", (method, end, body, status, message) => {
    const bed = new VolumeBed();
    qos(bed);
    const [code, , text] = bed.refusal(method, `/qos-specs${end}`, body, admin);
    expect([code, text]).toEqual([status, message]);
  });

  it("belong to a type one at a time", () => {
    const bed = new VolumeBed({ notify: true });
    const [one, type] = [qos(bed), typed(bed)];
    const other = qos(bed, { name: "silver" });
    get(bed, `/qos-specs/${one}/associate?vol_type_id=${type}`);
    bed.forget();
    expect(
      bed.refusal("GET", `/qos-specs/${other}/associate?vol_type_id=${type}`, undefined, admin)[2],
    ).toBe(
      `Invalid volume type: Type ${type} is already associated with another qos specs: ${one}`,
    );
    // Taken from a type that has others, they stay.
    expect(get(bed, `/qos-specs/${other}/disassociate?vol_type_id=${type}`).status).toBe(202);
    expect(bed.volumes.volume_types.get(type)?.qos_specs_id).toBe(one);
  });

  it("go to whoever attaches a volume, if they are the front end's", () => {
    const bed = new VolumeBed();
    const type = typed(bed);
    const id = qos(bed, { consumer: "both", iops: "5" });
    get(bed, `/qos-specs/${id}/associate?vol_type_id=${type}`);
    const volume = bed.made({ volume_type: "fast" });
    const connector = { initiator: "iqn.x", host: "h", ip: "10.0.0.1" };
    const info = (): unknown => bed.act(volume, "os-initialize_connection", { connector }).body;
    expect(info()).toMatchObject({ connection_info: { data: { qos_specs: { iops: "5" } } } });
    bed.cinder("PUT", `/qos-specs/${id}`, { qos_specs: { consumer: "back-end" } }, admin);
    expect(info()).toMatchObject({ connection_info: { data: { qos_specs: null } } });
  });
});

const ENCRYPTION = { provider: "luks", control_location: "front-end", cipher: null, key_size: 256 };

describe("the encryption of a volume type", () => {
  it("is made, shown column by column, and deleted for ever", () => {
    const bed = new VolumeBed();
    const type = typed(bed);
    const path = `/types/${type}/encryption`;
    expect(get(bed, path).body).toEqual({});
    const volume_type_id = type;
    expect(made(bed, "encryption", path, { encryption: ENCRYPTION })).toEqual({
      ...ENCRYPTION,
      volume_type_id,
    });
    expect(get(bed, path).body).toMatchObject({ ...ENCRYPTION, volume_type_id, deleted: false });
    expect(get(bed, `${path}/provider`).body).toEqual({ provider: "luks" });
    expect(bed.refusal("POST", path, { encryption: ENCRYPTION }, admin)).toEqual([
      400,
      "badRequest",
      `Volume type encryption for type ${type} already exists.`,
    ]);
    const changed = { encryption: { key_size: 512 } };
    expect(bed.cinder("PUT", `${path}/provider`, changed, admin).body).toEqual(changed);
    expect(bed.cinder("DELETE", `${path}/provider`, undefined, admin).status).toBe(202);
    // The deleted row keeps the key of the table.
    expect(bed.refusal("POST", path, { encryption: ENCRYPTION }, admin)[0]).toBe(500);
    expect(bed.refusal("DELETE", `${path}/provider`, undefined, admin)[2]).toBe(BROKEN);
  });

  it.each([
    [{}, "Create body is not valid."],
    [{ encryption: {} }, "Invalid input received: provider must be defined"],
    [{ encryption: { provider: "x" } }, "Invalid input received: control_location must be defined"],
    [
      { encryption: { ...ENCRYPTION, control_location: "here" } },
      "Invalid input received: Valid control location are: ['front-end', 'back-end']",
    ],
    [
      { encryption: { ...ENCRYPTION, key_size: "256" } },
      "Invalid input received: key_size must be an integer",
    ],
    [
      { encryption: { ...ENCRYPTION, key_size: -1 } },
      "Invalid input received: key_size must be non-negative",
    ],
  ])("%j is refused", (body, message) => {
    const bed = new VolumeBed();
    const path = `/types/${typed(bed)}/encryption`;
    expect(bed.refusal("POST", path, body, admin)).toEqual([400, "badRequest", message]);
  });

  it("is a volume's, which then keeps it from changing", () => {
    const bed = new VolumeBed();
    const type = typed(bed);
    const path = `/types/${type}/encryption`;
    bed.cinder("POST", path, { encryption: ENCRYPTION }, admin);
    const volume = bed.made({ volume_type: "fast" });
    const encryption_key_id = "00000000-0000-0000-0000-000000000000";
    expect(bed.shown(volume)["encrypted"]).toBe(true);
    expect(bed.cinder("GET", `/volumes/${volume}/encryption`).body).toEqual({
      encryption_key_id,
      ...ENCRYPTION,
    });
    const one = (key: string) => bed.cinder("GET", `/volumes/${volume}/encryption/${key}`);
    expect([one("provider").body, one("cipher").body]).toEqual(["luks", null]);
    expect([one("key_size").status, one("x").status]).toEqual([500, 500]);
    expect(bed.cinder("GET", `/volumes/${bed.made()}/encryption`).body).toEqual({
      encryption_key_id: null,
    });
    for (const [method, act] of [
      ["PUT", "update"],
      ["DELETE", "delete"],
    ] as const) {
      expect(bed.refusal(method, `${path}/x`, { encryption: { cipher: "y" } }, admin)[2]).toBe(
        `Cannot ${act} encryption specs. Volume type in use.`,
      );
    }
  });
});
