/** `novasim coverage [FILE...]`: what scenarios exercise of contracts, routes, states and faults, and what never. */
import { existsSync } from "node:fs";
import { faultVerbs, restRoutes, rpcMethods, serverStates } from "../../cloud/protocol/index.js";
import { Coverage, renderCoverage, type Universe } from "../../views/coverage/index.js";
import { CliError, EXIT, worst, type ExitCode } from "../exit.js";
import { shippedScenarios } from "../files/catalogue.js";
import { scenarioFiles } from "../files/named.js";
import { printJson, type Session, type SimulatorSession } from "../globals.js";
import { fileLines } from "../recording/line-reader.js";
import { isRecording } from "../recording/one-run.js";
import { PassingRecording } from "../recording/passing.js";
import { recordOnce } from "../recording/record-once.js";
import { Talk } from "../terminal/talk.js";

export interface CoverageCommandOptions {
  readonly missing?: boolean;
}

export const universe = (): Universe => ({
  methods: rpcMethods(),
  routes: restRoutes(),
  states: serverStates(),
  faults: faultVerbs(),
});

/** @param words recordings or scenarios; without any, the recordings that ship */
export async function coverage(
  session: Session,
  simulating: () => Promise<SimulatorSession>,
  words: readonly string[],
  { missing = false }: CoverageCommandOptions,
): Promise<ExitCode> {
  const { io, talk, options, version } = session;
  const files = words.length === 0 ? shipped(io.cwd) : scenarioFiles(io.cwd, words);
  const found = new Coverage(universe());
  const codes: ExitCode[] = [];
  for (const file of files) {
    let lines: Iterable<string>;
    if (isRecording(io.cwd, file)) lines = fileLines(io.cwd, file, session.progress);
    else {
      const simulator = await simulating();
      const quiet = new Talk(io, { ...options, quiet: true });
      const run = await recordOnce({ ...simulator, talk: quiet }, file, {
        set: [],
        detail: "full",
      });
      // Numbers without it would be taken for those of all.
      if (run.lines.length === 0) return run.code;
      codes.push(run.code);
      ({ lines } = run);
    }
    const recording = new PassingRecording(file, lines);
    found.add(recording);
    for (const notice of recording.notices()) talk.say(notice);
  }
  const tables = found.tables();
  if (options.json === true) {
    const ok = worst(codes) === EXIT.ok;
    const told = missing
      ? tables.map(({ what, lines }) => ({ what, lines: lines.filter(({ times }) => times === 0) }))
      : tables;
    printJson(session, {
      novasim: version,
      command: "coverage",
      ok,
      files: files.length,
      tables: told,
    });
  } else io.stdout.write(renderCoverage(tables, { missing }));
  return worst(codes);
}

/** @throws CliError if there is none */
function shipped(cwd: string): readonly string[] {
  const files = shippedScenarios(cwd)
    .map(({ file }) => file.replace(/\.ya?ml$/u, ".timeline.jsonl"))
    .filter((file) => existsSync(file));
  if (files.length === 0) throw new CliError("no recordings ship here", "Name some, or scenarios.");
  return files;
}
