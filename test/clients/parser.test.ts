/** Laws of the parser; the words of its errors are those of Python 2.7's argparse. */
import { describe, expect, it } from "vitest";
import {
  Exit,
  help,
  int,
  parse,
  usage,
  type ParserSpec,
  type ArgumentValue,
} from "../../src/clients/shell/parser/index.js";

const BOOT: ParserSpec = {
  prog: "nova boot",
  about: "Boot a new server.",
  options: [
    { names: ["-h", "--help"], dest: "help", takes: "nothing", ends: "help" },
    { names: ["--flavor"], dest: "flavor", takes: "value", metavar: "<flavor>", about: "Size." },
    { names: ["--min-count"], dest: "min_count", takes: "value", type: int, about: "Least." },
    { names: ["--max-count"], dest: "max_count", takes: "value", type: int, about: "Most." },
    { names: ["--max_count"], dest: "max_count", takes: "value", type: int },
    { names: ["--meta"], dest: "meta", takes: "value", many: true, otherwise: [] },
    { names: ["--all"], dest: "all", takes: "optional", type: int, alone: 1, otherwise: 0 },
    { names: ["--poll"], dest: "poll", takes: "nothing", otherwise: false, about: "Wait." },
    { names: ["--key"], dest: "key", takes: "value", env: ["EMPTY", "KEY"] },
  ],
  positionals: [{ dest: "name", metavar: "<name>", count: "one", about: "Its name." }],
};
const NOVA: ParserSpec = {
  prog: "nova",
  about: "Compute.",
  options: [
    { names: ["--debug"], dest: "debug", takes: "nothing", otherwise: false, about: "Say." },
  ],
  positionals: [],
  commands: new Map([["boot", BOOT]]),
};

const values = (...words: string[]): Record<string, ArgumentValue> =>
  Object.fromEntries(parse(BOOT, words, new Map()).values);

function failure(spec: ParserSpec, ...words: string[]): Exit {
  try {
    parse(spec, words, new Map());
  } catch (error) {
    if (error instanceof Exit) return error;
    throw error;
  }
  throw new Error("it was understood");
}

describe("a parser", () => {
  it("takes options before, between and behind arguments", () => {
    expect(values("--poll", "t3", "--flavor", "1")).toMatchObject({
      name: "t3",
      flavor: "1",
      poll: true,
    });
  });

  it("takes --name=value and prefixes that fit one option only", () => {
    expect(values("--fl=a=b", "t3", "--min=2")).toMatchObject({ flavor: "a=b", min_count: 2 });
    expect(failure(BOOT, "t3", "--m=2").message).toBe(
      "ambiguous option: --m=2 could match --min-count, --max-count, --max_count, --meta",
    );
  });

  it("collects what may be repeated, in order", () => {
    expect(values("t3", "--meta", "a=1", "--meta=b=2")["meta"]).toEqual(["a=1", "b=2"]);
  });

  it("knows an optional value from what follows", () => {
    expect(values("t3", "--all")["all"]).toBe(1);
    expect(values("t3", "--all", "0")["all"]).toBe(0);
    expect(values("t3", "--all", "--poll")["all"]).toBe(1);
  });

  it("takes what stands behind -- as arguments, and negative numbers and blanks too", () => {
    expect(values("--", "--poll")["name"]).toBe("--poll");
    expect(values("-5")["name"]).toBe("-5");
    expect(values("-a b")["name"]).toBe("-a b");
  });

  it("falls back on the first variable of the environment that is not empty", () => {
    const env = new Map([
      ["EMPTY", ""],
      ["KEY", "mine"],
    ]);
    expect(parse(BOOT, ["t3"], env).values.get("key")).toBe("mine");
    expect(parse(BOOT, ["t3", "--key", "x"], env).values.get("key")).toBe("x");
  });

  it.each([
    [[], "too few arguments"],
    [["t3", "--flavor"], "argument --flavor: expected one argument"],
    [["t3", "--flavor", "--poll"], "argument --flavor: expected one argument"],
    [["t3", "--min-count", "x"], "argument --min-count: invalid int value: u'x'"],
    [["t3", "--poll=now"], "argument --poll: ignored explicit argument u'now'"],
    [["t3", "t4", "--nope"], "unrecognized arguments: t4 --nope"],
  ])("refuses %j with %s", (words, message) => {
    const exit = failure(BOOT, ...words);
    expect(exit.message).toBe(message);
    expect(exit.exit).toBe(2);
    expect(exit.stderr).toBe(
      `${usage(BOOT)}error: ${message}\nTry 'nova help boot' for more information.\n`,
    );
  });

  it("hands everything behind a sub-command to it, and complains in its own name of the rest", () => {
    const parsed = parse(NOVA, ["--debug", "boot", "t3", "--poll"], new Map());
    expect(parsed.command?.parsed.values.get("poll")).toBe(true);
    expect(failure(NOVA, "boot", "t3", "--nope").stderr).toBe(
      "usage: nova [--debug] <subcommand> ...\nerror: unrecognized arguments: --nope\nTry 'nova help ' for more information.\n",
    );
    expect(failure(NOVA, "--debug").message).toBe("too few arguments");
  });

  it("names an unknown sub-command as 2.20 does", () => {
    expect(failure(NOVA, "foo").stderr).toBe(
      "usage: nova [--debug] <subcommand> ...\nerror: argument <subcommand>: invalid choice: u'foo'\nTry 'nova help ' for more information.\n",
    );
  });
});

describe("usage and help", () => {
  it("fold at the width of a terminal and hide what has no description", () => {
    expect(usage(BOOT)).toBe(
      "usage: nova boot [--flavor <flavor>] [--min-count MIN_COUNT]\n" +
        "                 [--max-count MAX_COUNT] [--poll]\n" +
        "                 <name>\n",
    );
  });

  it("show two columns, with capital headings", () => {
    expect(failure(BOOT, "-h").stdout).toBe(help(BOOT));
    expect(help(BOOT).split("\n").slice(3)).toEqual([
      "",
      "Boot a new server.",
      "",
      "Positional arguments:",
      "  <name>                 Its name.",
      "",
      "Optional arguments:",
      "  --flavor <flavor>      Size.",
      "  --min-count MIN_COUNT  Least.",
      "  --max-count MAX_COUNT  Most.",
      "  --poll                 Wait.",
      "",
    ]);
  });
});
