/** `novasim record-to-scenario RECORDING`: a served session as a scenario of requests, to be made into a test. */
import { stringify } from "yaml";
import { PROJECTS } from "../../cloud/projects.js";
import type { Project } from "../../framework/project.js";
import { scenarioOf } from "../../serve/scenario/to-scenario.js";
import { readTimeline, TimelineError } from "../../timeline/index.js";
import { CliError, EXIT, type ExitCode } from "../exit.js";
import { writeOut } from "../files/out-file.js";
import type { Session } from "../globals.js";
import { fileLines } from "../recording/line-reader.js";
import { fileWord, shellLine } from "../terminal/shell-quote.js";

export interface ToScenarioOptions {
  readonly out?: string;
}

export function recordToScenario(
  { io, talk }: Session,
  file: string,
  { out }: ToScenarioOptions,
): ExitCode {
  const { header, entries } = read(io.cwd, file);
  if (header.served !== true) {
    throw new CliError(
      `${file} is no session that was served: nothing came in from outside`,
      "`novasim serve --record` makes one.",
    );
  }
  const text = stringify(scenarioOf(header, entries, services()), { lineWidth: 0 });
  if (out === undefined) {
    io.stdout.write(text);
    return EXIT.ok;
  }
  writeOut(io.cwd, out, [text], {
    name: "not a scenario",
    beginning: "scenario:",
    option: "--out",
  });
  talk.say(`wrote ${out}; run it with: ${shellLine(["novasim", "run", fileWord(out)])}`);
  return EXIT.ok;
}

function read(cwd: string, file: string) {
  try {
    return readTimeline(fileLines(cwd, file));
  } catch (error) {
    if (error instanceof TimelineError) throw new CliError(`${file}: ${error.message}`);
    throw error;
  }
}

/** Names of the catalog by address; a port that two have is told by address. */
function services(): ReadonlyMap<string, string> {
  const all: readonly Project[] = PROJECTS;
  return new Map(
    all.flatMap(({ name, catalog: [first] }) => {
      const address = /^http:\/\/([^/]+)/u.exec(first?.url ?? "")?.[1];
      return address === undefined ? [] : [[address, name] as const];
    }),
  );
}
