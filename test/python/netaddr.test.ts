/** IP addresses, as netaddr takes them. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addressToNumber,
  cidrContains,
  isIpv4,
  isIpv6,
  isStrictIpv4,
  numberToAddress,
  parseCidr,
} from "../../src/python/index.js";

describe("an IPv4 address", () => {
  it("is a number and back", () => {
    fc.assert(
      fc.property(fc.ipV4(), (text) => {
        expect(numberToAddress(addressToNumber(text)!)).toBe(text);
      }),
    );
  });

  it("has four parts; zeros before one are borne, but not where inet_pton reads", () => {
    const texts = ["10.0.0.5", "010.0.0.5", "10.0.0.256", "10.0.0", "10.0.0.0.0", "", "a.b.c.d"];
    expect(texts.filter(isIpv4)).toEqual(["10.0.0.5", "010.0.0.5"]);
    expect(texts.filter(isStrictIpv4)).toEqual(["10.0.0.5"]);
  });

  it("lies in a network or not", () => {
    const network = parseCidr("192.168.1.130/25")!;
    const inside = ["192.168.1.127", "192.168.1.128", "192.168.1.255", "192.168.2.0"].map((text) =>
      cidrContains(network, addressToNumber(text)!),
    );
    expect(inside).toEqual([false, true, true, false]);
    expect(["10.0.0.0/33", "10.0.0.0", "10.0.0.0/x", "10.0.0.300/8"].map(parseCidr)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe("an IPv6 address", () => {
  it("may leave zeros out once, and end in one of IPv4", () => {
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        expect(isIpv6(text)).toBe(true);
      }),
    );
    const wrong = [
      "",
      ":",
      "1:2",
      "1::2::3",
      "1.2.3.4",
      "1.2.3.4::",
      "::1.2.3.04",
      "1:2:3:4:5:6:7:8:9",
    ];
    expect(wrong.filter(isIpv6)).toEqual([]);
  });
});
