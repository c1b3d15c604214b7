/** `run --watch`: each change of what the scenarios read, until Ctrl-C. */
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { BOOT, folder, novasim } from "./bed.js";

const WITH_FILES = `${BOOT}cloud:
  flag_files:
    nova.conf: { file: etc/nova.conf }
`;

/** Watch `boot.yaml`; each time that there is nothing to do, make the next change, at last Ctrl-C. */
async function watched(cwd: string, ...changes: (() => void)[]) {
  let interrupt: () => void = () => undefined;
  const { code, stderr } = await novasim(cwd, ["run", "boot.yaml", "--watch"], {
    onRun: (listener) => (interrupt = listener),
    onSay: (text) => {
      // Once it waits, which it does at the end of this turn.
      if (text.startsWith("watching "))
        setImmediate(
          changes.shift() ??
            (() => {
              interrupt();
            }),
        );
    },
  });
  const told = stderr.split("\n").filter((line) => /^boot|^etc|^watching/u.test(line));
  return { code, told, stderr };
}

describe("--watch", () => {
  it("runs again when the file changes, after errors too, until Ctrl-C", async () => {
    const cwd = folder({ "boot.yaml": BOOT });
    const write = (text: string) => () => {
      writeFileSync(join(cwd, "boot.yaml"), text);
    };
    const { code, told } = await watched(
      cwd,
      write("scenario: ["),
      write(BOOT.replace("seed: 7", "seed: 8")),
    );
    expect(code).toBe(130);
    expect(told).toEqual([
      expect.stringMatching(/^boot: ok.*seed 7$/u),
      "watching boot.yaml; Ctrl-C ends",
      expect.stringMatching(/^boot\.yaml:\d+:\d+: error: /u),
      ...told.slice(3, -2),
      expect.stringMatching(/^boot: ok.*seed 8$/u),
      "watching boot.yaml; Ctrl-C ends",
    ]);
  });

  it("says what has changed since the last run, or that nothing has", async () => {
    const cwd = folder({ "boot.yaml": BOOT });
    const write = (text: string) => () => {
      writeFileSync(join(cwd, "boot.yaml"), text);
    };
    const more = BOOT.replace(
      "  - wait",
      "  - run: nova boot t4 --flavor m1.nano --image cirros\n  - wait",
    );
    const { stderr } = await watched(cwd, write(`${BOOT}# again\n`), write(more));
    const [, , again = "", changed = ""] = stderr.split("boot: ok");
    expect(again).toMatch(/\nas in the last run: \d+ entries alike\nwatching /u);
    expect(changed).toMatch(
      /\nsince the last run: \d+ alike, \d+ changed, 0 gone, [1-9]\d* new; the first difference:\n {2}before {2}.*\n {2}now {5}entry \d+, .*\n/u,
    );
  });

  it("watches the files that a scenario names, also those that are not there yet", async () => {
    const cwd = folder({ "boot.yaml": WITH_FILES });
    const { code, told } = await watched(
      cwd,
      () => {
        mkdirSync(join(cwd, "etc"));
      },
      () => {
        writeFileSync(join(cwd, "etc", "nova.conf"), "[DEFAULT]\nshelved_offload_time = 1\n");
      },
      () => {
        writeFileSync(join(cwd, "etc", "nova.conf"), "[DEFAULT]\nshelved_offload_time = soon\n");
      },
    );
    expect(code).toBe(130);
    const watching = "watching boot.yaml, etc/nova.conf; Ctrl-C ends";
    const missing = expect.stringMatching(/^boot\.yaml:9:24: error: cannot read etc\/nova\.conf/u);
    expect(told.slice(0, 4)).toEqual([missing, watching, missing, watching]);
    expect(told).toContainEqual(expect.stringMatching(/^boot: ok/u));
    expect(told.at(-2)).toMatch(/^etc\/nova\.conf:2:1: error: /u);
  });

  it("watches what a link leads to", async () => {
    const cwd = folder();
    mkdirSync(join(cwd, "elsewhere"));
    const real = join(cwd, "elsewhere", "real.yaml");
    writeFileSync(real, BOOT);
    symlinkSync(real, join(cwd, "boot.yaml"));
    const { code, told } = await watched(cwd, () => {
      writeFileSync(real, BOOT.replace("seed: 7", "seed: 8"));
    });
    expect(code).toBe(130);
    expect(told.at(-2)).toMatch(/^boot: ok.*seed 8$/u);
  });
});
