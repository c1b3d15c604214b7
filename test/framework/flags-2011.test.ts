/** Flags as nova 2011.3 had them, over the registry of today: messaging §C1 and §C3. */
import { describe, expect, it } from "vitest";
import { Flags, type FlagValue } from "../../src/framework/index.js";
import { Gflags } from "../../src/vintage/index.js";
import { withDefaultFlagfile } from "../../src/vintage/flags/files.js";
import { AttributeError, KeyError } from "../../src/python/index.js";

const flags = (texts: Readonly<Record<string, string>> = {}): Gflags =>
  new Gflags({ texts: new Map(Object.entries(texts)) });

const thrown = (name: string): unknown => expect.objectContaining({ name });

describe("the default flag file", () => {
  const find = (argv: readonly string[], ...paths: string[]): string[] =>
    withDefaultFlagfile(argv, { texts: new Map(paths.map((path) => [path, ""])), cwd: "/here" });

  it("is the one beside the script (CFG-01)", () => {
    const all = ["/usr/bin/nova.conf", "/here/nova.conf", "/etc/nova/nova.conf"];
    expect(find(["/usr/bin/nova-x", "a"], ...all)).toEqual([
      "/usr/bin/nova-x",
      "--flagfile=/usr/bin/nova.conf",
      "a",
    ]);
    expect(find(["/usr/bin/nova-x"], ...all.slice(1))[1]).toBe("--flagfile=./nova.conf");
  });

  it("is that of /etc if there is no other (CFG-02)", () => {
    expect(find(["/usr/bin/nova-x"], "/etc/nova/nova.conf")[1]).toBe(
      "--flagfile=/etc/nova/nova.conf",
    );
  });

  it("is not looked for if the command line speaks of flag files, of whatever one (CFG-03)", () => {
    const argv = ["nova-x", "--flagfile=/missing"];
    expect(find(argv, "/etc/nova/nova.conf")).toEqual(argv);
  });

  it("may be missing: the command line stays and defaults hold (CFG-04)", () => {
    expect(find(["nova-x", "b"])).toEqual(["nova-x", "b"]);
  });
});

describe("a flag file", () => {
  it.each([[["--a=2", "--flagfile=/f"]], [["--flagfile", "/f", "--a=2"]]])(
    "gives way to the command line on whichever side of it (CFG-05): %j",
    (args) => {
      const view = flags({ "/f": "# note\n// note\n\n--a=1\n--b=1\n" });
      view.DEFINE_integer("a", 0, "");
      view.DEFINE_integer("b", 0, "");
      view.parse(["prog", ...args]);
      expect([view.value("a"), view.value("b")]).toEqual([2, 1]);
    },
  );

  it("gives way to one that was named before it (CFG-06)", () => {
    const view = flags({ "/A": "--x=a\n", "/B": "--x=b\n" });
    view.DEFINE_string("x", "", "");
    view.parse(["prog", "--flagfile=/A", "--flagfile=/B"]);
    expect(view.value("x")).toBe("a");
  });

  it("includes others in place; circles are skipped and missing files told", () => {
    const view = flags({
      "/A": "--x=1\n--flagfile=/B\n--flagfile=/none\n",
      "/B": "--x=2\n--flagfile=/A",
    });
    view.DEFINE_string("x", "", "");
    view.parse(["prog", "--flagfile=/A"]);
    expect(view.value("x")).toBe("2");
    expect(view.missing).toEqual(["/none"]);
  });
});

describe("a flag that is defined late", () => {
  it("is no error before, and is not there (CFG-07)", () => {
    const view = flags();
    expect(view.parse(["prog", "--late=60", "extra"])).toEqual(["prog", "extra"]);
    expect(view.has("late")).toBe(false);
  });

  it("has what the command line said (CFG-08)", () => {
    const view = flags();
    view.parse(["prog", "--late=60", "extra"]);
    view.DEFINE_integer("late", 1, "");
    expect(view.value("late")).toBe(60);
  });

  it("with its value as a word of its own hides what follows, until it is defined (CFG-09)", () => {
    const view = flags();
    view.DEFINE_integer("known", 0, "");
    expect(view.parse(["prog", "--late", "v", "--known=1"])).toEqual(["prog", "v", "--known=1"]);
    expect(view.value("known")).toBe(0);
    view.DEFINE_string("late", "", "");
    expect([view.value("late"), view.value("known")]).toEqual(["v", 1]);
  });

  it("makes all flags be read again, so that assignments are lost (CFG-12)", () => {
    const view = flags();
    view.DEFINE_bool("verbose", false, "");
    view.parse(["prog", "--noverbose"]);
    view.assign("verbose", true);
    expect(view.value("verbose")).toBe(true);
    view.DEFINE_integer("late", 1, "");
    expect(view.value("late")).toBe(1);
    expect(view.value("verbose")).toBe(false);
  });

  it("takes back what a longer name had by its beginning (CFG-18)", () => {
    const view = flags();
    view.DEFINE_string("duplicate_answer_long", "val", "");
    view.parse(["prog", "--duplicate_answer=60", "extra"]);
    expect(view.value("duplicate_answer_long")).toBe("60");
    view.DEFINE_integer("duplicate_answer", 50, "");
    expect(view.value("duplicate_answer")).toBe(60);
    expect(view.value("duplicate_answer_long")).toBe("val");
  });
});

describe("a flag takes", () => {
  it("what is within its bounds (CFG-10)", () => {
    const view = flags();
    view.DEFINE_integer("report_interval", 10, "", { lower_bound: 1 });
    expect(() => view.parse(["prog", "--report_interval=0"])).toThrow(
      "flag --report_interval=0: 0 is not a positive integer",
    );
    expect(() => view.parse(["prog", "--report_interval=x"])).toThrow(thrown("IllegalFlagValue"));
  });

  it.each<[string, FlagValue]>([
    ["--i=0x10", 16],
    ["--f=1e3", 1000],
    ["--b", true],
    ["--nob", false],
    ["--b=T", true],
    ["--b=0", false],
    ["--e=two", "two"],
    ["--l=", []],
    ["--s=a  b", ["a", "b"]],
  ])("%s", (arg, value) => {
    const view = flags();
    view.DEFINE_integer("i", 0, "");
    view.DEFINE_float("f", 0, "");
    view.DEFINE_boolean("b", null, "");
    view.DEFINE_enum("e", "one", ["one", "two"], "");
    view.DEFINE_list("l", ["d"], "");
    view.DEFINE_spaceseplist("s", [], "");
    view.parse(["prog", arg]);
    expect(view.value(arg.replace(/^--(?:no)?(.).*$/u, "$1"))).toEqual(value);
    expect(() => view.parse(["prog", "--b=on"])).toThrow("Non-boolean argument to boolean flag");
    expect(() => view.parse(["prog", "--e=three"])).toThrow("value should be one of <one|two>");
  });

  it("a list with blanks after its commas (CFG-16)", () => {
    const view = flags();
    view.DEFINE_list("x", [], "");
    view.parse(["prog", "--x=a, b,c"]);
    expect(view.value("x")).toEqual(["a", "b", "c"]);
  });

  it("many values, which take the place of the default ones (CFG-17)", () => {
    const view = flags();
    view.DEFINE_multistring("m", ["d"], "");
    expect(view.value("m")).toEqual(["d"]);
    view.parse(["prog", "--m=a", "--m=b"]);
    expect(view.value("m")).toEqual(["a", "b"]);
  });
});

describe("FLAGS", () => {
  it("puts other flags into texts (CFG-11)", () => {
    const view = flags();
    view.DEFINE_string("my_ip", "1.2.3.4", "");
    view.DEFINE_string("s3_host", "$my_ip", "");
    view.DEFINE_string("price", "$$5", "");
    view.DEFINE_string("broken", "$nope", "");
    expect([view.value("s3_host"), view.value("price")]).toEqual(["1.2.3.4", "$5"]);
    view.assign("my_ip", "");
    expect(() => view.value("s3_host")).toThrow(KeyError);
    expect(() => view.value("broken")).toThrow(KeyError);
  });

  it("can be gone through: every name once, and ? once help is there (CFG-14)", () => {
    const view = flags();
    view.DEFINE_string("a", "x", "");
    expect(view.names()).toEqual(["a"]);
    view.defineHelp();
    expect(view.names()).toEqual(["a", "help", "?", "helpshort", "helpxml"]);
    expect(
      view
        .names()
        .filter((name) => name !== "?")
        .map((name) => view.value(name)),
    ).toEqual(["x", false, false, false]);
    view.parse(["prog", "-?"]);
    expect(view.value("help")).toBe(true);
  });

  it("has a preset for flags without a value and an error for those that are not there (CFG-15)", () => {
    const view = flags();
    view.DEFINE_string("unset", null, "");
    expect(view.get("unset", "d")).toBe("d");
    expect(() => view.get("nope", null)).toThrow(AttributeError);
    expect(() => view.assign("nope", 1)).toThrow(KeyError);
  });

  it("keeps a value when a flag is declared again, and says what a module lacks (CFG-19)", () => {
    const view = flags();
    const module = (one: Gflags): void => one.DEFINE_integer("answer", 42, "");
    view.DECLARE("answer", "tests.declare_flags", module);
    view.assign("answer", 256);
    view.DECLARE("answer", "tests.declare_flags", module);
    expect(view.value("answer")).toBe(256);
    expect(() => view.DECLARE("other", "tests.declare_flags", () => {})).toThrow(
      "other not defined by tests.declare_flags",
    );
  });

  it("refuses one name for two flags, unless that is meant", () => {
    const view = flags();
    view.DEFINE_string("a", "x", "");
    expect(() => view.DEFINE_integer("a", 1, "")).toThrow(thrown("DuplicateFlag"));
    view.DEFINE_integer("a", 1, "", { allow_override: true });
    expect(view.value("a")).toBe(1);
  });

  it("changes default and value at once with SetDefault", () => {
    const view = flags();
    view.DEFINE_integer("a", 1, "");
    view.assign("a", 5);
    view.setDefault("a", 7);
    expect(view.value("a")).toBe(7);
  });

  it("helps by module, with flags that were defined late", () => {
    const view = flags();
    view.parse(["prog"]);
    view.DEFINE_bool("late", true, "a late one", { module: "nova.late" });
    view.DEFINE_string("a", null, "an early one", { module: "nova.flags" });
    expect(view.help()).toEqual([
      "nova.flags:",
      "  --a: an early one",
      "    (default: None)",
      "nova.late:",
      "  --[no]late: a late one",
      "    (default: True)",
    ]);
  });

  it("of a process in a cloud have what the deployment gives, whenever they are defined", () => {
    const view = Gflags.of(new Flags({ answer: 60, names: ["a", "b"], on: true }));
    view.DEFINE_integer("answer", 42, "");
    view.DEFINE_list("names", [], "");
    view.DEFINE_bool("on", false, "");
    expect(["answer", "names", "on"].map((name) => view.value(name))).toEqual([
      60,
      ["a", "b"],
      true,
    ]);
  });
});
