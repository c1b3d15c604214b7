/** `--watch`: again whenever one of the files changes, until Ctrl-C. */
import { watch as watchFolder, type FSWatcher } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { CliError, EXIT, type ExitCode } from "../exit.js";
import type { Session } from "../globals.js";
import { because } from "./system-error.js";

/** Editors write a file in several strokes; this waits for the last. */
const DEBOUNCE_MS = 50;

/** Do `once` now and after each change. @returns how Ctrl-C ended it */
export async function watch(
  session: Session,
  files: readonly string[],
  once: () => Promise<ExitCode>,
): Promise<ExitCode> {
  const { io, talk } = session;
  const changes = new Changes(io.cwd, files);
  const forget = io.onInterrupt(() => {
    changes.end();
  });
  try {
    for (;;) {
      const code = await once();
      if (code === EXIT.interrupted || changes.ended || io.stdout.closed) return code;
      talk.say(`watching ${files.join(", ")}; Ctrl-C ends`);
      if (!(await changes.next())) return EXIT.interrupted;
    }
  } finally {
    forget();
    changes.end();
  }
}

/** Changes of some files, seen through their folders, as editors replace files. */
class Changes {
  readonly #watchers: FSWatcher[] = [];
  #ended = false;
  #changed = false;
  #timer: NodeJS.Timeout | undefined;
  #wake: (() => void) | undefined;

  constructor(cwd: string, files: readonly string[]) {
    const paths = files.map((file) => resolve(cwd, file));
    for (const folder of new Set(paths.map((path) => dirname(path)))) {
      const names = new Set(
        paths.filter((path) => dirname(path) === folder).map((path) => basename(path)),
      );
      this.#watchers.push(this.#watch(folder, names));
    }
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** @returns false when there will be no further change */
  async next(): Promise<boolean> {
    if (!this.#changed && !this.#ended) {
      await new Promise<void>((wake) => {
        this.#wake = wake;
      });
    }
    this.#changed = false;
    return !this.#ended;
  }

  end(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
    for (const watcher of this.#watchers) watcher.close();
    this.#wake?.();
  }

  #watch(folder: string, names: ReadonlySet<string>): FSWatcher {
    try {
      return watchFolder(folder, (_event, name) => {
        if (name === null || names.has(name)) this.#soon();
      });
    } catch (error) {
      throw new CliError(`cannot watch ${folder}: ${because(error)}`);
    }
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#changed = true;
      this.#wake?.();
    }, DEBOUNCE_MS);
  }
}
