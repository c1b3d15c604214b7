/** `request:` One request is made, its answer is looked at, and parts of it are kept for later. */
import { bodyText, type RawAnswer } from "../../clients/index.js";
import { toJson, type Json } from "../../python/index.js";
import { ANY, NOBODY, requestText, type Request } from "../schema/request.js";
import type { Asked } from "./asked.js";
import { observeCheck, type RunContext } from "./context.js";
import { attempt, StepFailed } from "./failure.js";
import { textMatcher } from "./match.js";
import { lacking, memberAt, shown } from "./json-match.js";
import { References } from "./references.js";

/** Make it; no time goes by. */
export function askRequest(context: RunContext, step: Request): Asked {
  const { to, method = "GET", path, headers = {}, body, from } = step;
  const { as = context.defaultUser } = step;
  const anonymous = as === NOBODY || from !== undefined;
  const asker = attempt(() => {
    if (from === undefined) return context.world.user(anonymous ? context.defaultUser : as);
    const guest = context.world.guest?.(from);
    if (guest === undefined) throw new Error("this world has no guests that could ask");
    return guest;
  });
  const filled = new References(context.world, context.kept, step.expect?.status === ANY);
  const request = {
    to,
    method,
    path: filled.inText(path),
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, filled.inText(value)]),
    ),
    body: body === undefined ? undefined : filled.in(toJson(body)),
    anonymous,
  };
  const thread = asker.beginRequest(request, context.cause);
  return {
    thread,
    judge() {
      judge(context, step, thread.result);
      keep(context, step, thread.result);
    },
  };
}

/** A request that nothing is said about must be answered with a status below 400. */
function judge(context: RunContext, step: Request, answer: RawAnswer): void {
  const { expect } = step;
  const wrong = mismatches(answer, expect ?? {}, new References(context.world, context.kept));
  const passed = wrong.length === 0;
  const expected = expect ?? { status: "below 400" };
  if (expect !== undefined || !passed) {
    observeCheck(context, requestText(step), passed, expected, passed ? expected : dataOf(answer));
  }
  if (passed) return;
  const what = `\`${requestText(step)}\` was not answered as expected`;
  const details = [...wrong, ...told(answer)];
  throw new StepFailed({ kind: "expectation", what, details, expected, actual: dataOf(answer) }, [
    "request",
  ]);
}

function mismatches(
  answer: RawAnswer,
  expect: NonNullable<Request["expect"]>,
  filled: References,
): string[] {
  if (answer.kind === "error") {
    if (expect.status === ANY) return [];
    if (expect.error === undefined) return ["there was no answer"];
    const mismatch = textMatcher(expect.error)(answer.message);
    return mismatch === undefined ? [] : [`the reason ${mismatch}`];
  }
  if (expect.error !== undefined) return ["there was an answer"];
  const { status, headers, body } = answer.response;
  const wrong: string[] = [];
  const { status: right } = expect;
  const statuses = typeof right === "number" ? [right] : right;
  if (statuses !== ANY && (statuses === undefined ? status >= 400 : !statuses.includes(status))) {
    const wanted = statuses === undefined ? "one below 400" : statuses.join(" or ");
    wrong.push(`status ${String(status)} instead of ${wanted}`);
  }
  for (const [name, match] of Object.entries(expect.headers ?? {})) {
    const value = headers[name.toLowerCase()];
    const mismatch =
      value === undefined ? "is not there" : textMatcher(filled.inMatch(match))(value);
    if (mismatch !== undefined) wrong.push(`header ${name} ${mismatch}`);
  }
  if (expect.body !== undefined) {
    const lack = lacking(filled.in(toJson(expect.body)), body, "body");
    if (lack !== undefined) wrong.push(lack);
  }
  if (expect.text !== undefined) {
    const mismatch = textMatcher(filled.inMatch(expect.text))(bodyText(body));
    if (mismatch !== undefined) wrong.push(`the body ${mismatch}`);
  }
  return wrong;
}

/** @throws StepFailed for a part that the answer does not have */
function keep(context: RunContext, { keep: wanted = {} }: Request, answer: RawAnswer): void {
  for (const [name, path] of Object.entries(wanted)) {
    const value = answer.kind === "response" ? partAt(path, answer.response) : undefined;
    if (value === undefined) {
      const what = `the answer has no ${path} that could be kept as ${name}`;
      throw new StepFailed({ kind: "step", what, details: told(answer) }, [
        "request",
        "keep",
        name,
      ]);
    }
    context.kept.set(name, value);
  }
}

const HEADER = "header:";

function partAt(
  path: string,
  { headers, body }: { readonly headers: Readonly<Record<string, string>>; readonly body: Json },
): Json | undefined {
  if (!path.startsWith(HEADER)) return memberAt(body, path);
  const name = path.slice(HEADER.length).trim().toLowerCase();
  return Object.hasOwn(headers, name) ? headers[name] : undefined;
}

function told(answer: RawAnswer): string[] {
  if (answer.kind === "error") return [`the reason was: ${answer.message}`];
  const { status, body } = answer.response;
  return [`answered ${String(status)}: ${shown(body)}`];
}

const dataOf = (answer: RawAnswer): unknown =>
  answer.kind === "error"
    ? { error: answer.message }
    : { status: answer.response.status, body: answer.response.body };
