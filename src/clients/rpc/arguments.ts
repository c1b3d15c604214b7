/**
 * The arguments of a message as they are typed: `address=10.0.0.3` is a text, `n:=3` is JSON. Texts
 * need no quotes, and the number 42 is never taken for the text "42". Upstream: none (HTTPie's way).
 */
import { InvalidArgument } from "../shell/parser/spec.js";

const PAIR = /^([^=:]+)(:?=)(.*)$/s;

/** `[name, value]` of one word. @throws InvalidArgument */
export function messageArgument(word: string): [name: string, value: unknown] {
  const [, name = "", sign, value = ""] = PAIR.exec(word) ?? [];
  if (name === "") {
    throw new InvalidArgument(`'${word}' is neither name=text nor name:=json`, word);
  }
  return [name, sign === "=" ? value : json(name, value)];
}

/** All of them as the arguments of one message. @throws InvalidArgument also for one given twice */
export function messageArguments(words: readonly string[]): Record<string, unknown> {
  const pairs = words.map((word) => messageArgument(word));
  const names = pairs.map(([name]) => name);
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined) throw new InvalidArgument(`'${twice}' is given twice`, twice);
  return Object.fromEntries(pairs);
}

function json(name: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new InvalidArgument(
      `${name}:=${text} is not JSON; write ${name}=${text} for a text`,
      text,
    );
  }
}
