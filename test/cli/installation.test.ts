import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { flagCatalogue } from "../../src/cloud/flags/catalogue.js";
import { folder, novasim } from "./bed.js";

const inFolder = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => name.replace(/\.yaml$/u, ""))
    .sort();

/** Those of the folders after those beside them, folder by folder, each by their names. */
const below = (folder: string): string[] => [
  ...inFolder(folder),
  ...readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .flatMap((name) => below(`${folder}/${name}`)),
];
const shipped = below("scenarios");

describe("novasim list", () => {
  it("names every scenario in the package, from whatever folder", async () => {
    const { code, stdout } = await novasim(folder(), ["list", "--json"]);
    expect(code).toBe(0);
    const { scenarios } = JSON.parse(stdout) as {
      scenarios: { name: string; title: string; file: string }[];
    };
    expect(scenarios.map(({ name }) => name)).toEqual(shipped);
    const lines = (await novasim(folder(), ["list"])).stdout.trimEnd().split("\n").filter(Boolean);
    expect(lines.map((line) => line.split(" ")[0])).toEqual(shipped);
  });
});

describe("novasim doctor", () => {
  it("tells what a report of trouble needs to know", async () => {
    const { stdout } = await novasim(folder(), ["doctor", "--json"]);
    const { findings } = JSON.parse(stdout) as {
      findings: { what: string; value: string; ok: boolean }[];
    };
    expect(findings.slice(0, 6).map(({ what, value, ok }) => [what, value, ok])).toEqual([
      ["novasim", expect.stringMatching(/^\d+\.\d+\.\d+/u), true],
      ["node", process.version, true],
      ["platform", `${process.platform} ${process.arch}`, true],
      ["cores", expect.stringMatching(/^\d+$/u), true],
      ["timeline format", "1", true],
      ["scenario format", "1", true],
    ]);
  });

  it("ends at once by Ctrl-C", async () => {
    const { code, stdout } = await novasim(process.cwd(), ["doctor"], {
      catalogue: flagCatalogue(),
      onRun: (interrupt) => {
        interrupt();
      },
    });
    expect({ code, stdout }).toEqual({ code: 130, stdout: "" });
  });
});
