/** `novasim play` on a terminal: single keys, and a screen that is drawn anew after each. */
import { setTimeout } from "node:timers/promises";
import type { LineFrame } from "../../views/play/lines.js";
import type { Player } from "../../views/play/player.js";
import { helpLines, obey } from "../../views/play/prompt.js";
import { screenLines } from "../../views/play/screen.js";
import { KEYS, NAMED_KEYS, PANES } from "../../views/play/words.js";
import { EXIT, type ExitCode } from "../exit.js";
import { colouredOutput, type Session } from "../globals.js";
import type { Key } from "../io.js";
import { viewPaint } from "../terminal/colours.js";

/** Milliseconds that a row is shown while it plays. */
const PACE = 500;

/** What a terminal has that does not say how large it is. */
const SIZE = { width: 80, height: 24 };

export async function screenLoop(session: Session, player: Player): Promise<ExitCode> {
  return new Promise((settle) => {
    const screen = new Screen(session, player, (code) => {
      give();
      settle(code);
    });
    const give = session.io.stdin.keys((key) => {
      screen.press(key);
    });
    screen.draw();
  });
}

class Screen {
  readonly #session: Session;
  readonly #player: Player;
  readonly #end: (code: ExitCode) => void;
  /** A word of the prompt, said again wherever one comes to. */
  #pane: string = PANES[0];
  /** What was said to the last key; until the next one it stands in the pane. */
  #said: readonly string[] | undefined;
  /** A line that is being typed, its sign in front. */
  #typed: string | undefined;
  #playing = 0;
  #plays = 0;
  #over = false;

  constructor(session: Session, player: Player, end: (code: ExitCode) => void) {
    this.#session = session;
    this.#player = player;
    this.#end = end;
  }

  draw(): void {
    if (this.#over) return;
    const { stdout } = this.#session.io;
    const frame = this.#frame();
    const { width, paint } = frame;
    const lines = screenLines(this.#player, {
      width,
      height: stdout.rows ?? SIZE.height,
      paint,
      pane: this.#pane,
      lines: this.#said ?? obey(this.#player, this.#pane, frame).lines,
      typed: this.#typed === undefined ? undefined : `${this.#typed}▏`,
      playing: this.#playing !== 0,
    });
    // Each line to its end, so that nothing of what stood there is left.
    stdout.write(`\u001b[H${lines.map((line) => `${line}\u001b[K`).join("\r\n")}\u001b[J`);
    if (stdout.closed) this.#leave(EXIT.ok);
  }

  press(key: Key): void {
    if (this.#over) return;
    const wasPlaying = this.#playing !== 0;
    if (key.name !== "resized") this.#playing = 0;
    if (key.ctrl && (key.name === "c" || key.name === "d")) {
      this.#leave(key.name === "c" ? EXIT.interrupted : EXIT.ok);
    } else if (key.name === "gone") this.#leave(EXIT.ok);
    else if (key.name === "resized") this.draw();
    else if (this.#typed !== undefined) this.#type(key, this.#typed);
    else if (key.name === "space" && !wasPlaying) void this.#play();
    else this.#obeyKey(key);
    this.draw();
  }

  #obeyKey({ name, text }: Key): void {
    this.#said = undefined;
    if (text === ":" || text === "/") this.#typed = text;
    else if (text === "?") this.#said = helpLines(this.#frame());
    else if (text === "i" || name === "return" || name === "tab") {
      const at = PANES.findIndex((pane) => pane === this.#pane);
      this.#pane = PANES[(at + 1) % PANES.length] ?? PANES[0];
    } else {
      const line = NAMED_KEYS.get(name) ?? KEYS.get(text);
      if (line !== undefined) this.#obey(line);
      else if (name === "escape") this.#free();
    }
  }

  /** Esc ends what limits the rows, one after the other. */
  #free(): void {
    if (this.#player.following !== "") this.#player.follow(undefined);
    else if (this.#player.filter !== "") this.#player.setFilter("");
  }

  #type({ name, text }: Key, typed: string): void {
    if (name === "escape") this.#typed = undefined;
    else if (name === "backspace") this.#typed = typed.length > 1 ? typed.slice(0, -1) : undefined;
    else if (name === "return" || name === "enter") {
      this.#typed = undefined;
      const line = typed.slice(1);
      if (typed.startsWith("/")) this.#obey(`filter ${line}`);
      else if (line.trim() !== "") this.#obey(line);
    } else this.#typed = typed + text.replaceAll(/\p{Cc}/gu, "");
  }

  /** Moves change the rows; what else is said stays in the pane. */
  #obey(line: string): void {
    const before = this.#player.seq;
    const { lines, bad, end } = obey(this.#player, line, this.#frame());
    if (end === true) this.#leave(EXIT.ok);
    else if (bad === true || this.#player.seq === before) this.#said = lines;
    else this.#said = undefined;
  }

  /** Row by row, up to the next step of the scenario. */
  async #play(): Promise<void> {
    const turn = (this.#playing = this.#plays += 1);
    while (this.#playing === turn && !this.#over) {
      if (!this.#player.next("row")) break;
      this.#said = undefined;
      this.draw();
      if (this.#player.rows[this.#player.here]?.kind === "chapter") break;
      await setTimeout(PACE);
    }
    if (this.#playing === turn) this.#playing = 0;
    this.draw();
  }

  #leave(code: ExitCode): void {
    if (this.#over) return;
    this.#over = true;
    this.#end(code);
  }

  #frame(): LineFrame {
    const { stdout } = this.#session.io;
    const paint = viewPaint(colouredOutput(this.#session));
    return { names: this.#player.names, width: stdout.columns ?? SIZE.width, paint };
  }
}
