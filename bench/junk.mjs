/**
 * `npm run junk -- 20000 [--seed N]`: so many messages and so many requests of junk, at clouds of forty
 * each, every call of the usual flows with its reply lost, and every body of Nova's that is wrong in one
 * place, of which a suite sends a fifth. It fails at the first run that ends, the
 * first 500 that nobody raised and the first answer that shows what is inside, with what was sent.
 */
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: "string", default: "7" } },
});
const count = Number(positionals[0] ?? "20000");
if (!Number.isSafeInteger(count) || count < 1 || !/^\d+$/.test(values.seed)) {
  console.error("npm run junk -- COUNT [--seed N]: both are whole numbers, COUNT at least 1");
  process.exit(2);
}
const hours = String(4 * 3_600_000);
const { status } = spawnSync(
  process.execPath,
  [
    "node_modules/vitest/vitest.mjs",
    "run",
    "test/junk",
    "--testTimeout",
    hours,
    "--reporter",
    "verbose",
  ],
  { stdio: "inherit", env: { ...process.env, JUNK: String(count), JUNK_SEED: values.seed } },
);
process.exit(status ?? 1);
