import { describe, expect, it } from "vitest";
import {
  InstanceInvalidState,
  InvalidBDMFormat,
  NoMoreFixedIps,
  NoMoreFloatingIps,
  NovaException,
  QuotaError,
  TooManyInstances,
} from "../../../src/services/nova/exception.js";

describe("NovaException (nova/exception.py at 2014.2)", () => {
  it("has its code among its kwargs, and a text may show it", () => {
    expect(new QuotaError().message).toBe("Quota exceeded: code=413");
    expect(new NovaException({ code: 7 }).kwargs).toEqual({ code: 7 });
  });

  it("writes null as Python does", () => {
    const kwargs = { instance_uuid: "i", attr: null, state: "active", method: "stop" };
    expect(new InstanceInvalidState(kwargs).message).toBe(
      "Instance i in None active. Cannot stop while the instance is in this state.",
    );
  });

  it("shows its text as it is written where a value is missing, or a number is none", () => {
    expect(new InvalidBDMFormat().message).toBe("Block Device Mapping is Invalid: %(details)s");
    const kwargs = { overs: "ram", req: 1, used: null, allowed: 1, resource: "ram" };
    expect(new TooManyInstances(kwargs).message).toMatch(/^Quota exceeded for %\(overs\)s/);
  });

  it("takes an empty message for none", () => {
    expect(new NoMoreFixedIps({}, "").message).toBe("Zero fixed ips available.");
  });

  it("is shown to users only where its class is safe, with its headers", () => {
    expect([new QuotaError(), new NoMoreFloatingIps()].map(({ safe }) => safe)).toEqual([
      true,
      true,
    ]);
    expect(new QuotaError().headers).toEqual({ "Retry-After": "0" });
    expect(new NovaException()).toMatchObject({ safe: false, headers: {}, code: 500 });
  });
});
