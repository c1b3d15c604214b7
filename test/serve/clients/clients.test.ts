/** OpenStack's real clients type to a simulated cloud, by both versions of Keystone's API: what they print is held. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { IdentityVersion } from "../../../src/serve/session/accounts.js";
import { serve } from "../bed.js";
import { CLIENTS, Shell } from "./clients.js";
import { NOVA, OPENSTACK, OTHERS, typed, type Typed } from "./commands.js";

const CLOUD = `
scenario: served
cloud: { preset: full }
steps: [{ note: Nothing yet. }]
`;

async function shell(version: IdentityVersion, user = "admin"): Promise<Shell> {
  const bed = await serve({ text: CLOUD });
  const sh = new Shell(bed, user, version);
  onTestFinished(async () => {
    sh.close();
    await bed.close();
    expect(bed.broken).toEqual([]);
  });
  return sh;
}

/** Forty processes of Python, on a busy machine. */
const PATIENCE = 240_000;

const GROUPS: readonly (readonly [name: string, commands: Typed])[] = [
  ["nova", NOVA],
  ["openstack", OPENSTACK],
  ["others", OTHERS],
];

describe.runIf(CLIENTS)("the real clients", () => {
  for (const [name, commands] of GROUPS) {
    for (const version of ["3", "2"] as const) {
      it(
        `print what is held: ${name}, by Keystone's v${version}`,
        async () => {
          const sh = await shell(version);
          const transcript = await sh.transcript(typed(commands, version));
          const file = `${name}-v${version}.txt`;
          await expect(transcript).toMatchFileSnapshot(path.join("transcripts", file));
        },
        PATIENCE,
      );
    }
  }

  it("get back what they put in", async () => {
    const sh = await shell("3", "demo");
    const file = (name: string): string => readFileSync(path.join(sh.home, name), "utf8");
    await sh.run(
      "glance image-create --name own --disk-format raw --container-format bare --file hello.img",
    );
    const { stdout } = await sh.run("openstack image show own -f value -c id");
    expect((await sh.run(`glance image-download --file own.img ${stdout.trim()}`)).exit).toBe(0);
    expect(file("own.img")).toBe(file("hello.img"));
    await sh.run("swift upload c hello.img");
    expect((await sh.run("swift download c hello.img -o object")).exit).toBe(0);
    expect(file("object")).toBe(file("hello.img"));
    expect(existsSync(path.join(sh.home, "nope"))).toBe(false);
  });

  it("wait for a stack no longer than one look at its events takes", async () => {
    const bed = await serve({ text: CLOUD });
    const sh = new Shell(bed, "demo", "3");
    onTestFinished(async () => {
      sh.close();
      await bed.close();
    });
    const { exit } = await sh.run("openstack stack create -t net.yaml s --wait");
    const looks = bed.lines.filter((line) => /"arrival".*"GET".*\/events\?/u.test(line));
    // What is found by name is found by redirection.
    const places = new Set(looks.map((line) => /"target":"([^"?]+)/u.exec(line)?.[1]));
    expect([exit, looks.length]).toEqual([0, places.size]);
  });
});
