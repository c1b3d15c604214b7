import { describe, expect, it } from "vitest";
import {
  boolFromString,
  bytesRepr,
  dictOrder,
  dumps,
  float,
  isUuid,
  parseInteger,
  repr,
  slug,
  strictBoolean,
  urlencode,
} from "../../src/python/index.js";

describe("Python 2's dictionaries", () => {
  it("list their keys by hash: T1's body, T3's headers", () => {
    expect(
      dictOrder(["name", "imageRef", "flavorRef", "min_count", "max_count", "networks"]),
    ).toEqual(["name", "imageRef", "flavorRef", "max_count", "min_count", "networks"]);
    expect(dictOrder(["content-type", "content-length", "x-compute-request-id", "date"])).toEqual([
      "date",
      "content-length",
      "content-type",
      "x-compute-request-id",
    ]);
  });

  it("hash texts of any length and script with all 64 bits, as CPython 2.7.18 does", () => {
    const keys = ["", "a", "b".repeat(40), "名前", "café", "x-object-meta-mtime"];
    const more = ["OS-EXT-SRV-ATTR:host", "OS-DCF:diskConfig", "hw:cpu_policy", "z".repeat(200)];
    expect(dictOrder([...keys, ...more, "k1", "k2", "k3", "k4"])).toEqual([
      "",
      "a",
      "OS-EXT-SRV-ATTR:host",
      "hw:cpu_policy",
      "名前",
      "k4",
      "OS-DCF:diskConfig",
      "k3",
      "z".repeat(200),
      "k1",
      "café",
      "b".repeat(40),
      "k2",
      "x-object-meta-mtime",
    ]);
  });

  it("have each key once, and any number of them", () => {
    const keys = Array.from({ length: 200 }, (_, i) => `key${String(i)}`);
    const listed = dictOrder([...keys, ...keys]);
    expect(listed).toHaveLength(200);
    expect([...listed].sort()).toEqual([...keys].sort());
  });
});

describe("Python 2's texts", () => {
  it("repr quotes, escapes and marks unicode", () => {
    expect(repr("it's")).toBe(`u"it's"`);
    expect(repr(`'"`)).toBe(`u'\\'"'`);
    expect(repr("é\n名\u{1f600}\u0000")).toBe("u'\\xe9\\n\\u540d\\U0001f600\\x00'");
    expect(bytesRepr([null, true, 1, "a"])).toBe("[None, True, 1, 'a']");
    expect(repr({ b: 1, a: [] })).toBe("{u'a': [], u'b': 1}");
    expect(
      bytesRepr(
        new Map([
          ["b", "1"],
          ["a", "2"],
        ]),
      ),
    ).toBe("{'b': '1', 'a': '2'}");
  });

  it("json.dumps puts spaces after separators and writes ASCII only", () => {
    expect(dumps({ a: [1, null, { b: "é\u{1f600}" }] })).toBe(
      '{"a": [1, null, {"b": "\\u00e9\\ud83d\\ude00"}]}',
    );
    expect(dumps({ rxtx_factor: 1, ram: 1 })).toBe('{"ram": 1, "rxtx_factor": 1.0}');
    expect(float(0.25)).toBe("0.25");
  });

  it("slugs keep letters, digits and dashes", () => {
    expect(slug("  My Ünïque_Server -- #1. ")).toBe("my-unique_server-1");
    expect(slug("m1.nano")).toBe("m1nano");
  });

  it("UUIDs need no dashes and may wear braces; integers may have a sign", () => {
    expect(isUuid("44c37b900ec3460abdf2bd8bb98c9fdf")).toBe(true);
    expect(isUuid("{urn:uuid:44c37b90-0ec3-460a-bdf2-bd8bb98c9fdf}")).toBe(true);
    expect(isUuid("44c37b90-0ec3-460a-bdf2-bd8bb98c9fd")).toBe(false);
    expect([" 42 ", "+7", "-1", "4.2", "", "1e3"].map(parseInteger)).toEqual([
      42,
      7,
      -1,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("urlencode sorts by name and quotes all but a few", () => {
    const pairs = new Map([
      ["name", "^t (2)~é"],
      ["all_tenants", "1"],
    ]);
    expect(urlencode(pairs)).toBe("all_tenants=1&name=%5Et+%282%29%7E%C3%A9");
  });
});

describe("yes and no", () => {
  it("are what oslo's strutils takes for them, and nothing else is either", () => {
    for (const yes of ["1", "t", "TRUE", " on ", "y", "yes", 1, true]) {
      expect([strictBoolean(yes), boolFromString(yes)]).toEqual([true, true]);
    }
    for (const no of ["0", "f", "False", "off", "n", "no", 0, false]) {
      expect([strictBoolean(no), boolFromString(no)]).toEqual([false, false]);
    }
    for (const neither of ["", "2", "ja", null, [], {}]) {
      expect([strictBoolean(neither), boolFromString(neither)]).toEqual([undefined, false]);
    }
  });
});
