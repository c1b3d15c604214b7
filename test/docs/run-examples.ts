/**
 * Compiles and runs pieces of TypeScript that documents show, as programs of their own beside the package: what they
 * import from it is what was built. Behind a `console.log` of one line may stand what it prints, and behind any other
 * statement of one line, after an arrow, what it comes to: `cloud.count("ACTIVE"); // → 3`.
 */
import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import ts from "typescript";
import { ROOT } from "./juno.js";
import { COMPILER } from "./public-names.js";

export interface Example {
  /** Where it stands, for who is told that it is wrong. */
  readonly name: string;
  readonly code: string;
}

/** What the compiler has against each. */
export function compileExamples(examples: readonly Example[]): string[] {
  const files = new Map(
    examples.map((example, index) => [path.join(ROOT, `dist/example-${index}.mts`), example]),
  );
  const host = ts.createCompilerHost(COMPILER);
  const { readFile, fileExists } = host;
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.readFile = (file) => files.get(file)?.code ?? readFile(file);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (file, version, ...rest) => {
    const code = files.get(file)?.code;
    if (code === undefined) return getSourceFile(file, version, ...rest);
    return ts.createSourceFile(file, `${code}\nexport {};\n`, version);
  };
  const program = ts.createProgram([...files.keys()], COMPILER, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, messageText, start = 0 }) => {
    const where = files.get(file?.fileName ?? "")?.name ?? file?.fileName ?? "";
    const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start).line + 1;
    return `${where}, line ${line}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
  });
}

/** Runs in a process of its own: imports each and says what it printed, what was not so, and what it threw. */
const RUNNER = `
import { deepStrictEqual } from "node:assert";
import { format, inspect } from "node:util";
const said = [];
for (const file of process.argv.slice(2)) {
  const printed = [];
  const unequal = [];
  let error;
  console.log = console.error = (...words) => void printed.push(format(...words));
  globalThis.is = (value, text) => {
    try {
      deepStrictEqual(value, (0, eval)("(" + text + ")"));
    } catch {
      if (inspect(value) !== text) unequal.push("comes to " + inspect(value) + ", and not " + text);
    }
  };
  try {
    await import(file);
  } catch (thrown) {
    error = String(thrown?.stack ?? thrown);
  }
  said.push({ printed, unequal, error });
}
process.stdout.write(JSON.stringify(said));
`;

/** What stands behind an arrow becomes a question. */
const asking = (code: string): string =>
  code.replace(
    /^( *)(?:const (\w+) = )?(.+?);? *\/\/ → (.+)$/gmu,
    (_line, indent: string, name: string | undefined, value: string, text: string) => {
      const told = JSON.stringify(text);
      if (name === undefined) return `${indent}is(${value}, ${told});`;
      return `${indent}const ${name} = ${value}; is(${name}, ${told});`;
    },
  );

interface Said {
  readonly printed: readonly string[];
  readonly unequal: readonly string[];
  readonly error?: string;
}

/** What is not as each says: it throws, or prints something else; a test of vitest's fails. */
export function runExamples(examples: readonly Example[]): string[] {
  // Within the package, so that its name is known there; and where nothing is packed from.
  const built = path.join(ROOT, "dist/bench");
  fs.mkdirSync(built, { recursive: true });
  const folder = fs.mkdtempSync(path.join(built, "examples-"));
  try {
    const tests = examples.filter(isTest);
    const programs = examples.filter((example) => !isTest(example));
    return [...runPrograms(folder, programs), ...(tests.length > 0 ? runTests(folder, tests) : [])];
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

const isTest = ({ code }: Example): boolean => / from "(?:novasim\/)?vitest"/u.test(code);

const EMIT: ts.CompilerOptions = { ...COMPILER, module: ts.ModuleKind.ESNext };

function write(folder: string, name: string, code: string): string {
  const file = path.join(folder, name);
  fs.writeFileSync(file, ts.transpileModule(code, { compilerOptions: EMIT }).outputText);
  return file;
}

function runPrograms(folder: string, examples: readonly Example[]): string[] {
  const files = examples.map(({ code }, index) => write(folder, `${index}.mjs`, asking(code)));
  const runner = path.join(folder, "run.mjs");
  fs.writeFileSync(runner, RUNNER);
  const output = execFileSync(process.execPath, [runner, ...files], { encoding: "utf8" });
  const said = JSON.parse(output) as Said[];
  return examples.flatMap(({ name, code }, index) =>
    wrong(code, said[index]).map((what) => `${name}: ${what}`),
  );
}

function runTests(folder: string, examples: readonly Example[]): string[] {
  for (const [index, { code }] of examples.entries()) write(folder, `${index}.test.mjs`, code);
  fs.writeFileSync(
    path.join(folder, "vitest.config.mjs"),
    'export default { test: { include: ["*.test.mjs"], server: { deps: { external: [/dist/] } } } };\n',
  );
  const vitest = path.join(ROOT, "node_modules/vitest/vitest.mjs");
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [vitest, "run", "--root", folder],
    {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1" },
    },
  );
  const names = examples.map(({ name }) => name).join(", ");
  return status === 0 ? [] : [`a test of ${names} fails:\n${stdout}${stderr}`];
}

function wrong(code: string, said: Said | undefined): string[] {
  if (said === undefined) return ["was not run"];
  const { printed, unequal, error } = said;
  if (error !== undefined) return [`throws ${error}`];
  const shown = [...code.matchAll(/\bconsole\.log\(.*?\);(?: \/\/ (.*))?$/gmu)].map(
    ([, text]) => text,
  );
  if (shown.length !== printed.length && shown.some((text) => text !== undefined)) {
    return [`has ${shown.length} lines that print, and printed ${JSON.stringify(printed)}`];
  }
  const printedElse = shown.flatMap((text, index) =>
    text === undefined || text === printed[index]
      ? []
      : `prints ${String(printed[index])}, and not ${text}`,
  );
  return [...unequal, ...printedElse];
}
