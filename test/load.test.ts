/** `tools/load.cjs`: the bundle is loaded once, and what V8 compiled of it is kept beside it. Needs `npm run bundle`. */
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const bundle = path.resolve(import.meta.dirname, "../dist");
const top = fs.mkdtempSync(path.join(tmpdir(), "novasim-load-"));
const dist = path.join(top, "dist");
const kept = path.join(dist, "kept");
afterAll(() => {
  fs.rmSync(top, { recursive: true });
});

fs.mkdirSync(path.join(dist, "chunks"), { recursive: true });
fs.writeFileSync(path.join(top, "package.json"), `{"type":"module"}`);
for (const file of ["load.cjs", "kernel.js"])
  fs.cpSync(path.join(bundle, file), path.join(dist, file));
for (const file of fs.readdirSync(path.join(bundle, "chunks")))
  if (file.endsWith(".cjs"))
    fs.cpSync(path.join(bundle, "chunks", file), path.join(dist, "chunks", file));

const SAYS = `
  const { formatDuration, seconds } = await import(process.argv[1]);
  console.log(formatDuration(seconds(90)));
`;

/** A process that imports the bundle. @returns what it said */
function say(env = {}): string {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ["--input-type=module", "-e", SAYS, path.join(dist, "kernel.js")],
    { encoding: "utf8", env: { PATH: process.env["PATH"], ...env } },
  );
  return stdout + stderr;
}

/** Each file that is kept, and when it was written. */
const files = (): Map<string, number> =>
  new Map(
    fs
      .readdirSync(kept, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name, parentPath }) => [name, fs.statSync(path.join(parentPath, name)).mtimeMs]),
  );
const find = (name: string): string => {
  const [build = ""] = fs.readdirSync(kept);
  return path.join(kept, build, name);
};

it("loads what is no ASCII as it was written", () => {
  fs.writeFileSync(path.join(dist, "chunks/letters.cjs"), "exports.letters = String.raw`é ▾`;");
  const load = JSON.stringify(path.join(dist, "load.cjs"));
  const code = `console.log(require(${load})("letters.cjs", {}).letters)`;
  expect(spawnSync(process.execPath, ["-e", code], { encoding: "utf8" }).stdout).toBe("é ▾\n");
});

describe("what was compiled", () => {
  beforeEach(() => {
    fs.rmSync(kept, { recursive: true, force: true });
  });

  it("is kept of each file when it has been loaded, and when the process ends", () => {
    expect(say()).toBe("1m 30s\n");
    const names = [...files().keys()];
    expect(names).toEqual(expect.arrayContaining(["kernel.cjs.early", "kernel.cjs.whole"]));
    expect(names.filter((name) => !/\.cjs\.(?:early|whole)$/u.test(name))).toEqual([]);
  });

  it("is written once", () => {
    say();
    const before = files();
    expect(say()).toBe("1m 30s\n");
    expect(files()).toEqual(before);
  });

  it("is used: what another build left under its name is what runs", () => {
    say();
    const [own, other] = ["kernel.cjs", "kernel.cjs.before"].map((name) =>
      path.join(dist, "chunks", name),
    ) as [string, string];
    fs.renameSync(own, other);
    // V8 looks at the length of a source alone, which is why what is kept bears the name of its build.
    fs.writeFileSync(own, " ".repeat(fs.statSync(other).size));
    expect(say()).toBe("1m 30s\n");
    fs.renameSync(other, own);
  });

  it("is written anew where V8 refuses it", () => {
    say();
    const file = find("kernel.cjs.whole");
    fs.writeFileSync(file, "what another version compiled");
    expect(say()).toBe("1m 30s\n");
    expect(fs.statSync(file).size).toBeGreaterThan(100);
    expect(fs.readFileSync(file, "latin1")).not.toContain("another version");
  });

  it("is not kept where the user wants no such thing", () => {
    expect(say({ NODE_DISABLE_COMPILE_CACHE: "1" })).toBe("1m 30s\n");
    expect(fs.existsSync(kept)).toBe(false);
  });

  it("is done without where nothing can be written", () => {
    fs.writeFileSync(kept, "no folder");
    expect(say()).toBe("1m 30s\n");
    expect(fs.readFileSync(kept, "utf8")).toBe("no folder");
  });
});
