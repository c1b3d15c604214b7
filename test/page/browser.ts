/**
 * A real Chromium, where there is one: on the path, or named by CHROMIUM. Without one the tests of the page
 * are left out and say so; where BROWSER_TESTS=required they fail instead.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { chromium, type Browser } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

function found(): string | undefined {
  const named = process.env["CHROMIUM"];
  if (named !== undefined) return named;
  const folders = (process.env["PATH"] ?? "").split(path.delimiter);
  const paths = folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name)));
  return paths.find((file) => existsSync(file));
}

export const BROWSER = found();

if (BROWSER === undefined) {
  const words =
    "the tests of the page are left out: no Chromium (apt-get install chromium, or CHROMIUM=/path)";
  if (process.env["BROWSER_TESTS"] === "required") throw new Error(words);
  console.warn(words);
}

let launched: Promise<Browser> | undefined;

/** The browser of this worker, for every file that it runs; it ends when the worker does. */
export function launch(): Promise<Browser> {
  if (BROWSER === undefined) throw new Error("there is no browser");
  // A container has no user namespaces for the sandbox; the pages are our own.
  launched ??= chromium.launch({
    executablePath: BROWSER,
    args: ["--no-sandbox", "--disable-gpu"],
  });
  return launched;
}
