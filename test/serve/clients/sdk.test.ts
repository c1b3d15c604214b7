/**
 * Programs of other people's languages over the SDKs that Debian has of them: each boots a server, gives it disks, images,
 * objects, shelves it and takes it away, and prints what it sees (`sdk/`). By Keystone's v3 and, in Ruby, v2.0.
 */
import { execFile, spawnSync } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { serve } from "../bed.js";
import { CLIENTS, environmentOf, home } from "./clients.js";
import { withoutChance } from "./without-chance.js";

const CLOUD = `
scenario: served
cloud: { preset: full, computes: 2 }
steps: [{ note: Nothing yet. }]
`;

const run = promisify(execFile);
const story = (name: string): string => path.join(import.meta.dirname, "sdk", name);

/** A compiler, on a busy machine. */
const PATIENCE = 240_000;

/** A program that can be run, made in the folder `cwd` if it has to be. */
type Make = (cwd: string) => readonly [command: string, ...args: string[]];

const ruby: Make = () => ["ruby", story("story.rb")];

const go: Make = (cwd) => {
  const compiled = path.join(cwd, "story");
  // Debian has no modules of Go, but their sources where Go of former times looks for them.
  const env = { ...process.env, GOPATH: "/usr/share/gocode", GO111MODULE: "off" };
  const { status, stderr } = spawnSync(
    "/usr/bin/go",
    ["build", "-o", compiled, story("story.go")],
    { env },
  );
  expect([status, String(stderr)]).toEqual([0, ""]);
  return [compiled];
};

const PROGRAMS: readonly { language: string; version: "2" | "3"; make: Make }[] = [
  { language: "ruby", version: "3", make: ruby },
  { language: "ruby", version: "2", make: ruby },
  { language: "go", version: "3", make: go },
];

describe.runIf(CLIENTS)("programs over SDKs", () => {
  it.each(PROGRAMS)(
    "in $language boot and shelve a server, by Keystone's v$version",
    async ({ language, version, make }) => {
      const bed = await serve({ text: CLOUD });
      onTestFinished(() => bed.close());
      const cwd = home();
      const [command, ...args] = make(cwd);
      const env = {
        ...environmentOf(bed, "admin", version),
        // What gophercloud calls it.
        ...(version === "3" && { OS_DOMAIN_NAME: "Default" }),
        PATH: "/usr/bin:/bin",
        LC_ALL: "C.UTF-8",
        TZ: "UTC",
      };
      const { stdout, stderr } = await run(command, args, { cwd, env });
      expect(stderr).toBe("");
      const file = path.join("transcripts", `${language}-v${version}.txt`);
      await expect(withoutChance(stdout, new Map())).toMatchFileSnapshot(file);
      expect(bed.broken).toEqual([]);
    },
    PATIENCE,
  );
});
