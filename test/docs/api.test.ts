/**
 * docs/api.md is the public surface, as its types say it. A change of it is seen in review: after one,
 * `npm run build && npx vitest run test/docs -u` writes the page anew.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";
import { beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "./juno.js";

const REPORT = "novasim.api.md";

/** The report of API Extractor on the declarations that `tsc -b` has made. */
function report(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "novasim-api-"));
  const quiet = { default: { logLevel: ExtractorLogLevel.None } };
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: ROOT,
      mainEntryPointFilePath: path.join(ROOT, "dist/types/index.d.ts"),
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

describe("the public surface", () => {
  let text = "";
  beforeAll(() => {
    text = report();
  });

  it("is what docs/api.md says", async () => {
    await expect(text).toMatchFileSnapshot(path.join(ROOT, "docs/api.md"));
  });

  it("has no name that says nothing outside of novasim", () => {
    const names = [...text.matchAll(/^export .*?\b(?:const|function|class) (\w+)/gmu)].map(
      ([, name]) => name,
    );
    expect(names.length).toBeGreaterThan(60);
    const bare = ["string", "list", "integer", "float", "boolean", "dict", "option", "ip", "self"];
    expect(names.filter((name) => bare.includes(name ?? ""))).toEqual([]);
  });
});
