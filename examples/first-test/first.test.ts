import { Cloud } from "novasim";
import { expect, test } from "vitest";

test("a server survives the failure of a hypervisor", () => {
  const cloud = new Cloud({ seed: 3, computes: 3 });
  const fault = cloud.inject({ driver: "spawn", host: "compute-1", error: "no disk left" });

  const { nova } = cloud.user("demo");
  cloud.run(nova.boot({ name: "web", flavor: "m1.nano", image: "cirros" }));
  cloud.settle(); // until nothing is under way: no waiting, no polling, no real time

  expect(fault.strikes).toBe(1);
  expect(cloud.server("web")).toMatchObject({ status: "ACTIVE", host: "compute-2" });
  expect(cloud.leftovers()).toEqual([]);
});
