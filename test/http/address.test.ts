/** Who asks, as an address: webob's `remote_addr`. */
import { describe, expect, it } from "vitest";
import { addressOf } from "../../src/http/index.js";
import { isStrictIpv4 } from "../../src/python/index.js";

describe("the address of an actor", () => {
  it.each([
    ["neutron-server@controller", "10.0.0.11"],
    ["nova-compute@compute-1", "10.0.0.31"],
    ["nova-compute@compute2", "10.0.0.32"],
    ["nova-compute@compute-300", "10.0.1.74"],
  ])("of %s is %s", (actor, address) => {
    expect(addressOf(actor)).toBe(address);
  });

  it.each(["demo", "nova@admin", "", "compute-9999999999", "__proto__", "\ud800"])(
    "of %j is one, the same each time, and no service's",
    (actor) => {
      const address = addressOf(actor);
      expect(isStrictIpv4(address)).toBe(true);
      expect(addressOf(actor)).toBe(address);
      expect(Number(address.split(".")[1])).toBeGreaterThanOrEqual(128);
    },
  );

  it("is one for all that a host runs, and another for another user", () => {
    expect(addressOf("a@h")).toBe(addressOf("b@h"));
    expect(addressOf("demo")).not.toBe(addressOf("admin"));
  });
});
