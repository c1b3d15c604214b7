/** The map in a real browser: what is drawn at an entry, in words as well as in lines, on any screen. */
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { Model } from "../../src/views/model/model.js";
import { boot, HEADER, Story } from "../timeline/fake-run.js";
import { shipped } from "../views/model/shipped.js";
import { BROWSER } from "./browser.js";
import { linesOf, pages, seqOf, serious } from "./open.js";

const castOf = (name: string, method: string, after = 0): number =>
  Model.of(shipped(name)).entries.find(
    (entry) => entry.kind === "rpc.cast" && entry.method === method && entry.at > after,
  )?.seq ?? -1;

describe.skipIf(BROWSER === undefined)("the map", () => {
  const open = pages();
  const service = (page: Page, name: string) =>
    page.locator(".map-edge .map-service, .map-core .map-service", { hasText: name }).first();
  const queue = (page: Page, name: string) => page.locator(".map-queue", { hasText: name });
  const lines = (page: Page) => page.locator(".map-lines path.l");

  it("has a dead process struck out, and the message to it as a block in its queue", async () => {
    const seq = castOf("service-crash-loses-casts", "shelve_instance", 17e6);
    const page = await open(linesOf("service-crash-loses-casts"), `#seq=${String(seq)}&view=map`);
    const dead = service(page, "nova-compute");
    expect(await dead.locator("s").textContent()).toBe("nova-compute");
    expect(await dead.textContent()).toMatch(/✕.*crashed/u);
    expect(await queue(page, "compute.compute-1").locator(".map-block").count()).toBe(1);
    expect(await queue(page, "conductor").locator(".map-block").count()).toBe(0);
    expect(await page.locator(".map-list").textContent()).toContain("waits");
  });

  it("says what is under way in as many words as lines, and a click goes to where it was sent", async () => {
    const seq = castOf("boot-and-shelve", "build_and_run_instance") + 4;
    const page = await open(linesOf("boot-and-shelve"), `#seq=${String(seq)}&view=map`);
    const labels = await page.locator(".map-label").count();
    expect(labels).toBeGreaterThan(1);
    expect(await page.locator(".map-list button").count()).toBe(labels);
    await page.locator(".map-list button", { hasText: "build_and_run_instance" }).click();
    expect(await seqOf(page)).toBe(seq - 4);
    expect(await page.locator(".map-label.here").textContent()).toContain("build_and_run_instance");
  });

  it("keeps words out of the boxes, and each word from the others", async () => {
    const page = await open(linesOf("pool-full-of-builds"), "#seq=560&view=map");
    const touching = await page.evaluate(`(() => {
      const boxes = [...document.querySelectorAll(".map-label, .map-host")]
        .map((one) => ({ host: one.matches(".map-host"), box: one.getBoundingClientRect() }));
      const over = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
      return boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => !(a.host && b.host) && over(a.box, b.box))).length;
    })()`);
    expect(await page.locator(".map-label").count()).toBeGreaterThan(8);
    expect(touching).toBe(0);
  });

  it("glides when one steps forward, and not back, nor for who wants no motion", async () => {
    const dots = (page: Page) =>
      page.evaluate(
        `new Promise((resolve) => {
          let seen = 0;
          new MutationObserver(() => (seen += document.querySelectorAll(".map-dot").length))
            .observe(document.querySelector(".map-lines"), { childList: true, subtree: true });
          document.body.dispatchEvent(new KeyboardEvent("keydown", { key: KEY, bubbles: true }));
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(seen)));
        })`.replace("KEY", JSON.stringify(key)),
      );
    const seq = castOf("boot-and-shelve", "build_and_run_instance");
    const at = `#seq=${String(seq - 1)}&view=map&level=entries`;
    let key = ".";
    const page = await open(linesOf("boot-and-shelve"), at);
    expect(await dots(page)).toBeGreaterThan(0);
    key = ",";
    expect(await dots(page)).toBe(0);
    key = ".";
    const still = await open(linesOf("boot-and-shelve"), at, { reducedMotion: "reduce" });
    expect(await dots(still)).toBe(0);
    expect(await lines(still).count()).toBeGreaterThan(0);
  });

  it("has tiles for hosts where nothing is under way, once there are more than eight", async () => {
    const hosts = Array.from({ length: 12 }, (_, i) => `h${String(i)}`);
    const actors = [
      ...HEADER.actors.filter(({ host }) => host === "c1"),
      ...hosts.map((host) => ({
        name: `nova-compute@${host}`,
        service: "nova-compute",
        project: "nova",
        host,
      })),
    ];
    const story = new Story({ header: { actors } });
    story.add({ kind: "service", actor: "nova-compute@h3", event: "crashed" });
    story.rpc("rpc.cast", ["nova-api@c1", "nova-compute@h5"], "reboot");
    const page = await open(story.timeline.lines, "#seq=2&view=map&level=entries");
    expect(await page.locator(".map-tiles li").count()).toBe(11);
    expect(await page.locator(".map-tiles .is-crashed").textContent()).toContain("h3");
    expect(await page.locator(".map-edge .map-host:not(.is-idle) h3").textContent()).toBe("h5");
  });

  it("has a cut as a broken line, and a queue with more than twelve as twelve and how many more", async () => {
    const story = new Story();
    story.add({ kind: "fault", event: "declared", fault: "cut off h1 from c1 for 20 s" });
    for (let id = 1; id <= 15; id++) {
      const at = {
        exchange: "nova",
        topic: "compute",
        server: "h1",
        namespace: undefined,
        version: "1",
      };
      const cast = { kind: "rpc.cast", actor: "nova-api@c1", id, from: "nova-api@c1" } as const;
      story.add({ ...cast, ...at, method: "reboot", args: {} });
    }
    const page = await open(story.timeline.lines, "#seq=15&view=map&level=entries");
    expect(await page.locator(".map-lines path.dead").count()).toBe(1);
    expect(await queue(page, "compute.h1").locator(".map-block").count()).toBe(12);
    expect(await queue(page, "compute.h1").locator(".map-blocks").textContent()).toBe("+3");
    expect(await page.locator(".map-list").textContent()).toContain("h1 is cut off from c1");
  });

  it("draws the places of a pool where the recording says how many there are", async () => {
    const actors = HEADER.actors.map((actor) => ({ ...actor, pool: 4 }));
    const story = new Story({ header: { actors } });
    let taken = 0;
    story.rpc("rpc.call", ["nova-api@c1", "nova-conductor@c1"], "save", {
      inside: () => void (taken = story.timeline.length - 1),
    });
    const page = await open(story.timeline.lines, `#seq=${String(taken)}&view=map&level=entries`);
    const pool = service(page, "nova-conductor").locator(".map-pool");
    expect(await pool.textContent()).toBe("1 of 4 places");
    expect(await pool.locator(".map-place").count()).toBe(3);
  });

  it("takes names of hosts, queues and users as text, however long", async () => {
    for (const name of ["<img src=x onerror=alert(1)>", "__proto__", "x".repeat(10_000)]) {
      const actor = `nova-compute@${name}`;
      const actors = [
        ...HEADER.actors,
        { name: actor, service: name, project: "nova", host: name },
      ];
      const story = boot({ name });
      const strange = new Story({ header: { actors } });
      strange.rest([name, actor], ["GET", `/${name}`]);
      strange.rpc("rpc.cast", [actor, name], name);
      for (const { timeline } of [story, strange]) {
        const page = await open(timeline.lines, "#seq=3&view=map&level=entries");
        expect(await page.locator("img").count()).toBe(0);
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(1280);
      }
    }
  });

  it.each([
    [1280, 800],
    [400, 800],
  ])("keeps nobody out, says axe, at %i by %i", async (width, height) => {
    const seq = castOf("service-crash-loses-casts", "shelve_instance", 17e6);
    const at = `#seq=${String(seq)}&view=map`;
    const page = await open(linesOf("service-crash-loses-casts"), at, {
      viewport: { width, height },
    });
    expect(await serious(page)).toEqual([]);
    const wide = await page.evaluate("document.documentElement.scrollWidth");
    expect(wide).toBe(width);
  });
});
