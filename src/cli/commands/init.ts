/** `novasim init [FILE]`: a first scenario, with its schema beside it for editors. */
import { closeSync, existsSync, openSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { scenarioJsonSchema } from "../../scenario/index.js";
import { CliError, EXIT, type ExitCode } from "../exit.js";
import { printJson, type Session } from "../globals.js";
import { fileWord, shellLine } from "../terminal/shell-quote.js";
import { because, codeOf } from "../files/system-error.js";

export const SCHEMA_FILE = "novasim.schema.json";

export const FIRST_SCENARIO = `# yaml-language-server: $schema=./${SCHEMA_FILE}
scenario: first-boot
title: Boot an instance
about: The request of nova boot, from the client to the hypervisor.
seed: 1
cloud:
  computes: 2
steps:
  - note: The client asks Keystone for a token, then nova-api for a server.
  - run: nova boot t1 --flavor m1.nano --image cirros --nic net-id=private
  - wait: { server: t1, status: ACTIVE, within: 2m }
  - run: nova list
    expect: { stdout: t1 }
expect:
  flow:
    - nova-api -> nova-conductor   cast build_instances
    - nova-conductor -> nova-scheduler   call select_destinations
    - nova-conductor -> nova-compute   cast build_and_run_instance
  server: { t1: { status: ACTIVE, task_state: null } }
`;

export function init(session: Session, file = "scenario.yaml"): ExitCode {
  const { io, talk, options, version } = session;
  const path = resolve(io.cwd, file);
  if (!create(path, FIRST_SCENARIO, file)) {
    throw new CliError(
      `${file} exists; it is left as it is`,
      "Give another name: novasim init my-scenario.yaml",
    );
  }
  talk.say(`wrote ${file}`);
  const schema = join(dirname(path), SCHEMA_FILE);
  if (create(schema, `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`, SCHEMA_FILE)) {
    talk.say(`wrote ${SCHEMA_FILE} beside it: editors complete and check scenarios with it`);
  }
  if (options.json === true) {
    printJson(session, { novasim: version, command: "init", ok: true, file });
  }
  talk.say(`run it with: ${shellLine(["novasim", "run", fileWord(file)])}`);
  return EXIT.ok;
}

/** @returns false if there is such a file already */
function create(path: string, text: string, name: string): boolean {
  let fd: number;
  try {
    fd = openSync(path, "wx");
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    const missing = codeOf(error) === "ENOENT" && !existsSync(dirname(path));
    const hint = missing ? `Make ${dirname(name)} first.` : undefined;
    throw new CliError(`cannot write ${name}: ${because(error)}`, hint);
  }
  try {
    writeFileSync(fd, text);
    return true;
  } catch (error) {
    // Half of it would stand in the way of the next attempt.
    rmSync(path, { force: true });
    throw new CliError(`cannot write ${name}: ${because(error)}`);
  } finally {
    closeSync(fd);
  }
}
