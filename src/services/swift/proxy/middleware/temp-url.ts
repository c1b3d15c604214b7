/**
 * URLs that let anybody do one thing with one object for a time, signed with a key of the account's.
 * Upstream: swift/common/middleware/tempurl.py at 2.2.0.
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha1 } from "@noble/hashes/legacy.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { Query, type HttpResponse } from "../../../../http/index.js";
import { Exception, quote, wellFormed } from "../../../../python/index.js";
import { answer } from "../../common/answer.js";
import { unixNow } from "../../common/timestamp.js";
import type { ProxyApp } from "../app.js";
import type { Filter, ProxyRequest } from "../request.js";

const METHODS = ["GET", "HEAD", "PUT", "POST", "DELETE"];
/** Who may look may also have been let read or write. */
const ALSO_FOR_HEAD = ["GET", "POST", "PUT"];

export function tempUrl(app: ProxyApp): Filter {
  return (next) =>
    function* (request) {
      const { query, method } = request;
      const [signature] = query.getAll("temp_url_sig");
      const [until] = query.getAll("temp_url_expires");
      if (method === "OPTIONS" || (signature === undefined && until === undefined)) {
        return yield* next(request);
      }
      const expires = expiryOf(app, until);
      const account = accountOf(request);
      if (!signature || expires === 0n || account === undefined) return invalid(method);
      const info = yield* app.info(next, request, account, null, true);
      const keys = ["temp-url-key", "temp-url-key-2"].flatMap((name) => info?.meta[name] ?? []);
      const methods = method === "HEAD" ? [method, ...ALSO_FOR_HEAD] : [method];
      const valid = keys.some((key) =>
        methods.some((each) => signatureOf(each, request.path, expires, key) === signature),
      );
      if (!valid) return invalid(method);
      const { environ, headers } = request;
      headers.delete("x-timestamp");
      environ.authorize = undefined;
      environ.override = true;
      environ.remoteUser = ".wsgi.tempurl";
      const [filename] = query.getAll("filename");
      const inline = query.getAll("inline").length > 0;
      request.query = new Query({
        temp_url_sig: signature,
        temp_url_expires: String(expires),
        ...(filename !== undefined && filename !== "" && { filename }),
      });
      return asDownload(request, yield* next(request), filename, inline);
    };
}

/** HMAC-SHA1 of what may be done, with what and until when. */
const signatureOf = (method: string, path: string, expires: bigint, key: string): string => {
  const bytes = (text: string): Uint8Array => utf8ToBytes(wellFormed(text));
  return bytesToHex(hmac(sha1, bytes(key), bytes(`${method}\n${String(expires)}\n${path}`)));
};

/** 0 for what is over, or no time at all. Python's numbers have no end, and each digit is signed. */
function expiryOf({ env }: ProxyApp, text = ""): bigint {
  const [, sign = "", digits = "0"] = /^\s*([+-]?)(\d+)\s*$/.exec(text) ?? [];
  const expires = sign === "-" ? 0n : BigInt(digits);
  return expires * 1_000_000n < BigInt(unixNow(env)) ? 0n : expires;
}

/** The account, if the request is about an object and may be signed. */
function accountOf(request: ProxyRequest): string | undefined {
  if (!METHODS.includes(request.method)) return undefined;
  try {
    const [version, account, , obj] = request.split(4, 4, true);
    const named = (obj ?? "").replace(/^\/+|\/+$/g, "") !== "";
    return version === "v1" && named ? (account ?? undefined) : undefined;
  } catch (error) {
    if (!(error instanceof Exception)) throw error;
    return undefined;
  }
}

const invalid = (method: string): HttpResponse =>
  answer(401, {
    ...(method !== "HEAD" && { body: "401 Unauthorized: Temp URL invalid\n" }),
    headers: { "www-authenticate": 'Swift realm="unknown"' },
  });

/** Metadata is nobody's business, and a browser saves what it gets. */
function asDownload(
  { method, path }: ProxyRequest,
  response: HttpResponse,
  filename: string | undefined,
  inline: boolean,
): HttpResponse {
  const shown = Object.entries(response.headers).filter(
    ([name]) => !name.startsWith("x-object-meta-") || name.startsWith("x-object-meta-public-"),
  );
  const headers = Object.fromEntries(shown);
  if (method !== "GET" || response.status < 200 || response.status >= 300) {
    return { ...response, headers };
  }
  const name = path.replace(/\/+$/, "").split("/").at(-1) ?? "";
  const kept = headers["content-disposition"];
  const disposition = inline
    ? "inline"
    : filename !== undefined && filename !== ""
      ? attachment(filename)
      : (kept ?? attachment(name));
  const value = disposition.replaceAll("\n", "%0A");
  return { ...response, headers: { ...headers, "content-disposition": value } };
}

const attachment = (name: string): string => {
  const plain = name.split(/([ /])/).map((part) => (/^[ /]$/.test(part) ? part : quote(part)));
  const encoded = name.split("/").map(quote).join("/");
  return `attachment; filename="${plain.join("")}"; filename*=UTF-8''${encoded}`;
};
