/**
 * `node tools/live-pictures.mjs [FOLDER]`: pictures of the live page and of Horizon's, after `npm run bundle`: a cloud is
 * served, a server is booted and shelved as the nova command does it, and a browser looks. Without FOLDER those that
 * docs/serve.md shows, into docs/pictures/serve; with FOLDER all of them, at three sizes and in both themes.
 */
/* global fetch */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { chromium } from "playwright-core";

const root = path.resolve(import.meta.dirname, "..");
const [given] = process.argv.slice(2);
const folder = path.resolve(given ?? path.join(root, "docs/pictures/serve"));
const sizes = given === undefined ? ["1280x800"] : ["1700x900", "1280x800", "800x600", "400x800"];
mkdirSync(folder, { recursive: true });

const cloud = spawn(process.execPath, ["dist/cli/main.js", "serve", "--port-base", "0"], {
  cwd: root,
});
let said = "";
cloud.stderr.on("data", (data) => (said += data));
while (!said.includes("ready")) await once(cloud.stderr, "data");
const at = (name) => new RegExp(`${name} +(http://[\\d.:]+)`, "u").exec(said)?.[1];

/** As python-novaclient asks. */
async function ask(url, token, body) {
  const headers = {
    "user-agent": "python-novaclient",
    "content-type": "application/json",
    ...(token !== undefined && { "x-auth-token": token }),
  };
  const method = body === undefined ? "GET" : "POST";
  const answer = await fetch(url, { method, headers, body: body && JSON.stringify(body) });
  const text = await answer.text();
  return text === "" ? undefined : JSON.parse(text);
}

const passwordCredentials = { username: "demo", password: "secret" };
const { access } = await ask(`${at("controller:5000")}/v2.0/tokens`, undefined, {
  auth: { tenantName: "demo", passwordCredentials },
});
const { id: token, tenant } = access.token;
const nova = `${at("controller:8774")}/v2/${tenant.id}`;
const { images } = await ask(`${nova}/images`, token);
await ask(`${nova}/flavors/42`, token);
const { networks } = await ask(`${nova}/os-networks`, token);
const { server } = await ask(`${nova}/servers`, token, {
  server: {
    name: "t3",
    imageRef: images[0].id,
    flavorRef: "42",
    networks: [{ uuid: networks[0].id }],
  },
});
await ask(`${nova}/servers/${server.id}`, token);
await ask(`${nova}/servers/${server.id}/action`, token, { shelve: null });
await ask(`${nova}/servers/detail`, token);

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});

async function picture(name, size, colorScheme, look) {
  const [width, height] = size.split("x").map(Number);
  const context = await browser.newContext({ viewport: { width, height }, colorScheme });
  const page = await context.newPage();
  await look(page);
  await page.screenshot({ path: path.join(folder, `${name}-${size}-${colorScheme}.png`) });
  await context.close();
}

for (const size of sizes) {
  for (const theme of ["light", "dark"]) {
    await picture("live", size, theme, async (page) => {
      await page.goto(`${at("live page")}/`);
      await page.waitForSelector(".one-request[aria-current]");
      await page.waitForTimeout(600);
    });
  }
}
await picture("instances", "1280x800", "light", async (page) => {
  await page.goto(`${at("dashboard")}/`);
  await page.fill("[name=username]", "demo");
  await page.fill("[name=password]", "secret");
  await page.click("button");
  await page.click("nav a:has-text('Instances')");
});
await browser.close();
cloud.kill("SIGINT");
await once(cloud, "close");
