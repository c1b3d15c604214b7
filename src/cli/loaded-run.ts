/** One scenario that has been loaded: run to its end, recorded, and shown as it was asked for. */
import { setTimeout } from "node:timers/promises";
import type { Detail } from "../kernel/index.js";
import type { Loaded, Result, ScenarioRun } from "../scenario/index.js";
import { MemoryTimeline, type Sink } from "../timeline/index.js";
import { newRun } from "./attempt-run.js";
import { EXIT, type ExitCode } from "./exit.js";
import { colouredOutput, type Session, type SimulatorSession } from "./globals.js";
import { pace, type RunEnd } from "./pace.js";
import { Follower } from "./play/follower.js";
import { filtered, filterWords, type FilterOptions } from "./recording/filtered.js";
import { FirstEntries } from "./recording/first-entries.js";
import { OutSink } from "./recording/out-sink.js";
import { RecordingFile } from "./recording/recording-file.js";
import { showRecording } from "./recording/shown.js";
import { together } from "./recording/together.js";
import { viewPaint } from "./terminal/colours.js";

export interface RunCommandOptions extends FilterOptions {
  readonly seed?: number;
  readonly record?: string;
  readonly as?: string;
  readonly detail: Detail;
  readonly set: readonly string[];
  readonly watch?: boolean;
  readonly follow?: boolean;
  readonly speed?: number;
  readonly actors?: readonly string[];
}

/** Entries whose view is made so fast that nobody who pressed Ctrl-C has to wait. */
const SHOWN_AT_ONCE = 10_000;

export interface Done {
  readonly code: ExitCode;
  readonly result: Result;
}

export async function runLoaded(
  session: SimulatorSession,
  loaded: Loaded,
  options: RunCommandOptions,
  as: string | undefined,
  sources: ReadonlySet<string>,
  heard?: Sink,
): Promise<Done> {
  const { io, talk } = session;
  const part = filterWords(options);
  // Which entries are meant, only the whole run says.
  const streams = as === "jsonl" && part === "";
  const memory = as === undefined || streams ? undefined : new FirstEntries(new MemoryTimeline());
  const stream = streams ? new OutSink(io.stdout) : undefined;
  const follower = options.follow === true ? following(session, options) : undefined;
  const file =
    options.record === undefined ? undefined : new RecordingFile(io.cwd, options.record, sources);
  try {
    const sink = together([file, stream, memory, follower?.sink, heard]);
    const task = newRun(session, loaded, sink, options.detail);
    const end = await pace(session, task, {
      between: () => {
        file?.flush();
        stream?.flush();
      },
      drained: async (more) => {
        await file?.drained();
        await follower?.sink.show(more);
      },
      stop: () => file?.failure !== undefined,
    });
    if (end === "ended") {
      file?.end();
      await file?.drained();
    }
    // On a terminal, what is said next begins a line of its own.
    if (end === "ended" || io.stdout.tty) stream?.end();
    // Before anything that takes its time.
    file?.close();
    if (memory !== undefined && end !== "stopped") {
      if (end === "interrupted" && memory.timeline.length > SHOWN_AT_ONCE) {
        talk.say("Too much to show at once; --record FILE or --as jsonl keeps it as it goes.");
      } else if (as !== undefined) {
        const { timeline, missing } = memory;
        const only = part === "" ? undefined : filtered(session, timeline, options);
        if (part === "" || only !== undefined) {
          await showRecording(session, timeline, { as, missing, only, actors: options.actors });
        }
      }
    }
    if (file?.failure !== undefined) throw file.failure;
    if (end === "interrupted" && file?.plain === true) {
      talk.say(`${file.file} holds the run up to here and can be read.`);
    }
    return { code: codeOf(end, task), result: task.result() };
  } finally {
    file?.close();
    follower?.stop();
  }
}

/** A follower by the clock of the machine, and what ends it at once. */
function following(
  session: Session,
  { speed = 1, ...options }: RunCommandOptions,
): { readonly sink: Follower; readonly stop: () => void } {
  const ending = new AbortController();
  const sink = new Follower({
    out: session.io.stdout,
    paint: viewPaint(colouredOutput(session)),
    speed,
    filter: filterWords(options),
    now: () => performance.now(),
    wait: async (milliseconds) => {
      await setTimeout(milliseconds, undefined, { signal: ending.signal }).catch(() => undefined);
    },
  });
  const stop = (): void => {
    sink.stop();
    ending.abort();
  };
  return { sink, stop };
}

function codeOf(end: RunEnd, task: ScenarioRun): ExitCode {
  switch (end) {
    case "interrupted":
      return EXIT.interrupted;
    case "ended":
    case "stopped":
      return task.result().ok ? EXIT.ok : EXIT.failed;
    default:
      return end satisfies never;
  }
}
