/**
 * Volume types, their extra specs, and what becomes of them in a new volume:
 * cinder/api/contrib/types_manage.py, types_extra_specs.py, api/v{1,2}/types.py,
 * scheduler/filters/capabilities_filter.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { VolumeBed } from "./bed.js";

const admin = { as: "admin" } as const;

/** A type that is there. @returns its id */
function typed(bed: VolumeBed, name = "fast", extra_specs: object = {}): string {
  const { status, body } = bed.cinder(
    "POST",
    "/types",
    { volume_type: { name, extra_specs } },
    admin,
  );
  expect(status).toBe(200);
  return (body as unknown as { volume_type: { id: string } }).volume_type.id;
}

describe("volume types", () => {
  it("are made by administrators with 200, and seen by everybody", () => {
    const bed = new VolumeBed();
    const id = typed(bed, "fast", { a: "b" });
    const type = { id, name: "fast", extra_specs: { a: "b" } };
    expect(bed.cinder("GET", "/types").body).toEqual({ volume_types: [type] });
    expect(bed.cinder("GET", `/types/${id}`).body).toEqual({ volume_type: type });
    expect(bed.refusal("POST", "/types", { volume_type: { name: "x" } })).toEqual([
      403,
      "forbidden",
      "Policy doesn't allow volume_extension:types_manage to be performed.",
    ]);
  });

  it("have no words for a type that is not there but in v2", () => {
    const bed = new VolumeBed();
    expect(bed.refusal("GET", "/types/x")).toEqual([404, "itemNotFound", "Volume type not found"]);
    expect(bed.refusal("GET", "/types/x", undefined, { version: "v1" })).toEqual([
      ...[404, "itemNotFound", "The resource could not be found."],
    ]);
  });

  it.each([
    [{}, 400],
    [{ volume_type: null }, 400],
    [{ volume_type: { name: "" } }, 400],
    [{ volume_type: { name: null } }, 400],
    [{ volume_type: { name: [] } }, 500],
    [{ volume_type: { name: "x".repeat(256) } }, 500],
    [{ volume_type: { name: "x", extra_specs: "y" } }, 500],
    [{ volume_type: { name: "x", extra_specs: { a: {} } } }, 500],
    [{ volume_type: { name: 5 } }, 200],
    [{ volume_type: { name: "__proto__", extra_specs: { "../": "<b>" } } }, 200],
  ])("%j is answered %i", (body, status) => {
    const bed = new VolumeBed();
    expect(bed.cinder("POST", "/types", body, admin).status).toBe(status);
    expect(bed.volumes.volume_types.find()).toHaveLength(status === 200 ? 1 : 0);
  });

  it("have one name each, whatever its case", () => {
    const bed = new VolumeBed({ notify: true });
    typed(bed);
    expect(bed.refusal("POST", "/types", { volume_type: { name: "FAST" } }, admin)).toEqual([
      409,
      "conflictingRequest",
      "Volume Type FAST already exists.",
    ]);
    expect(bed.told()).toEqual([
      "volume_type.create volumeType.controller",
      "volume_type.create volumeType.controller",
    ]);
    const last = bed.of<{ kind: "notification"; payload: object }>("notification").at(-1);
    expect(last).toMatchObject({
      priority: "ERROR",
      payload: {
        volume_types: { name: "FAST" },
        error_message: {
          msg: "Volume Type FAST already exists.",
          kwargs: { id: "FAST", code: 500 },
        },
      },
    });
  });

  it("go with 202, unless a volume has one", () => {
    const bed = new VolumeBed();
    const id = typed(bed);
    const volume = bed.made({ volume_type: "fast" });
    expect(bed.refusal("DELETE", `/types/${id}`, undefined, admin)).toEqual([
      400,
      "badRequest",
      "Target volume type is still in use.",
    ]);
    bed.set(volume, { volume_type_id: null });
    expect(bed.cinder("DELETE", `/types/${id}`, undefined, admin).status).toBe(202);
    expect(bed.refusal("DELETE", `/types/${id}`, undefined, admin)).toEqual([
      404,
      "itemNotFound",
      "The resource could not be found.",
    ]);
  });
});

describe("extra specs", () => {
  it("are set, shown and deleted key by key", () => {
    const bed = new VolumeBed({ notify: true });
    const path = `/types/${typed(bed)}/extra_specs`;
    const body = { extra_specs: { a: "b", "x:y": "z" }, more: 1 };
    expect(bed.cinder("POST", path, body, admin)).toMatchObject({ status: 200, body });
    expect(bed.cinder("PUT", `${path}/a`, { a: "c" }, admin).body).toEqual({ a: "c" });
    expect(bed.cinder("GET", path, undefined, admin).body).toEqual({
      extra_specs: { a: "c", "x:y": "z" },
    });
    expect(bed.cinder("GET", `${path}/a`, undefined, admin).body).toEqual({ a: "c" });
    expect(bed.cinder("DELETE", `${path}/a`, undefined, admin).status).toBe(202);
    expect(bed.told().slice(1)).toEqual(
      ["create", "update", "delete"].map(
        (event) => `volume_type_extra_specs.${event} volumeTypeExtraSpecs.controller`,
      ),
    );
  });

  it.each([
    [
      "POST",
      "",
      {},
      [
        400,
        "The server could not comply with the request since it is either malformed or otherwise incorrect.",
      ],
    ],
    [
      "POST",
      "",
      { extra_specs: { "a b": "c" } },
      [
        400,
        "Key names can only contain alphanumeric characters, underscores, periods, colons and hyphens.",
      ],
    ],
    [
      "POST",
      "",
      { extra_specs: { "": "c" } },
      [
        400,
        "Key names can only contain alphanumeric characters, underscores, periods, colons and hyphens.",
      ],
    ],
    ["PUT", "/a", {}, [400, "Request body empty"]],
    ["PUT", "/a", { b: "c" }, [400, "Request body and URI mismatch"]],
    ["PUT", "/a", { a: "b", c: "d" }, [400, "Request body contains too many items"]],
    [
      "PUT",
      "/a",
      ["a"],
      [500, "The server has either erred or is incapable of performing the requested operation."],
    ],
    [
      "PUT",
      "/a",
      5,
      [
        400,
        "The server could not comply with the request since it is either malformed or otherwise incorrect.",
      ],
    ],
    ["GET", "/a", undefined, [404, "The resource could not be found."]],
  ] as const)("%s%s %j is refused", (method, end, body, [status, message]) => {
    const bed = new VolumeBed();
    const path = `/types/${typed(bed)}/extra_specs`;
    const [code, , text] = bed.refusal(method, path + end, body, admin);
    expect([code, text]).toEqual([status, message]);
  });

  it("name the type and the key that are not there", () => {
    const bed = new VolumeBed();
    const id = typed(bed);
    const path = (type: string) => `/types/${type}/extra_specs`;
    expect(bed.refusal("GET", path("x"), undefined, admin)[2]).toBe(
      "Volume type x could not be found.",
    );
    expect(bed.refusal("DELETE", `${path(id)}/a`, undefined, admin)[2]).toBe(
      `Volume Type ${id} has no extra specs with key a.`,
    );
    // Deleting looks for the type before it asks whether it may.
    expect(bed.refusal("DELETE", `${path("x")}/a`)[0]).toBe(404);
    expect(bed.refusal("GET", path("x"))[0]).toBe(403);
  });
});

describe("a volume of a type", () => {
  it("goes where the pool has what the type asks for", () => {
    const bed = new VolumeBed({ hosts: ["controller", "storage"] });
    const [first, second] = ["LVM_iSCSI", "other"];
    typed(bed, "here", { volume_backend_name: first, "other:scope": "x" });
    typed(bed, "nowhere", { "capabilities:volume_backend_name": second });
    typed(bed, "large", { total_capacity_gb: ">= 50" });
    const status = (name: string) => bed.row(bed.made({ volume_type: name })).status;
    expect(["here", "nowhere", "large"].map(status)).toEqual(["available", "error", "available"]);
  });

  it("shows the name, or the id of a type that is gone", () => {
    const bed = new VolumeBed();
    const type = typed(bed);
    const id = bed.made({ volume_type: type });
    expect(bed.shown(id)["volume_type"]).toBe("fast");
    bed.volumes.volume_types.softDelete(type);
    expect(bed.shown(id)["volume_type"]).toBe(type);
  });

  it("counts for the limits of its type as well", () => {
    const bed = new VolumeBed();
    typed(bed);
    bed.made({ volume_type: "fast", size: 2 });
    expect(bed.used()).toMatchObject({ volumes_fast: [1, 0], gigabytes_fast: [2, 0] });
  });
});
