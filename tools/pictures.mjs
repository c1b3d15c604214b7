/**
 * `node tools/pictures.mjs`: the pictures of the README, drawn from the recordings that ship. After
 * `npm run bundle`; a test holds them against what the view makes, and `-u` there does the same.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const folder = path.join(root, "docs/pictures");
mkdirSync(folder, { recursive: true });
for (const name of ["boot", "grand-tour"]) {
  const recording = `scenarios/${name}.timeline.jsonl`;
  const show = ["dist/cli/main.js", "show", recording, "--as", "svg"];
  const svg = execFileSync(process.execPath, show, { cwd: root, maxBuffer: 64 * 1024 * 1024 });
  writeFileSync(path.join(folder, `${name}.svg`), svg);
  console.log(`docs/pictures/${name}.svg: ${svg.length} bytes`);
}
