/** The command run in this process with streams, a folder and a cloud of the test's own. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Out, Simulator } from "../../src/cli/io.js";
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
  readonly columns = undefined;
  readonly tty: boolean;
  closed = false;
  text = "";
  readonly #closeAfter: number;
  readonly #onWrite: (text: string) => void;

  constructor(
    tty: boolean,
    closeAfter = Infinity,
    onWrite: (text: string) => void = () => undefined,
  ) {
    this.tty = tty;
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

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Setting {
  readonly env?: Record<string, string>;
  readonly tty?: boolean;
  /** Standard output is closed by its reader after so many characters. */
  readonly closeAfter?: number;
  /** Called once a run can be interrupted. */
  readonly onRun?: (interrupt: () => void) => void;
  /** Called with what is said on standard error. */
  readonly onSay?: (text: string) => void;
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
  const stdout = new Collected(setting.tty ?? false, setting.closeAfter);
  const stderr = new Collected(setting.tty ?? false, Infinity, setting.onSay);
  const code = await main(argv, {
    cwd,
    env: setting.env ?? {},
    stdout,
    stderr,
    simulator: () =>
      Promise.resolve({
        makeWorld: setting.makeWorld ?? ((options) => new TinyCloud(options)),
        known: {
          ...KNOWN,
          catalogue: setting.catalogue ?? CATALOGUE,
          ...(setting.anyCommand === true && { readCommand: TinyCloud.known.readCommand }),
        },
      }),
    onInterrupt(listener) {
      setting.onRun?.(listener);
      return () => undefined;
    },
  });
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
