/**
 * Pages of recordings, opened in a browser that says nothing and asks for nothing: whatever it has to
 * say, and every request but for the file itself, fails the test that opened it.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { pageOf } from "../../src/cli/page/page-file.js";
import { launch } from "./browser.js";

const root = path.resolve(import.meta.dirname, "../..");

/** What axe finds grave, in the page. */
const SERIOUS = `axe.run({ resultTypes: ["violations"] }).then(({ violations }) => violations
  .filter(({ impact }) => impact === "serious" || impact === "critical")
  .map(({ id, nodes }) => id + ": " + nodes[0].html.slice(0, 160) + " " + nodes[0].failureSummary))`;

export interface How extends BrowserContextOptions {
  /** Run before the page's own script. */
  readonly before?: string;
  /** The page, damaged. */
  readonly edit?: (html: string) => string;
  /** What is waited for; by default that everything has been read. */
  readonly until?: string;
}

export type Open = (
  lines: readonly string[],
  hash?: string,
  how?: How,
  other?: readonly string[],
) => Promise<Page>;

const whole = (html: string): string => html;

/** To be called inside `describe`. @returns what opens a page, which is closed after its test */
export function pages(): Open {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "novasim-page-"));
  let browser: Browser;
  let opened: Page[] = [];
  let heard: string[] = [];

  beforeAll(async () => {
    browser = await launch();
  });

  afterAll(() => {
    fs.rmSync(folder, { recursive: true });
  });

  afterEach(async () => {
    for (const page of opened) await page.context().close();
    const said = heard;
    opened = [];
    heard = [];
    expect(said).toEqual([]);
  });

  return async (lines, hash = "", how = {}, other) => {
    const { before, edit = whole, until = "html[data-read]", ...options } = how;
    const file = path.join(folder, `${String(fs.readdirSync(folder).length)}.html`);
    fs.writeFileSync(file, edit(pageOf("a run", lines, other)));
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      ...options,
    });
    const page = await context.newPage();
    opened.push(page);
    if (before !== undefined) await page.addInitScript(before);
    page.on("console", (message) => heard.push(`console: ${message.text()}`));
    page.on("pageerror", (error) => heard.push(`error: ${error.message}`));
    page.on("dialog", (dialog) => heard.push(`dialog: ${dialog.message()}`));
    page.on("request", (request) => {
      if (!/^(file|blob):/u.test(request.url())) heard.push(`request: ${request.url()}`);
    });
    await page.goto(`${pathToFileURL(file).href}${hash}`);
    await page.waitForSelector(until);
    return page;
  };
}

/** The lines of a recording that ships. */
export function linesOf(name: string): string[] {
  const file = path.join(root, `scenarios/${name}.timeline.jsonl`);
  return fs.readFileSync(file, "utf8").trim().split("\n");
}

/** The entry that the cursor is on; what the browser tells of an address may come later than the page does. */
export async function seqOf(page: Page): Promise<number> {
  return Number(/seq=(\d+)/u.exec(String(await page.evaluate("location.hash")))?.[1]);
}

/** What axe finds that keeps somebody out. */
export async function serious(page: Page): Promise<unknown> {
  // Through the debugger: the page itself lets nothing in.
  if (!(await page.evaluate<boolean>("'axe' in globalThis")))
    await page.evaluate(`${axe.source};0`);
  return page.evaluate(SERIOUS);
}
