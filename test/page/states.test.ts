/** The view States and the strip in a real browser: few things, two hundred things, and names that bite. */
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { NO_CAUSE } from "../../src/kernel/index.js";
import { Model } from "../../src/views/model/model.js";
import { Story } from "../timeline/fake-run.js";
import { shipped } from "../views/model/shipped.js";
import { BROWSER } from "./browser.js";
import { linesOf, pages, seqOf, serious } from "./open.js";

type Cause = typeof NO_CAUSE;

const uuid = (i: number): string => `00be783d-bef5-46b1-bfdc-${String(i).padStart(12, "0")}`;

/** Servers that are booted one after the other, a step each; every 40th fails. */
function cloudOf(count: number, nameOf = (i: number) => `web-${String(i)}`): Story {
  const story = new Story();
  const write = (i: number, cause: Cause, op: "insert" | "update", changes: object) =>
    story.add(
      {
        kind: "db",
        actor: "nova-api@c1",
        project: "nova",
        op,
        table: "instances",
        key: uuid(i),
        changes: changes as Record<string, readonly [unknown, unknown]>,
      },
      cause,
    );
  for (let i = 1; i <= count; i++) {
    const step = story.step(`nova boot ${nameOf(i)}`);
    const born = {
      display_name: [null, nameOf(i)],
      vm_state: [null, "building"],
      task_state: [null, "spawning"],
    };
    write(i, step, "insert", born);
    const end = i % 40 === 0 ? "error" : "active";
    write(i, step, "update", { vm_state: ["building", end], task_state: ["spawning", null] });
  }
  return story;
}

describe.skipIf(BROWSER === undefined)("the states", () => {
  const open = pages();
  const named = (page: Page) => page.locator(".dense-names button");

  it("are a row each for a few things, with the value inside where it fits and never cut", async () => {
    const page = await open(linesOf("boot-and-shelve"), "#view=states");
    expect(await page.locator(".states .one .name").allTextContents()).toContain("server t3");
    expect(await page.locator(".dense").isVisible()).toBe(false);
    const cut = await page.evaluate(
      `[...document.querySelectorAll(".stretch > span:not([hidden])")].filter((one) => one.scrollWidth > one.clientWidth).length`,
    );
    expect(cut).toBe(0);
    expect(await page.locator(".states .stretch > span:not([hidden])").count()).toBeGreaterThan(3);
  });

  it("go to the entry that wrote them", async () => {
    const page = await open(linesOf("boot-and-shelve"), "#view=states");
    const { things } = Model.of(shipped("boot-and-shelve"));
    const server = things.all.find(({ thing }) => thing === "server");
    await page.getByRole("button", { name: /^server t3, active, from/u }).click();
    expect(await seqOf(page)).toBe(server?.stretches.find(({ state }) => state === "active")?.seq);
  });

  it("of two hundred servers are three pixels each, with each error named and counted", async () => {
    const page = await open(cloudOf(203).timeline.lines, "#view=states&seq=608");
    expect(await page.locator(".states .facts").textContent()).toMatch(
      /^203 servers at .* s: 5 in error, 0 busy, 198 at rest, 0 gone$/u,
    );
    expect(await page.locator(".dense-names .bad").allTextContents()).toEqual(
      [40, 80, 120, 160, 200].map((i) => `✗ web-${String(i)}`),
    );
    const height = (await page.locator(".dense").boundingBox())?.height;
    expect(height).toBeLessThan(203 * 4 + 5 * 14);
    const boxes = await Promise.all((await named(page).all()).map((one) => one.boundingBox()));
    const tops = boxes.map((box) => box?.y ?? 0);
    const sorted = [...tops].sort((a, b) => a - b);
    for (const [i, top] of sorted.slice(1).entries())
      expect(top - (sorted[i] ?? 0)).toBeGreaterThanOrEqual(14);
  });

  it("sort with errors first, keep that in the address, and go from a name to its error", async () => {
    const page = await open(cloudOf(203).timeline.lines, "#view=states&seq=0");
    await page.getByRole("button", { name: "Sort: Error first" }).click();
    expect(await page.evaluate("location.hash")).toContain("sort=error");
    expect((await named(page).allTextContents()).slice(0, 2)).toEqual(["✗ web-40", "✗ web-80"]);
    await named(page).first().click();
    expect(await seqOf(page)).toBe(40 * 3 - 1);
    const canvas = await page.evaluate('document.querySelector(".dense-rows").width');
    expect(canvas).toBeGreaterThan(100);
  });

  it("in the strip are those of the cursor's thread where there are more than twelve", async () => {
    const page = await open(cloudOf(30).timeline.lines, "#seq=10");
    expect(await page.locator(".strip .one .name").allTextContents()).toEqual(["server web-4"]);
    expect(await page.locator(".strip-more").textContent()).toBe("1 of 30, all in States");
    await page.keyboard.press("]");
    expect(await page.locator(".strip .one .name").allTextContents()).toEqual(["server web-5"]);
    await page.getByRole("button", { name: "All in States" }).click();
    expect(await page.evaluate("location.hash")).toContain("view=states");
  });

  it("take names as text, and a page no wider than its window, with few and with many", async () => {
    for (const count of [3, 60]) {
      const name = (i: number) => [`<b>x</b>`, "__proto__", "x".repeat(10_000)][i % 3] ?? "";
      const page = await open(cloudOf(count, name).timeline.lines, "#view=states");
      expect(await page.locator("bdi b").count()).toBe(0);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(1280);
    }
  });

  it("keep nobody out, says axe, many or few", async () => {
    for (const story of [cloudOf(4), cloudOf(80)]) {
      const page = await open(story.timeline.lines, "#view=states");
      expect(await serious(page)).toEqual([]);
    }
  });
});
