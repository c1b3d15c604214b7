/** The page of two recordings in a real browser. */
import { describe, expect, it } from "vitest";
import { boot } from "../timeline/fake-run.js";
import { BROWSER } from "./browser.js";
import { linesOf, pages, serious } from "./open.js";

describe.skipIf(BROWSER === undefined)("the page of two recordings", () => {
  const open = pages();
  const both = (one: string, other: string) => [linesOf(one), linesOf(other)] as const;
  const [shelve, noHost] = both("boot-and-shelve", "boot-no-valid-host");
  const narrow = { viewport: { width: 400, height: 800 } };

  it("opens at the first difference and says how far they differ", async () => {
    const page = await open(shelve, "", {}, noHost);
    const words = await page.locator(".counts").textContent();
    expect(words).toMatch(
      /^First difference: A entry 0, B entry 0 · \d+ alike, \d+ changed, \d+ only in A, \d+ only in B/u,
    );
    expect(await page.locator(".row.here").count()).toBe(2);
    expect(await page.locator(".sign.changed").count()).toBeGreaterThan(3);
    expect(await page.locator(".row.onlyA").count()).toBeGreaterThan(0);
  });

  it("has one cursor in both, on one line, and n finds what differs", async () => {
    const page = await open(shelve, "", {}, noHost);
    for (let i = 0; i < 12; i++) {
      await page.keyboard.press(i % 3 === 0 ? "n" : "j");
      const here = page.locator(".row.here");
      const tops: (number | undefined)[] = [];
      for (const one of await here.all()) tops.push((await one.boundingBox())?.y);
      expect(new Set(tops).size).toBe(1);
    }
    const address = page.url();
    await page.keyboard.press("n");
    await page.keyboard.press("p");
    await page.keyboard.press("p");
    expect(page.url()).not.toBe(address);
    expect(await page.locator(".differs").textContent()).toContain("A");
  });

  it("counts times when it is asked to, and the address says so", async () => {
    const page = await open(linesOf("boot"), "", {}, linesOf("boot"));
    expect(await page.locator(".counts").textContent()).toMatch(/^No difference/u);
    const [header = "", ...entries] = linesOf("boot");
    const at = (line = ""): number => Number(/"at":(\d+)/u.exec(line)?.[1]);
    // One after which some time goes by, so that none goes back.
    const moved = entries.findIndex((line, i) => i > 150 && at(entries[i + 1]) > at(line) + 1);
    const seq = /"seq":(\d+)/u.exec(entries[moved] ?? "")?.[1] ?? "";
    const late = entries.map((line, i) =>
      i === moved ? line.replace(/"at":\d+/u, `"at":${String(at(line) + 1)}`) : line,
    );
    const timed = await open(linesOf("boot"), "", {}, [header, ...late]);
    expect(await timed.locator(".counts").textContent()).toMatch(/^No difference/u);
    await timed.getByLabel("Count times").check();
    expect(await timed.locator(".counts").textContent()).toContain(
      `First difference: A entry ${seq}`,
    );
    expect(timed.url()).toContain("times=1");
  });

  it("on a telephone shows one side, and tells in words what the other has alone", async () => {
    const page = await open(shelve, "#side=b", narrow, noHost);
    expect(await page.locator(".pane:visible").count()).toBe(1);
    await page.locator(".ghost").first().waitFor();
    expect(await page.locator(".ghost").first().textContent()).toMatch(/^A: /u);
    await page.keyboard.press("v");
    expect(page.url()).not.toContain("side=b");
  });

  it.each([
    ["wide", {}],
    ["narrow", narrow],
  ])("has no serious finding of axe, %s", async (_, options) => {
    const page = await open(shelve, "", options, noHost);
    expect(await serious(page)).toEqual([]);
  });

  it("takes names as text", async () => {
    const name = "<img src=x onerror=alert(1)>";
    const { lines } = boot({ name }).timeline;
    const page = await open(lines, "", {}, boot({ name: "__proto__" }).timeline.lines);
    for (let i = 0; i < 6; i++) await page.keyboard.press("n");
    expect(await page.locator("main img, aside img").count()).toBe(0);
  });
});
