/** A timeline on standard output, in one of the views. What `run`, `show` and `export` share. */
import { didYouMeanOrSome } from "../../text/nearest.js";
import type { Header } from "../../timeline/index.js";
import { VIEWS, type Recording, type View, type ViewOptions } from "../../views/index.js";
import { CliError } from "../exit.js";
import { colouredOutput, type Session } from "../globals.js";
import type { Out } from "../io.js";
import { viewPaint } from "../terminal/colours.js";

/** So much text leaves in one piece. */
const ENOUGH = 64 * 1024;

export interface ShowOptions {
  readonly as: string;
  /** How many entries of the run came after those of the timeline. */
  readonly missing: number;
  /** Whose messages a diagram has: services, processes, hosts. All by default. */
  readonly actors?: readonly string[] | undefined;
  /** The entries that are shown; all by default. */
  readonly only?: ReadonlySet<number> | undefined;
}

export async function showRecording(
  session: Session,
  recording: Recording,
  { as, missing, actors, only }: ShowOptions,
): Promise<void> {
  const { io, options } = session;
  assertActors(recording.header, actors);
  const pieces = piecesOf(viewNamed(as), recording, {
    paint: viewPaint(colouredOutput(session)),
    verbose: options.verbose,
    width: io.stdout.columns,
    missing,
    actors,
    only,
  });
  await print(io.stdout, pieces);
}

/** @throws CliError if there is none */
export function viewNamed(name: string): View {
  const view = VIEWS.get(name);
  if (view === undefined) throw new CliError(`there is no view "${name}"`);
  return view;
}

/** The text of `recording`, without holding more of it than the view needs. */
export function piecesOf(view: View, recording: Recording, options: ViewOptions): Iterable<string> {
  if (view.pieces !== undefined) return view.pieces(recording, options);
  return [view.render({ header: recording.header, entries: [...recording.entries] }, options)];
}

/** As fast as it is read, and no longer than anybody reads. */
export async function print(out: Out, pieces: Iterable<string>): Promise<void> {
  for (const text of gathered(pieces)) {
    out.write(text);
    await out.drained();
    if (out.closed) return;
  }
}

/** Small pieces together in large ones. */
export function* gathered(pieces: Iterable<string>): Generator<string> {
  let pending: string[] = [];
  let length = 0;
  for (const piece of pieces) {
    pending.push(piece);
    length += piece.length;
    if (length < ENOUGH) continue;
    yield pending.join("");
    pending = [];
    length = 0;
  }
  if (length > 0) yield pending.join("");
}

/** @throws CliError for what is neither a service nor a process nor a host of the run */
export function assertActors({ actors }: Header, words: readonly string[] = []): void {
  const all = actors.flatMap(({ name, service, host }) => [service, name, host]);
  const names = [...new Set(all)];
  const wrong = words.find((word) => !names.includes(word));
  if (wrong === undefined) return;
  throw new CliError(
    `--actors: there is no "${wrong}" in this run`,
    didYouMeanOrSome(wrong, names),
  );
}
