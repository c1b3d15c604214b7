/**
 * The files that a command line may name, in memory: paths and texts, no disk. Where upstream looks
 * for them by itself is here too. Upstream: `find_config_files` in oslo.config 1.4 `cfg.py`;
 * nova/utils.py at 2011.3 (default_flagfile).
 */

/** Texts by absolute path, and where the process is. */
export interface ConfigFiles {
  readonly texts: ReadonlyMap<string, string>;
  /** Folders that exist although no file is in them. */
  readonly folders?: readonly string[];
  /** `~`. Default `/root`. */
  readonly home?: string;
  /** The current directory. Default `/`. */
  readonly cwd?: string;
}

export const NO_FILES: ConfigFiles = { texts: new Map() };

/** `path` from the root, `~` and `..` followed. */
export function absolute(path: string, { home = "/root", cwd = "/" }: ConfigFiles): string {
  const full = path.startsWith("~/") ? home + path.slice(1) : path;
  const parts: string[] = [];
  for (const part of (full.startsWith("/") ? full : `${cwd}/${full}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

export function textOf(path: string, files: ConfigFiles): string | undefined {
  return files.texts.get(absolute(path, files));
}

/** The `*.conf` in `folder`, sorted; undefined if there is no such folder. */
export function confsIn(folder: string, files: ConfigFiles): readonly string[] | undefined {
  const base = `${absolute(folder, files)}/`;
  const inside = [...files.texts.keys()].filter((path) => path.startsWith(base));
  const exists = files.folders?.some((one) => `${absolute(one, files)}/` === base) === true;
  if (inside.length === 0 && !exists) return undefined;
  const own = inside.filter((path) => !path.slice(base.length).includes("/"));
  return own.filter((path) => path.endsWith(".conf")).sort();
}

/** The files that are read when none is named: the project's, then the program's. */
export function findConfigFiles(project: string, prog: string, files: ConfigFiles): string[] {
  const folders = [`~/.${project}`, "~", `/etc/${project}`, "/etc"];
  return [project, prog].flatMap((name) => {
    const paths = folders.map((folder) => absolute(`${folder}/${name}.conf`, files));
    return paths.find((path) => files.texts.has(path)) ?? [];
  });
}

/**
 * `argv` with the flag file of 2011.3 put in, unless something in it speaks of flag files: the one
 * beside the script, in the current directory, or in /etc (CFG-01..04).
 */
export function withDefaultFlagfile(argv: readonly string[], files: ConfigFiles): string[] {
  if (argv.some((arg) => arg.includes("flagfile"))) return [...argv];
  const [script = ""] = argv;
  const folder = script.slice(0, script.lastIndexOf("/") + 1);
  const beside = absolute(`${folder}nova.conf`, files);
  const found = [beside, "./nova.conf", "/etc/nova/nova.conf"].find(
    (path) => textOf(path, files) !== undefined,
  );
  return [
    ...argv.slice(0, 1),
    ...(found === undefined ? [] : [`--flagfile=${found}`]),
    ...argv.slice(1),
  ];
}
