/** Flags: what a process reads, from which layer, and what it is told when a value cannot be. */
import { describe, expect, expectTypeOf, it } from "vitest";
import {
  FlagError,
  Flags,
  boolean,
  float,
  integer,
  list,
  optionalString,
  string,
  type FlagValue,
} from "../../src/framework/index.js";
import { InvariantError } from "../../src/kernel/index.js";

const set = {
  workers: integer(2, "Workers", { min: 1, max: 8 }),
  interval: integer(10, "Seconds", { min: 0 }),
  ceiling: integer(5, "At most", { max: 5 }),
  ratio: float(1.5, "Ratio"),
  enabled: boolean(true, "Enabled"),
  level: string("INFO", "Level", ["INFO", "DEBUG"]),
  driver: optionalString("Driver"),
  topics: list(["notifications"], "Topics"),
} as const;

const read = (values: Readonly<Record<string, FlagValue>>) => new Flags(values).read(set);

describe("flags", () => {
  it("have their defaults until set, and each its type", () => {
    const flags = read({});
    expect(flags).toEqual({
      workers: 2,
      interval: 10,
      ceiling: 5,
      ratio: 1.5,
      enabled: true,
      level: "INFO",
      driver: null,
      topics: ["notifications"],
    });
    expectTypeOf(flags.workers).toEqualTypeOf<number>();
    expectTypeOf(flags.driver).toEqualTypeOf<string | null>();
    expectTypeOf(flags.topics).toEqualTypeOf<readonly string[]>();
    // @ts-expect-error: no such flag was declared
    expect(flags.nonsense).toBeUndefined();
  });

  it("come from the first layer that has them: the process's before the cloud's", () => {
    const flags = new Flags({ workers: 3 }, { workers: 4, interval: 0 }).read(set);
    expect([flags.workers, flags.interval]).toEqual([3, 0]);
  });

  it("may be set for services that do not read them", () => {
    expect(read({ another: "x", workers: 1 }).workers).toBe(1);
  });

  it.each<[keyof typeof set, FlagValue, unknown]>([
    ["workers", "4", 4],
    ["ratio", "0.5", 0.5],
    ["ratio", 2, 2],
    ["enabled", "no", false],
    ["enabled", "On", true],
    ["enabled", 0, false],
    ["topics", "a, b,c", ["a", "b", "c"]],
    ["topics", "", []],
    ["topics", ["a"], ["a"]],
    ["driver", "messaging", "messaging"],
    ["driver", null, null],
    ["level", "DEBUG", "DEBUG"],
  ])("%s takes %j as %j", (name, given, taken) => {
    expect(read({ [name]: given })[name]).toEqual(taken);
  });

  it.each<[keyof typeof set, FlagValue]>([
    ["workers", "many"],
    ["workers", ""],
    ["workers", NaN],
    ["workers", 1.5],
    ["workers", 0],
    ["workers", 9],
    ["workers", true],
    ["workers", null],
    ["interval", -1],
    ["ceiling", 6],
    ["enabled", "maybe"],
    ["level", "info"],
    ["driver", ["a"]],
  ])("%s refuses %j, naming the flag, the value and what it takes", (name, given) => {
    const refused = (): unknown => read({ [name]: given });
    expect(refused).toThrow(FlagError);
    expect(refused).toThrow(new RegExp(`^flag ${name} takes .+, not `));
  });

  it("named like what objects have are flags like any other", () => {
    const odd = { constructor: integer(1, "Odd"), toString: string("x", "Odd") };
    expect(new Flags({}).read(odd)).toEqual({ constructor: 1, toString: "x" });
  });
});

describe("the flags of a process", () => {
  const listed = { workers: integer(1, "workers") };
  const flags = Flags.of([], [listed], "nova-board");

  it("are read by the sets that it lists", () => {
    expect(flags.read(listed)).toEqual({ workers: 1 });
  });

  it("are refused by any other set, one of the same shape included", () => {
    const why = "nova-board reads flags that are not listed for it: workers";
    expect(() => flags.read({ ...listed })).toThrow(InvariantError);
    expect(() => flags.read({ ...listed })).toThrow(why);
  });

  it("are refused with what may be the reason, if only a second copy of the program has such a set", () => {
    expect(() => flags.read({ ...listed })).toThrow(/novasim is loaded twice here/u);
    const other = { threads: integer(1, "threads") };
    expect(() => flags.read(other)).toThrow(/List the set itself, no copy of it\.$/u);
  });
});
