/**
 * What `cinder` asks about volume types, in both versions. Upstream: python-cinderclient 1.1.1,
 * v1/shell.py, v2/shell.py (do_type_*, do_extra_specs_list), v1/volume_types.py.
 */
import { describe, expect, it } from "vitest";
import { CinderBed } from "./bed.js";

const bed = new CinderBed();
const V2 = "cinder --os-volume-api-version 2";

describe("cinder and volume types", () => {
  it("makes one and lists it", () => {
    const [header, [id = "", name] = []] = bed.cells("cinder type-create fast");
    expect([header, name]).toEqual([["ID", "Name"], "fast"]);
    expect(bed.asked()).toEqual(["POST /types"]);
    expect(bed.bodies.at(-1)).toEqual({ volume_type: { name: "fast" } });
    expect(bed.cells("cinder type-list")).toEqual([
      ["ID", "Name"],
      [id, "fast"],
    ]);
    expect(bed.asked()).toEqual(["GET /types"]);
  });

  it("looks for the type among all before it sets and unsets its keys", () => {
    const id = bed.cells("cinder type-list")[1]?.[0] ?? "";
    bed.silent("cinder type-key fast set volume_backend_name=lvm capabilities:x=y");
    expect(bed.asked()).toEqual(["GET /types", "GET /types", `POST /types/${id}/extra_specs`]);
    expect(bed.bodies.at(-1)).toEqual({
      extra_specs: { volume_backend_name: "lvm", "capabilities:x": "y" },
    });
    bed.silent(`${V2} type-key ${id} unset capabilities:x`);
    expect(bed.asked()).toEqual([
      `GET /types/${id}`,
      `DELETE /types/${id}/extra_specs/capabilities:x`,
    ]);
    expect(bed.cells("cinder extra-specs-list")).toEqual([
      ["ID", "Name", "extra_specs"],
      [id, "fast", "{u'volume_backend_name': u'lvm'}"],
    ]);
  });

  it("takes no keys in version 1, and sends none", () => {
    bed.silent("cinder type-key fast set");
    expect(bed.bodies.at(-1)).toEqual({ extra_specs: {} });
    expect(bed.run(`${V2} type-key fast set`).stderr).toContain("error: too few arguments");
  });

  it("shows the name of the type with a volume", () => {
    expect(bed.properties("cinder create 1 --volume-type fast --display-name v")).toMatchObject({
      volume_type: "fast",
    });
    expect(bed.failure("cinder create 1 --volume-type slow").stderr).toBe(
      "ERROR: Not Found (HTTP 404) (Request-ID: req-x)\n",
    );
  });

  it("deletes by name in version 1, and by what is typed in version 2", () => {
    expect(bed.failure("cinder type-delete fast").stderr).toBe(
      "ERROR: Bad Request (HTTP 400) (Request-ID: req-x)\n",
    );
    expect(bed.failure("cinder type-delete slow").stderr).toBe(
      "ERROR: No volumetype with a name or ID of 'slow' exists.\n",
    );
    expect(bed.failure(`${V2} type-delete fast`).stderr).toBe(
      "ERROR: Not Found (HTTP 404) (Request-ID: req-x)\n",
    );
    expect(bed.asked()).toEqual(["DELETE /types/fast"]);
    bed.silent("cinder delete v");
    bed.silent("cinder type-delete fast");
    expect(bed.cells("cinder type-list")).toEqual([["ID", "Name"]]);
  });
});
