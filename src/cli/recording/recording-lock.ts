/**
 * One run at a time records into a file: whoever does holds `OUT.lock` beside it. A lock and not a
 * file that is renamed at the end, because what was recorded until a crash must be found under the
 * name that the user gave, and can be read there while the run goes on. The lock names its process;
 * one whose process is gone (SIGKILL, a power cut) is taken over by the next run.
 */
import { closeSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import { CliError } from "../exit.js";
import { because, codeOf } from "../files/system-error.js";

/** Who holds a lock. A process may get the number of an earlier one, but not its beginning. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly since: number;
}

type Standing =
  | { readonly kind: "held"; readonly by: string }
  | { readonly kind: "abandoned" }
  | { readonly kind: "unknown" };

const OURS = `${JSON.stringify({
  pid: process.pid,
  host: hostname(),
  since: performance.timeOrigin,
} satisfies Holder)}\n`;

/**
 * Lock the recording at `path`, a real path, which is called `file` in messages.
 * @returns what gives the lock back
 * @throws CliError if another run holds it or it cannot be made
 */
export function lockRecording(path: string, file: string): () => void {
  const lock = `${path}.lock`;
  while (!create(lock, file)) {
    const text = textOf(lock, file);
    if (text === undefined) continue;
    const standing = standingOf(text);
    switch (standing.kind) {
      case "abandoned":
        try {
          remove(lock, text);
        } catch (error) {
          throw refusal(error, file, lock);
        }
        break;
      case "held":
        throw new CliError(
          `${file} is being recorded by another run (${standing.by})`,
          `Choose another name after --record, or wait. If there is no such run, remove ${lock}.`,
        );
      case "unknown":
        throw new CliError(
          `${file} is locked, and ${lock} does not say by whom`,
          "Choose another name after --record. If nobody records, remove the lock.",
        );
      default:
        standing satisfies never;
    }
  }
  return () => {
    try {
      remove(lock, OURS);
    } catch {
      // It says whose it is: once this process is gone, the next run takes it over.
    }
  };
}

/** @returns false if there is one already */
function create(lock: string, file: string): boolean {
  let fd: number;
  try {
    fd = openSync(lock, "wx");
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw refusal(error, file, lock);
  }
  try {
    writeSync(fd, OURS);
    return true;
  } catch (error) {
    // A lock that names nobody would never be taken over.
    rmSync(lock, { force: true });
    throw refusal(error, file, lock);
  } finally {
    closeSync(fd);
  }
}

function textOf(lock: string, file: string): string | undefined {
  try {
    return readFileSync(lock, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw refusal(error, file, lock);
  }
}

function refusal(error: unknown, file: string, lock: string): CliError {
  return new CliError(
    `cannot lock ${file}: ${because(error)}`,
    `One run at a time may write a recording; ${lock} says which.`,
  );
}

function standingOf(text: string): Standing {
  const holder = parsed(text);
  if (holder === undefined) return { kind: "unknown" };
  const { pid, host, since } = holder;
  // Whether a process of another machine lives cannot be seen from here.
  if (host !== hostname()) return { kind: "held", by: `process ${pid} on ${host}` };
  const lives = pid === process.pid ? since === performance.timeOrigin : alive(pid);
  return lives ? { kind: "held", by: `process ${pid}` } : { kind: "abandoned" };
}

function parsed(text: string): Holder | undefined {
  try {
    const { pid, host, since } = (JSON.parse(text) ?? {}) as Partial<Record<keyof Holder, unknown>>;
    const whole =
      typeof pid === "number" && pid > 0 && typeof host === "string" && typeof since === "number";
    return whole ? { pid, host, since } : undefined;
  } catch {
    return undefined;
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, but is somebody else's.
    return codeOf(error) !== "ESRCH";
  }
}

/**
 * Remove a lock that says `text`. It is set aside first: of two runs that find the same abandoned
 * lock, the slower one must not remove what the faster one has made in its place.
 */
function remove(lock: string, text: string): void {
  const aside = `${lock}.${process.pid}`;
  try {
    renameSync(lock, aside);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return;
    throw error;
  }
  if (readFileSync(aside, "utf8") === text) rmSync(aside);
  else renameSync(aside, lock);
}
