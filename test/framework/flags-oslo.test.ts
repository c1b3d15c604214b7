/** The registry as oslo.config 1.4 has it: messaging §C2, §C3 (what was run against it). */
import { describe, expect, it } from "vitest";
import {
  boolean,
  dict,
  float,
  integer,
  ip,
  list,
  multiString,
  option,
  optionalString,
  secret,
  string,
  type Flag,
  type FlagValue,
} from "../../src/framework/index.js";
import { ConfigOpts } from "../../src/vintage/index.js";
import { AttributeError } from "../../src/python/index.js";

const files = (texts: Readonly<Record<string, string>>) => ({
  files: { texts: new Map(Object.entries(texts)) },
});

/** A registry of `options` after the command line `args`. */
function conf(
  options: Readonly<Record<string, Flag<FlagValue>>>,
  args: readonly string[] = [],
  texts: Readonly<Record<string, string>> = {},
): ConfigOpts {
  const registry = new ConfigOpts();
  for (const [name, flag] of Object.entries(options)) registry.registerOpt(name, flag);
  registry.parse(args, files(texts));
  return registry;
}

const FOO = { foo: integer(5, "") };
const ini = (text: string): string => `[DEFAULT]\n${text}\n`;

describe("what counts", () => {
  it("is the last of several files, and all of them for a multi option (CFG-20)", () => {
    const texts = { "/a": ini("foo = 1\nm = a1\nm = a2"), "/b": ini("foo = 2\nm = b1") };
    const args = ["--config-file", "/a", "--config-file=/b"];
    const registry = conf({ ...FOO, m: multiString([], "") }, args, texts);
    expect(registry.get("foo")).toBe(2);
    expect(registry.get("m")).toEqual(["a1", "a2", "b1"]);
  });

  it.each([
    [["--bar", "cli", "--config-file", "/f"], "x"],
    [["--config-file", "/f", "--bar", "cli"], "cli"],
    [["--bar", "cli"], "cli"],
  ])(
    "is what comes later of command line and file, default files coming first (CFG-21): %j",
    (args, value) => {
      const registry = new ConfigOpts();
      registry.registerCliOpt("bar", string("", ""));
      const texts = { "/f": ini("bar = x"), "/etc/nova/nova.conf": ini("bar = y") };
      registry.parse(args, { ...files(texts), project: "nova" });
      expect(registry.get("bar")).toBe(value);
    },
  );

  it("is an override before a file, a file before a new default, that before the default", () => {
    const registry = conf(FOO, ["--config-file", "/f"], { "/f": ini("foo = 2") });
    registry.setDefault("foo", 3);
    expect(registry.get("foo")).toBe(2);
    registry.setOverride("foo", 4);
    expect(registry.get("foo")).toBe(4);
    registry.clearOverride("foo");
    expect(registry.get("foo")).toBe(2);
    const bare = conf(FOO);
    bare.setDefault("foo", 3);
    expect(bare.get("foo")).toBe(3);
    bare.clearDefault("foo");
    expect(bare.get("foo")).toBe(5);
  });

  it("is an override as it is, of whatever type (CFG-27)", () => {
    const registry = conf(FOO);
    registry.setOverride("foo", "text");
    expect(registry.get("foo")).toBe("text");
  });

  it("is found in default files: the project's before the program's, home before /etc", () => {
    const registry = new ConfigOpts();
    registry.registerOpt("foo", integer(5, ""));
    const texts = {
      "/etc/nova/nova.conf": ini("foo = 1"),
      "/root/.nova/nova.conf": ini("foo = 2"),
      "/etc/nova-compute.conf": ini("foo = 3"),
    };
    registry.parse([], { ...files(texts), project: "nova", prog: "nova-scheduler" });
    expect(registry.get("foo")).toBe(2);
    registry.parse([], { ...files(texts), project: "nova", prog: "nova-compute" });
    expect(registry.get("foo")).toBe(3);
  });

  it("is what the folder of --config-dir says, sorted, until a later file says otherwise (CFG-25)", () => {
    const texts = {
      "/d/02.conf": ini("foo = 22"),
      "/d/01.conf": ini("foo = 11"),
      "/d/zz.txt": ini("foo = 99"),
      "/f": ini("foo = 7"),
    };
    expect(conf(FOO, ["--config-dir", "/d"], texts).get("foo")).toBe(22);
    expect(conf(FOO, ["--config-dir=/d", "--config-file=/f"], texts).get("foo")).toBe(7);
    expect(() => conf(FOO, ["--config-dir", "/none"])).toThrow(
      expect.objectContaining({ name: "ConfigDirNotFoundError" }),
    );
  });

  it("goes by an option's new name before its old ones, and multi options have all", () => {
    const texts = { "/f": "[DEFAULT]\nold = 1\nolds = a\n[grp]\nnew = 2\nnews = b\n" };
    const registry = new ConfigOpts();
    registry.registerOpt("new", { ...integer(0, ""), deprecated: ["old"] }, "grp");
    registry.registerOpt("news", { ...multiString([], ""), deprecated: ["olds"] }, "grp");
    registry.parse(["--config-file", "/f"], files(texts));
    expect(registry.group("grp").get("new")).toBe(2);
    expect([...(registry.group("grp").get("news") as string[])].sort()).toEqual(["a", "b"]);
    registry.parse(["--config-file", "/f"], files({ "/f": ini("old = 1") }));
    expect(registry.group("grp").get("new")).toBe(1);
  });
});

describe("a bad value", () => {
  const texts = { "/f": "[DEFAULT]\nfoo = x\n[grp]\nfoo = x\n" };

  it("hides as a missing option if it is in no group, and is named if it is in one (CFG-22)", () => {
    const registry = conf(FOO, ["--config-file", "/f"], texts);
    registry.registerOpt("foo", integer(5, ""), "grp");
    expect(() => registry.get("foo")).toThrow(expect.objectContaining({ name: "NoSuchOptError" }));
    expect(() => registry.group("grp").get("foo")).toThrow(
      expect.objectContaining({
        name: "ConfigFileValueError",
        message: "Value for option foo is not valid: invalid literal for int() with base 10: 'x'",
      }),
    );
  });

  it("on the command line is a usage error, exit 2", () => {
    const registry = new ConfigOpts();
    registry.registerCliOpt("foo", integer(5, ""));
    expect(() => registry.parse(["--foo=x"])).toThrow(
      expect.objectContaining({ exit: 2, message: expect.stringContaining("--foo") as string }),
    );
    expect(() => registry.parse(["--nope=1"])).toThrow("unrecognized arguments: --nope=1");
  });
});

describe("registration", () => {
  it("finds what a file said before, under a name that was unknown then (CFG-23)", () => {
    const registry = conf({}, ["--config-file", "/f"], { "/f": ini("unk = 9") });
    expect(registry.has("unk")).toBe(false);
    registry.registerOpt("unk", optionalString(""));
    expect(registry.get("unk")).toBe("9");
  });

  it("of the same option is nothing new, of another one by its name an error", () => {
    const registry = new ConfigOpts();
    expect(registry.registerOpt("foo", integer(5, ""))).toBe(true);
    expect(registry.registerOpt("foo", integer(5, ""))).toBe(false);
    expect(() => registry.registerOpt("foo", integer(6, ""))).toThrow("duplicate option: foo");
  });

  it("for the command line comes before that is parsed", () => {
    expect(() => conf({}).registerCliOpt("foo", integer(5, ""))).toThrow(
      expect.objectContaining({ name: "ArgsAlreadyParsedError" }),
    );
  });

  it("of a required option without a value fails at parse", () => {
    const registry = new ConfigOpts();
    registry.registerOpt("foo", { ...optionalString(""), required: true }, "grp");
    expect(() => registry.parse([])).toThrow("value required for option in group grp: foo");
  });
});

describe("an option that is not there", () => {
  it("is a missing attribute too, and a default does not help (CFG-24)", () => {
    const registry = conf(FOO);
    expect(() => registry.get("nope")).toThrow(AttributeError);
    expect(() => registry.get("nope")).toThrow("no such option: nope");
    expect([...registry.names()]).toEqual(["foo"]);
    expect(registry.has("nope")).toBe(false);
  });
});

describe("files", () => {
  it("that are missing are told by their whole paths (CFG-28)", () => {
    expect(() => conf(FOO, ["--config-file", "x.conf", "--config-file", "/y.conf"])).toThrow(
      expect.objectContaining({
        name: "ConfigFilesNotFoundError",
        message: "Failed to read some config files: /x.conf,/y.conf",
      }),
    );
  });

  it("take an indented remark for more of the value (CFG-26)", () => {
    const texts = { "/f": ini("foo = 7\n  # note") };
    const registry = conf({ foo: optionalString("") }, ["--config-file", "/f"], texts);
    expect(registry.get("foo")).toBe("7\n# note");
    expect(() => conf(FOO, ["--config-file", "/f"], texts).get("foo")).toThrow("no such option");
  });

  it("name groups in any case (CFG-31)", () => {
    const registry = new ConfigOpts();
    registry.registerOpt("baz", optionalString(""), "grp");
    registry.parse(["--config-file", "/f"], files({ "/f": "[Grp]\nbaz = 1\n" }));
    expect(registry.group("grp").get("baz")).toBe("1");
    expect(registry.group("GRP").names()).toEqual(["baz"]);
  });

  it("can be read again; if they are bad, all stays as it was", () => {
    const texts = new Map([["/f", ini("foo = 1")]]);
    const registry = new ConfigOpts();
    registry.registerOpt("foo", integer(5, ""));
    registry.parse(["--config-file", "/f"], { files: { texts } });
    texts.set("/f", ini("foo = 2"));
    expect(registry.reloadConfigFiles()).toBe(true);
    expect(registry.get("foo")).toBe(2);
    texts.delete("/f");
    expect(registry.reloadConfigFiles()).toBe(false);
    expect(registry.get("foo")).toBe(2);
  });
});

describe("an option takes", () => {
  const read = (flag: Flag<FlagValue>, text: string): FlagValue => {
    const registry = new ConfigOpts();
    registry.registerOpt("x", flag, "g");
    registry.parse(["--config-file", "/f"], files({ "/f": `[g]\nx = ${text}\n` }));
    return registry.group("g").get("x");
  };

  it.each<[string, Flag<FlagValue>, string, FlagValue]>([
    ["IntOpt", integer(1, ""), "+7", 7],
    ["IntOpt", integer(1, ""), "-0", -0],
    ["IntOpt", integer(1, ""), "", null],
    ["FloatOpt", float(1, ""), "1e3", 1000],
    ["FloatOpt", float(1, ""), ".5", 0.5],
    ["BoolOpt", boolean(false, ""), "On", true],
    ["BoolOpt", boolean(true, ""), "no", false],
    ["StrOpt", string("", ""), '"two words"', "two words"],
    ["StrOpt", string("", ""), "'half", "'half"],
    ["ListOpt", list([], ""), "a, b,,c", ["a", "b", "", "c"]],
    ["ListOpt", list(["d"], ""), "", []],
    [
      "DictOpt",
      dict({}, ""),
      "a:1, b : 2:3",
      new Map([
        ["a", "1"],
        ["b", "2:3"],
      ]),
    ],
    ["IPOpt", ip("127.0.0.1", ""), "10.0.0.1", "10.0.0.1"],
    ["IPOpt", ip("127.0.0.1", ""), "fe80::1", "fe80::1"],
    ["MultiStrOpt", multiString([], ""), "a,b", ["a,b"]],
  ])("%s %#: %o <- %j", (_type, flag, text, value) => {
    expect(read(flag, text)).toEqual(value);
  });

  it.each<[string, Flag<FlagValue>, string, string]>([
    ["IntOpt", integer(1, ""), "0x10", "invalid literal for int() with base 10: '0x10'"],
    ["IntOpt", integer(1, ""), "1.0", "invalid literal for int() with base 10: '1.0'"],
    ["FloatOpt", float(1, ""), "nan", "could not convert string to float: 'nan'"],
    ["BoolOpt", boolean(false, ""), "maybe", "Unexpected boolean value 'maybe'"],
    ["BoolOpt", boolean(false, ""), "t", "Unexpected boolean value 't'"],
    ["StrOpt (CFG-30)", string("a", "", ["a", "b"]), "c", "Valid values are [a, b], but found 'c'"],
    ["DictOpt", dict({}, ""), "a:1,b", 'Value should be NAME:VALUE pairs separated by ","'],
    ["DictOpt", dict({}, ""), ":1", "Key name should not be empty"],
    ["DictOpt", dict({}, ""), "a:1,a:2", "Duplicate key a"],
    ["IPOpt", ip("127.0.0.1", ""), "10.0.0.256", "10.0.0.256 is not IPv4 or IPv6 address"],
    ["IPOpt", ip("127.0.0.1", "", 4), "fe80::1", "fe80::1 is not an IPv4 address"],
    ["IPOpt", ip("::1", "", 6), "1::2::3", "1::2::3 is not an IPv6 address"],
  ])("%s not %#", (_type, flag, text, why) => {
    expect(() => read(flag, text)).toThrow(`Value for option x is not valid: ${why}`);
  });

  it("numbers within its bounds, of which 0 is one, unlike in 1.4 (CFG-29)", () => {
    const bounded = integer(1, "", { min: 1, max: 5 });
    expect(() => read(bounded, "0")).toThrow("Should be greater than or equal to 1");
    expect(() => read(bounded, "9")).toThrow("Should be less than or equal to 5");
    expect(() => read(integer(0, "", { min: 0 }), "-3")).toThrow("greater than or equal to 0");
  });
});

describe("$names", () => {
  it("are options of the same group, then of none; $$ and \\$ are dollars", () => {
    const texts = {
      "/f": "[DEFAULT]\nip = 1.2.3.4\nn = 7\n[g]\nip = 5.6.7.8\nurl = http://$ip:${n}/$$x\\$y $5\n",
    };
    const registry = new ConfigOpts();
    registry.registerOpt("ip", string("", ""));
    registry.registerOpt("n", integer(0, ""));
    registry.registerOpt("ip", string("", ""), "g");
    registry.registerOpt("url", string("", ""), "g");
    registry.parse(["--config-file", "/f"], files(texts));
    expect(registry.group("g").get("url")).toBe("http://5.6.7.8:7/$x$y $5");
  });

  it("that are unknown make the outer option a missing one; unset ones are None", () => {
    const texts = { "/f": ini("a = $nope\nb = $c") };
    const options = { a: string("", ""), b: string("", ""), c: optionalString("") };
    const registry = conf(options, ["--config-file", "/f"], texts);
    expect(() => registry.get("a")).toThrow("no such option: a");
    expect(registry.get("b")).toBe("None");
  });

  it("stand in defaults, lists and overrides alike", () => {
    const options = { ip: string("1.1.1.1", ""), all: list(["$ip", "b"], ""), o: string("", "") };
    const registry = conf(options);
    registry.setOverride("o", "<$ip>");
    expect([registry.get("all"), registry.get("o")]).toEqual([["1.1.1.1", "b"], "<1.1.1.1>"]);
  });
});

describe("the log of options", () => {
  it("does not tell secrets", () => {
    const registry = conf({ user: string("nova", ""), password: secret(string("s3cret", "")) });
    registry.registerOpt("num_retries", option("glance.num_retries", integer(0, "")), "glance");
    expect(registry.optValues().map((line) => line.replace(/ +/gu, " "))).toEqual([
      "password = ****",
      "user = nova",
      "glance.num_retries = 0",
    ]);
  });
});
