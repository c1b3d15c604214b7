/**
 * The folder in which a command is typed, with the files that a user has there; there is no other disk. Upstream:
 * what open() and urllib find.
 */

export class Folder {
  /** `/home/demo`. */
  readonly path: string;
  readonly #files: ReadonlyMap<string, string>;

  /** @param files texts by their paths from there */
  constructor(path: string, files: ReadonlyMap<string, string>) {
    this.path = path;
    this.#files = files;
  }

  /** `os.path.abspath`. */
  absolute(path: string): string {
    const parts: string[] = [];
    for (const part of (path.startsWith("/") ? path : `${this.path}/${path}`).split("/")) {
      if (part === "..") parts.pop();
      else if (part !== "" && part !== ".") parts.push(part);
    }
    return `/${parts.join("/")}`;
  }

  /** The text of the file at an absolute path; undefined if there is none. */
  read(path: string): string | undefined {
    const within = `${this.path}/`;
    return path.startsWith(within) ? this.#files.get(path.slice(within.length)) : undefined;
  }
}
