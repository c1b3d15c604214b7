/**
 * The folder in which a command is typed, with the files that a user has there; there is no other disk. Upstream:
 * what open() and urllib find.
 */

export class Folder {
  /** `/home/demo`. */
  readonly path: string;
  readonly #files: Map<string, string>;

  /** @param files texts by their paths from there */
  constructor(path: string, files: Map<string, string>) {
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

  /** A file is written, to be there for later commands. */
  write(path: string, text: string): void {
    const absolute = this.absolute(path);
    const within = `${this.path}/`;
    if (absolute.startsWith(within)) this.#files.set(absolute.slice(within.length), text);
  }

  /** The text of the file at an absolute path; undefined if there is none. */
  read(path: string): string | undefined {
    const within = `${this.path}/`;
    return path.startsWith(within) ? this.#files.get(path.slice(within.length)) : undefined;
  }
}
