/** The live page in a browser: what comes in is seen as it comes, drawn, and nothing that is written anywhere runs. */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { ask, login, serve, type Bed } from "../serve/bed.js";
import { BROWSER, launch } from "./browser.js";
import { serious } from "./open.js";

const NAME = "<script>alert(1)</script>";

async function boot(bed: Bed, name: string): Promise<void> {
  const { token, project } = await login(bed);
  const server = {
    ...{ name, imageRef: bed.cloud.id("image", "cirros"), flavorRef: "42" },
    networks: [{ uuid: bed.cloud.id("network", "private") }],
  };
  const sent = { method: "POST", headers: { "x-auth-token": token }, body: { server } };
  expect((await ask(bed.portOf(8774), `/v2/${project}/servers`, sent)).status).toBe(202);
}

describe.skipIf(BROWSER === undefined)("the live page", () => {
  let browser: Browser;
  let bed: Bed;
  beforeAll(async () => {
    browser = await launch();
    bed = await serve({ watched: true });
  });
  // The browser is the worker's, and others go on with it.
  afterAll(async () => {
    await bed.close();
  });

  async function open(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      ...options,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    const heard: string[] = [];
    page.on("console", (message) => {
      // What a server refuses, a browser says on its console.
      if (!message.text().includes("400 (Bad Request)")) heard.push(message.text());
    });
    page.on("pageerror", (error) => heard.push(error.message));
    page.on("dialog", (dialog) => heard.push(dialog.message()));
    onTestFinished(async () => {
      await context.close();
      expect(heard).toEqual([]);
    });
    await page.goto(`http://127.0.0.1:${String(bed.livePort)}/`);
    await page.waitForSelector("html[data-ready]");
    return page;
  }

  it("says what to type, shows what comes in and what became of it, and goes wrong when it is told to", async () => {
    const page = await open();
    expect(await page.textContent("main")).toContain("export OS_USERNAME=demo");
    expect(await serious(page)).toEqual([]);
    await boot(bed, NAME);
    const server = page.locator(".is-change .became", { hasText: `server ${NAME} → active` });
    await server.waitFor();
    await page.waitForSelector(".canvas .row");
    expect(await page.textContent("h1")).toContain("POST /v2/…/servers");
    expect(await page.locator(".canvas").textContent()).toContain("build_and_run_instance");
    expect(await serious(page)).toEqual([]);

    await page.getByRole("tab", { name: /^Cloud/u }).click();
    expect(await page.textContent(".things")).toContain(NAME);
    expect(await page.textContent(".overview")).toContain("nova-scheduler");

    await page.getByRole("tab", { name: /^Faults/u }).click();
    await page.fill("#fault-text", "drop: { metod: x }");
    await page.click(".inject");
    await page.locator("#fault-said", { hasText: "Did you mean `method`?" }).waitFor();
    expect(await serious(page)).toEqual([]);
    await page.fill("#fault-text", "delay: { topic: scheduler, by: 5s }");
    await page.click(".inject");
    await page.getByRole("button", { name: /^Heal delay/u }).click();
    await page.locator(".faults .over", { hasText: "has not struck · over" }).waitFor();
    expect(bed.cloud.faults.map(({ kind, lifted }) => [kind, lifted])).toEqual([["delay", true]]);
  });

  it("is led by keys, and stays where somebody works until it is told to follow again", async () => {
    const page = await open({ colorScheme: "dark" });
    await page.waitForSelector(".one-request[aria-current]");
    const chosen = () => page.textContent(".one-request[aria-current]");
    const first = await chosen();
    await page.focus(".one-request[aria-current]");
    await page.keyboard.press("ArrowUp");
    expect(await chosen()).not.toBe(first);
    const kept = await chosen();
    await boot(bed, "t4");
    await page.locator(".became", { hasText: "server t4 → active" }).waitFor();
    expect(await chosen()).toBe(kept);
    expect(await page.getByRole("button", { name: /^Follow/u }).getAttribute("aria-pressed")).toBe(
      "false",
    );
    await page.keyboard.press("l");
    await page.locator(".one-request[aria-current]", { hasText: "server t4 → active" }).waitFor();
    // The keys of the page of a recording are those of what is chosen.
    await page.focus(".canvas");
    await page.keyboard.press("2");
    expect(await page.locator(".map-service").first().isVisible()).toBe(true);
    expect(await serious(page)).toEqual([]);
  });

  it.each([
    [400, 800],
    [800, 600],
  ])("fits into %i by %i, where list and sequence take turns", async (width, height) => {
    const page = await open({ viewport: { width, height } });
    const wide = () => page.evaluate("document.documentElement.scrollWidth");
    await page.waitForSelector(".one-request[aria-current]");
    expect([await wide(), await page.locator("main").isVisible()]).toEqual([width, false]);
    await page.locator(".is-change .one-request").last().click();
    expect([await wide(), await page.locator(".live").isVisible()]).toEqual([width, false]);
    expect(await page.locator("main").isVisible()).toBe(true);
    await page.click(".back");
    expect(await page.locator(".live").isVisible()).toBe(true);
  });
});
