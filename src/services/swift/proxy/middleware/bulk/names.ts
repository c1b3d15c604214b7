/**
 * The names in the body of a request for many deletes, a line each. The body is read in pieces as long as the
 * longest path, and a line may end a request by where such a piece ends. Upstream:
 * swift/common/middleware/bulk.py (get_objs_to_delete) at 2.2.0.
 */
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { IncompleteBody } from "../../../../../http/index.js";
import type { Op } from "../../../../../kernel/index.js";
import { wellFormed } from "../../../../../python/index.js";
import { Answered, answer } from "../../../common/answer.js";
import { LIMITS } from "../../../common/constraints.js";
import { contentOf } from "../../../common/content.js";
import { quotePath } from "../../../common/split-path.js";
import type { ProxyRequest } from "../../request.js";

const MAX_PATH = LIMITS.max_object_name_length + LIMITS.max_container_name_length + 2;

/** Something to delete. */
export interface Item {
  /** `/container/object`; empty for a line without one. Undefined for what cannot be a name. */
  readonly name: string | undefined;
  /** As a report calls it. */
  readonly quoted: string;
  /** Why it is left alone. */
  readonly error?: { readonly status: number; readonly message: string };
}

export const itemOf = (name: string): Item => ({ name, quoted: quotePath(name) });

/** @throws Answered with 411 without a length, 413 for too many, 400 for a line too long */
export function* itemsIn(request: ProxyRequest, most: number): Op<Item[]> {
  const { headers, contentLength } = request;
  const chunked = headers.get("transfer-encoding")?.toLowerCase() === "chunked";
  if (contentLength === undefined && !chunked) throw new Answered(answer(411, { body: "" }));
  const body = yield* bytesOf(request);
  const items: Item[] = [];
  let line = "";
  for (let at = 0, more = true; more;) {
    const end = line.indexOf("\n");
    if (end >= 0) {
      items.push(unquoted(line.slice(0, end).trim()));
      line = line.slice(end + 1);
    } else if (at < body.length) {
      line += body.slice(at, at + MAX_PATH);
      at += MAX_PATH;
    } else {
      more = false;
      const last = line.trim();
      if (last !== "") items.push(unquoted(last));
    }
    if (items.length > most) {
      const words = `Maximum Bulk Deletes: ${String(most)} per request`;
      throw new Answered(answer(413, { body: words }));
    }
    if (line.length > MAX_PATH * 2) {
      throw new Answered(answer(400, { body: "Invalid File Name" }));
    }
  }
  return items;
}

/** A character for each byte. */
function* bytesOf({ held, body }: ProxyRequest): Op<string> {
  try {
    const content = contentOf(held === undefined ? body : yield* held.read());
    return typeof content === "string" ? binary(content) : "";
  } catch (error) {
    if (error instanceof IncompleteBody) return "";
    throw error;
  }
}

const binary = (text: string): string =>
  Array.from(utf8ToBytes(wellFormed(text)), (byte) => String.fromCharCode(byte)).join("");

const hex = (sign: string): string =>
  `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;

/** `urllib.unquote`, and whether that is UTF-8 without NUL. */
function unquoted(line: string): Item {
  const bytes = line.replace(/%([0-9a-f]{2})/gi, (_, digits: string) =>
    String.fromCharCode(parseInt(digits, 16)),
  );
  try {
    const name = decodeURIComponent(bytes.replace(/[%\x80-\xff]/g, hex));
    if (!name.includes("\0")) return itemOf(name);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
  }
  return { name: undefined, quoted: bytes.replace(/[^\w./-]/g, hex) };
}
