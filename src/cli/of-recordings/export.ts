/**
 * `novasim export FILE --to FORMAT`: a recording, or a scenario that is run for it, as a file for other tools.
 * What a format needs no more than once passes through; a picture of a long run is made chapter by chapter.
 */
import { parse, join } from "node:path";
import type { Detail } from "../../kernel/index.js";
import type { Timeline } from "../../timeline/index.js";
import { VIEWS, type View, type ViewOptions } from "../../views/index.js";
import { Chapters } from "../../views/model/chapters.js";
import { CliError, EXIT, type ExitCode } from "../exit.js";
import { writeOut, type Kind } from "../files/out-file.js";
import { printJson, type Session, type SimulatorSession } from "../globals.js";
import { MOST } from "../recording/first-entries.js";
import { fileLines } from "../recording/line-reader.js";
import { oneRun } from "../recording/one-run.js";
import { PassingRecording } from "../recording/passing.js";
import { recordOnce } from "../recording/record-once.js";
import { assertActors, gathered, piecesOf, print, viewNamed } from "../recording/shown.js";
import { Talk } from "../terminal/talk.js";

export interface ExportCommandOptions {
  readonly to?: string;
  readonly out?: string;
  readonly chapter?: number;
  readonly actors?: readonly string[];
  readonly seed?: number;
  readonly set: readonly string[];
  readonly detail?: Detail;
}

/** Formats are told apart by how they begin. */
const EXPORT: Kind = { name: "no such export", option: "--out" };

interface Made {
  readonly file: string;
  readonly bytes: number;
}

/** @param simulating brings the cloud in, for a scenario; a recording needs none */
export async function exportTo(
  session: Session,
  simulating: () => Promise<SimulatorSession>,
  word: string,
  options: ExportCommandOptions,
): Promise<ExitCode> {
  const { io, talk } = session;
  const { to, out, set, seed } = options;
  if (to === undefined) {
    const formats = [...VIEWS.keys()].join(", ");
    throw new CliError("required option '--to <format>' not specified", `There is: ${formats}.`);
  }
  const view = viewNamed(to);
  const { file, recorded } = oneRun(io.cwd, word);
  refuseMixtures(session, recorded, view, options);
  let lines: Iterable<string>;
  let code: ExitCode = EXIT.ok;
  if (recorded) lines = fileLines(io.cwd, file, session.progress);
  else {
    const detail = options.detail ?? view.detail ?? "flow";
    const again = seed === undefined ? {} : { seed };
    const run = await recordOnce(quietly(await simulating()), file, { ...again, set, detail });
    if (run.lines.length === 0) return run.code;
    ({ lines, code } = run);
  }
  const passes = view.pieces !== undefined && options.chapter === undefined;
  const recording = new PassingRecording(file, lines, passes ? Infinity : MOST);
  assertActors(recording.header, options.actors);
  const made = passes
    ? await whole(session, view, recording, options)
    : await pictures(session, view, recording, options);
  for (const notice of recording.notices()) talk.say(notice);
  if (session.options.json === true) {
    const result = { file, to, entries: recording.count, made };
    const ok = code === EXIT.ok;
    printJson(session, { novasim: session.version, command: "export", ok, results: [result] });
  } else if (out !== undefined) {
    for (const { file: name, bytes } of made) talk.say(`${name}: ${String(bytes)} bytes of ${to}`);
  }
  return code;
}

/** How its run went is told on the way to an export only if something is wrong. */
function quietly(session: SimulatorSession): SimulatorSession {
  return { ...session, talk: new Talk(session.io, { ...session.options, quiet: true }) };
}

function refuseMixtures(
  { options: { json } }: Session,
  recorded: boolean,
  { name }: View,
  { out, seed, set, chapter, detail }: ExportCommandOptions,
): void {
  if (recorded && (seed !== undefined || set.length > 0 || detail !== undefined)) {
    throw new CliError(
      "--seed, --set and --detail are of a scenario; a recording is as it was run",
    );
  }
  if (json === true && out === undefined) {
    throw new CliError("--json and the export both want standard output", "Add --out FILE.");
  }
  if (chapter !== undefined && (name === "jsonl" || name === "scheduler")) {
    throw new CliError(
      `--chapter does not go with ${name}`,
      name === "jsonl"
        ? "A recording is read from its beginning."
        : "It tells all of a run at once.",
    );
  }
}

function optionsOf(
  { options }: Session,
  { actors, chapter }: ExportCommandOptions,
  missing = 0,
): ViewOptions {
  return { actors, chapter, missing, verbose: options.verbose };
}

async function whole(
  session: Session,
  view: View,
  recording: PassingRecording,
  options: ExportCommandOptions,
): Promise<Made[]> {
  const { io } = session;
  const pieces = piecesOf(view, recording, optionsOf(session, options));
  if (options.out !== undefined) return [written(io.cwd, options.out, pieces)];
  await print(io.stdout, pieces);
  return [];
}

/** What needs all of a run at once, or one of its chapters. */
async function pictures(
  session: Session,
  view: View,
  recording: PassingRecording,
  options: ExportCommandOptions,
): Promise<Made[]> {
  const { io, talk } = session;
  const { out, chapter } = options;
  const timeline: Timeline = { header: recording.header, entries: [...recording.entries] };
  session.progress.begin(
    `drawing ${options.to ?? ""} of ${String(timeline.entries.length)} entries`,
  );
  const numbers = chaptersOf(timeline);
  if (chapter !== undefined && !numbers.includes(chapter)) {
    const last = numbers.at(-1) ?? 0;
    throw new CliError(
      `--chapter ${String(chapter)}: there is no such step in this run`,
      numbers.length === 0 ? undefined : `There are ${String(numbers[0])} to ${String(last)}.`,
    );
  }
  const all = optionsOf(session, options, recording.missing);
  const draw = (more: ViewOptions = {}): Iterable<string> =>
    piecesOf(view, timeline, { ...all, ...more });
  const crowded = chapter === undefined && view.crowded?.(timeline, all) === true;
  if (out === undefined) {
    await print(io.stdout, draw());
    if (crowded) {
      talk.say(
        "This is a summary: --out FILE makes a picture of each chapter, --chapter N one of them.",
      );
    }
    return [];
  }
  if (!crowded) return [written(io.cwd, out, draw())];
  const { dir, name, ext } = parse(out);
  return numbers
    .filter((number) => number > 0)
    .map((number) => {
      const file = join(dir, `${name}-${String(number)}${ext}`);
      session.progress.tell(() => `drawing ${file}, one of ${String(numbers.length)} chapters`);
      return written(io.cwd, file, draw({ chapter: number }));
    });
}

function written(cwd: string, file: string, pieces: Iterable<string>): Made {
  return { file, bytes: writeOut(cwd, file, gathered(pieces), EXPORT) };
}

function chaptersOf({ entries }: Timeline): readonly number[] {
  const chapters = new Chapters();
  for (const entry of entries) chapters.add(entry);
  return chapters.all.map(({ number }) => number);
}
