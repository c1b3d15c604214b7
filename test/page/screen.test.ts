/** What somebody saw in their browser, in the page of a recording: drawn, opened large, stepped through, and never believed. */
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { Story } from "../timeline/fake-run.js";
import { BROWSER } from "./browser.js";
import { pages, serious } from "./open.js";

const PANELS = [
  { dashboard: "Project", group: "Compute", name: "Overview" },
  { dashboard: "Project", group: "Compute", name: "Instances", current: true },
  { dashboard: "Identity", group: "", name: "Projects" },
];

const LAUNCH = {
  kind: "form",
  title: "Launch Instance",
  submit: "Launch",
  errors: ["Too many."],
  fields: [
    {
      label: "Instance Name",
      kind: "text",
      required: true,
      value: "web",
      step: "Details",
      errors: [],
    },
    {
      label: "Flavor",
      kind: "choice",
      value: "m1.tiny",
      choices: ["m1.tiny", "m1.nano"],
      step: "Details",
      errors: ["Too small."],
    },
    { label: "Password", kind: "secret", value: "", step: "Access & Security", errors: [] },
    {
      label: "Delete on Terminate",
      kind: "check",
      value: true,
      step: "Access & Security",
      errors: [],
    },
  ],
};

const INSTANCES = {
  url: "http://controller/project/instances/",
  site: "OpenStack Dashboard",
  title: "Instances",
  user: { name: "demo", project: "demo", projects: ["demo", "other"] },
  messages: [
    { level: "success", text: "Launched." },
    { level: "error", text: "Unable." },
  ],
  panels: PANELS,
  tabs: [],
  parts: [
    {
      kind: "table",
      caption: "Instances",
      columns: ["Instance Name", "Status"],
      rows: [
        {
          cells: ["web", "Build"],
          leads: true,
          status: "unknown",
          actions: [{ text: "Edit Instance" }, { text: "Terminate Instance", danger: true }],
        },
        { cells: ["db", "Active"], status: "up", actions: [] },
      ],
      empty: "No items to display.",
      footer: "Displaying 2 items",
      actions: [{ text: "Launch Instance (Quota exceeded)", disabled: true }],
      statusColumns: [1],
    },
    {
      kind: "list",
      title: "Limit Summary",
      items: [{ name: "RAM", value: "Used 1 of 2", percent: 50 }],
    },
  ],
};

const LOGIN = {
  url: "http://controller/",
  site: "OpenStack Dashboard",
  title: "Login",
  messages: [],
  panels: [],
  tabs: [],
  parts: [{ ...LAUNCH, title: "Log In", submit: "Sign In", errors: [] }],
};

const BEHIND = {
  ...INSTANCES,
  dialogue: { title: "Launch Instance", parts: [LAUNCH] },
  sent: LAUNCH,
};

/** A run of acts in one browser, each with its screen. */
function acts(...screens: readonly unknown[]): readonly string[] {
  const story = new Story();
  screens.forEach((screen, index) => {
    story.step(`horizon: act ${String(index + 1)}`);
    const command = `horizon: act ${String(index + 1)}`;
    const said = { user: "demo", command, stdout: "the page in words\n", stderr: "", exit: 0 };
    story.add({ kind: "client", actor: "browser@demo", ...said, screen } as never);
  });
  return story.timeline.lines;
}

describe.skipIf(BROWSER === undefined)("a screen in the page", () => {
  const openAt = pages();
  const open = (lines: readonly string[]) => openAt(lines, "#seq=1");

  const large = async (page: Page) => {
    await page.getByRole("button", { name: "The screen, large" }).click();
    return page.getByRole("dialog");
  };

  it("is in the inspector of its entry: messages, buttons, rows, and a bar where one is under way", async () => {
    const page = await open(acts(INSTANCES));
    const screen = page.locator(".inspector .screen");
    expect(await screen.locator(".scr-message").allTextContents()).toEqual([
      "Success: Launched.×",
      "Error: Unable.×",
    ]);
    expect(await screen.locator("tbody tr").count()).toBe(2);
    const bars = screen.getByRole("img", { name: "under way" });
    expect(await bars.count()).toBe(1);
    const busy = screen.locator("tr", { has: page.getByRole("img", { name: "under way" }) });
    expect(await busy.textContent()).toContain("web");
    expect(await screen.locator(".scr-off").textContent()).toBe("Launch Instance (Quota exceeded)");
    expect(await screen.locator(".scr-used").getAttribute("stroke-dasharray")).toBe("50 100");
  });

  it("shows its side bar where there is room for it, and else only where one is", async () => {
    const page = await open(acts(INSTANCES));
    const side = page.locator(".inspector .scr-side");
    expect(await side.isVisible()).toBe(false);
    expect(await page.locator(".inspector .scr-crumbs").textContent()).toBe(
      "Project / Compute / Instances",
    );
    const viewer = await large(page);
    expect(await viewer.locator(".scr-side").isVisible()).toBe(true);
    expect(await viewer.locator("[aria-current=page]").textContent()).toBe("Instances");
    expect(await viewer.locator(".scr-crumbs").isVisible()).toBe(false);
  });

  it("has its dialogue over it, with what is written in its fields and what is wrong there", async () => {
    const page = await open(acts(BEHIND));
    const form = (await large(page)).locator(".scr-dialogue");
    expect(await form.locator(".scr-step").allTextContents()).toEqual([
      "Details",
      "Access & Security",
    ]);
    expect(await form.locator(".scr-problem").textContent()).toBe("✗ Too small.");
    expect(await form.locator(".scr-check").textContent()).toBe("☑");
    expect(await form.locator(".scr-field", { hasText: "Password" }).textContent()).toContain(
      "not recorded",
    );
    expect(await page.getByText("The form as it was sent").count()).toBe(1);
  });

  it("is stepped through with the arrows, and closed with Esc where the cursor then is", async () => {
    const page = await open(acts(LOGIN, INSTANCES, BEHIND));
    const viewer = await large(page);
    await page.keyboard.press("ArrowRight");
    await viewer.getByText("horizon: act 2").waitFor();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await viewer.getByText("horizon: act 3").waitFor();
    await page.keyboard.press("ArrowLeft");
    await viewer.getByText("horizon: act 2").waitFor();
    await page.keyboard.press("Escape");
    expect(await page.locator("dialog[open]").count()).toBe(0);
    expect(await page.evaluate("location.hash")).toContain("seq=3");
  });

  it("takes every word of it as a word", async () => {
    const names = ['<img src=x onerror="alert(1)">', "x".repeat(10_000), "שרת <b>אחד</b>"];
    const hostile = names.map(
      (name) =>
        JSON.parse(
          JSON.stringify(BEHIND, (key, value: unknown) =>
            typeof value === "string" && key !== "kind" && key !== "level" ? name : value,
          ),
        ) as unknown,
    );
    const page = await open(acts(...hostile));
    const viewer = await large(page);
    for (const index of names.keys()) {
      await viewer.getByText(`horizon: act ${String(index + 1)}`).waitFor();
      expect(await page.locator("img, bdi b").count()).toBe(0);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(1280);
      const wide = `document.querySelector(".scr-scroll").scrollWidth - document.querySelector(".scr-scroll").clientWidth`;
      expect(await page.evaluate(wide)).toBe(0);
      await page.keyboard.press("ArrowRight");
    }
  });

  it("tolerates a screen of another version, or none", async () => {
    const odd = {
      parts: [{ kind: "carousel" }, null, 3, { kind: "table", rows: [{}], columns: {} }],
      user: "demo",
      panels: { length: 3 },
      messages: [{ level: "__proto__", text: 7 }],
      tabs: null,
    };
    const screens = [odd, {}, [], "x", null, undefined, { $folded: { bytes: 9, digest: "x" } }];
    const page = await open(acts(...screens));
    const body = page.locator(".inspector .body");
    for (const index of screens.keys()) {
      await page.evaluate(`location.hash = "seq=${String(2 * index + 1)}"`);
      await page.locator(".inspector", { hasText: `horizon: act ${String(index + 1)}` }).waitFor();
      expect(await body.textContent()).toContain("the page in words");
    }
  });

  it.each([
    ["a table", INSTANCES],
    ["a dialogue", BEHIND],
    ["a login", LOGIN],
  ])(
    "of %s has no serious finding of axe, wide or narrow, light or dark, small or large",
    async (_, screen) => {
      const page = await open(acts(screen));
      const everyLook = async () => {
        for (const width of [1280, 400]) {
          for (const colorScheme of ["light", "dark"] as const) {
            await page.setViewportSize({ width, height: 800 });
            await page.emulateMedia({ colorScheme });
            expect(await serious(page), `${String(width)}, ${colorScheme}`).toEqual([]);
          }
        }
      };
      await everyLook();
      await page.setViewportSize({ width: 1280, height: 800 });
      await large(page);
      await everyLook();
    },
  );
});
