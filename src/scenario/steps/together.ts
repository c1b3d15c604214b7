/**
 * `together:` Command lines are typed and requests made at one moment, and the scenario goes on when all
 * have ended.
 */
import { z } from "zod";
import type { Path } from "../load/path.js";
import { finish, type Asked } from "../run/asked.js";
import { askCommand } from "../run/commands.js";
import type { RunContext } from "../run/context.js";
import { askRequest } from "../run/requests.js";
import { verb } from "../verbs/verb.js";
import { vocabulary, type Spoken } from "../verbs/vocabulary.js";
import { request } from "./request.js";
import { run } from "./run.js";

const LIST = [run, request] as const;

/** Nothing stands beside them: what they are for, the step says. */
const COMMON = {};

type One = Spoken<(typeof LIST)[number], typeof COMMON>;

const NAMING = { what: "task", about: "A command line or a request." };

const tasks = vocabulary(NAMING, LIST, COMMON);

const at = (index: number): Path => ["together", index];

export const together = verb({
  key: "together",
  schema: {
    together: z.array(tasks.schema).min(1).max(100).meta({
      description:
        "Command lines and requests that begin at one moment; it goes on when all have ended.",
    }),
  },
  text: (step) => step.together.map((one) => tasks.text(one)).join(" & "),
  names: (step, known) =>
    step.together.flatMap((one, index) =>
      tasks.names(one, known).map((use) => ({ ...use, at: [...at(index), ...use.at] })),
    ),
  problems: (step, known) =>
    step.together.flatMap((one, index) =>
      tasks.problems(one, known).map((problem) => {
        const { place } = problem;
        return { ...problem, place: { ...place, path: [...at(index), ...place.path] } };
      }),
    ),
  run: (context, step) =>
    finish(
      context,
      step.together.map((one) => ask(context, one)),
      at,
    ),
});

function ask(context: RunContext, one: One): Asked {
  switch (one.kind) {
    case "run":
      return askCommand(context, one);
    case "request":
      return askRequest(context, one.request);
  }
}
