/**
 * `npm run bench:page -- [TURNS] [FILE]`: how fast the page of a long recording is, in Chromium. Without FILE a run of
 * TURNS boots and deletes (420 turns: over 100,000 entries) is made for it; with FILE, a page that is there.
 * The figures beside each are what the page must keep at 100,000 entries.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const root = path.resolve(import.meta.dirname, "..");
const [turns = "420", given] = process.argv.slice(2);

const SCENARIO = `
scenario: many-boots
title: Many servers, one after the other
seed: 7
cloud:
  computes: 4
  networks: [{ name: private, cidr: 10.0.0.0/16 }]
steps:
  - repeat:
      times: ${turns}
      steps:
        - run: nova boot w{n} --flavor m1.nano --image cirros --nic net-id=private
        - wait: { server: "w{n}", status: ACTIVE }
        - run: nova delete w{n}
        - wait: { server: "w{n}", gone: true }
`;

/** Notes when the page has drawn its first rows, and when it has read everything. */
const WATCH = `
  globalThis.noted = {};
  new MutationObserver(() => {
    for (const key of ["ready", "read"]) {
      if (!(key in noted) && key in document.documentElement.dataset) {
        noted[key] = Infinity;
        requestAnimationFrame(() => setTimeout(() => (noted[key] = performance.now())));
      }
    }
  }).observe(document, { subtree: true, attributes: true });
`;

/** Acts \`count\` times, each until what is drawn is laid out. @returns milliseconds of each */
const TIMED = `(act, count) => {
  const times = [];
  for (let i = 0; i < count; i++) {
    const began = performance.now();
    act(i);
    document.body.offsetHeight;
    document.querySelector(".canvas")?.offsetHeight;
    times.push(performance.now() - began);
  }
  return times;
}`;

const key = (name) =>
  `document.body.dispatchEvent(new KeyboardEvent("keydown", { key: ${JSON.stringify(name)}, bubbles: true }))`;

const SCRUB = `(i) => {
  const track = document.querySelector(".track");
  const { left, width } = track.getBoundingClientRect();
  const clientX = left + width * ((i * 0.37) % 1);
  const how = { bubbles: true, clientX, clientY: 780, pointerId: 1 };
  track.setPointerCapture = () => {};
  track.dispatchEvent(new PointerEvent("pointerdown", how));
  track.dispatchEvent(new PointerEvent("pointerup", how));
}`;

/** From a keystroke in the filter until its rows are there. */
const FILTER = `async (text) => {
  const input = document.querySelector("header input");
  const grid = document.querySelector("[aria-rowcount]");
  const before = grid.getAttribute("aria-rowcount");
  const began = performance.now();
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  while (grid.getAttribute("aria-rowcount") === before) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    if (performance.now() - began > 20000) break;
  }
  return performance.now() - began;
}`;

const sorted = (times) => [...times].sort((a, b) => a - b);
const ms = (n) => `${n.toFixed(n < 100 ? 1 : 0)} ms`;
const spread = (times) => {
  const all = sorted(times);
  return `${ms(all[all.length >> 1])} (95 of 100: ${ms(all[Math.floor(all.length * 0.95)])})`;
};
const line = (what, measured, budget) =>
  console.log(`${what.padEnd(28)} ${measured.padEnd(52)} ${budget}`);

function browserPath() {
  const names = ["chromium", "chromium-browser", "google-chrome"];
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const found = folders.flatMap((folder) => names.map((name) => path.join(folder, name)));
  return process.env.CHROMIUM ?? found.find((file) => existsSync(file));
}

const folder = mkdtempSync(path.join(tmpdir(), "novasim-bench-"));
try {
  const page = given ?? path.join(folder, "many.html");
  if (given === undefined) {
    const scenario = path.join(folder, "many.yaml");
    writeFileSync(scenario, SCENARIO);
    const view = [path.join(root, "dist/cli/main.js"), "view", scenario, "--out", page];
    execFileSync(process.execPath, view, { stdio: "ignore" });
  }
  await measure(page);
} finally {
  rmSync(folder, { recursive: true });
}

async function measure(file) {
  const args = ["--no-sandbox", "--disable-gpu", "--enable-precise-memory-info"];
  const browser = await chromium.launch({ executablePath: browserPath(), args });
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
    const worked = async () => {
      const { metrics } = await devtools.send("Performance.getMetrics");
      return metrics.find(({ name }) => name === "TaskDuration").value * 1000;
    };
    await page.addInitScript(WATCH);
    await page.goto(pathToFileURL(path.resolve(file)).href, { waitUntil: "commit" });
    // The page lets nothing be evaluated in it but by the debugger: so it is asked again and again.
    while (!(await page.evaluate("isFinite(noted.read)"))) await page.waitForTimeout(200);
    const { ready, read } = await page.evaluate("noted");
    const facts = await page.textContent("header .facts");
    console.log(`${facts}; ${(statSync(file).size / 1e6).toFixed(1)} MB of page`);
    line("first picture", ms(ready), "under 500 ms");
    const cpu = await worked();
    line("everything read", `${ms(read)}, ${ms(cpu)} of CPU beside the worker`, "under 2,000 ms");
    /** On a busy machine the time of the thread says more than that of the clock. */
    const timed = async (act, count) => {
      const before = await worked();
      const times = await page.evaluate(`(${TIMED})(${act}, ${count})`);
      const each = (await worked()) - before;
      return `${spread(times)}, ${ms(each / count)} of CPU`;
    };
    for (const level of ["outline", "messages", "entries"]) {
      await page.evaluate(`location.hash = "#level=${level}"`);
      await page.waitForTimeout(1_500);
      line(`step, ${level}`, await timed(`() => ${key("ArrowRight")}`, 100), "under 16 ms");
      line(`step back, ${level}`, await timed(`() => ${key("ArrowLeft")}`, 60), "under 16 ms");
      line(`scrub, ${level}`, await timed(SCRUB, 60), "under 16 ms");
    }
    for (const [name, hash] of [
      ["rows", "tab=rows"],
      ["queues", "tab=queues"],
      ["map", "view=map"],
      ["states", "view=states"],
    ]) {
      await page.evaluate(`location.hash = "#level=outline&${hash}"`);
      await page.waitForTimeout(1_500);
      line(`step, ${name}`, await timed(`() => ${key("ArrowRight")}`, 60), "under 16 ms");
      line(`scrub, ${name}`, await timed(SCRUB, 60), "under 16 ms");
    }
    await page.evaluate('location.hash = "#level=messages&view=sequence&tab=entry"');
    await page.waitForTimeout(1_500);
    for (const text of ["kind:cast", "method:build_and_run_instance", "w17", "server:w33", "zzz"]) {
      line(
        `filter ${text}`,
        ms(await page.evaluate(`(${FILTER})(${JSON.stringify(text)})`)),
        "under 100 ms",
      );
    }
    await devtools.send("HeapProfiler.collectGarbage");
    const { metrics } = await devtools.send("Performance.getMetrics");
    const heap = metrics.find(({ name }) => name === "JSHeapUsedSize").value;
    line("memory", `${(heap / 1e6).toFixed(0)} MB`, "under 250 MB");
  } finally {
    await browser.close();
  }
}
