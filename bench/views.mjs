/**
 * `npm run bench:views [-- ENTRIES]`: what each view takes of a long recording, in seconds and megabytes, a process for
 * each, as `novasim export` makes it: read from a file, text by text into nowhere. The recording is the grand tour
 * over and over. A comparison and coverage take part.
 */
import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { universe } from "../src/cli/of-recordings/coverage.ts";
import { fileLines } from "../src/cli/recording/line-reader.ts";
import { PassingRecording } from "../src/cli/recording/passing.ts";
import { piecesOf } from "../src/cli/recording/shown.ts";
import { compareTimelines, renderComparison } from "../src/views/compare/index.ts";
import { Coverage, renderCoverage } from "../src/views/coverage/index.ts";
import { VIEWS } from "../src/views/index.ts";

const [file, name] = process.argv.slice(2);
if (name === undefined) all(Number(file ?? 100_000));
else one(file, name);

/** Prints what one view takes. */
function one(recording, view) {
  const began = performance.now();
  const passing = () => new PassingRecording(recording, fileLines("/", recording));
  let characters = 0;
  for (const piece of made(view, passing)) characters += piece.length;
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  // Kilobytes, at most.
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  const size = (characters / 1e6).toFixed(1);
  console.log(
    `${view.padEnd(12)}${seconds.padStart(7)} s ${String(megabytes).padStart(6)} MB held ${size.padStart(8)} MB made`,
  );
}

function made(view, passing) {
  if (view === "coverage") {
    const coverage = new Coverage(universe());
    coverage.add(passing());
    return [renderCoverage(coverage.tables())];
  }
  if (view === "diff") {
    return [renderComparison(compareTimelines(passing(), passing()))];
  }
  return piecesOf(VIEWS.get(view), passing(), {});
}

function all(count) {
  const folder = mkdtempSync(path.join(tmpdir(), "novasim-bench-"));
  try {
    const recording = path.join(folder, "long.jsonl");
    repeat(count, recording);
    console.log(`${count.toLocaleString("en")} entries`);
    for (const view of [...VIEWS.keys(), "diff", "coverage"]) {
      process.stdout.write(execFileSync(process.execPath, [process.argv[1], recording, view]));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The grand tour until there are `count` entries. */
function repeat(count, out) {
  const tour = readFileSync("scenarios/grand-tour.timeline.jsonl", "utf8").trimEnd().split("\n");
  const [header, ...lines] = tour;
  const entries = lines.map((line) => JSON.parse(line));
  const length = entries.at(-1).at + 1_000;
  const ids = 1 + entries.reduce((most, { id = 0 }) => Math.max(most, id), 0);
  const steps = entries.filter(({ kind }) => kind === "step").length;
  const fd = openSync(out, "w");
  writeSync(fd, `${header}\n`);
  for (let seq = 0; seq < count; seq++) {
    const round = Math.floor(seq / entries.length);
    const entry = { ...entries[seq % entries.length], seq };
    entry.at += round * length;
    if (entry.taken !== undefined) entry.taken += round * length;
    if (entry.id !== undefined) entry.id += round * ids;
    if (entry.cause !== undefined) entry.cause += round * entries.length;
    if (entry.entry !== undefined) entry.entry += round * entries.length;
    if (entry.kind === "step") entry.index += round * steps;
    writeSync(fd, `${JSON.stringify(entry)}\n`);
  }
  closeSync(fd);
}
