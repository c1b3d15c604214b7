/** The command run in this process with streams, a folder and a cloud of the test's own. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { In, Key, Out, Simulator } from "../../src/cli/io.js";
import type { FlagCatalogue } from "../../src/cloud/flags/types.js";
import { integer } from "../../src/framework/index.js";
import { main } from "../../src/cli/program.js";
import { KNOWN } from "../../src/scenario/index.js";
import { TinyCloud } from "../scenario/fake-cloud.js";

/** What the tiny cloud's only service reads. */
const CATALOGUE: FlagCatalogue = new Map([
  ["nova-compute", [{ shelved_offload_time: integer(0, "", { min: -1 }) }]],
]);

class Collected implements Out {
  readonly columns: number | undefined;
  readonly rows: number | undefined;
  readonly tty: boolean;
  closed = false;
  text = "";
  readonly #closeAfter: number;
  readonly #onWrite: (text: string) => void;

  constructor(
    { tty = false, columns, rows }: Setting,
    closeAfter = Infinity,
    onWrite: (text: string) => void = () => undefined,
  ) {
    this.tty = tty;
    this.columns = columns;
    this.rows = rows;
    this.#closeAfter = closeAfter;
    this.#onWrite = onWrite;
  }

  write(text: string): void {
    if (this.closed) return;
    this.text += text;
    this.#onWrite(text);
    this.closed = this.text.length > this.#closeAfter;
  }

  drained(): Promise<void> {
    return Promise.resolve();
  }
}

/** What is typed, or piped in: lines, or the keys of a terminal. */
class Typed implements In {
  readonly tty: boolean;
  readonly #lines: readonly string[];
  readonly #keys: readonly string[];
  /** Whether the terminal was given back. */
  given = true;

  constructor(tty: boolean, input: string, keys: readonly string[]) {
    this.tty = tty;
    this.#lines = input === "" ? [] : input.replace(/\n$/u, "").split("\n");
    this.#keys = keys;
  }

  async *lines(): AsyncGenerator<string> {
    await Promise.resolve();
    yield* this.#lines;
  }

  keys(listener: (key: Key) => void): () => void {
    this.given = false;
    setImmediate(() => {
      // At the end of what is typed there is no terminal any more.
      for (const key of [...this.#keys, "gone"]) if (!this.given) listener(pressed(key));
    });
    return () => {
      this.given = true;
    };
  }
}

/** `j`, `right`, `ctrl-c`. */
function pressed(key: string): Key {
  const ctrl = key.startsWith("ctrl-");
  const name = ctrl ? key.slice("ctrl-".length) : key;
  return { name, text: name.length === 1 && !ctrl ? name : "", ctrl };
}

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Setting {
  readonly env?: Record<string, string>;
  readonly tty?: boolean;
  /** What standard input holds; nothing by default. */
  readonly input?: string;
  /** Keys that are pressed: `j`, `right`, `ctrl-c`. */
  readonly keys?: readonly string[];
  /** The size of the terminal. */
  readonly columns?: number;
  readonly rows?: number;
  /** Standard output is closed by its reader after so many characters. */
  readonly closeAfter?: number;
  /** Called once a run can be interrupted. */
  readonly onRun?: (interrupt: () => void) => void;
  /** Called with what is said on standard error. */
  readonly onSay?: (text: string) => void;
  /** The clock that what is said while a command works goes by; it stands still by default. */
  readonly now?: () => number;
  readonly makeWorld?: Simulator["makeWorld"];
  /** Take every command line as it is: the tiny cloud has some that no client has. */
  readonly anyCommand?: boolean;
  /** Instead of the tiny cloud's. */
  readonly catalogue?: FlagCatalogue;
}

/** A folder that is gone after the test. */
export function folder(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const path = mkdtempSync(join(tmpdir(), "novasim-"));
  onTestFinished(() => {
    rmSync(path, { recursive: true, force: true });
  });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return path;
}

/** A named pipe that nobody writes to. */
export function makePipe(path: string): void {
  execFileSync("bash", ["-c", 'mkfifo "$0"', path]);
}

/** `novasim ARGV` in `cwd`. */
export async function novasim(
  cwd: string,
  argv: readonly string[],
  setting: Setting = {},
): Promise<Outcome> {
  const stdout = new Collected(setting, setting.closeAfter);
  const stderr = new Collected(setting, Infinity, setting.onSay);
  const { tty = false, input = "", keys = [] } = setting;
  const stdin = new Typed(tty, input, keys);
  const code = await main(argv, {
    cwd,
    env: setting.env ?? {},
    stdout,
    stderr,
    stdin,
    simulator: () =>
      Promise.resolve({
        makeWorld: setting.makeWorld ?? ((options) => new TinyCloud(options)),
        known: {
          ...KNOWN,
          catalogue: setting.catalogue ?? CATALOGUE,
          ...(setting.anyCommand === true && { readCommand: TinyCloud.known.readCommand }),
        },
      }),
    now: setting.now ?? (() => 0),
    onInterrupt(listener) {
      setting.onRun?.(listener);
      return () => undefined;
    },
  });
  if (!stdin.given) throw new Error("the terminal was taken and not given back");
  return { code, stdout: stdout.text, stderr: stderr.text };
}

export const BOOT = `scenario: boot
title: Boot an instance
seed: 7
steps:
  - run: nova boot t3 --flavor m1.nano --image cirros
  - wait: { server: t3, status: ACTIVE, within: 1m }
`;

/** Seconds of real time, so that there is something to interrupt. */
export const LONG = `scenario: long
steps:
  - repeat:
      times: 100000
      steps:
        - run: nova boot t{n} --flavor m1.nano --image cirros
        - advance: 1h
`;
