/**
 * OpenStack's real clients, as `npm run test:clients` and .ci/run want them: hundreds of processes of Python, over a
 * minute of them. Elsewhere their tests are left out and say so; where they are wanted and not installed, they fail.
 */
import { spawn, spawnSync, type ChildProcessByStdio } from "node:child_process";
import { createInterface, type Interface } from "node:readline";
import path from "node:path";
import type { Readable, Writable } from "node:stream";
import { environment, type IdentityVersion } from "../../../src/serve/session/accounts.js";
import { folder } from "../../cli/bed.js";
import { type Bed } from "../bed.js";
import { withoutChance } from "./without-chance.js";

const PYTHON = "/usr/bin/python3";
const MODULES = ["nova", "openstack", "glance", "neutron", "cinder", "swift", "heat", "trove"];

function found(): boolean {
  const names = MODULES.map((name) => (name === "openstack" ? name : `${name}client`));
  const { status } = spawnSync(PYTHON, ["-c", `import ${names.join(", ")}`]);
  return status === 0;
}

/** Whether they are wanted. */
export const CLIENTS = process.env["MODE"] === "clients";

if (!CLIENTS) {
  console.warn(
    "the tests with OpenStack's real clients are left out: npm run test:clients has them",
  );
} else if (!found()) {
  throw new Error(
    "OpenStack's clients are not installed: apt-get install python3-openstackclient ..., see .ci/run",
  );
}

export interface Printed {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder with what people need. */
export const home = (): string =>
  folder({
    "net.yaml":
      'heat_template_version: 2013-05-23\nresources:\n  net: { type: "OS::Neutron::Net" }\n',
    "hello.img": "hello, image\n",
  });

/** What `novasim serve` tells the shell of a user. */
export function environmentOf(bed: Bed, name: string, version: IdentityVersion) {
  const identity = `127.0.0.1:${String(bed.portOf(5000))}`;
  return environment({ name, project: name, password: "secret" }, identity, version);
}

/** Somebody at a shell whose environment leads to a cloud. */
export class Shell {
  readonly home: string;
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;
  readonly #reader: Interface;
  readonly #env: Readonly<Record<string, string>>;

  constructor(bed: Bed, name: string, version: IdentityVersion) {
    this.home = home();
    this.#env = {
      ...environmentOf(bed, name, version),
      HOME: this.home,
      PATH: "/usr/bin:/bin",
      PYTHONHASHSEED: "0",
      PYTHONWARNINGS: "ignore",
      LC_ALL: "C.UTF-8",
      COLUMNS: "200",
      TZ: "UTC",
    };
    const runner = path.join(import.meta.dirname, "runner.py");
    this.#child = spawn(PYTHON, [runner], { stdio: ["pipe", "pipe", "inherit"] });
    this.#reader = createInterface(this.#child.stdout);
    this.#lines = this.#reader[Symbol.asyncIterator]();
  }

  /** Words are parted by blanks, and by nothing else. */
  async run(line: string): Promise<Printed> {
    const asked = { argv: line.split(" "), env: this.#env, cwd: this.home };
    this.#child.stdin.write(`${JSON.stringify(asked)}\n`);
    const next = await this.#lines.next();
    if (next.done === true) throw new Error(`the clients are gone: ${line}`);
    return JSON.parse(next.value) as Printed;
  }

  /** What is seen of `lines` one after the other, without what is another each time. */
  async transcript(lines: readonly string[]): Promise<string> {
    const seen: string[] = [];
    const ids = new Map<string, string>();
    for (const line of lines) {
      const { exit, stdout, stderr } = await this.run(line);
      const said = stderr.split("\n").filter((text) => text !== "" && !CHATTER.test(text));
      const status = exit === 0 ? "" : `exit code ${String(exit)}\n`;
      const printed = `${stdout}${said.map((text) => `${text}\n`).join("")}${status}`;
      seen.push(`$ ${line}\n${withoutChance(printed, ids)}`);
    }
    return seen.join("\n");
  }

  close(): void {
    this.#reader.close();
    this.#child.kill();
  }
}

/** What clients say of themselves each time. */
const CHATTER = /deprecated|API version 3\.70 requested|downgrading to 3\.0|^\s*$/u;
