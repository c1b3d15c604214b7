import { describe, expect, it } from "vitest";
import { ApiBed, IMAGE } from "./bed.js";

describe("images by way of Nova (nova §5.3)", () => {
  it("are shown in Nova's words, one HEAD each", () => {
    const bed = new ApiBed();
    expect(bed.ask("GET", `/images/${IMAGE}`).body).toMatchObject({
      image: {
        id: IMAGE,
        name: "cirros",
        status: "ACTIVE",
        progress: 100,
        minRam: 0,
        minDisk: 0,
        created: "2014-09-18T04:03:09Z",
        "OS-EXT-IMG-SIZE:size": 13_000_000,
      },
    });
    expect(bed.asked).toEqual([`image get ${IMAGE}`]);
    expect(bed.told(bed.ask("GET", "/images/cirros"))).toBe("404 Image not found.");
  });

  it("are deleted with 204 and never made here", () => {
    const bed = new ApiBed();
    expect(bed.ask("DELETE", `/images/${IMAGE}`).status).toBe(204);
    expect(bed.ask("POST", "/images", {}).status).toBe(405);
  });
});
