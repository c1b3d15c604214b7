/** The files that a scenario names: which they may be, and that a recording needs none of them. */
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { BOOT, folder, makePipe, novasim } from "./bed.js";

const naming = (file: string): string =>
  `${BOOT}cloud: { flag_files: { nova.conf: { file: ${file} } } }\n`;

const CONF = "[DEFAULT]\nshelved_offload_time = 3\n";

describe("a file that a scenario names", () => {
  it.each([
    ["pipe", "cannot read pipe: it is a pipe, not a file"],
    ["etc", "cannot read etc: it is a directory"],
    ["big", "big is too large: a scenario may name files of 1 MB, all together"],
    ["nova.cnf", "Did you mean nova.conf?"],
    ["out", "is outside of the folder of the scenario: it is a link to "],
    ["outside/secret", "is outside of the folder of the scenario: it is a link to "],
    ["outside/pipe", "is outside of the folder of the scenario: it is a link to "],
    ["zero", "is outside of the folder of the scenario: it is a link to /dev/zero"],
    ["circle", "cannot read circle: its symbolic links go in circles"],
  ])("is refused at once, in its place: %s", async (file, message) => {
    const other = folder({ secret: CONF });
    const cwd = folder({ "s.yaml": naming(file), big: "#".repeat(1_000_001), "nova.conf": CONF });
    for (const pipe of [join(cwd, "pipe"), join(other, "pipe")]) makePipe(pipe);
    mkdirSync(join(cwd, "etc"));
    symlinkSync(join(other, "secret"), join(cwd, "out"));
    symlinkSync(other, join(cwd, "outside"));
    symlinkSync("/dev/zero", join(cwd, "zero"));
    symlinkSync("circle", join(cwd, "circle"));
    const { code, stderr } = await novasim(cwd, ["check", "s.yaml"]);
    expect(code).toBe(2);
    expect(stderr).toContain("s.yaml:7:");
    expect(stderr).toContain(message);
  });

  it("may be a link that stays in the folder, of a scenario that is reached by a link", async () => {
    const real = folder({ "nova.conf": CONF, "s.yaml": naming("etc/link.conf") });
    mkdirSync(join(real, "etc"));
    symlinkSync("../nova.conf", join(real, "etc", "link.conf"));
    const cwd = folder();
    symlinkSync(real, join(cwd, "here"));
    const { code, stderr } = await novasim(cwd, ["check", "here/s.yaml"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  it("is not too large by itself but with the others", async () => {
    const remark = `# ${"x".repeat(600_000)}\n${CONF}`;
    const cwd = folder({
      "s.yaml": `${BOOT}cloud:\n  flag_files:\n    nova.conf: { file: a }\n    nova-compute.conf: { file: b }\n`,
      a: remark,
      b: remark,
    });
    const { code, stderr } = await novasim(cwd, ["check", "s.yaml"]);
    expect(code).toBe(2);
    expect(stderr).toContain(
      "s.yaml:10:32: error: b is too large: a scenario may name files of 1 MB",
    );
  });

  it("is in the recording, which needs it no more", async () => {
    const remark = `# ${'"\\'.repeat(300_000)}\n`;
    const cwd = folder({ "s.yaml": naming("nova.conf"), "nova.conf": `${remark}${CONF}` });
    await novasim(cwd, ["run", "s.yaml", "--record", "out.jsonl"]);
    rmSync(join(cwd, "nova.conf"));
    writeFileSync(join(cwd, "s.yaml"), "gone");
    const { code, stderr } = await novasim(cwd, ["replay", "out.jsonl"]);
    expect(stderr).toMatch(/^out\.jsonl: the same, /u);
    expect(code).toBe(0);
  });
});
