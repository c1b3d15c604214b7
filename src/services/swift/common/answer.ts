/**
 * Swift's answers: what it says of a status where nobody says more, the type of everything, and
 * conditions and ranges of a request. Upstream: swift/common/swob.py (Response, RESPONSE_REASONS) at 2.2.0.
 */
import type { Headers, HttpResponse } from "../../../http/index.js";
import { Exception, quote, type Json } from "../../../python/index.js";
import { splitPath } from "./split-path.js";

const REASONS: ReadonlyMap<number, readonly [title: string, text: string]> = new Map([
  [202, ["Accepted", "The request is accepted for processing."]],
  [
    400,
    [
      "Bad Request",
      "The server could not comply with the request since it is either malformed or otherwise incorrect.",
    ],
  ],
  [
    401,
    [
      "Unauthorized",
      "This server could not verify that you are authorized to access the document you requested.",
    ],
  ],
  [403, ["Forbidden", "Access was denied to this resource."]],
  [404, ["Not Found", "The resource could not be found."]],
  [405, ["Method Not Allowed", "The method is not allowed for this resource."]],
  [
    406,
    ["Not Acceptable", "The resource is not available in a format acceptable to your browser."],
  ],
  [
    408,
    ["Request Timeout", "The server has waited too long for the request to be sent by the client."],
  ],
  [409, ["Conflict", "There was a conflict when trying to complete your request."]],
  [410, ["Gone", "This resource is no longer available."]],
  [411, ["Length Required", "Content-Length header required."]],
  [412, ["Precondition Failed", "A precondition for this request was not met."]],
  [413, ["Request Entity Too Large", "The body of your request was too large for this server."]],
  [416, ["Requested Range Not Satisfiable", "The Range requested is not available."]],
  [422, ["Unprocessable Entity", "Unable to process the contained instructions"]],
  [499, ["Client Disconnect", "The client was disconnected during request."]],
  [
    500,
    [
      "Internal Error",
      "The server has either erred or is incapable of performing the requested operation.",
    ],
  ],
  [502, ["Bad Gateway", "Bad gateway."]],
  [501, ["Not Implemented", "The requested method is not implemented by this server."]],
  [
    503,
    [
      "Service Unavailable",
      "The server is currently unavailable. Please try again at a later time.",
    ],
  ],
  [
    507,
    ["Insufficient Storage", "There was not enough space to save the resource. Drive: %(drive)s"],
  ],
]);

const TITLES: ReadonlyMap<number, string> = new Map([
  [100, "Continue"],
  [200, "OK"],
  [201, "Created"],
  [204, "No Content"],
  [206, "Partial Content"],
  [304, "Not Modified"],
]);

/** The words behind a status, on its line. */
export const titleOf = (status: number): string =>
  TITLES.get(status) ?? REASONS.get(status)?.[0] ?? "Unknown";

export const HTML = "text/html; charset=UTF-8";
export const PLAIN = "text/plain";

export interface Said {
  readonly body?: Json;
  readonly headers?: Headers;
  readonly type?: string;
  /** Of 507. */
  readonly drive?: string;
}

/** An answer; without a body, what there is to say of its status. */
export function answer(
  status: number,
  { body, headers, type = HTML, drive }: Said = {},
): HttpResponse {
  const said = body === undefined ? page(status, drive) : body;
  const length = typeof said === "string" ? { "content-length": String(byteLength(said)) } : {};
  return { status, headers: { "content-type": type, ...length, ...headers }, body: said };
}

function page(status: number, drive = "unknown"): string | null {
  const reason = REASONS.get(status);
  if (reason === undefined) return status === 304 || status < 200 ? null : "";
  const [title, text] = reason;
  return `<html><h1>${title}</h1><p>${text.replace("%(drive)s", drive)}</p></html>`;
}

const byteLength = (text: string): number =>
  text.length +
  (text.match(/[\u0080-\u{10ffff}]/gu) ?? []).reduce((sum, sign) => sum + more(sign), 0);

const more = (sign: string): number => {
  const point = sign.codePointAt(0) ?? 0;
  return point < 0x800 ? 1 : 2;
};

/** 400 in plain words. */
export const badRequest = (body: string): HttpResponse => answer(400, { body, type: PLAIN });

/** 401 names the account as its realm. */
export function unauthorized(path: string): HttpResponse {
  let realm = "unknown";
  try {
    const [, account] = splitPath(path, 2, 3, true);
    if (account !== null && account !== undefined && account !== "v1.0" && account !== "auth") {
      realm = account;
    }
  } catch (error) {
    if (!(error instanceof Exception)) throw error;
  }
  return answer(401, { headers: { "www-authenticate": `Swift realm="${quote(realm)}"` } });
}

/** An answer that ends a request from further in: swob's HTTPException. */
export class Answered extends Exception {
  static override readonly module: string = "swift.common.swob";
  override readonly name: string = "HTTPException";
  readonly response: HttpResponse;

  constructor(response: HttpResponse) {
    super(`${String(response.status)} ${titleOf(response.status)}`);
    this.response = response;
  }
}

export const isSuccess = (status: number): boolean => status >= 200 && status < 300;
