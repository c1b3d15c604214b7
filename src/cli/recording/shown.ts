/** A timeline on standard output, in one of the views. What `run` and `show` share. */
import { didYouMean } from "../../text/nearest.js";
import type { Timeline } from "../../timeline/index.js";
import { VIEWS } from "../../views/index.js";
import { CliError } from "../exit.js";
import { colouredOutput, type Session } from "../globals.js";
import { viewPaint } from "../terminal/colours.js";

export interface ShowOptions {
  readonly as: string;
  /** How many entries of the run came after those of the timeline. */
  readonly missing: number;
  /** Whose messages a diagram has: services, processes, hosts. All by default. */
  readonly actors?: readonly string[] | undefined;
}

export function showTimeline(
  session: Session,
  timeline: Timeline,
  { as, missing, actors }: ShowOptions,
): void {
  const view = VIEWS.get(as);
  if (view === undefined) throw new CliError(`there is no view "${as}"`);
  const { io, options } = session;
  for (const word of actors ?? []) assertActor(timeline, word);
  io.stdout.write(
    view.render(timeline, {
      paint: viewPaint(colouredOutput(session)),
      verbose: options.verbose,
      width: io.stdout.columns,
      missing,
      actors,
    }),
  );
}

/** @throws CliError for what is neither a service nor a process nor a host of the run */
function assertActor({ header }: Timeline, word: string): void {
  const names = header.actors.flatMap(({ name, service, host }) => [service, name, host]);
  if (names.includes(word)) return;
  throw new CliError(`--actors: there is no "${word}" in this run`, didYouMean(word, names));
}
