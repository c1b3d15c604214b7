/** How a page reads its recording: long ones bit by bit, broken ones up to where they break, and what it says of that. */
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { Story } from "../timeline/fake-run.js";
import { BROWSER } from "./browser.js";
import { linesOf, pages, seqOf } from "./open.js";

/** A recording of `count` steps, a request each: three entries. */
function long(count: number): string[] {
  const story = new Story();
  for (let i = 1; i <= count; i++) {
    const cause = story.step(`step ${String(i)}`);
    story.rest(["nova-client", "nova-api@c1"], ["PUT", `/x/${String(i)}`], { status: 200, cause });
  }
  return [...story.timeline.lines];
}

const NO_WORKER = "delete globalThis.Worker;";

describe.skipIf(BROWSER === undefined)("a page", () => {
  const open = pages();
  const notices = (page: Page) => page.locator(".notices p");
  const told = async (page: Page) => (await notices(page).allTextContents()).join("\n");
  const rows = async (page: Page) =>
    Number(await page.locator("[aria-rowcount]").getAttribute("aria-rowcount"));
  const facts = (page: Page) => page.locator("header .facts").textContent();

  it("shows the beginning of a long recording while it says how far it has read", async () => {
    // The browser is told of every notice that there ever was.
    const before = `globalThis.said = []; new MutationObserver(() => {
      const words = document.querySelector(".notices")?.textContent;
      if (words && document.querySelector(".row")) said.push(words);
    }).observe(document, { subtree: true, childList: true });`;
    const page = await open(long(9_000), "", { before });
    const said = await page.evaluate<string[]>("said");
    expect(said[0]).toMatch(/^Reading the recording: \d+,000 entries so far/u);
    expect(await told(page)).not.toContain("Reading");
    expect(await facts(page)).toContain("27000 entries");
    expect(await rows(page)).toBe(18_000);
  });

  it("goes to the entry of its address as soon as that has been read, and stays there", async () => {
    const page = await open(long(6_000), "#seq=17002&level=messages");
    expect(await seqOf(page)).toBe(17_002);
    expect(await page.locator(".row.here").textContent()).toContain("PUT /x/5668");
  });

  it("keeps the cursor where it was while the rest comes", async () => {
    const page = await open(long(6_000), "#level=messages", { until: "html[data-ready]" });
    await page.keyboard.press("]");
    await page.keyboard.press("]");
    const here = await page.locator(".row.here").textContent();
    await page.waitForSelector("html[data-read]");
    expect(await page.locator(".row.here").textContent()).toBe(here);
    expect(await facts(page)).toContain("18000 entries");
  });

  it("reads the same where no worker may be", async () => {
    const [with_, without] = [
      await open(long(3_000)),
      await open(long(3_000), "", { before: NO_WORKER }),
    ];
    expect(await rows(without)).toBe(await rows(with_));
    expect(await facts(without)).toBe(await facts(with_));
  });

  it("says of a browser that cannot unpack which one can", async () => {
    const before = `${NO_WORKER} delete globalThis.DecompressionStream;`;
    const page = await open(linesOf("boot"), "", { before, until: "[role=alert]" });
    expect(await page.locator("[role=alert]").textContent()).toBe(
      "This browser cannot unpack the recording (needs Chrome 80, Firefox 113, Safari 16.4).",
    );
  });

  it("says of a damaged page that it is damaged", async () => {
    const edit = (html: string) => html.replace("H4sI", "AAAA");
    const page = await open(linesOf("boot"), "", { edit, until: "[role=alert]" });
    expect(await page.locator("[role=alert]").textContent()).toMatch(
      /^The recording in this page is damaged/u,
    );
  });

  it("shows what came before a line that cannot be read, and says which line that is", async () => {
    const lines = long(2_000);
    lines[4_000] = lines[3_999] ?? "";
    const page = await open(lines);
    expect(await told(page)).toMatch(
      /The rest cannot be read: .*4001.* What came before is shown\./u,
    );
    expect(await facts(page)).toContain("3999 entries");
  });

  it("says of a recording of another version which novasim reads it", async () => {
    const [header = "", ...rest] = linesOf("boot");
    const lines = [header.replace('"timeline":1', '"timeline":2'), ...rest];
    const page = await open(lines, "", { until: "[role=alert]" });
    expect(await page.locator("[role=alert]").textContent()).toContain(
      "Use the novasim that wrote it",
    );
  });

  it("says that payloads are digests, until one closes that, and of a full recording nothing", async () => {
    const page = await open(linesOf("boot"));
    expect(await told(page)).toContain('Kept at detail "flow": long payloads are digests.');
    await page.getByRole("button", { name: "Close notices" }).click();
    expect(await page.locator(".notices").isVisible()).toBe(false);
    await page.keyboard.press("ArrowRight");
    expect(await page.locator(".notices").isVisible()).toBe(false);
    const full = linesOf("boot").map((line) => line.replace('"detail":"flow"', '"detail":"full"'));
    expect(await told(await open(full))).toBe("");
  });

  it("of an empty run says so in each view", async () => {
    const page = await open(new Story().timeline.lines);
    for (const key of ["1", "2", "3", "4", "i", "i", "ArrowRight", "End", " "])
      await page.keyboard.press(key);
    expect(await facts(page)).toContain("0 entries");
  });
});
