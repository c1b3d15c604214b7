/**
 * docs/api.md is the public surface, as its types say it, and docs/api has a page for each further entry point. A
 * change is seen in review: after one, `npm run build && npx vitest run test/docs -u` writes the pages anew.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";
import { beforeAll, describe, expect, it } from "vitest";
import { entries } from "../../tools/entries.mjs";
import { ROOT } from "./juno.js";

const REPORT = "novasim.api.md";

/** The report of API Extractor on the declarations that `tsc -b` has made. */
function report(types: string): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "novasim-api-"));
  const quiet = { default: { logLevel: ExtractorLogLevel.None } };
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: ROOT,
      mainEntryPointFilePath: path.join(ROOT, types),
      newlineKind: "lf",
      compiler: { tsconfigFilePath: path.join(ROOT, "tsconfig.sim.json") },
      apiReport: {
        enabled: true,
        reportFileName: REPORT,
        reportFolder: folder,
        reportTempFolder: path.join(folder, "temp"),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: quiet,
        extractorMessageReporting: quiet,
        tsdocMessageReporting: quiet,
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: path.join(ROOT, "package.json"),
  });
  try {
    Extractor.invoke(config, {
      localBuild: true,
      messageCallback: (message) => {
        message.handled = true;
      },
    });
    return fs.readFileSync(path.join(folder, REPORT), "utf8");
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** `docs/api.md` of the first, `docs/api/views.md` of `novasim/views`. */
const pageOf = (entry: string): string =>
  path.join(
    ROOT,
    entry === "novasim" ? "docs/api.md" : `docs/api/${entry.replace("novasim/", "")}.md`,
  );

describe.each(entries)("the public surface of $name", ({ name, types }) => {
  let text = "";
  beforeAll(() => {
    text = report(types);
  });

  it("is what its page says", async () => {
    await expect(text).toMatchFileSnapshot(pageOf(name));
  });

  it("has no name that says nothing outside of novasim", () => {
    const names = [...text.matchAll(/^export .*?\b(?:const|function|class) (\w+)/gmu)].map(
      ([, exported]) => exported,
    );
    expect(names.length).toBeGreaterThan(name === "novasim" ? 60 : 0);
    const bare = ["string", "list", "integer", "float", "boolean", "dict", "option", "ip", "self"];
    expect(names.filter((exported) => bare.includes(exported ?? ""))).toEqual([]);
  });
});
