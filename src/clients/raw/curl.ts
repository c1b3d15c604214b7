/**
 * A request of one's own in the words that people know: the curl command that makes it, and what
 * curl prints. It is shown only; what is sent, `request.ts` sends. Upstream: curl 7.35 (-i, -sS).
 */
import { reason, type Headers } from "../../http/index.js";
import type { Json } from "../../python/index.js";
import { printable } from "../shell/char-width.js";
import type { CommandResult } from "../shell/console.js";
import type { RawAnswer } from "./answer.js";

/** Whoever reads knows whose token it is by the user, and a token is nobody's business. */
const TOKEN = `-H "X-Auth-Token: $OS_TOKEN"`;

/** `curl -i -X POST http://controller:9696/v2.0/ports -H "X-Auth-Token: $OS_TOKEN" -d '{...}'`. */
export function curlLine(
  method: string,
  url: string,
  headers: Headers,
  body: Json | undefined,
  anonymous: boolean,
): string {
  const names = Object.keys(headers);
  const own = names.some((name) => name.toLowerCase() === "x-auth-token");
  const parts = ["curl -i"];
  if (method !== "GET") parts.push(`-X ${method}`);
  parts.push(/^[\w.:/%=-]+$/u.test(url) ? url : quoted(url));
  if (!anonymous && !own) parts.push(TOKEN);
  for (const name of names) parts.push(`-H ${quoted(`${name}: ${headers[name] ?? ""}`)}`);
  if (body !== undefined) {
    if (!names.some((name) => name.toLowerCase() === "content-type")) {
      parts.push(`-H "Content-Type: application/json"`);
    }
    parts.push(`-d ${quoted(typeof body === "string" ? body : JSON.stringify(body))}`);
  }
  return parts.join(" ");
}

/** What curl's exit codes say (curl(1)): could not connect, timed out, nothing came back. */
const EXITS: readonly (readonly [pattern: RegExp, code: number])[] = [
  [/refused/u, 7],
  [/timed out/u, 28],
  [/aborted|reset/u, 52],
];

/** Status line, headers, an empty line, the body; or why there is none. */
export function curlOutput(answer: RawAnswer): CommandResult {
  if (answer.kind === "error") {
    const exit = EXITS.find(([pattern]) => pattern.test(answer.message))?.[1] ?? 1;
    return { stdout: "", stderr: `${printable(answer.message)}\n`, exit };
  }
  const { status, headers, body } = answer.response;
  const lines = [
    `HTTP/1.1 ${String(status)} ${reason(status)}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    "",
  ];
  const text = body === null || body === "" ? [] : [bodyText(body)];
  const stdout = [...lines, ...text].map((line) => `${printable(line)}\n`).join("");
  return { stdout, stderr: "", exit: 0 };
}

/** As it travels. */
export const bodyText = (body: Json): string =>
  typeof body === "string" ? body : JSON.stringify(body);

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
