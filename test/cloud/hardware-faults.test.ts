/** Hardware of a whole cloud that fails: each project says which it has, and on which hosts. */
import { describe, expect, it } from "vitest";
import { Cloud } from "../../src/cloud/cloud.js";
import type { FaultSpec } from "../../src/faults/index.js";
import { seconds } from "../../src/kernel/index.js";
import type { JsonObject } from "../../src/python/index.js";

/** A cloud whose volumes may come to lie on two hosts. */
const cloudWithVolumes = (): Cloud =>
  new Cloud({ services: ["cinder", { name: "cinder-volume", host: "volume-2" }] });

/** A volume that was asked for, as it is shown after a while. */
function volumeAfter(cloud: Cloud, wait = seconds(10)): JsonObject {
  const demo = cloud.user("demo");
  const asked = cloud.run(demo.request("volumev2", "POST", "/volumes", { volume: { size: 1 } }));
  const { id } = (asked.body as unknown as { volume: { id: string } }).volume;
  cloud.advance(wait);
  const { body } = cloud.run(demo.request("volumev2", "GET", `/volumes/${id}`));
  return (body as unknown as { volume: JsonObject }).volume;
}

describe("the storage of a volume host", () => {
  it("fails or is slow at one operation on one host, for so many or for a time", () => {
    const cloud = cloudWithVolumes();
    cloud.inject({ volume_driver: "create_volume", host: "controller", times: 100 });
    cloud.inject({ volume_driver: "create_volume", host: "volume-2", times: 100, error: "no" });
    expect(volumeAfter(cloud)["status"]).toBe("error");
    cloud.heal("volume_driver");
    expect(volumeAfter(cloud)["status"]).toBe("available");
    for (const host of ["controller", "volume-2"]) {
      cloud.inject({ volume_driver: "create_volume", host, by: seconds(30), for: seconds(60) });
    }
    expect(volumeAfter(cloud)["status"]).toBe("creating");
    cloud.advance("60s");
    expect(volumeAfter(cloud)["status"]).toBe("available");
  });

  it("is that of hosts with cinder-volume, and nobody else's", () => {
    const refusal = (spec: FaultSpec, cloud = cloudWithVolumes()) => {
      try {
        cloud.inject(spec);
      } catch (error) {
        return (error as Error).message;
      }
      return undefined;
    };
    const fault = { volume_driver: "create_volume", host: "compute-1" };
    expect(refusal(fault)).toBe(
      'no volume host is named "compute-1"; there are controller, volume-2',
    );
    expect(refusal(fault, new Cloud())).toBe(
      'no volume host is named "compute-1"; there is none here',
    );
    expect(refusal({ volume_driver: "__proto__", host: "volume-2" })).toMatch(
      /^no volume driver operation "__proto__" can fail; do_setup, create_volume, .*, detach_volume can$/,
    );
    expect(refusal({ volume_driver: "create_volume", host: "__proto__" })).toContain(
      'no volume host is named "__proto__"',
    );
    expect(refusal({ disk: "sdb1", host: "volume-2" })).toBe(
      'the host "volume-2" has no data disks; no host has any',
    );
    expect(refusal({ driver: "spawn", host: "volume-2" })).toBe(
      'no compute host is named "volume-2"; there are compute-1',
    );
  });
});
