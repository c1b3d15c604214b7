/** Every step that a scenario can have. A new one is a file of its own and an entry in this list. */
import { runSteps } from "../run/steps.js";
import { prose } from "../schema/values.js";
import { vocabulary, type Spoken, type Vocabulary } from "../verbs/vocabulary.js";
import { advance } from "./advance.js";
import { check } from "./check.js";
import { crash } from "./processes/crash.js";
import { fault } from "./fault.js";
import { heal } from "./heal.js";
import { horizon } from "./horizon.js";
import { load } from "./load.js";
import { note } from "./note.js";
import { repeating, type RepeatVerb } from "./repeat.js";
import { request } from "./request.js";
import { run } from "./run.js";
import { start } from "./processes/start.js";
import { stop } from "./processes/stop.js";
import { together } from "./together.js";
import { wait } from "./wait.js";

/** What refers to itself must be given a type with a name. */
interface Repeat {
  times: number;
  steps: Step[];
}

const repeat: RepeatVerb<Repeat> = repeating(
  () => steps.schema,
  (context, list, path) => runSteps(steps, context, list, path),
);

const LIST = [
  run,
  request,
  horizon,
  wait,
  advance,
  fault,
  heal,
  start,
  stop,
  crash,
  load,
  check,
  together,
  repeat,
  note,
] as const;

/** Any step may say beside its verb what it is for. */
const COMMON = {
  note: prose.optional().meta({ description: "What it is for, in words for people." }),
  question: prose.optional().meta({
    description: "What a teacher asks before it is done: `novasim teach` waits there.",
  }),
  answer: prose.optional().meta({
    description: "What is to be said to the question, shown once it is done.",
  }),
};

const NAMING = { what: "step", about: "One thing that an operator does." };

/** One step. Which one it is, its `kind` tells. */
export type Step = Spoken<(typeof LIST)[number], typeof COMMON>;

export const steps: Vocabulary<Step> = vocabulary(NAMING, LIST, COMMON);
