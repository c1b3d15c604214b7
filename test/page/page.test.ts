/** The page of a recording in a real browser: what it opens on, how it is stepped, and what it never does. */
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { Model } from "../../src/views/model/model.js";
import { stateAt } from "../../src/views/model/things.js";
import { boot, Story } from "../timeline/fake-run.js";
import { shipped } from "../views/model/shipped.js";
import { BROWSER } from "./browser.js";
import { linesOf, pages, seqOf, serious } from "./open.js";

describe.skipIf(BROWSER === undefined)("the page", () => {
  const open = pages();
  const rowsOf = (page: Page) => page.locator(".row.arrow, .row.mark");

  it("opens a boot on the POST, both casts, the scheduler and five states, without scrolling", async () => {
    const page = await open(linesOf("boot-and-shelve"));
    for (const words of [
      "POST /v2/…/servers",
      "cast build_instances",
      "call select_destinations",
      "cast build_and_run_instance",
      "building/scheduling",
      "building/networking",
      "building/block_device_mapping",
      "building/spawning",
    ]) {
      const row = page.locator(".row", { hasText: words }).first();
      const box = await row.boundingBox();
      expect(box === null ? words : box.y + box.height, words).toBeLessThan(800);
    }
    expect(await page.locator(".row.here").textContent()).toContain("POST");
  });

  it("steps by row to the end and back by the same entries, and never around", async () => {
    const page = await open(linesOf("boot-no-valid-host"), "#level=outline");
    const there = [await seqOf(page)];
    await page.keyboard.press("Home");
    const first = await seqOf(page);
    for (let i = 0; i < 400; i++) {
      const before = await seqOf(page);
      await page.keyboard.press("ArrowRight");
      if ((await seqOf(page)) === before) break;
      there.push(await seqOf(page));
    }
    const back = [await seqOf(page)];
    for (let i = 0; i < 400; i++) {
      const before = await seqOf(page);
      await page.keyboard.press("ArrowLeft");
      if ((await seqOf(page)) === before) break;
      back.push(await seqOf(page));
    }
    expect(there.length).toBeGreaterThan(15);
    expect(back.at(-1)).toBe(first);
    expect(back.reverse().slice(1)).toEqual(there.slice(1));
  });

  it("shows rows that are the fold of the database at any entry", async () => {
    const model = Model.of(shipped("boot-and-shelve"));
    const server = model.things.all.find(({ thing }) => thing === "server");
    if (server === undefined) throw new Error("there is no server");
    const page = await open(linesOf("boot-and-shelve"), "#tab=rows");
    for (const seq of [46, 95, 130, 250, 313, 361, 118, 77]) {
      await page.evaluate(`location.hash = "seq=${String(seq)}&tab=rows"`);
      const summary = page.locator(".inspector summary", { hasText: "server t3" });
      const state = stateAt(server, seq)?.state ?? "";
      await summary.getByText(state, { exact: true }).waitFor();
    }
  });

  it("says at a link what waits in which queue", async () => {
    const model = Model.of(shipped("service-crash-loses-casts"));
    const cast = model.entries.find(
      (entry) => entry.kind === "rpc.cast" && entry.method === "shelve_instance" && entry.at > 17e6,
    );
    const page = await open(
      linesOf("service-crash-loses-casts"),
      `#seq=${String(cast?.seq)}&tab=queues`,
    );
    const words = await page.locator(".inspector .body").textContent();
    expect(words).toContain("1 waiting");
    expect(words).toContain("shelve_instance from nova-api");
    expect(await page.locator("svg .dead").count()).toBeGreaterThan(0);
  });

  it("filters, says how many match, and which key was meant", async () => {
    const page = await open(linesOf("boot-and-shelve"));
    await page.keyboard.press("/");
    await page.keyboard.type("method:shelve_instance");
    await page.getByText(/^1 of \d+ rows match/u).waitFor();
    expect(await rowsOf(page).count()).toBe(1);
    await page.locator("header input").fill("sevice:nova");
    await page.getByText('No key "sevice". Did you mean service?').waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    const told = page.getByText(/rows match|No key/u);
    await told.waitFor({ state: "hidden" });
  });

  it("follows a request by dimming the rest, until Esc", async () => {
    const model = Model.of(shipped("boot-and-shelve"));
    const cast = model.entries.find((entry) => entry.kind === "rpc.cast");
    const page = await open(linesOf("boot-and-shelve"), `#seq=${String(cast?.seq)}`);
    await page.keyboard.press("f");
    await page.getByText(/^Following/u).waitFor();
    expect(await page.locator(".row.faded").count()).toBeGreaterThan(0);
    const post = page.locator(".row.arrow", { hasText: "POST /v2/…/servers" });
    expect(await post.getAttribute("class")).not.toContain("faded");
    await page.keyboard.press("Escape");
    expect(await page.locator(".row.faded").count()).toBe(0);
  });

  it("asks in a chapter and in the story, and answers who opens the answer, without moving", async () => {
    const page = await open(linesOf("boot-no-valid-host"));
    const asked = /Both hosts have 1024 MB.*learn the\s*truth/u;
    const step = Model.of(shipped("boot-no-valid-host")).chapters.all[0];
    const answer = step?.answer.slice(0, 40) ?? "";
    expect(answer).not.toBe("");
    const before = await seqOf(page);
    const chapter = page.locator(".row.chapter").first();
    expect((await chapter.locator(".question").allTextContents()).join(" ")).toMatch(asked);
    expect(await chapter.getByText(answer).isVisible()).toBe(false);
    await chapter.getByText("Answer", { exact: true }).click();
    expect(await chapter.getByText(answer).isVisible()).toBe(true);
    expect(await seqOf(page)).toBe(before);
    expect(await serious(page)).toEqual([]);
    await page.keyboard.press("4");
    const section = page.locator(".story section").first();
    expect(await section.locator(".question").textContent()).toMatch(asked);
    expect(await section.getByText(answer).isVisible()).toBe(false);
    await section.getByText("Answer", { exact: true }).click();
    expect(await section.getByText(answer).isVisible()).toBe(true);
    // Who asks nothing has nothing to open.
    const quiet = page.locator(".story section").nth(1);
    expect(await quiet.locator(".solution").count()).toBe(0);
  });

  it("keeps a question and an answer of any words as words", async () => {
    const story = new Story();
    const evil = "<img src=x onerror=alert(1)> \u202e".repeat(300);
    story.add({ kind: "step", index: 0, text: "x", question: evil, answer: evil });
    const page = await open(story.timeline.lines, "#level=messages");
    expect(await page.locator(".row.chapter img").count()).toBe(0);
    await page.locator(".row .solution summary").click();
    await page.keyboard.press("4");
    expect(await page.locator(".story .question").textContent()).toContain("<img");
    expect(await page.locator(".story img").count()).toBe(0);
  });

  it("marks with ✕ the failure that a key goes to", async () => {
    const page = await open(linesOf("boot-no-valid-host"));
    const sign = page.locator(".scrubber .problem");
    expect(await sign.count()).toBe(1);
    await page.keyboard.press("n");
    expect(await page.locator(".row.here").textContent()).toContain("NoValidHost");
    const middle = async (selector: string) => {
      const box = await page.locator(selector).boundingBox();
      return (box?.x ?? 0) + (box?.width ?? 0) / 2;
    };
    const apart = (await middle(".scrubber .problem")) - (await middle(".scrubber .playhead"));
    expect(Math.abs(apart)).toBeLessThan(12);
  });

  it("plays and stops at the next chapter", async () => {
    const page = await open(linesOf("boot-and-shelve"));
    for (let i = 0; i < 5; i++) await page.keyboard.press(">");
    await page.keyboard.press(" ");
    await page.locator(".row.chapter.here .number", { hasText: "2" }).waitFor();
    await page.getByRole("button", { name: "Play (Space)" }).waitFor();
  });

  it("plays on through chapters for who wants no pause there", async () => {
    const page = await open(linesOf("boot-and-shelve"));
    await page.keyboard.press("?");
    await page.getByLabel("Pause at chapters").uncheck();
    await page.keyboard.press("Escape");
    for (let i = 0; i < 5; i++) await page.keyboard.press(">");
    await page.keyboard.press(" ");
    await page.locator(".rail button[aria-current]", { hasText: "3" }).waitFor();
  });

  it("takes names as text: markup, ten thousand letters, right to left", async () => {
    const names = ['<img src=x onerror="alert(1)">', "x".repeat(10_000), "שרת <b>אחד</b>"];
    for (const name of names) {
      const story = boot({ name });
      story.rest([name, `${name}@${name}`], ["GET", `/${name}`], {
        status: 500,
        body: { [name]: name },
      });
      story.add({ kind: "client", user: name, command: name, stdout: name, stderr: name, exit: 1 });
      story.add({ kind: "check", what: name, passed: false, expected: name, actual: name });
      const page = await open(story.timeline.lines);
      for (const key of ["End", "2", "3", "1", "i", "i"]) await page.keyboard.press(key);
      expect(await page.locator("img, bdi b, pre b").count()).toBe(0);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(1280);
    }
  });

  it("breaks heads at their dashes alone, and shows the number of each chapter whole", async () => {
    const story = new Story();
    for (let i = 0; i < 30; i++) {
      story.step(`step ${String(i)}`);
      story.rest(["neutron-openvswitch-agent@h1", `b${String(i % 9)}`], ["GET", "/x"], {});
    }
    const page = await open(story.timeline.lines, "", { viewport: { width: 800, height: 600 } });
    const heads = await page.locator(".head").allTextContents();
    expect(heads.join()).toContain("openvswitch");
    for (const line of await page.locator(".head b").allTextContents()) {
      for (const piece of line.split("-")) expect(piece).toMatch(/^(openvswitch|agent|b\d|)$/u);
    }
    const cut = await page.evaluate(
      "[...document.querySelectorAll('.rail button')].filter((one) => one.scrollWidth > one.clientWidth).length",
    );
    expect(cut).toBe(0);
  });

  it("goes by time and back, and stretches it, and the address says so", async () => {
    const page = await open(linesOf("bus-call-timeout"), "#level=messages");
    const height = async (): Promise<number> =>
      Number(await page.evaluate("document.querySelector('.canvas').offsetHeight"));
    const even = await height();
    await page.keyboard.press("t");
    expect(page.url()).toContain("time=by");
    const timed = await height();
    expect(timed).not.toBe(even);
    await page.keyboard.press("+");
    expect(page.url()).toContain("stretch=16");
    expect(await height()).toBeGreaterThan(timed);
    expect(await page.locator(".row.gap").count()).toBeGreaterThan(0);
    // Lines slant: the end of one is below its beginning.
    const slants = await page.evaluate(
      "[...document.querySelectorAll('svg path.l')].filter((one) => /^M[\\d.-]+ ([\\d.-]+)L/.test(one.getAttribute('d'))).length",
    );
    expect(slants).toBeGreaterThan(0);
    await page.keyboard.press("t");
    expect(await height()).toBe(even);
  });

  it("folds a group by its band, by pointer and by keyboard, and keeps it in the address", async () => {
    const page = await open(linesOf("boot-and-shelve"));
    const band = page.getByRole("button", { name: "Fold neutron into one lane" });
    const before = await page.locator(".head").count();
    await band.click();
    expect(page.url()).toContain("fold=neutron");
    expect(await page.locator(".head").count()).toBeLessThan(before);
    expect(await page.locator(".head", { hasText: "folded" }).count()).toBe(1);
    await page.getByRole("button", { name: "Unfold neutron" }).focus();
    await page.keyboard.press("Enter");
    expect(page.url()).not.toContain("fold=");
    expect(await page.locator(".head").count()).toBe(before);
  });

  it("opens what is left out by x, by its tick, and by a link to it, and closes it again", async () => {
    const page = await open(linesOf("boot-and-shelve"), "#seq=0");
    const shown = async () => Number(await page.locator(".canvas").getAttribute("aria-rowcount"));
    const before = await shown();
    await page.keyboard.press("x");
    expect(page.url()).toContain("open=");
    const opened = await shown();
    expect(opened).toBeGreaterThan(before);
    await page.locator(".tick-more", { hasText: "−" }).click();
    expect(await shown()).toBe(before);
    await page.locator(".tick-more").first().click();
    expect(await shown()).toBe(opened);
    await page.keyboard.press("x");
    // The POST came of a GET, which the outline leaves out.
    const post = page.locator(".row.arrow", { hasText: "POST /v2/…/servers" });
    await post.click({ position: { x: 300, y: 10 } });
    await page.keyboard.press("u");
    expect(page.url()).toContain("open=");
    expect(await page.locator(".row.here").count()).toBe(1);
  });

  it("offers keys and their values while one types, by keyboard alone", async () => {
    const page = await open(linesOf("boot-over-quota"));
    await page.keyboard.press("/");
    await page.keyboard.type("serv");
    const offers = page.getByRole("option");
    expect(await offers.allTextContents()).toEqual(["server:", "service:"]);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    expect(await offers.allTextContents()).toContain("two");
    await page.keyboard.type("tw");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Tab");
    await page.getByText(/^\d+ of \d+ rows match/u).waitFor();
    expect(page.url()).toContain("f=server%3Atwo");
    expect(await offers.count()).toBe(0);
  });

  it("says of a row what it is once a pointer rests on it, and goes into the inspector on a double click", async () => {
    const page = await open(linesOf("boot-and-shelve"));
    const cast = page.locator(".row.arrow", { hasText: "cast build_instances" }).first();
    await cast.hover();
    const tip = page.getByRole("tooltip");
    await tip.getByText("nova-api@controller → nova-conductor@controller").waitFor();
    expect(await page.locator("svg g.thick").count()).toBe(1);
    // A pointer moves no cursor.
    expect(await page.locator(".row.here").textContent()).toContain("POST");
    await page.mouse.move(5, 5);
    await tip.waitFor({ state: "hidden" });
    expect(await page.locator("svg g.thick").count()).toBe(0);
    await cast.dblclick({ position: { x: 400, y: 10 } });
    expect(await page.evaluate("document.activeElement.getAttribute('role')")).toBe("tabpanel");
    expect(await page.locator(".row.here").textContent()).toContain("build_instances");
  });

  it("follows a server by a click on a tag, counts its rows, and shows only those when asked", async () => {
    const page = await open(linesOf("boot-over-quota"), "#level=messages");
    await page.locator(".tag", { hasText: "one" }).first().click();
    const bar = page.getByText(/^Following server one: \d+ of \d+ rows/u);
    await bar.waitFor();
    const [, count = "", all = ""] =
      /: (\d+) of (\d+) rows/u.exec((await bar.textContent()) ?? "") ?? [];
    expect(Number(count)).toBeGreaterThan(20);
    expect(Number(all)).toBeGreaterThan(Number(count));
    expect(await page.locator(".row.faded").count()).toBeGreaterThan(0);
    await page.getByRole("button", { name: "Show only these" }).click();
    await page.getByText(/^\d+ of \d+ rows match/u).waitFor();
    await page.keyboard.press("Escape");
    expect(await page.locator(".row.faded").count()).toBe(0);
  });

  it("opens what was cut off and what a later version recorded, and says so", async () => {
    const story = new Story();
    story.step("one");
    story.rest(["a", "b"], ["GET", "/x"], { status: 200 });
    const weather = '{"seq":3,"at":9000000,"kind":"weather","sky":"blue"}';
    const page = await open([...story.timeline.lines, weather, '{"seq":4,"at":90'], "#seq=3");
    await page.getByText("This recording ends in the middle of line 6.").waitFor();
    await page.getByText("1 kind is unknown here").waitFor();
    expect(await page.locator(".inspector .body").textContent()).toContain("sky: blue");
  });

  it.each([
    [1280, 800],
    [400, 800],
  ])("has no serious finding of axe at %i by %i, in any view", async (width, height) => {
    const page = await open(linesOf("boot-no-valid-host"), "", { viewport: { width, height } });
    for (const key of ["1", "2", "3", "4"]) {
      await page.keyboard.press(key);
      expect([key, await serious(page)]).toEqual([key, []]);
    }
  });
});
