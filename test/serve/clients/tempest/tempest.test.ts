/**
 * OpenStack's own suite, Tempest 33 as Debian has it, asks a served cloud by Keystone's v2.0 and Nova's v2: each test
 * passes, is skipped (mostly for want of microversions), or is in exceptions.ts with the reason why it cannot pass.
 */
import { execFile, spawnSync } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { serve } from "../../bed.js";
import { CLIENTS } from "../clients.js";
import { CLOUD, configuration } from "./configuration.js";
import { EXCEPTIONS } from "./exceptions.js";

const PYTHON = "/usr/bin/python3";
const run = promisify(execFile);

/** What is asked for. */
const SUITES = ["tempest.api.compute", "tempest.api.identity.v2", "tempest.api.identity.admin.v2"];

/** Hundreds of tests, on a busy machine. */
const PATIENCE = 600_000;

interface Result {
  readonly id: string;
  readonly outcome: "passed" | "failed" | "skipped";
  readonly reason: string;
}

/** Without the id and the attributes that Tempest adds. */
const nameOf = ({ id }: Result): string => id.replace(/\[.*\]$/u, "").replace("tempest.api.", "");

/** Of a traceback what it comes to. */
const endOf = (reason: string): string => reason.trim().split("\n").slice(-4).join(" ");

describe.runIf(CLIENTS)("Tempest", () => {
  it("is installed where it is asked for", () => {
    expect(spawnSync(PYTHON, ["-c", "import tempest"]).status).toBe(0);
  });

  it(
    "finds every route and action that Juno had, and fails where it is known why",
    async () => {
      const bed = await serve({ text: CLOUD, lenient: true, requestId: true });
      onTestFinished(() => bed.close());
      const runner = path.join(import.meta.dirname, "runner.py");
      const how = JSON.stringify(await configuration(bed));
      const env = { PATH: "/usr/bin:/bin", PYTHONHASHSEED: "0", LC_ALL: "C.UTF-8", TZ: "UTC" };
      const { stdout } = await run(PYTHON, [runner, how, ...SUITES], {
        env,
        maxBuffer: 2 ** 26,
      });
      const results = stdout
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as Result);
      const excepted = (result: Result): string | undefined =>
        Object.keys(EXCEPTIONS).find((part) => nameOf(result).includes(part));
      const of = (outcome: Result["outcome"]): Result[] =>
        results.filter((result) => result.outcome === outcome);
      const unexpected = of("failed").filter((result) => excepted(result) === undefined);
      expect(unexpected.map((result) => `${nameOf(result)}: ${endOf(result.reason)}`)).toEqual([]);
      const failing = new Set(of("failed").map(excepted));
      expect(Object.keys(EXCEPTIONS).filter((part) => !failing.has(part))).toEqual([]);
      expect(of("passed").filter(excepted).map(nameOf)).toEqual([]);
      // Not that nearly all are skipped.
      expect(of("passed").length).toBeGreaterThan(450);
      expect(bed.broken).toEqual([]);
    },
    PATIENCE,
  );
});
