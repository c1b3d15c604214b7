/** `novasim play` line by line: for scripts, pipes, dumb terminals and screen readers. */
import { hereLines } from "../../views/play/arrived.js";
import type { LineFrame } from "../../views/play/lines.js";
import type { Player } from "../../views/play/player.js";
import { obey } from "../../views/play/prompt.js";
import { count, safe } from "../../views/words.js";
import { EXIT, type ExitCode } from "../exit.js";
import { colouredOutput, type Session } from "../globals.js";
import { viewPaint } from "../terminal/colours.js";

/** Of a pipe, which has none. */
const WIDTH = 100;

/** @returns bad, if a script typed what makes no sense; a person has been told */
export async function lineLoop(session: Session, player: Player): Promise<ExitCode> {
  const { io, options, talk } = session;
  const { stdin, stdout } = io;
  const paint = viewPaint(colouredOutput(session));
  const frame = (): LineFrame => ({ names: player.names, width: stdout.columns ?? WIDTH, paint });
  const quiet = options.quiet === true;
  const prompt = (): void => {
    if (stdin.tty && !quiet) stdout.write(`${String(player.seq)}> `);
  };
  const write = (lines: readonly string[]): void => {
    if (lines.length > 0) stdout.write(`${lines.join("\n")}\n`);
  };
  if (!quiet) write(introduction(player, frame()));
  write(hereLines(player, frame()));
  let misread = 0;
  const code = (): ExitCode => {
    if (misread > 0) talk.say(`${count(misread, "line")} could not be obeyed`);
    return misread > 0 ? EXIT.bad : EXIT.ok;
  };
  prompt();
  for await (const line of stdin.lines()) {
    // What was piped in is shown with what came of it.
    if (!stdin.tty && !quiet) write([paint.strong(`> ${safe(line)}`)]);
    const said = obey(player, line, frame());
    write(said.lines);
    if (said.bad === true && !stdin.tty) misread += 1;
    await stdout.drained();
    if (said.end === true || stdout.closed) return code();
    prompt();
  }
  // Ctrl-D leaves the prompt standing.
  if (stdin.tty && !quiet) stdout.write("\n");
  return code();
}

function introduction({ model }: Player, { paint }: LineFrame): string[] {
  const { header, entries, chapters } = model;
  const steps = chapters.all.filter(({ number }) => number > 0).length;
  const size = `${count(entries.length, "entry", "entries")}, ${count(steps, "step")}`;
  return [
    paint.strong(safe(`${header.scenario}: ${header.title}`)),
    paint.dim(`seed ${String(header.seed)}, ${size}; \`help\` lists the words`),
    "",
  ];
}
