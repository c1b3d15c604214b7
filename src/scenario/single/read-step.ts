/**
 * One step by itself, read as a scenario of this cloud would read it: the same schema, the same names, the same words
 * for what is wrong. For whoever does something to a cloud that is running already, and has no file.
 */
import { isObject, toJson, type Json, type JsonObject } from "../../python/index.js";
import type { Known } from "../known.js";
import { loadScenario } from "../load/load.js";
import type { Problem } from "../load/problem.js";
import type { Step } from "../steps/index.js";

/** What can be done so: it takes no time, and needs nothing that was kept. */
export type SingleVerb = "fault" | "heal";

export type ReadStep =
  | {
      readonly ok: true;
      readonly step: Step;
      /** As a scenario has it: `{ fault: { drop: ... } }`. */
      readonly written: JsonObject;
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export interface ReadStepOptions {
  /** How the text is called in messages. */
  readonly file: string;
  /** The scenario that made the cloud, as read. */
  readonly source: unknown;
  readonly known: Known;
}

const INDENT = " ".repeat(6);

/** @param text what stands after `fault:`, as JSON or YAML; places are places in it */
export function readStep(verb: SingleVerb, text: string, options: ReadStepOptions): ReadStep {
  const { file, source, known } = options;
  const all = toJson(source);
  const { cloud = {}, services } = isObject(all) ? all : {};
  const head = [
    "scenario: running",
    `cloud: ${JSON.stringify(cloud)}`,
    ...(services === undefined ? [] : [`services: ${JSON.stringify(services)}`]),
    "steps:",
    `  - ${verb}:`,
  ];
  const body = text.split(/\r\n?|\n/u).map((line) => `${INDENT}${line}`);
  const whole = [...head, ...body, ""].join("\n");
  const loaded = loadScenario({ file, text: whole, known, limit: whole.length + 1 });
  if (!loaded.ok) {
    const problems = loaded.problems.map((one) => placedInBody(one, head.length));
    return { ok: false, problems };
  }
  const [step] = loaded.scenario.steps;
  const [written] = writtenSteps(toJson(loaded.source));
  if (step === undefined || !isObject(written)) throw new Error("a step was read and is not there");
  return { ok: true, step, written };
}

const writtenSteps = (source: Json): readonly Json[] => {
  const steps = isObject(source) ? source["steps"] : undefined;
  return Array.isArray(steps) ? (steps as readonly Json[]) : [];
};

/** Lines and columns of what was written, without what was put around it. */
function placedInBody(problem: Problem, before: number): Problem {
  const { file, line, column = 1, source, width } = problem.place;
  if (line === undefined || line <= before) return { ...problem, place: { file } };
  return {
    ...problem,
    place: {
      file,
      line: line - before,
      column: Math.max(1, column - INDENT.length),
      ...(source !== undefined && { source: source.slice(INDENT.length) }),
      ...(width !== undefined && { width }),
    },
  };
}
