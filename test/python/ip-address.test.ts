import { describe, expect, it } from "vitest";
import { ipAddress, ValueError, type Json } from "../../src/python/index.js";

describe("str(netaddr.IPAddress(value))", () => {
  it.each<[Json, string]>([
    ["10.0.0.7", "10.0.0.7"],
    ["010.0.0.7", "8.0.0.7"],
    [5, "0.0.0.5"],
    [true, "0.0.0.1"],
    [0x1_0000_0000, "::1:0:0"],
    ["0:0:0:0:0:babe:dc0c:1602", "::babe:dc0c:1602"],
    ["FE80:0:0:0:0:0:0:1", "fe80::1"],
    ["::", "::"],
    ["::1", "::1"],
    ["1::", "1::"],
    ["2001:db8:0:1:0:0:0:1", "2001:db8:0:1::1"],
    ["1:0:0:2:0:0:3:4", "1::2:0:0:3:4"],
    ["1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"],
    ["::ffff:10.0.0.7", "::ffff:10.0.0.7"],
    ["::a00:7", "::10.0.0.7"],
  ])("%j is %s", (value, short) => {
    expect(ipAddress(value)).toBe(short);
  });

  it.each<Json>(["", "x", "10.0.0.0/8", "10.0.0.09", "1.2.3.256", -1, 1.5, null, [], {}])(
    "%j is none",
    (value) => {
      expect(() => ipAddress(value)).toThrow(ValueError);
    },
  );
});
