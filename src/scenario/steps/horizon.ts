/**
 * `horizon:` Somebody does something in Horizon, by what they see there, and the scenario goes on when the page is shown. What
 * scripts do in a page that stays open goes on behind it.
 */
import { described, late } from "../../framework/option-values.js";
import { acts, actOf } from "../horizon/acts.js";
import { finish, type Asked } from "../run/asked.js";
import { judgeOutput } from "../run/commands.js";
import type { RunContext } from "../run/context.js";
import { attempt } from "../run/failure.js";
import { outcome } from "../schema/command.js";
import { name } from "../schema/values.js";
import { verb, type Fields } from "../verbs/verb.js";

const schema = {
  horizon: described(
    late(() => acts().schema),
    "What is done there: one act, by what is seen on the page.",
  ),
  as: name.optional().meta({ description: "Whose browser it is. Default: demo." }),
  expect: outcome.meta({
    description:
      "What must be on the page (stdout), and whether all is well: exit 0, or 1 if it shows an error.",
  }),
};

export const horizon = verb({
  key: "horizon",
  schema,
  text: textOf,
  names: (step, known) => [
    ...(step.as === undefined ? [] : [{ what: "user", name: step.as, at: ["as"] } as const]),
    ...acts()
      .names(step.horizon, known)
      .map((use) => ({ ...use, at: ["horizon", ...use.at] })),
  ],
  run: (context, step) => finish(context, [begin(context, step)]),
});

function textOf({ horizon: act, as }: Fields<typeof schema>): string {
  const text = `horizon: ${acts().text(act) ?? ""}`;
  return as === undefined ? text : `(${as}) ${text}`;
}

function begin(context: RunContext, step: Fields<typeof schema>): Asked {
  const thread = attempt(() => {
    const user = context.world.user(step.as ?? context.defaultUser);
    if (user.beginAct === undefined) throw new Error("this world has no browsers");
    return user.beginAct(actOf(step.horizon), context.cause);
  });
  return {
    thread,
    judge() {
      judgeOutput(context, textOf(step), step.expect, thread.result, "horizon");
    },
  };
}
