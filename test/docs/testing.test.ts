/**
 * docs/testing.md: its programs compile as an outsider's would, over the names of the package, and its tables are what the
 * projects say. After a new exception `npx vitest run test/docs -u` writes the page anew.
 */
import fs from "node:fs";
import path from "node:path";
import ts from "typescript";
import { format, resolveConfig } from "prettier";
import { expect, it } from "vitest";
import { PROJECTS } from "../../src/cloud/projects.js";
import { INVARIANTS } from "../../src/framework/invariants.js";
import type { Project } from "../../src/framework/project.js";
import { ROOT } from "./juno.js";

const PAGE = path.join(ROOT, "docs/testing.md");
const text = fs.readFileSync(PAGE, "utf8");

/** What is wrong with a program, by the declarations that the package has for outsiders (`tsc -b` makes them). */
function complaints(programs: readonly string[]): string[] {
  const files = new Map(
    programs.map((code, at) => [path.join(ROOT, `test/docs/testing-${String(at)}.ts`), code]),
  );
  const options: ts.CompilerOptions = {
    ...{ noEmit: true, strict: true, skipLibCheck: true, types: ["node"] },
    ...{ target: ts.ScriptTarget.ES2023, lib: ["lib.es2023.d.ts"] },
    ...{ module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
    paths: {
      novasim: [path.join(ROOT, "dist/types/index.d.ts")],
      "novasim/vitest": [path.join(ROOT, "dist/types/testing/vitest/index.d.ts")],
      "novasim/fast-check": [path.join(ROOT, "dist/types/testing/fast-check/index.d.ts")],
    },
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile, readFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.readFile = (name) => files.get(name) ?? readFile(name);
  host.getSourceFile = (name, language, ...rest) => {
    const code = files.get(name);
    return code === undefined
      ? getSourceFile(name, language, ...rest)
      : ts.createSourceFile(name, code, language);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].flatMap((name) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(name))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
  );
}

it("has programs that compile over the package's names", () => {
  const programs = [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gmu)].map(([, code = ""]) => code);
  expect(programs.length).toBeGreaterThan(2);
  expect(complaints(programs)).toEqual([]);
});

it("lists every defect of Juno's that findings can bear, and where its source has it", async () => {
  const all: readonly Project[] = PROJECTS;
  const rows = all.flatMap(({ exceptions = {} }) =>
    Object.entries(exceptions).map(
      ([name, { says, source }]) => `| \`${name}\` | ${says} | ${source} |`,
    ),
  );
  const [before = "", after = ""] = text.split(/(?<=^\| exception .*\n\| -+ .*\n)(?:\|.*\n)*/mu);
  const page = `${before}${rows.join("\n")}\n${after}`;
  const config = await resolveConfig(PAGE);
  await expect(await format(page, { ...config, parser: "markdown" })).toMatchFileSnapshot(PAGE);
});

it("lists every invariant", () => {
  for (const [name, says] of Object.entries(INVARIANTS)) {
    expect(text).toMatch(new RegExp(`^\\| \`${name}\` +\\| ${says} +\\|$`, "mu"));
  }
});
