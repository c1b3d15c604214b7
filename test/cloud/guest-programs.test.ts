/** What runs inside a guest: it starts when the guest has booted, and is gone with it. */
import { describe, expect, it } from "vitest";
import { Cloud } from "../../src/cloud/cloud.js";

const NET = "--nic net-id=private";

function cloudWith(...services: string[]): Cloud {
  return new Cloud({ seed: 3, services: ["cinder", "swift", ...services] });
}

const events = (cloud: Cloud): string[] =>
  cloud.timeline.entries.flatMap((entry) =>
    entry.kind === "service" && entry.actor?.startsWith("trove-guestagent@") === true
      ? [`${entry.actor} ${entry.event}`]
      : [],
  );

describe("a program of an image", () => {
  it("runs in every guest that has booted from it, without being asked for", () => {
    const cloud = cloudWith("trove");
    const demo = cloud.user("demo");
    const image = cloud.id("image", "trove-mysql-5.5") ?? "";
    demo.command(`nova boot plain --flavor m1.tiny --image ${image} --nic net-id=${net(cloud)}`);
    cloud.advance("10s");
    expect(cloud.server("plain")?.status).toBe("ACTIVE");
    expect(events(cloud)).toEqual([]);
    cloud.advance("1m");
    expect(events(cloud)[0]).toBe("trove-guestagent@plain starting");
    demo.command(`nova delete ${cloud.id("server", "plain") ?? ""}`);
    cloud.advance("10s");
    expect(() => cloud.start("trove-guestagent@plain")).toThrow();
  });

  it("is not in guests of other images", () => {
    const cloud = cloudWith("trove");
    cloud.user("demo").command(`nova boot t1 --flavor m1.nano --image cirros ${NET}`);
    cloud.advance("2m");
    expect(events(cloud)).toEqual([]);
  });
});

const net = (cloud: Cloud): string => cloud.id("network", "private") ?? "";
