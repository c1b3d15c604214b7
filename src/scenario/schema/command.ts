/**
 * A command line in a scenario: how it is written, and what can be said of it before it runs, by the
 * clients' own parsers. `run` has one, `together` several; `run/commands.ts` types them.
 */
import { z } from "zod";
import type { CommandReading } from "../../clients/index.js";
import { didYouMean } from "../../text/nearest.js";
import type { Known } from "../known.js";
import type { Path } from "../load/path.js";
import type { Problem, Spot } from "../load/problem.js";
import { line, MATCH_WORDS, name, textMatch, whole } from "./values.js";
import type { Fields, NameUse } from "../verbs/verb.js";

/** What must come of a command line, or be on a page. */
export const outcome = z
  .strictObject({
    exit: z
      .union([whole(0, 255), z.literal("any")], { error: "an exit code from 0 to 255, or any" })
      .optional()
      .meta({ description: "The exit code; any: whatever it is. Default 0." }),
    stdout: textMatch.optional().meta({ description: `What it prints: ${MATCH_WORDS}` }),
    stderr: textMatch.optional().meta({ description: `What it complains: ${MATCH_WORDS}` }),
  })
  .optional();

export const command = {
  run: line(8_192, "a command line such as: nova list").meta({
    description: "A command line, as a user would type it.",
    examples: ["nova boot t3 --flavor m1.nano --image cirros --nic net-id=private"],
  }),
  as: name.optional().meta({ description: "The user who types it. Default: demo." }),
  expect: outcome.meta({ description: "Exit code (default 0) and output." }),
};

export type Command = Fields<typeof command>;

export const commandText = ({ run, as }: Command): string =>
  as === undefined ? run : `(${as}) ${run}`;

/** Who types it and what it names; `at` leads to the command. */
export function commandNames({ run, as, expect }: Command, known: Known, at: Path): NameUse[] {
  const user = as === undefined ? [] : [{ what: "user", name: as, at: [...at, "as"] } as const];
  const reading = readingOf(run, known);
  if (reading?.ok !== true) return user;
  const names = reading.command.names.filter(
    ({ name: used, makes }) =>
      // A command that is expected to fail may name what is not there, and so may the turns of a
      // `repeat:`; and what Nova or a person has made up as an id is nobody's name.
      makes !== undefined || ((expect?.exit ?? 0) === 0 && run.includes(used) && !isId(used)),
  );
  return [...user, ...names.map((one) => ({ ...one, at: [...at, "run"] }))];
}

const isId = (text: string): boolean => /^[0-9a-f-]{32,36}$/u.test(text);

/** How it would end for certain, if that is not how it is expected to end. */
export function commandProblems({ run, expect }: Command, known: Known, at: Path): Problem<Spot>[] {
  const reading = readingOf(run, known);
  if (reading?.ok !== false) return [];
  const { advice, message, result } = reading;
  const expected = expect?.exit ?? 0;
  if (expected === "any") return [];
  // A reference that leads nowhere would end it first.
  if (result.exit === expected || (expected === 1 && run.includes("{{"))) return [];
  const [what = ""] = message.trim().split("\n");
  const not = expected === 0 ? "" : `, not ${String(expected)}`;
  const { word, known: others = [], form } = advice;
  const close = word === undefined ? undefined : didYouMean(word.replace(/=.*$/su, ""), others);
  const written = form === undefined ? undefined : `Write: ${form}`;
  return [
    {
      severity: "error",
      message: `this would end with exit code ${String(result.exit)}${not}: ${what}`,
      hint:
        close ?? written ?? `If that is meant, say so: expect: { exit: ${String(result.exit)} }`,
      place: { path: [...at, "run"], word },
    },
  ];
}

/** `run` as it is read; as in the first turn of a `repeat:` if it makes no sense as it stands. */
function readingOf(run: string, { readCommand }: Known): CommandReading | undefined {
  const reading = readCommand?.(run);
  if (reading?.ok !== false || !run.includes("{n}")) return reading;
  return readCommand?.(run.replaceAll("{n}", "1"));
}
