/** `novasim inspect FILE --at 12.5s`: what there was at an instant of a run, in tables. */
import { ask, instantLine, overview } from "../../views/at/instant.js";
import { seqAt, timeOf } from "../../views/at/place.js";
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
  const wanted = instantOf(options);
  const obtained = await obtain(session, simulating, word, options);
  if (obtained.timeline === undefined) return obtained.code;
  const { timeline, code, file } = obtained;
  const { io, talk } = session;
  if (timeline.truncated) {
    talk.say(`${file}: its last line was cut off; this is the run up to there`);
  }
  const model = Model.of(timeline);
  const seq = seqOf(model, wanted, session);
  const tables = options.what.length === 0 ? overview(model, seq) : asked(model, seq, options.what);
  if (session.options.json === true) {
    const at = model.entries[seq]?.at;
    const whole = tables.map((table) => ({ title: table.title, rows: tableData(table) }));
    const instant = { file, seq, at: at === undefined ? null : at / 1_000_000, tables: whole };
    printJson(session, { novasim: session.version, command: "inspect", ok: true, ...instant });
    return code;
  }
  const paint = viewPaint(colouredOutput(session));
  // A pipe has no width, and nothing needs to be cut off there.
  const width = io.stdout.columns ?? Infinity;
  const blocks = [
    instantLine(model, seq),
    ...tables.map((table) => tableLines(table, width, paint).join("\n")),
  ];
  io.stdout.write(`${blocks.join("\n\n")}\n`);
  return code;
}

/** An entry, or a time in microseconds; the end of the run where nobody says. */
type Wanted = { readonly seq: number } | { readonly at: number };

function instantOf({ at, seq }: InspectCommandOptions): Wanted {
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

function seqOf(model: Model, wanted: Wanted, { talk }: Session): number {
  const last = model.entries.length - 1;
  if ("at" in wanted) {
    const end = model.entries[last]?.at ?? 0;
    if (wanted.at > end && wanted.at !== Infinity) {
      talk.say(`the run ends at ${clock(end)} s; this is how it was then`);
    }
    return seqAt(model, wanted.at);
  }
  if (wanted.seq <= last) return wanted.seq;
  const there =
    last < 0 ? "no entry" : `${count(last + 1, "entry", "entries")}, 0 to ${String(last)}`;
  throw new CliError(`--seq ${String(wanted.seq)}: there is no such entry`, `There is: ${there}.`);
}

function asked(model: Model, seq: number, words: readonly string[]): readonly Table[] {
  return words.flatMap((word) => {
    const answered = ask(model, seq, word);
    if (answered.ok) return answered.tables;
    throw new CliError(`--what: ${answered.problem}`, answered.hint);
  });
}
