/** The page on paper, in a reader's own colours, enlarged, and on a telephone. */
import { describe, expect, it } from "vitest";
import { Story } from "../timeline/fake-run.js";
import { BROWSER } from "./browser.js";
import { linesOf, pages } from "./open.js";

describe.skipIf(BROWSER === undefined)("the page", () => {
  const open = pages();

  it("on paper has all rows, no buttons, its heads in the head of a table, and signs and seed last", async () => {
    const page = await open(linesOf("boot-and-shelve"), "", { colorScheme: "dark" });
    const rows = Number(await page.locator("[aria-rowcount]").getAttribute("aria-rowcount"));
    expect(await page.locator(".canvas .row").count()).toBeLessThan(rows);
    await page.emulateMedia({ media: "print" });
    await page.evaluate('dispatchEvent(new Event("beforeprint"))');
    expect(await page.locator(".canvas .row").count()).toBe(rows);
    for (const gone of [".rail", ".inspector", "footer", ".notices", "header input"])
      expect(await page.locator(gone).first().isVisible(), gone).toBe(false);
    const style = (of: string, what: string) =>
      page.evaluate(`getComputedStyle(document.querySelector("${of}")).${what}`);
    expect(await style(".heads", "display")).toBe("table-header-group");
    expect(await style("body", "backgroundColor")).toBe("rgb(255, 255, 255)");
    const last = await page.locator(".colophon").boundingBox();
    const rowsEnd = await page.locator(".canvas").boundingBox();
    expect(last?.y).toBeGreaterThanOrEqual((rowsEnd?.y ?? 0) + (rowsEnd?.height ?? 0) - 1);
    expect(await page.locator(".colophon").textContent()).toContain("seed 7");
    // And afterwards it is what it was.
    await page.emulateMedia({ media: "screen" });
    await page.evaluate('dispatchEvent(new Event("afterprint"))');
    expect(await page.locator(".canvas .row").count()).toBeLessThan(rows);
    const width = await page.evaluate("document.documentElement.scrollWidth");
    expect(width).toBe(1280);
  });

  it("on paper asks for a chapter where there are too many rows", async () => {
    const story = new Story();
    for (let i = 1; i <= 1_100; i++) {
      const cause = story.step(`step ${String(i)}`);
      story.rest(["nova-client", "nova-api@c1"], ["PUT", "/x"], { status: 200, cause });
    }
    const page = await open(story.timeline.lines, "#level=messages");
    await page.emulateMedia({ media: "print" });
    await page.evaluate('dispatchEvent(new Event("beforeprint"))');
    expect(await page.locator("main").isVisible()).toBe(false);
    expect(await page.locator(".colophon").textContent()).toContain(
      "2200 rows, too many for paper",
    );
  });

  it("in a reader's own colours draws every stroke in the colour of text", async () => {
    const page = await open(linesOf("service-crash-loses-casts"), "", { forcedColors: "active" });
    const colours = await page.evaluate<string[]>(
      `[...new Set([...document.querySelectorAll("svg .l, svg .bar, svg .glyph")].map((one) => getComputedStyle(one).stroke))]`,
    );
    expect(colours).toEqual(["rgb(0, 0, 0)"]);
    await page.keyboard.press("2");
    expect(await page.locator(".map-service").first().isVisible()).toBe(true);
  });

  it.each([
    // Twice the size of 1280 by 800.
    [640, 400],
    [800, 600],
    [400, 800],
  ])("fits into %i by %i in each view, with room for its rows", async (width, height) => {
    const page = await open(linesOf("boot-over-quota"), "", { viewport: { width, height } });
    for (const key of ["4", "3", "2", "1"]) {
      await page.keyboard.press(key);
      const wide = await page.evaluate("document.documentElement.scrollWidth");
      expect([key, wide]).toEqual([key, width]);
    }
    const main = await page.locator("main").boundingBox();
    expect(main?.height).toBeGreaterThan(150);
  });
});
