/** The real Mermaid draws the diagrams, whole and by chapter, whatever names are in them. */
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { VIEWS } from "../../../src/views/index.js";
import { BROWSER, launch } from "../../page/browser.js";
import { shipped } from "../model/shipped.js";
import { some } from "./some.js";

const mermaid = VIEWS.get("mermaid")!;
const require = createRequire(import.meta.url);
const script = require.resolve("@mermaid-js/tiny/dist/mermaid.tiny.js");

describe.skipIf(BROWSER === undefined)("Mermaid", () => {
  let browser: Browser;
  let page: Page;
  const heard: string[] = [];

  beforeAll(async () => {
    browser = await launch();
    page = await browser.newPage();
    page.on("dialog", (dialog) => heard.push(dialog.message()));
    await page.addScriptTag({ path: script });
    await page.evaluate("mermaid.initialize({ startOnLoad: false })");
  });

  afterAll(async () => {
    await page.close();
  });

  const drawn = (text: string): Promise<string> =>
    page.evaluate(`mermaid.render("drawing", ${JSON.stringify(text)}).then(({ svg }) => svg)`);

  it.each(some)("draws %s", async (_, timeline) => {
    const svg = await drawn(mermaid.render(timeline()));
    expect(svg).toContain("</svg>");
    expect(svg).not.toContain("Syntax error");
    expect(svg).not.toMatch(/<script|<img/u);
    expect(heard).toEqual([]);
  });

  it("draws every chapter of a long run by itself", async () => {
    const timeline = shipped("boot-and-shelve");
    const steps = timeline.entries.filter((entry) => entry.kind === "step");
    expect(steps.length).toBeGreaterThan(3);
    for (const { index } of steps) {
      const svg = await drawn(mermaid.render(timeline, { chapter: index + 1 }));
      expect(svg).toContain(`${String(index + 1)}.`);
      expect(svg).not.toContain("Syntax error");
    }
  });
});
