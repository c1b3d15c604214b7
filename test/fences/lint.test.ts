/** Fence 2: the linter refuses what the language offers and a deterministic run cannot have. */
import { describe, expect, it } from "vitest";
import { lint, lintTyped } from "./lint.js";

const file = "src/services/nova/compute/planted.ts";

const banned: [what: string, text: string, instead: RegExp][] = [
  ["Date.now", "export const f = (): number => Date.now();", /Ask the kernel for the time/],
  ["new Date()", "export const f = (): unknown => new Date();", /Ask the kernel for the time/],
  ["Date()", "export const f = (): unknown => Date();", /Ask the kernel for the time/],
  ["new Date(ms)", "export const f = (): unknown => new Date(0);", /kernel\/time\.ts alone/],
  ["Date.parse", 'export const f = (): unknown => Date.parse("x");', /kernel\/time\.ts alone/],
  ["Math.random", "export const f = (): number => Math.random();", /kernel\.stream/],
  ["destructured Math.random", "export const { random } = Math;", /kernel\.stream/],
  ["Math.sin", "export const f = (x: number): number => Math.sin(x);", /differ between machines/],
  ["Math.log", "export const f = (x: number): number => Math.log(x);", /differ between machines/],
  [
    "Math.pow",
    "export const f = (x: number): number => Math.pow(x, 2);",
    /differ between machines/,
  ],
  ["**", "export const f = (x: number): number => x ** 0.5;", /differ between machines/],
  ["bare yield", "export function* f(): unknown { yield 1; }", /Use `yield\*`/],
  ["async", "export async function f(): unknown { return 1; }", /`function\*`/],
  ["an async arrow", "export const f = async (): unknown => 1;", /`function\*`/],
  ["an async method", "export class A { async f(): unknown { return 1; } }", /`function\*`/],
  ["top-level await", "export const x = await y;", /`function\*`/],
  ["Promise", "export const f = (): unknown => Promise.resolve(1);", /`yield\*`/],
  ["queueMicrotask", "queueMicrotask(() => undefined);", /`yield\*`/],
  ["WeakRef", "export const f = (x: object): unknown => new WeakRef(x);", /end things explicitly/],
  [
    "FinalizationRegistry",
    "export const r = new FinalizationRegistry(() => undefined);",
    /explicitly/,
  ],
  ["module-level let", "let count = 0; export const f = (): number => ++count;", /module state/],
  ["exported let", "export let count = 0; count++;", /module state/],
  ["localeCompare", 'export const f = (a: string): number => a.localeCompare("b");', /locale/],
  ["toLocaleString", "export const f = (a: number): string => a.toLocaleString();", /locale/],
  ["toLocaleUpperCase", "export const f = (a: string): string => a.toLocaleUpperCase();", /locale/],
  ["Intl", "export const f = (): unknown => new Intl.NumberFormat();", /locale/],
  ["globalThis", "export const f = (): unknown => globalThis;", /Nothing is ambient/],
  ["import()", 'export const f = (): unknown => import("./x.js");', /top of the file/],
  [
    "a generator function made to be called once",
    "export const f = (): unknown => (function* () { return 1; })();",
    /declare it beside/,
  ],
  ["export *", 'export * from "./x.js";', /what is public is a list/],
  ["export * as", 'export * as x from "./x.js";', /what is public is a list/],
];

describe("the lint fence", () => {
  it.each(banned)("refuses %s and says what to do instead", async (_, text, instead) => {
    expect((await lint(file, text)).join("\n")).toMatch(instead);
  });

  it("lets a plain operation through", async () => {
    const text = "export function* f(): Op<void> {\n  yield* sleep(1);\n}\n";
    expect(
      await lint(file, `import { sleep, type Op } from "../../../kernel/index.js";\n${text}`),
    ).toEqual([]);
  });

  it("holds in every folder but the command's, whatever else a folder is told", async () => {
    const text = "export const f = (): number => Date.now() + Math.random();";
    const folders = ["kernel", "bus", "http", "framework", "services/glance/api", "clients"];
    folders.push("cloud", "timeline", "views", "scenario", "testing");
    for (const folder of folders) {
      expect(await lint(`src/${folder}/planted.ts`, text), folder).toHaveLength(2);
    }
    expect(await lint("src/kernel/time.ts", text)).toHaveLength(2);
    expect(await lint("src/cli/planted.ts", text)).toEqual([]);
  });

  it("lets only the kernel yield an effect, and only kernel/time.ts make a date", async () => {
    const yields = "export function* f(): unknown { yield 1; }";
    const dates = "export const f = (ms: number): unknown => new Date(ms);";
    expect(await lint("src/kernel/planted.ts", yields)).toEqual([]);
    expect(await lint("src/scenario/planted.ts", yields)).toHaveLength(1);
    expect(await lint("src/kernel/time.ts", dates)).toEqual([]);
    expect(await lint("src/kernel/planted.ts", dates)).toHaveLength(1);
  });

  it.each([
    ["performance.now", "export const began = performance.now();"],
    ["a destructured clock", "const { now } = Date; export const began = now();"],
    ["new Date()", "export const today = new Date();"],
    ["process.hrtime", "export const began = process.hrtime.bigint();"],
    ["setTimeout", "setTimeout(() => undefined, 50);"],
    ["setInterval", "setInterval(() => undefined, 50);"],
    [
      "a timer of a module",
      'import { setTimeout } from "node:timers/promises"; await setTimeout(1);',
    ],
    ["perf_hooks", 'import { performance } from "perf_hooks"; export const x = performance;'],
  ])("refuses a clock in a test: %s", async (_, text) => {
    expect((await lint("test/kernel/planted.test.ts", text)).join("\n")).toMatch(/count work/);
  });

  it("lets a test make a date of a number, and wait for what happens", async () => {
    const text = "export const date = new Date(0); setImmediate(() => undefined);";
    expect(await lint("test/kernel/planted.test.ts", text)).toEqual([]);
    expect(await lint("bench/planted.ts", "export const now = performance.now();")).toEqual([]);
  });

  it("refuses a disabling comment that disables nothing", async () => {
    const text = "// eslint-disable-next-line eqeqeq\nexport const x = 1;";
    expect(await lint(file, text)).toHaveLength(1);
  });
});

describe("no-dropped-op", () => {
  const dropped = /novasim\/no-dropped-op: This operation is never run/;
  const callback = /novasim\/no-dropped-op: The caller of this callback drops/;
  const wrap = (body: string): string =>
    [
      'import { done, sleep, type Op } from "../kernel/index.js";',
      `export function* f(kernel: Kernel, items: readonly number[]): Op<void> { ${body} }`,
      "interface Kernel { spawn(op: Op<void>): void; after(delay: number, fire: () => void): void }",
      "export function* g(): Op<number> { yield* sleep(1); return yield* done(1); }",
    ].join("\n");

  const caught: [what: string, body: string, says: RegExp][] = [
    ["a call without yield*", "sleep(1); yield* sleep(1);", dropped],
    ["a void call", "void sleep(1); yield* sleep(1);", dropped],
    ["a conditional call", "if (items.length > 0) g(); yield* sleep(1);", dropped],
    ["one branch of a condition", "items[0] === 1 && g(); yield* sleep(1);", dropped],
    ["forEach over operations", "items.forEach((n) => sleep(n)); yield* sleep(1);", callback],
    ["a generator as a timer", "kernel.after(1, function* () { yield* sleep(1); });", callback],
  ];

  it.each(caught)("catches %s", async (_, body, says) => {
    expect((await lintTyped("src/cloud/activity.ts", wrap(body))).join("\n")).toMatch(says);
  });

  it("lets be what is run, spawned, kept or returned", async () => {
    const body =
      "yield* sleep(1); kernel.spawn(sleep(1)); const ops = items.map((n) => sleep(n)); for (const op of ops) yield* op; kernel.after(1, () => { kernel.spawn(sleep(1)); });";
    const all = await lintTyped("src/cloud/activity.ts", wrap(body));
    expect(all.filter((message) => message.includes("no-dropped-op"))).toEqual([]);
  });
});
