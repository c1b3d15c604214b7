/** The real world outside: the streams, signals and environment of this process. */
import { once } from "node:events";
import { EXIT } from "./exit.js";
import type { Io, Out, Simulator } from "./io.js";
import { ProcessIn } from "./terminal/process-in.js";
import { because, codeOf } from "./files/system-error.js";

class StreamOut implements Out {
  readonly #stream: NodeJS.WriteStream;
  #closed = false;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
    stream.on("error", (error) => {
      // `novasim ... | head`: whoever read has enough, and that is no failure.
      const first = !this.#closed;
      this.#closed = true;
      if (codeOf(error) === "EPIPE") return;
      process.exitCode = EXIT.bad;
      if (first && stream === process.stdout) {
        process.stderr.write(`error: cannot write standard output: ${because(error)}\n`);
      }
    });
  }

  get tty(): boolean {
    // Absent on pipes, whatever its type says.
    return "isTTY" in this.#stream && this.#stream.isTTY;
  }

  get columns(): number | undefined {
    return this.#stream.isTTY ? this.#stream.columns : undefined;
  }

  get rows(): number | undefined {
    return this.#stream.isTTY ? this.#stream.rows : undefined;
  }

  get closed(): boolean {
    return this.#closed;
  }

  write(text: string): void {
    if (!this.#closed) this.#stream.write(text);
  }

  async drained(): Promise<void> {
    if (this.#closed || !this.#stream.writableNeedDrain) return;
    try {
      await once(this.#stream, "drain");
    } catch {
      this.#closed = true;
    }
  }
}

export function processIo(simulator: () => Promise<Simulator>): Io {
  return {
    cwd: process.cwd(),
    env: process.env,
    stdout: new StreamOut(process.stdout),
    stderr: new StreamOut(process.stderr),
    stdin: new ProcessIn(process.stdin, process.stdout),
    simulator,
    now: () => performance.now(),
    onInterrupt(listener, also) {
      // Only the first Ctrl-C is taken politely; a second one ends the process as always.
      const signals = also === undefined ? (["SIGINT"] as const) : (["SIGINT", "SIGTERM"] as const);
      for (const signal of signals) process.once(signal, listener);
      return () => {
        for (const signal of signals) process.off(signal, listener);
      };
    },
  };
}
