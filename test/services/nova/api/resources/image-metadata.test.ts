/** nova/api/openstack/compute/image_metadata.py, common.py (check_img_metadata_properties_quota) at 2014.2. */
import { describe, expect, it } from "vitest";
import { ImageNotAuthorized } from "../../../../../src/services/nova/exception.js";
import { ApiBed, CIRROS, IMAGE, NOWHERE } from "../bed.js";

const PATH = `/images/${IMAGE}/metadata`;

class Tagged extends ApiBed {
  constructor(flags = {}) {
    super(flags);
    this.images.set(IMAGE, { ...CIRROS, properties: { a: "1", b: "2" } });
  }

  get kept(): unknown {
    return this.images.get(IMAGE)?.properties;
  }
}

describe("the metadata of an image, by way of Nova", () => {
  it("is read, then written whole, in two requests to Glance", () => {
    const bed = new Tagged();
    const answer = bed.ask("POST", PATH, { metadata: { b: "3", c: "4" } });
    expect([answer.status, answer.body]).toEqual([200, { metadata: { a: "1", b: "3", c: "4" } }]);
    expect(bed.asked).toEqual([`image get ${IMAGE}`, `image replace ${IMAGE}`]);
    expect(bed.kept).toEqual({ a: "1", b: "3", c: "4" });
  });

  it("is replaced by PUT, and goes or comes by key", () => {
    const bed = new Tagged();
    expect(bed.ask("PUT", `${PATH}/c`, { meta: { c: "x" } }).body).toEqual({ meta: { c: "x" } });
    expect(bed.ask("DELETE", `${PATH}/a`).status).toBe(204);
    expect(bed.kept).toEqual({ b: "2", c: "x" });
    expect(bed.ask("PUT", PATH, { metadata: { d: "1" } }).body).toEqual({ metadata: { d: "1" } });
    expect(bed.ask("PUT", PATH, {}).body).toEqual({ metadata: {} });
    expect(bed.kept).toEqual({});
  });

  it("has as JSON what Nova keeps so (_convert_to_string)", () => {
    const bed = new Tagged();
    const mappings = [{ virtual: "swap" }];
    const answer = bed.ask("PUT", `${PATH}/mappings`, { meta: { mappings } });
    expect(answer.body).toEqual({ meta: { mappings } });
    expect(bed.kept).toEqual({ a: "1", b: "2", mappings: '[{"virtual": "swap"}]' });
    expect(bed.ask("GET", `${PATH}/mappings`).body).toEqual({ meta: { mappings } });
  });

  it.each([
    ["PUT", "/a", {}, "400 Incorrect request body format"],
    ["PUT", "/a", { meta: { b: "1" } }, "400 Request body and URI mismatch"],
    ["PUT", "/a", { meta: { a: "1", b: "1" } }, "400 Request body contains too many items"],
    ["PUT", "", { metadata: [1] }, "400 Invalid image metadata"],
    ["POST", "", { metadata: { c: "1" } }, "403 Image metadata limit exceeded"],
    ["PUT", "", { metadata: { "": "1" } }, "400 Image metadata key cannot be blank"],
    ["PUT", "", { metadata: { ["k".repeat(256)]: "1" } }, "400 Image metadata key too long"],
    ["DELETE", "/c", undefined, "404 Invalid metadata key"],
    ["GET", "/c", undefined, "404 The resource could not be found."],
  ])("%s %s %j: %s", (method, item, body, told) => {
    const bed = new Tagged({ quota_metadata_items: 2 });
    expect(bed.told(bed.ask(method, PATH + item, body))).toBe(told);
    expect(bed.kept).toEqual({ a: "1", b: "2" });
  });

  it("is 404 of no image, 403 of somebody else's", () => {
    const bed = new Tagged();
    expect(bed.told(bed.ask("POST", `/images/${NOWHERE}/metadata`, {}))).toBe(
      "404 Image not found.",
    );
    bed.failures.set("image replace", new ImageNotAuthorized({ image_id: IMAGE }));
    expect(bed.told(bed.ask("POST", PATH, { metadata: {} }))).toBe(
      `403 Not authorized for image ${IMAGE}.`,
    );
  });
});
