import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { BOOT, folder, novasim } from "./harness.js";

it("runs again when the file changes, after errors too, until Ctrl-C", async () => {
  const cwd = folder({ "boot.yaml": BOOT });
  const versions = ["scenario: [", BOOT.replace("seed: 7", "seed: 8")];
  let interrupt: () => void = () => undefined;
  let runs = 0;
  const setting = {
    onRun: (listener: () => void): void => {
      // The first listener is the watch's own; each run adds one after it.
      if (runs++ === 0) interrupt = listener;
    },
  };
  const write = setInterval(() => {
    const next = versions.shift();
    if (next === undefined) interrupt();
    else writeFileSync(join(cwd, "boot.yaml"), next);
  }, 400);
  const { code, stderr } = await novasim(cwd, ["run", "boot.yaml", "--watch"], setting);
  clearInterval(write);
  expect(code).toBe(130);
  const told = stderr.split("\n").filter((line) => /^boot|^watching/u.test(line));
  expect(told).toEqual([
    expect.stringMatching(/^boot: ok.*seed 7$/u),
    "watching boot.yaml; Ctrl-C ends",
    expect.stringMatching(/^boot\.yaml:\d+:\d+: error: /u),
    ...told.slice(3, -2),
    expect.stringMatching(/^boot: ok.*seed 8$/u),
    "watching boot.yaml; Ctrl-C ends",
  ]);
});
