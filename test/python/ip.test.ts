/** IP addresses and networks of both versions, as netaddr 0.7.12 takes and writes them. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  cidrOf,
  eui64,
  firstOf,
  ipNetworkText,
  ipText,
  isMac,
  lastOf,
  overlap,
  parseIp,
  parseIpNetwork,
} from "../../src/python/index.js";

const textOf = (text: string): string | undefined => {
  const ip = parseIp(text);
  return ip && ipText(ip);
};

const cidr = (text: string): string | undefined => {
  const network = parseIpNetwork(text);
  return network && ipNetworkText(cidrOf(network));
};

describe("an address", () => {
  it("is read and written back", () => {
    fc.assert(fc.property(fc.ipV4(), (text) => textOf(text) === text));
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }), (value) => {
        expect(parseIp(ipText({ version: 6, value }))).toEqual({ version: 6, value });
      }),
    );
  });

  it("of IPv4 is what inet_aton takes: fewer parts, in any of C's bases", () => {
    expect(["10", "1.2.3", "0x7f.1", "010.0.0.1", "1.2.3.4 "].map(textOf)).toEqual([
      ...["0.0.0.10", "1.2.0.3", "127.0.0.1", "8.0.0.1", "1.2.3.4"],
    ]);
    for (const text of ["", "256.1.1.1", "1.2.3.256", "1.2.3.4.5", "a", "1..2", "4294967296"]) {
      expect(parseIp(text), text).toBeUndefined();
    }
  });

  it("of IPv6 is written as inet_ntop does: the longest run of zeros left out", () => {
    const texts = ["2001:DB8:0:0:1:0:0:1", "::ffff:1.2.3.4", "::1.2.3.4", "::babe:dc0c:1602", "::"];
    expect(texts.map(textOf)).toEqual([
      ...["2001:db8::1:0:0:1", "::ffff:1.2.3.4", "::1.2.3.4", "::babe:dc0c:1602", "::"],
    ]);
    expect(textOf("1:0:3:4:5:6:7:8")).toBe("1:0:3:4:5:6:7:8");
  });
});

describe("a network", () => {
  it("has a length, a netmask or a hostmask, and fewer parts may be said", () => {
    expect(cidr("10.1.2.3/8")).toBe("10.0.0.0/8");
    expect(cidr("10.1.2.3/255.255.0.0")).toBe("10.1.0.0/16");
    expect(cidr("10.1.2.3/0.0.0.255")).toBe("10.1.2.0/24");
    expect(cidr("10/8")).toBe("10.0.0.0/8");
    expect(cidr("10.0.0.1")).toBe("10.0.0.1/32");
    expect(cidr("2001:db8::5/64")).toBe("2001:db8::/64");
    for (const text of ["10.0.0.0/33", "10.0.0.0/x", "::/129", "", "/24", "10.0.0.0/255.0.255.0"]) {
      expect(cidr(text), text).toBeUndefined();
    }
  });

  it("has a first and a last address, and shares some with others or none", () => {
    const [a, b, c] = ["10.0.0.0/24", "10.0.0.128/25", "10.0.1.0/24"].map((text) =>
      parseIpNetwork(text)!,
    );
    expect(ipText({ version: 4, value: firstOf(b!) })).toBe("10.0.0.128");
    expect(ipText({ version: 4, value: lastOf(b!) })).toBe("10.0.0.255");
    expect([overlap(a!, b!), overlap(a!, c!), overlap(a!, parseIpNetwork("::/0")!)]).toEqual([
      ...[true, false, false],
    ]);
  });
});

describe("a MAC address", () => {
  it("is written in one of netaddr's nine ways", () => {
    const good = [
      "fa:16:3e:00:00:01",
      "FA-16-3E-0-0-1",
      "fa16.3e00.0001",
      "fa163e000001",
      "fa163e:000001",
    ];
    expect(good.map(isMac)).toEqual(good.map(() => true));
    expect(["fa:16:3e:00:00", "fa:16:3e:00:00:zz", "", "fa163e00001x"].map(isMac)).toEqual([
      ...[false, false, false, false],
    ]);
  });

  it("makes the second half of an IPv6 address (neutron/common/ipv6_utils.py)", () => {
    const value = firstOf(parseIpNetwork("2001:db8::/64")!) + eui64("fa:16:3e:00:00:01");
    expect(ipText({ version: 6, value })).toBe("2001:db8::f816:3eff:fe00:1");
  });
});
