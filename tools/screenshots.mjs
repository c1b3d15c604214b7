/**
 * `node tools/screenshots.mjs [FOLDER]`: pictures of the page, made from the scenarios that ship, after `npm run
 * bundle`. Without FOLDER those that docs/page.md shows, into docs/pictures/page; with FOLDER every one, in
 * both themes and at three sizes, to be looked at: words struck through, labels over signs, heads that touch.
 */
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const root = path.resolve(import.meta.dirname, "..");
const shipped = path.join(root, "docs/pictures/page");
const [given] = process.argv.slice(2);
const folder = given === undefined ? shipped : path.resolve(given);

const SIZES = ["1280x800", "800x600", "400x800"];

/** What each picture shows; `docs`: those in docs, as sizes with their themes. */
const PICTURES = [
  {
    name: "outline",
    of: "boot-and-shelve",
    docs: ["1280x800 light", "1280x800 dark", "400x800 light"],
  },
  {
    name: "by-time",
    of: "boot-and-shelve",
    hash: "level=messages&time=by&seq=100",
    docs: ["1280x800 light", "1280x800 dark"],
  },
  {
    name: "follow",
    of: "boot-over-quota",
    cast: "build_and_run_instance",
    hash: 'level=messages&follow=server:"three"&tab=rows',
    docs: ["1280x800 light", "1280x800 dark"],
  },
  {
    name: "queue",
    of: "service-crash-loses-casts",
    cast: "shelve_instance",
    hash: "tab=queues",
    docs: ["1280x800 light", "1280x800 dark"],
  },
  { name: "timeout", of: "bus-call-timeout" },
  { name: "no-valid-host", of: "boot-no-valid-host", docs: ["400x800 dark"] },
  {
    name: "vif-plug-timeout",
    of: "pool-full-of-builds",
    hash: "level=outline&time=by",
    keys: ["n"],
  },
  {
    name: "map",
    of: "service-crash-loses-casts",
    cast: "shelve_instance",
    hash: "view=map",
    docs: ["1280x800 light", "1280x800 dark"],
  },
  { name: "map-busy", of: "pool-full-of-builds", hash: "view=map&seq=560" },
  {
    name: "states",
    of: "two-hundred",
    hash: "view=states&sort=error&seq=20000",
    docs: ["1280x800 light", "1280x800 dark"],
  },
  { name: "states-few", of: "boot-and-shelve", hash: "view=states&seq=130" },
  { name: "fifty-hosts", of: "fifty-hosts", hash: "level=messages" },
  { name: "fifty-hosts-map", of: "fifty-hosts", hash: "view=map&seq=200" },
  {
    name: "story",
    of: "boot-no-valid-host",
    hash: "view=story",
    docs: ["1280x800 light", "1280x800 dark"],
  },
  {
    name: "compare",
    of: "boot-and-shelve",
    with: "boot-no-valid-host",
    docs: ["1280x800 light", "1280x800 dark"],
  },
  {
    name: "screen",
    of: "horizon/launch",
    last: '"screen"',
    docs: ["1280x800 light", "1280x800 dark"],
  },
  { name: "reading", of: "boot-no-valid-host", hash: "panels=0" },
  { name: "forced-colours", of: "boot-and-shelve", forced: true },
];

/** What no scenario that ships has: many servers, many hosts. Made for the pictures alone. */
const MADE = {
  "two-hundred": {
    title: "Two hundred servers at once",
    cloud: {
      computes: Array.from({ length: 12 }, (_, i) => ({
        name: `compute-${i + 1}`,
        vcpus: 2000,
        memory_mb: 4_000_000,
        disk_gb: 100_000,
      })),
      networks: [{ name: "private", cidr: "10.0.0.0/16" }],
      flags: {
        quota_instances: 10_000,
        quota_cores: 10_000,
        quota_ram: 100_000_000,
        quota_port: 10_000,
      },
    },
    steps: [
      { fault: { driver: "spawn", host: "compute-3", times: 12 } },
      {
        run: "nova boot web --min-count 203 --max-count 203 --flavor m1.nano --image cirros --nic net-id=private",
      },
      { advance: "3m" },
    ],
  },
  "fifty-hosts": {
    title: "Fifty hosts, most of them idle",
    cloud: { computes: 50 },
    steps: [
      { run: "nova boot a --flavor m1.nano --image cirros --nic net-id=private" },
      { wait: { server: "a", status: "ACTIVE" } },
      { crash: "nova-compute@compute-3" },
      { run: "nova shelve a" },
      { advance: "1m" },
    ],
  },
};

const work = mkdtempSync(path.join(tmpdir(), "novasim-pictures-"));
const names = ["chromium", "chromium-browser", "google-chrome"];
const onPath = (process.env.PATH ?? "").split(path.delimiter);
const executablePath =
  process.env.CHROMIUM ??
  onPath.flatMap((one) => names.map((name) => path.join(one, name))).find((one) => existsSync(one));

const recording = (name) => path.join(root, `scenarios/${name}.timeline.jsonl`);

function novasim(...words) {
  // `diff` ends with 3 where it finds something.
  spawnSync(process.execPath, [path.join(root, "dist/cli/main.js"), ...words], { stdio: "ignore" });
}

/** The page of a recording, once; of two, beside each other. */
function pageOf({ of: name, with: other }) {
  const page = path.join(work, `${[name, other].join(" ").replaceAll("/", "-").trim()}.html`);
  if (existsSync(page)) return page;
  let source = recording(name);
  if (other !== undefined) {
    novasim("diff", source, recording(other), "--as", "html", "--out", page);
    return page;
  }
  if (Object.hasOwn(MADE, name)) {
    source = path.join(work, `${name}.yaml`);
    // JSON is YAML.
    writeFileSync(source, JSON.stringify({ scenario: name, seed: 7, ...MADE[name] }));
  }
  novasim("view", source, "--out", page);
  return page;
}

/** Where the cursor is: at the last cast of a method, or at the last entry that has some words. */
function cursorIn({ of: name, cast, last }) {
  if (cast === undefined && last === undefined) return "";
  const words = cast === undefined ? [last] : ['"kind":"rpc.cast"', `"method":"${cast}"`];
  const lines = readFileSync(recording(name), "utf8").split("\n");
  const found = lines.findLast((line, at) => at > 0 && words.every((word) => line.includes(word)));
  return `seq=${JSON.parse(found).seq}&`;
}

async function take(browser, picture, size, theme) {
  const [width, height] = size.split("x").map(Number);
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    forcedColors: picture.forced ? "active" : "none",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  const address = pathToFileURL(pageOf(picture)).href;
  await page.goto(`${address}#${cursorIn(picture)}${picture.hash ?? ""}`);
  await page.waitForSelector("html[data-read]");
  const close = page.getByRole("button", { name: "Close notices" });
  if (await close.isVisible()) await close.click();
  for (const key of picture.keys ?? []) await page.keyboard.press(key);
  await page.waitForTimeout(400);
  const file = path.join(folder, `${picture.name}-${size}-${theme}.png`);
  await page.screenshot({ path: file });
  await context.close();
  return file;
}

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
try {
  let bytes = 0;
  for (const picture of PICTURES) {
    for (const size of SIZES) {
      for (const theme of ["light", "dark"]) {
        const wanted = given !== undefined || picture.docs?.includes(`${size} ${theme}`);
        if (!wanted) continue;
        const file = await take(browser, picture, size, theme);
        const { size: length } = statSync(file);
        bytes += length;
        console.log(`${path.relative(process.cwd(), file)}: ${length} bytes`);
      }
    }
  }
  console.log(`${bytes} bytes in all`);
} finally {
  await browser.close();
  rmSync(work, { recursive: true });
}
