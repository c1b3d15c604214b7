/** Fence 1: simulated code compiles in a world without a host, under `tsconfig.sim.json`. */
import { beforeAll, describe, expect, it } from "vitest";
import path from "node:path";
import ts from "typescript";

const root = path.resolve(import.meta.dirname, "../..");
/** Where the planted files would be, with numbers. They are never written. */
const planted = path.join(root, "src/framework/planted.ts");

/** The settings of simulated code, as the build reads them. */
function simulatedOptions(): ts.CompilerOptions {
  const file = path.join(root, "tsconfig.sim.json");
  const parsed = ts.getParsedCommandLineOfConfigFile(
    file,
    { noEmit: true },
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
        throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"));
      },
    },
  );
  if (parsed === undefined) throw new Error(`${file} cannot be read`);
  return { ...parsed.options, composite: false, incremental: false };
}

/** What the compiler says about each of `sources`, planted beside each other into simulated code. */
function compile(sources: readonly string[]): string[][] {
  const options = simulatedOptions();
  const host = ts.createCompilerHost(options);
  const readSource = host.getSourceFile.bind(host);
  const fileExists = host.fileExists.bind(host);
  // Modules all: in a script a name would be everybody's.
  const files = new Map(
    sources.map((source, i) => [
      planted.replace(".ts", `-${String(i)}.ts`),
      `${source}\nexport {};`,
    ]),
  );
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.getSourceFile = (name, ...rest) => {
    const source = files.get(name);
    return source === undefined
      ? readSource(name, ...rest)
      : ts.createSourceFile(name, source, ts.ScriptTarget.ES2023, true);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  const everywhere = program.getGlobalDiagnostics();
  return [...files.keys()].map((name) => {
    const file = program.getSourceFile(name);
    return [
      ...everywhere,
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
    ].map((each) => ts.flattenDiagnosticMessageText(each.messageText, "\n"));
  });
}

const kernel = 'import { sleep, type Op } from "../kernel/index.js";\n';

const refused: [what: string, source: string, says: RegExp][] = [
  ["setTimeout", "setTimeout(() => undefined, 1);", /'setTimeout'/],
  ["setImmediate", "setImmediate(() => undefined);", /'setImmediate'/],
  ["process", "export const argv = process.argv;", /'process'/],
  ["fetch", 'export const answer = fetch("http://x");', /'fetch'/],
  ["crypto", "export const id = crypto.randomUUID();", /'crypto'/],
  ["performance", "export const now = performance.now();", /'performance'/],
  ["console", 'console.log("hello");', /'console'/],
  ["structuredClone", "export const copy = structuredClone({});", /'structuredClone'/],
  ["node:fs", 'import fs from "node:fs"; export const x = fs;', /'node:fs'/],
  ["node:timers", 'import t from "node:timers"; export const x = t;', /'node:timers'/],
  ["an enum", "export enum State { on }", /erasableSyntaxOnly/],
  [
    "a wrong result of yield*",
    `${kernel}export function* f(): Op<void> { const x: string = yield* sleep(0); void x; }`,
    /'void' is not assignable to type 'string'/,
  ],
  [
    "an operation where its result is meant",
    `${kernel}export function* f(op: () => Op<number>): Op<number> { yield* sleep(0); return op(); }`,
    /'Op<number>' is not assignable to type 'number'/,
  ],
  ...Object.entries({
    "to sleep": 'import { sleep } from "../kernel/index.js"; export const x = sleep(60);',
    "for a timer":
      'import type { Kernel } from "../kernel/index.js"; export const x = (k: Kernel) => k.after(60, () => undefined);',
    "for a latency":
      'import type { Span } from "../kernel/index.js"; export const x: Span = { min: 0, max: 60 };',
    "for a cloud's latency":
      'import type { CloudOptions } from "../cloud/options/options.js"; export const x: CloudOptions = { latency: { rpc: { min: 0, max: 60 } } };',
    "for a fault":
      'import type { FaultSpec } from "../faults/index.js"; export const x: FaultSpec = { delay: { by: 60 } };',
    "for the end of a fault":
      'import type { Window } from "../faults/index.js"; export const x: Window = { for: 60 };',
    "for a call":
      'import type { CallTarget } from "../bus/index.js"; export const x: CallTarget = { topic: "t", timeout: 60 };',
    "for a request":
      'import type { RequestOptions } from "../http/index.js"; export const x: RequestOptions = { timeout: 60 };',
    "for a loop":
      'import type { LoopOptions } from "./process/looping-call.js"; export const x: LoopOptions = { initialDelay: 60 };',
  }).map(([what, source]): [string, string, RegExp] => [
    `a number without a unit ${what}`,
    source,
    /'(60|number)' is not assignable to .*'Duration/,
  ]),
  ["an index taken for granted", "export const f = (x: string[]): string => x[0];", /undefined/],
];

describe("the type fence", () => {
  let diagnostics: string[][];
  beforeAll(() => {
    diagnostics = compile([
      ...refused.map(([, source]) => source),
      `${kernel}export function* nap(): Op<void> { yield* sleep(0); }`,
    ]);
  });

  it.each(refused.map(([what, , says], index) => ({ what, says, index })))(
    "refuses $what",
    ({ says, index }) => {
      expect(diagnostics[index]?.join("\n")).toMatch(says);
      expect(diagnostics[index]).toHaveLength(1);
    },
  );

  it("lets simulated code through", () => {
    expect(diagnostics.at(-1)).toEqual([]);
  });
});
