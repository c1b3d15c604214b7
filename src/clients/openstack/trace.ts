/**
 * What `--debug` shows of each request and response, as curl commands with secrets hashed. Printed
 * only, never sent. Upstream: HTTPClient.http_log_req and http_log_resp; transcripts §T1 and §T3.
 */
import { sha1 } from "@noble/hashes/legacy.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Headers, HttpResponse } from "../../http/index.js";
import {
  dictOrder,
  dumps,
  isObject,
  redumped,
  repr,
  type Json,
  type JsonObject,
} from "../../python/index.js";

const hashed = (secret: string): string => `{SHA1}${bytesToHex(sha1(utf8ToBytes(secret)))}`;

/** `REQ: curl -i 'http://...' -X GET -H "..." -d '{...}'`. */
export function requestLine(
  method: string,
  url: string,
  headers: Headers,
  body: Json | undefined,
  insecure: boolean,
): string {
  const parts = ["curl -i"];
  if (insecure) parts.push(" --insecure");
  parts.push(` '${url}'`, ` -X ${method}`);
  for (const name of Object.keys(headers).sort()) {
    const value = headers[name] ?? "";
    parts.push(` -H "${name}: ${name === "X-Auth-Token" ? hashed(value) : value}"`);
  }
  if (body !== undefined) {
    const shown = redact(body, ["auth", "passwordCredentials", "password"]);
    parts.push(` -d '${redumped(shown)}'`);
  }
  return `REQ: ${parts.join("")}`;
}

/**
 * `RESP: [202] CaseInsensitiveDict({...})` and `RESP BODY: ...`, then an empty line. Date, length and
 * type come from the server's WSGI layer on a real cloud; what is absent is filled in from `date`
 * (an HTTP date) and the body. The body of a 400 is not shown, as upstream.
 */
export function responseLines(response: HttpResponse, date: string): string {
  const { status, body } = response;
  const shown = typeof body === "string" || status === 400 ? null : body;
  const json = redumped(redact(shown, ["access", "token", "id"]));
  return `RESP: [${String(status)}] ${headersShown(response, date)}\nRESP BODY: ${json}\n`;
}

/** `CaseInsensitiveDict({...})`: the headers of `response`, with those that a real server adds. */
export function headersShown({ headers: sent, body }: HttpResponse, date: string): string {
  const empty = body === null || body === "";
  const text = typeof body === "string" ? body : dumps(body);
  const html = typeof body === "string" || empty;
  const headers: JsonObject = {
    "content-type": html ? "text/html; charset=UTF-8" : "application/json",
    "content-length": empty ? "0" : String(text.length),
    ...sent,
    date: sent["date"] ?? date,
  };
  // `repr` makes a dictionary of the dictionary that the headers are kept in.
  const names = dictOrder(Object.keys(headers));
  const kept = Object.fromEntries(names.map((name) => [name, headers[name] ?? null]));
  return `CaseInsensitiveDict(${repr(kept, "")})`;
}

/** `body` with the text at `path` hashed, if it is there. */
function redact(body: Json, path: readonly string[]): Json {
  const [key, ...rest] = path;
  if (key === undefined) return typeof body === "string" ? hashed(body) : body;
  if (!isObject(body)) return body;
  const member = body[key];
  return member === undefined ? body : { ...body, [key]: redact(member, rest) };
}
