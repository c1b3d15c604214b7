/** `novasim inspect FILE --at 12.5s`: what there was at an instant of a run, in tables. */
import { ask, instantLines, overview } from "../../views/at/instant.js";
import { instantOf, seqAt, timeOf, type Instant } from "../../views/at/place.js";
import { tableData, tableLines, type Table } from "../../views/at/table.js";
import { Model } from "../../views/model/model.js";
import { clock, count } from "../../views/words.js";
import { CliError, type ExitCode } from "../exit.js";
import { colouredOutput, printJson, type Session, type SimulatorSession } from "../globals.js";
import { obtain, type ObtainOptions } from "../recording/obtained.js";
import { viewPaint } from "../terminal/colours.js";

export interface InspectCommandOptions extends ObtainOptions {
  readonly at?: string;
  readonly seq?: string;
  readonly what: readonly string[];
}

export async function inspect(
  session: Session,
  simulating: () => Promise<SimulatorSession>,
  word: string,
  options: InspectCommandOptions,
): Promise<ExitCode> {
  const wanted = wantedOf(options);
  const obtained = await obtain(session, simulating, word, options);
  if (obtained.timeline === undefined) return obtained.code;
  const { timeline, code, file } = obtained;
  const { io, talk } = session;
  if (timeline.truncated) {
    talk.say(`${file}: its last line was cut off; this is the run up to there`);
  }
  const model = Model.of(timeline);
  const instant = found(model, wanted, session);
  const tables =
    options.what.length === 0 ? overview(model, instant) : asked(model, instant, options.what);
  if (session.options.json === true) {
    const { seq, at } = instant;
    const whole = tables.map((table) => ({ title: table.title, rows: tableData(table) }));
    printJson(session, {
      novasim: session.version,
      command: "inspect",
      ok: true,
      file,
      seq,
      at: at / 1_000_000,
      tables: whole,
    });
    return code;
  }
  const paint = viewPaint(colouredOutput(session));
  // A pipe has no width, and nothing needs to be cut off there.
  const width = io.stdout.columns ?? Infinity;
  const blocks = [
    instantLines(model, instant).join("\n"),
    ...tables.map((table) => tableLines(table, width, paint).join("\n")),
  ];
  io.stdout.write(`${blocks.join("\n\n")}\n`);
  return code;
}

/** An entry, or a time in microseconds; the end of the run where nobody says. */
type Wanted = { readonly seq: number } | { readonly at: number };

function wantedOf({ at, seq }: InspectCommandOptions): Wanted {
  if (at !== undefined && seq !== undefined) {
    throw new CliError("--at and --seq both say when", "Use one of them.");
  }
  if (seq !== undefined) {
    if (/^\d{1,12}$/u.test(seq)) return { seq: Number(seq) };
    throw new CliError(`--seq ${seq}: expected the number of an entry`, "They count from 0.");
  }
  if (at === undefined) return { at: Infinity };
  const time = timeOf(at);
  if (time !== undefined) return { at: time };
  throw new CliError(`--at ${at}: expected a time such as 12.5s, 250ms or 1m`);
}

function found(model: Model, wanted: Wanted, { talk }: Session): Instant {
  const last = model.entries.length - 1;
  if ("at" in wanted) {
    const end = model.entries[last]?.at ?? 0;
    if (wanted.at > end && wanted.at !== Infinity) {
      talk.say(`the run ends at ${clock(end)} s; this is how it was then`);
    }
    return { seq: seqAt(model, wanted.at), at: Math.min(wanted.at, end) };
  }
  if (wanted.seq <= last) return instantOf(model, wanted.seq);
  const there =
    last < 0 ? "no entry" : `${count(last + 1, "entry", "entries")}, 0 to ${String(last)}`;
  throw new CliError(`--seq ${String(wanted.seq)}: there is no such entry`, `There is: ${there}.`);
}

function asked(model: Model, instant: Instant, words: readonly string[]): readonly Table[] {
  return words.flatMap((word) => {
    const answered = ask(model, instant, word);
    if (answered.ok) return answered.tables;
    throw new CliError(`--what: ${answered.problem}`, answered.hint);
  });
}
