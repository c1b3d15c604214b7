/**
 * Standard input of this process: line by line, or key by key of a terminal that is taken for as long.
 * However it ends (Ctrl-C, Ctrl-Z, a signal, an exception), the terminal is given back as it was.
 */
import { createInterface, emitKeypressEvents, type Key as NodeKey } from "node:readline";
import type { In, Key } from "../io.js";

/** Another screen, without a cursor; and back. */
const TAKE = "\u001b[?1049h\u001b[?25l";
const GIVE = "\u001b[?25h\u001b[?1049l";

const ENDINGS = ["SIGTERM", "SIGHUP"] as const;

export class ProcessIn implements In {
  readonly #in: NodeJS.ReadStream;
  readonly #out: NodeJS.WriteStream;

  constructor(input: NodeJS.ReadStream, output: NodeJS.WriteStream) {
    this.#in = input;
    this.#out = output;
  }

  get tty(): boolean {
    // Absent on pipes, whatever its type says.
    return "isTTY" in this.#in && this.#in.isTTY;
  }

  async *lines(): AsyncGenerator<string> {
    const reader = createInterface({ input: this.#in, crlfDelay: Infinity });
    try {
      yield* reader;
    } finally {
      reader.close();
      // Nobody waits for the rest of a pipe.
      this.#in.destroy();
    }
  }

  keys(listener: (key: Key) => void): () => void {
    const input = this.#in;
    let taken = false;
    const take = (): void => {
      taken = true;
      input.setRawMode(true);
      this.#out.write(TAKE);
    };
    const give = (): void => {
      if (!taken) return;
      taken = false;
      this.#out.write(GIVE);
      input.setRawMode(false);
    };
    const say = (name: string) => (): void => {
      listener({ name, text: "", ctrl: false });
    };
    const suspend = (): void => {
      give();
      process.once("SIGCONT", () => {
        take();
        say("resized")();
      });
      process.kill(process.pid, "SIGTSTP");
    };
    const press = (text: string | undefined, key: NodeKey): void => {
      const { name = text ?? "", ctrl = false } = key;
      if (ctrl && name === "z") suspend();
      else listener({ name, text: ctrl || text === undefined ? "" : text, ctrl });
    };
    const resized = say("resized");
    const gone = say("gone");
    const ended = ENDINGS.map((signal) => {
      const end = (): void => {
        give();
        // As if nobody had listened.
        process.kill(process.pid, signal);
      };
      process.once(signal, end);
      return () => process.off(signal, end);
    });
    emitKeypressEvents(input);
    input.on("keypress", press).on("end", gone).on("error", gone);
    this.#out.on("resize", resized);
    process.once("exit", give);
    input.resume();
    take();
    return () => {
      give();
      for (const forget of ended) forget();
      input.off("keypress", press).off("end", gone).off("error", gone);
      this.#out.off("resize", resized);
      process.off("exit", give);
      input.pause();
    };
  }
}
