/**
 * What Python makes of values of the wrong kind, where a caller can tell: cinder/api/v2/volume_metadata.py,
 * snapshot_metadata.py, cinder/volume/api.py (update_volume_metadata, create_snapshot_in_db),
 * cinder/api/contrib/scheduler_hints.py, cinder/api/common.py (dict_to_query_str), cinder/transfer/api.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { VolumeBed } from "../bed.js";

const PLAIN =
  "The server could not comply with the request since it is either malformed or otherwise incorrect.";
const MALFORMED = "Malformed request body";

/** A volume that has something said of it, and one that has not. */
function twoVolumes() {
  const bed = new VolumeBed();
  return { bed, told: bed.made({ metadata: { k: "v" } }), silent: bed.made() };
}

const metadataOf = (bed: VolumeBed, id: string) =>
  bed.cinder("GET", `/volumes/${id}/metadata`).body;

describe("metadata that are added", () => {
  it.each([
    [5, PLAIN],
    [null, PLAIN],
    [true, PLAIN],
    ["ab", MALFORMED],
    [["a"], MALFORMED],
    [[["a", "b", "c"]], MALFORMED],
    [[null], PLAIN],
    [[[1, "x"]], PLAIN],
    [[[["a"], "x"]], PLAIN],
  ])(
    "as %j are a 400: dict.update raises TypeError for some, ValueError for others",
    (given, why) => {
      const { bed, told } = twoVolumes();
      const request = ["POST", `/volumes/${told}/metadata`, { metadata: given }] as const;
      expect(bed.refusal(...request)).toEqual([400, "badRequest", why]);
      expect(metadataOf(bed, told)).toEqual({ metadata: { k: "v" } });
    },
  );

  it.each([
    ["", {}],
    [[], {}],
    [[["a", "b"]], { a: "b" }],
    [["ab", "cd"], { a: "b", c: "d" }],
  ])("may as well be %j, which dict.update takes", (given, more) => {
    const { bed, told } = twoVolumes();
    const { status, body } = bed.cinder("POST", `/volumes/${told}/metadata`, { metadata: given });
    expect([status, body]).toEqual([200, { metadata: { k: "v", ...more } }]);
  });

  it("by one key may be a list of one text of two characters, and are answered as they came", () => {
    const { bed, silent } = twoVolumes();
    const { status, body } = bed.cinder("PUT", `/volumes/${silent}/metadata/ab`, { meta: ["ab"] });
    expect([status, body]).toEqual([200, { meta: ["ab"] }]);
    expect(metadataOf(bed, silent)).toEqual({ metadata: { a: "b" } });
  });

  it("to a snapshot are read in the same way", () => {
    const { bed, silent } = twoVolumes();
    const path = `/snapshots/${bed.snapped(silent)}/metadata`;
    expect(bed.refusal("POST", path, { metadata: 5 })[2]).toBe(PLAIN);
    expect(bed.refusal("POST", path, { metadata: "x" })[2]).toBe(MALFORMED);
    expect(bed.cinder("POST", path, { metadata: ["ab"] }).body).toEqual({ metadata: { a: "b" } });
  });
});

describe("metadata that replace others", () => {
  it.each([null, 0, false])(
    "as %j are looked through if there are others, and only then another kind of error",
    (given) => {
      const { bed, told, silent } = twoVolumes();
      const refused = (id: string) =>
        bed.refusal("PUT", `/volumes/${id}/metadata`, { metadata: given })[2];
      expect([refused(told), refused(silent)]).toEqual([PLAIN, MALFORMED]);
      expect(metadataOf(bed, told)).toEqual({ metadata: { k: "v" } });
    },
  );

  it.each([[[]], [""], ["k"], [5], [["k", "l"]]])("as %j have no items", (given) => {
    const { bed, told } = twoVolumes();
    const request = ["PUT", `/volumes/${told}/metadata`, { metadata: given }] as const;
    expect(bed.refusal(...request)).toEqual([400, "badRequest", MALFORMED]);
    expect(metadataOf(bed, told)).toEqual({ metadata: { k: "v" } });
  });

  it("in an update of the volume are a 500 without items, a 400 where nothing can be in them", () => {
    const { bed, told, silent } = twoVolumes();
    const status = (id: string, metadata: unknown) =>
      bed.refusal("PUT", `/volumes/${id}`, { volume: { metadata } })[0];
    expect([status(told, 5), status(silent, 5), status(told, "x")]).toEqual([400, 500, 500]);
  });
});

describe("a snapshot that the database does not take", () => {
  it("gives the quota back; metadata that the API itself refuses do not", () => {
    const { bed, silent: volume_id } = twoVolumes();
    const post = (values: object) =>
      bed.refusal("POST", "/snapshots", { snapshot: { volume_id, ...values } })[0];
    expect(post({ name: "x".repeat(256) })).toBe(500);
    expect(post({ metadata: { k: ["v"] } })).toBe(500);
    expect(bed.used()["snapshots"]).toEqual([0, 0]);
    expect(bed.used()["gigabytes"]).toEqual([2, 0]);
    expect(post({ metadata: { "": "v" } })).toBe(400);
    expect(bed.used()["snapshots"]).toEqual([0, 1]);
  });
});

describe("scheduler hints", () => {
  const HINTS = "OS-SCH-HNT:scheduler_hints";

  it.each(["v1", "v2"] as const)("are read in %s before the volume is missed", (version) => {
    const bed = new VolumeBed();
    const post = (body: object) => bed.refusal("POST", "/volumes", body, { version });
    expect(post({ [HINTS]: "x", volume: { size: 1 } })).toEqual([
      400,
      "badRequest",
      "Malformed scheduler_hints attribute",
    ]);
    expect(post({ [HINTS]: 5, volume: { size: 1 } })).toEqual([400, "badRequest", PLAIN]);
    expect(bed.asked({}, { version })).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each(["v1", "v2"] as const)(
    "are written into the volume in %s, which nothing but an object allows",
    (version) => {
      const bed = new VolumeBed();
      for (const volume of [null, "x", [], 7]) {
        const refusal = bed.refusal("POST", "/volumes", { volume }, { version });
        expect(refusal).toEqual([400, "badRequest", PLAIN]);
      }
      expect(bed.refusal("POST", "/volumes", {}, { version })[0]).toBe(
        version === "v1" ? 422 : 400,
      );
    },
  );
});

describe("what is no ASCII", () => {
  it("is a 500 in the link to the next page, and nowhere else", () => {
    const bed = new VolumeBed();
    bed.made({ name: "größe" });
    const list = (more: string) => bed.cinder("GET", `/volumes?name=gr%C3%B6%C3%9Fe${more}`).status;
    expect([list(""), list("&limit=2"), list("&limit=1")]).toEqual([200, 200, 500]);
  });

  it("is a 500 as the key of an offer", () => {
    const bed = new VolumeBed();
    const { body } = bed.cinder("POST", "/os-volume-transfer", {
      transfer: { volume_id: bed.made() },
    });
    const { id } = (body as unknown as { transfer: { id: string } }).transfer;
    const accept = (auth_key: string) =>
      bed.refusal(
        "POST",
        `/os-volume-transfer/${id}/accept`,
        { accept: { auth_key } },
        { as: "other" },
      );
    expect(accept("schlüssel")[0]).toBe(500);
    expect(accept("key")[0]).toBe(400);
  });
});
