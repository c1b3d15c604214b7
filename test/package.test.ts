/** The package as a newcomer and as a registry get it. */
import { beforeAll, describe, expect, it } from "vitest";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import ts from "typescript";
import { entries } from "../tools/entries.mjs";

const root = path.resolve(import.meta.dirname, "..");
const read = (file: string): string => fs.readFileSync(path.join(root, file), "utf8");
const manifest = JSON.parse(read("package.json")) as {
  version: string;
  license: string;
  engines: { node: string };
  bin: Record<string, string>;
  exports: Record<string, { types: string; default: string } | string>;
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
};

interface Lock {
  version: string;
  packages: Record<
    string,
    {
      resolved?: string;
      integrity?: string;
      inBundle?: boolean;
      optionalDependencies?: Record<string, string>;
    }
  >;
}

describe("package.json", () => {
  it("starts by building and running the boot scenario, and tests what it has type-checked", () => {
    const [says, ...does] = manifest.scripts["start"]?.split(" && ") ?? [];
    expect(says).toMatch(/^node -e "console\.error\('building, /u);
    expect(does).toEqual([
      "npm run --silent bundle",
      "node dist/cli/main.js run scenarios/boot-and-shelve.yaml",
    ]);
    expect(manifest.scripts["test"]).toBe(
      "npm run --silent bundle && npm run --silent typecheck && vitest run",
    );
  });

  it("calls only tools that npm ci brings, or that come with Node", () => {
    const own = new Set(fs.readdirSync(path.join(root, "node_modules/.bin")));
    const commands = Object.values(manifest.scripts).flatMap((script) =>
      script.split("&&").map((part) => part.trim().split(" ")[0] ?? ""),
    );
    expect(commands.filter((name) => name !== "npm" && name !== "node" && !own.has(name))).toEqual(
      [],
    );
  });

  it("installs nothing that runs code on installation", () => {
    expect(
      Object.keys(manifest.scripts).filter((name) => /^(pre|post)?install$|^prepare$/.test(name)),
    ).toEqual([]);
  });

  describe("what is published", () => {
    let files: string[] = [];
    beforeAll(() => {
      const output = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
        cwd: root,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
        maxBuffer: 1e8,
      });
      const [pack] = JSON.parse(output) as [{ files: { path: string }[] }];
      files = pack.files.map((file) => file.path);
    });

    it("is the build, the scenarios, examples and papers, and nothing else", () => {
      const papers = ["CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md", "package.json"];
      const tops = new Set(files.map((file) => file.split("/")[0] ?? ""));
      const folders = ["dist", "docs", "examples", "scenarios"];
      expect([...tops].sort()).toEqual([...papers, ...folders].sort());
    });

    it("has every entry point and the command, with maps to their sources", () => {
      for (const { types, code } of entries)
        expect(files).toEqual(expect.arrayContaining([types, code]));
      for (const command of Object.values(manifest.bin)) expect(files).toContain(command.slice(2));
      const scripts = files.filter((file) => /^dist\/.*\.c?js$/u.test(file));
      expect(scripts.length).toBeGreaterThan(20);
      // A file that only passes on what others have has nothing to map.
      const maps = scripts.filter((file) => read(file).includes(`//# sourceMappingURL=`));
      expect(maps).toEqual(
        expect.arrayContaining(["dist/chunks/index.cjs", "dist/chunks/cli-main.cjs"]),
      );
      expect(maps.filter((file) => !files.includes(`${file}.map`))).toEqual([]);
    });

    it("has nothing that only developers of novasim need", () => {
      const dev =
        /\.tsbuildinfo$|^dist\/(?:bench|kept|types\/cli)\/|\.test\.d\.ts$|(?:^|\/)node_modules\/|\.tgz$/u;
      expect(files.filter((file) => dev.test(file))).toEqual([]);
      const sources = files.filter((file) => /(?<!\.d)\.[cm]?ts$/u.test(file));
      expect(sources.filter((file) => !file.startsWith("examples/"))).toEqual([]);
    });

    it("has what its README points at", () => {
      const links = [...read("README.md").matchAll(/\]\((?!https?:)([^)#\s]+)[^)]*\)/gu)].map(
        ([, to = ""]) => to,
      );
      expect(links.length).toBeGreaterThan(10);
      const there = (to: string): boolean =>
        files.some((file) => file === to || file.startsWith(`${to}/`));
      expect(links.filter((to) => !there(to))).toEqual([]);
    });
  });

  it("types every entry point for programs that check every declaration", () => {
    const program = ts.createProgram(
      entries.map(({ types }) => path.join(root, types)),
      {
        ...{ noEmit: true, strict: true, skipLibCheck: false, types: [] },
        ...{ target: ts.ScriptTarget.ES2023, lib: ["lib.es2023.d.ts"] },
        ...{ module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
      },
    );
    const own = ts
      .getPreEmitDiagnostics(program)
      .filter(({ file }) => file === undefined || !file.fileName.includes("node_modules"))
      .map(
        ({ file, messageText }) =>
          `${file?.fileName ?? ""}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
      );
    expect(own).toEqual([]);
  });

  it("declares its matchers where vitest 4 and vitest 5 both look for them", () => {
    expect(manifest.peerDependencies["vitest"]).toBe("^4.1.0 || ^5.0.0");
    const declared = read("dist/types/testing/vitest/index.d.ts");
    expect(declared).toMatch(
      /declare global \{\s+namespace Chai \{\s[\s\S]*?interface Assertion \{/u,
    );
    // Its type parameters differ, and no declaration can have both.
    expect(declared).not.toContain("interface Matchers");
  });

  it("has one thing under a name that two entry points have, so that instanceof holds across them", () => {
    const outside = entries.filter(({ name }) => !/vitest$/u.test(name));
    const code = `
      const [main, ...others] = await Promise.all(
        ${JSON.stringify(outside.map(({ name }) => name))}.map((name) => import(name)),
      );
      const twice = others.flatMap((other) => Object.keys(other)).filter((name) => name in main);
      const unlike = twice.filter((name) => others.some((other) => name in other && other[name] !== main[name]));
      console.log(JSON.stringify({ twice: twice.length, unlike }));`;
    const output = execFileSync(process.execPath, ["--input-type=module", "-e", code], {
      cwd: root,
      encoding: "utf8",
    });
    const { twice, unlike } = JSON.parse(output) as { twice: number; unlike: string[] };
    expect(twice).toBeGreaterThan(30);
    expect(unlike).toEqual([]);
  });

  it("has a command that the shell can run", () => {
    for (const command of Object.values(manifest.bin)) {
      expect(read(command)).toMatch(/^#!\/usr\/bin\/env node\n/);
    }
  });

  it("is of the version that the changelog tells of first, under the licence that it carries", () => {
    expect(/^## (\S+)/m.exec(read("CHANGELOG.md"))?.[1]).toBe(manifest.version);
    expect(manifest.license).toBe("Apache-2.0");
    expect(read("LICENSE")).toMatch(/^ +Apache License\n +Version 2\.0, January 2004\n/);
  });
});

describe("package-lock.json", () => {
  const lock = JSON.parse(read("package-lock.json")) as Lock;
  const packages = Object.entries(lock.packages).filter(([name]) => name !== "");

  it("holds every optional package that a package asks for, or npm ci refuses it", () => {
    const missing = packages.flatMap(([name, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (wanted) =>
          !(`node_modules/${wanted}` in lock.packages) &&
          !(`${name}/node_modules/${wanted}` in lock.packages),
      ),
    );
    expect(missing).toEqual([]);
  });

  it("holds no download addresses, but a checksum of every package", () => {
    expect(packages.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
    expect(
      packages.filter(
        ([, { integrity, inBundle }]) => integrity === undefined && inBundle !== true,
      ),
    ).toEqual([]);
    expect(lock.version).toBe(manifest.version);
  });
});
