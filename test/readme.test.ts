/** What the README shows is what a newcomer sees. */
import fs from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { Cloud } from "../src/cloud/cloud.js";
import { NOVASIM_VERSION } from "../src/cloud/version.js";
import { loadScenario, runScenario } from "../src/scenario/index.js";
import { MemoryTimeline, readTimeline } from "../src/timeline/index.js";
import { renderText } from "../src/views/index.js";

const root = path.resolve(import.meta.dirname, "..");
const readme = fs.readFileSync(path.join(root, "README.md"), "utf8");
const blocks = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm"))].map(
    ([, text = ""]) => text,
  );

function shown(text: string, file: string): string {
  const loaded = loadScenario({ file, text });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const sink = new MemoryTimeline();
  const makeWorld = (options: ConstructorParameters<typeof Cloud>[0]) => new Cloud(options);
  const { failures } = runScenario({ loaded, makeWorld, version: NOVASIM_VERSION, sink });
  expect(failures).toEqual([]);
  return renderText(readTimeline(sink.lines));
}

it("the flow on the first screen is what npm start prints, in that order", () => {
  const file = "scenarios/boot-and-shelve.yaml";
  const output = shown(fs.readFileSync(path.join(root, file), "utf8"), file).split("\n");
  const [flow = ""] = blocks("text");
  const lines = flow.split("\n").filter((line) => line.trim() !== "…" && line !== "");
  expect(lines.length).toBeGreaterThan(8);
  let at = -1;
  for (const line of lines) {
    at = output.indexOf(line, at + 1);
    expect(at, line).toBeGreaterThan(-1);
  }
});

it.each(["README.md", "docs/evacuator.md"])(
  "%s quotes the files that it names, word for word",
  (file) => {
    const text = fs.readFileSync(path.join(root, file), "utf8");
    const quotes = [...text.matchAll(/^<!-- (\S+) -->\n\n```ts\n([\s\S]*?)^```$/gmu)];
    for (const [, quoted = "", quote = ""] of quotes) {
      expect(fs.readFileSync(path.join(root, quoted), "utf8")).toContain(quote);
    }
    expect(quotes.length).toBeGreaterThan(0);
    expect(quotes).toHaveLength(text.split("```ts\n").length - 1);
  },
);

it("the scenario that it shows runs and holds", () => {
  const [scenario = ""] = blocks("yaml");
  expect(shown(scenario, "README.md")).toContain("t3 shelved_offloaded");
});

it("the version of the library is that of the package", () => {
  const manifest = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8")) as {
    version: string;
  };
  expect(NOVASIM_VERSION).toBe(manifest.version);
});
