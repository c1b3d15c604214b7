/** Whoever reads of a public name in an editor reads what it is, and an example that compiles and runs as it says. */
import { beforeAll, describe, expect, it } from "vitest";
import { publicNames, type PublicName } from "./public-names.js";
import { compileExamples, runExamples, type Example } from "./run-examples.js";

const FENCE = /^```ts\n([\s\S]*?)^```$/gmu;

describe("every public name", () => {
  let names: PublicName[] = [];
  let texts: { readonly name: string; readonly text: string }[] = [];
  let examples: Example[] = [];
  beforeAll(() => {
    names = publicNames();
    texts = names.flatMap(({ name, examples: own, members }) =>
      [[name, own] as const, ...members].flatMap(([of, said]) =>
        said.map((text) => ({ name: of, text })),
      ),
    );
    examples = texts.flatMap(({ name, text }) =>
      [...text.matchAll(FENCE)].map(([, code = ""]) => ({ name, code })),
    );
  });

  it("says what it is", () => {
    expect(names.length).toBeGreaterThan(150);
    expect(names.filter(({ text }) => text === "").map(({ name }) => name)).toEqual([]);
  });

  it("has an example, if it is there when a program runs", () => {
    const shown = new Set(examples.map(({ name }) => name));
    const without = names.filter(({ name, isValue }) => isValue && !shown.has(name));
    expect(without.map(({ name, entry }) => `${name} of ${entry}`)).toEqual([]);
  });

  it("has its examples in fences alone, each with what it imports", () => {
    const bare = texts.filter(({ text }) => [...text.matchAll(FENCE)].length !== 1);
    expect(bare.map(({ name }) => name)).toEqual([]);
    expect(examples.filter(({ code }) => !/ from "novasim/u.test(code))).toEqual([]);
  });

  it("has examples that compile", () => {
    expect(compileExamples(examples)).toEqual([]);
  });

  it("has examples that run, and print what stands behind it", () => {
    expect(runExamples(examples)).toEqual([]);
  });
});

describe("an example", () => {
  const code = (line: string): Example[] => [{ name: "x", code: `${line}\n` }];

  it("that prints something else is found, and so is one that throws", () => {
    expect(runExamples(code("console.log(1 + 1); // 2"))).toEqual([]);
    expect(runExamples(code("console.log(1 + 1); // 3"))).toEqual(["x: prints 2, and not 3"]);
    expect(runExamples(code('throw new Error("no");'))[0]).toContain("x: throws Error: no");
    expect(runExamples(code("[1 + 1]; // → [2]"))).toEqual([]);
    expect(runExamples(code('"a" + 1; // → "b1"'))).toEqual(["x: comes to 'a1', and not \"b1\""]);
    expect(runExamples(code("if (1 > 2) console.log(1); // 1"))[0]).toContain("printed []");
  });

  it("that does not compile is found, with its line", () => {
    expect(compileExamples(code("const n: number = 'one'; console.log(n);"))).toEqual([
      "x, line 1: Type 'string' is not assignable to type 'number'.",
    ]);
  });
});
