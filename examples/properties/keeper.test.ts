/** Whatever goes wrong in the first minute, the keeper gets its one server, and no other stays. */
import fc from "fast-check";
import { Cloud, type FaultSpec } from "novasim";
import { expect, test } from "vitest";
import { keepOneRunning } from "./keeper.js";

const host = fc.constantFrom("compute-1", "compute-2");
const times = fc.integer({ min: 1, max: 2 });
const fault: fc.Arbitrary<FaultSpec> = fc.oneof(
  fc.record({ driver: fc.constant("spawn" as const), host, times, error: fc.constant("no disk") }),
  fc.record({
    drop: fc.record({
      method: fc.constantFrom("build_instances", "build_and_run_instance"),
      times,
    }),
  }),
  fc.record({
    answer: fc.record({
      path: fc.constant("/v2/*/servers"),
      status: fc.constantFrom(500, 503),
      times,
    }),
  }),
  fc.record({ lose_reply: fc.record({ method: fc.constant("select_destinations"), times }) }),
);

test("whatever fails, one server runs in the end, and only one", () => {
  fc.assert(
    fc.property(fc.nat({ max: 1_000 }), fc.array(fault, { maxLength: 3 }), (seed, faults) => {
      const cloud = new Cloud({ seed, computes: 3 });
      for (const each of faults) cloud.inject(each);
      const id = cloud.run(keepOneRunning(cloud.user("demo").nova, "web"));
      cloud.advance("10m");
      expect(cloud.server(id)?.status).toBe("ACTIVE");
      expect(cloud.count("ACTIVE")).toBe(1);
    }),
    // The same cases every time; leave the seed out to look further.
    { seed: 1, numRuns: 20 },
  );
});
