/**
 * Headers between Node's and the simulation's: there they are texts, here bytes that UTF-8 was written in. What
 * concerns one connection stays on it. Upstream: what eventlet.wsgi puts into a request's environment.
 */
import type { IncomingHttpHeaders } from "node:http";
import type { Headers } from "../../http/index.js";

const OF_THE_CONNECTION = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "upgrade",
  "expect",
  "accept-encoding",
]);

export function headersIn(headers: IncomingHttpHeaders): Headers {
  const kept: [string, string][] = [];
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined || OF_THE_CONNECTION.has(name)) continue;
    kept.push([name, decoded(typeof value === "string" ? value : value.join(", "))]);
  }
  return Object.fromEntries(kept);
}

/** What the simulation says of itself that Node says better. */
const OF_THE_ANSWER = new Set(["connection", "transfer-encoding", "content-length", "date"]);

/** Names and values in turn, as they can be sent. */
export function headersOut(headers: Headers): string[] {
  const sent: string[] = [];
  for (const name in headers) {
    if (OF_THE_ANSWER.has(name) || !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/u.test(name)) continue;
    // The simulation has one header of a name, with a comma between several cookies.
    const several =
      name === "set-cookie" ? (headers[name] ?? "").split(/, (?=\w+=)/u) : [headers[name] ?? ""];
    for (const value of several) sent.push(name, encoded(value));
  }
  return sent;
}

const plain = /^[\x20-\x7e\t]*$/u;

function decoded(latin: string): string {
  if (plain.test(latin)) return latin;
  const bytes = Buffer.from(latin, "latin1");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return latin;
  }
}

function encoded(text: string): string {
  if (plain.test(text)) return text;
  return Buffer.from(text.replace(/[\x00-\x08\x0a-\x1f\x7f]+/gu, " ")).toString("latin1");
}
