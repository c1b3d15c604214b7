/**
 * `node tools/prune-types.mjs [folder]`: takes out of `dist/types` what no entry point leads to, five of six
 * declarations. Only where a package is made (`prepack`): with them goes what `tsc -b` knows of its last run, so
 * that the next makes all anew.
 */
import { readdirSync, rmSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { entries } from "./entries.mjs";

const root = path.resolve(process.argv[2] ?? path.join(import.meta.dirname, ".."));
const { NodeNext } = ts.ModuleKind;
const program = ts.createProgram(
  entries.map(({ types }) => path.join(root, types)),
  {
    ...{ noEmit: true, types: [], skipLibCheck: true, target: ts.ScriptTarget.ES2023 },
    ...{ module: NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  },
);
const wanted = new Set(program.getSourceFiles().map(({ fileName }) => path.resolve(fileName)));
const folder = path.join(root, "dist/types");
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  const file = path.join(entry.parentPath, entry.name);
  if (entry.isFile() && !wanted.has(file)) rmSync(file);
}
