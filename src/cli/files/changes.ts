/**
 * Changes of some files, seen through their folders, as editors replace files: of the name that was
 * given and of what it is a link to; of files that are not there yet, through the nearest folder that is.
 */
import { existsSync, realpathSync, watch, type FSWatcher } from "node:fs";
import { basename, dirname, join } from "node:path";
import { CliError } from "../exit.js";
import { because, codeOf } from "./system-error.js";

/** Editors write a file in several strokes; this waits for the last. */
const DEBOUNCE_MS = 50;

export class Changes {
  /** By folder. */
  readonly #watchers = new Map<string, FSWatcher>();
  #wanted = new Set<string>();
  #changed = false;
  #timer: NodeJS.Timeout | undefined;
  #wake: (() => void) | undefined;

  /**
   * Watch `path`, an absolute one, from now on.
   * @throws CliError if its folder cannot be watched
   */
  add(path: string): void {
    for (const seen of placesOf(path)) {
      this.#wanted.add(seen);
      const folder = dirname(seen);
      if (!this.#watchers.has(folder)) this.#watchers.set(folder, this.#watch(folder));
    }
  }

  /** Watch no others than `paths` any more. */
  keep(paths: Iterable<string>): void {
    this.#wanted = new Set([...paths].flatMap(placesOf));
    const folders = new Set([...this.#wanted].map((path) => dirname(path)));
    for (const [folder, watcher] of this.#watchers) {
      if (folders.has(folder)) continue;
      watcher.close();
      this.#watchers.delete(folder);
    }
    for (const path of paths) this.add(path);
  }

  /** Resolves at the next change since this was last asked, or at `wake`. */
  async next(): Promise<void> {
    if (!this.#changed) {
      await new Promise<void>((wake) => {
        this.#wake = wake;
      });
    }
    this.#changed = false;
  }

  wake(): void {
    this.#wake?.();
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const watcher of this.#watchers.values()) watcher.close();
  }

  #watch(folder: string): FSWatcher {
    try {
      const watcher = watch(folder, (_event, name) => {
        if (name === null || this.#wanted.has(join(folder, name))) this.#soon();
      });
      // The folder itself may be gone: whoever reads the files will say so.
      return watcher.on("error", () => {
        this.#soon();
      });
    } catch (error) {
      const limits = ["ENOSPC", "EMFILE"].includes(codeOf(error) ?? "");
      const why = limits ? "this machine watches too much already" : because(error);
      const hint = limits ? "Linux: see fs.inotify.max_user_watches and _instances." : undefined;
      throw new CliError(`cannot watch ${folder}: ${why}`, hint);
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

/** Where a change of `path` would be seen. */
function placesOf(path: string): string[] {
  let near = path;
  while (!existsSync(dirname(near)) && basename(near) !== "") near = dirname(near);
  try {
    return [...new Set([near, realpathSync(near)])];
  } catch {
    return [near];
  }
}
