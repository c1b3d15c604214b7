/** `novasim doctor`: what a report of trouble needs to know, and whether this installation works. */
import { availableParallelism } from "node:os";
import { MemoryTimeline, TIMELINE_VERSION } from "../../timeline/index.js";
import { newRun } from "../attempt-run.js";
import { shippedScenarios } from "../files/catalogue.js";
import { CliError, EXIT, type ExitCode } from "../exit.js";
import { colouredOutput, printJson, type SimulatorSession } from "../globals.js";
import { pace } from "../pace.js";
import { readScenario } from "../files/scenario-files.js";

interface Finding {
  readonly what: string;
  readonly value: string;
  readonly ok: boolean;
}

export async function doctor(session: SimulatorSession): Promise<ExitCode> {
  const { io, version } = session;
  const scenarios = shippedScenarios(session.io.cwd);
  const findings: Finding[] = [
    { what: "novasim", value: version, ok: true },
    { what: "node", value: process.version, ok: recentEnough(process.versions.node) },
    { what: "platform", value: `${process.platform} ${process.arch}`, ok: true },
    { what: "cores", value: String(availableParallelism()), ok: true },
    { what: "timeline format", value: String(TIMELINE_VERSION), ok: true },
    { what: "scenario format", value: "1", ok: true },
    { what: "terminal", value: io.stdout.tty ? "yes" : "no", ok: true },
    { what: "colours", value: colouredOutput(session) ? "yes" : "no", ok: true },
    { what: "scenarios", value: `${String(scenarios.length)} ship`, ok: scenarios.length > 0 },
  ];
  const [first] = scenarios;
  if (first !== undefined) {
    const finding = await twice(session, first.name, first.file);
    if (finding === "interrupted") return EXIT.interrupted;
    findings.push(finding);
  }
  const ok = findings.every((finding) => finding.ok);
  if (session.options.json === true) {
    printJson(session, { novasim: version, command: "doctor", ok, findings });
  } else {
    for (const { what, value, ok: good } of findings) {
      io.stdout.write(`${good ? "ok  " : "BAD "} ${what.padEnd(16)} ${value}\n`);
    }
  }
  return ok ? EXIT.ok : EXIT.failed;
}

/** package.json's `engines`. */
function recentEnough(node: string): boolean {
  const [major = 0, minor = 0] = node.split(".").map(Number);
  return major > 20 || (major === 20 && minor >= 19);
}

/** The promise of the whole thing: the same scenario and seed give the same bytes. */
async function twice(
  session: SimulatorSession,
  name: string,
  file: string,
): Promise<Finding | "interrupted"> {
  const what = `${name} twice`;
  try {
    const loaded = readScenario(session, file);
    if (!loaded.ok) return { what, value: "cannot be loaded", ok: false };
    const recordings: string[] = [];
    for (let i = 0; i < 2; i++) {
      const memory = new MemoryTimeline();
      const end = await pace(session, newRun(session, loaded, memory, "flow"));
      if (end === "interrupted") return end;
      recordings.push(memory.lines.join("\n"));
    }
    const same = recordings[0] === recordings[1];
    return { what, value: same ? "the same bytes" : "DIFFERENT bytes", ok: same };
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return { what, value: error.message, ok: false };
  }
}
