/**
 * What a GET or HEAD asks to be conditional on, and which bytes it asks for. Upstream:
 * swift/common/swob.py (Range, Match, Response._response_iter) at 2.2.0.
 */
import type { HttpResponse } from "../../../http/index.js";
import type { Stream } from "../../../kernel/index.js";
import { lengthOf, slice, type Content } from "./content.js";
import { parseHttpDate } from "./timestamp.js";

const MAX_RANGES = 50;
const MAX_OVERLAPS = 2;
const MAX_NONASCENDING = 8;

type Bounds = readonly [start: number | null, end: number | null];
type Piece = readonly [start: number, stop: number];

/** What a Range header says; undefined if it is to be ignored. */
export function parseRange(header: string | undefined): readonly Bounds[] | undefined {
  const text = header?.replaceAll(" ", "") ?? "";
  if (!text.toLowerCase().startsWith("bytes=")) return undefined;
  const bounds: Bounds[] = [];
  for (const part of text.slice(6).split(",")) {
    const [, from = "", to = ""] = /^(\d*)-(\d*)$/.exec(part) ?? [];
    if (from === "" && to === "") return undefined;
    const start = from === "" ? null : Number(from);
    const end = to === "" ? null : Number(to);
    if (start !== null && end !== null && end < start) return undefined;
    bounds.push([start, end]);
  }
  return bounds;
}

/** The pieces of something of that length; none: the range cannot be satisfied. */
export function piecesOf(bounds: readonly Bounds[], length: number): Piece[] {
  const pieces = bounds.flatMap(([start, end]): Piece[] => {
    if (start === null)
      return end === null || end === 0 ? [] : [[Math.max(0, length - end), length]];
    if (start >= length) return [];
    return [[start, end === null ? length : Math.min(end + 1, length)]];
  });
  return isEgregious(pieces) ? [] : pieces;
}

/** Too many, too much of the same, or out of order: RFC 7233, 6.1. */
function isEgregious(pieces: readonly Piece[]): boolean {
  if (pieces.length > MAX_RANGES) return true;
  let overlaps = 0;
  for (const [at, [start1, end1]] of pieces.entries()) {
    for (const [start2, end2] of pieces.slice(at + 1)) {
      const overlap =
        (start1 < start2 && start2 < end1) ||
        (start1 < end2 && end2 < end1) ||
        (start2 < start1 && start1 < end2) ||
        (start2 < end1 && end1 < end2);
      if (overlap && ++overlaps > MAX_OVERLAPS) return true;
    }
  }
  const ascending = pieces.every(([start], at) => at === 0 || start >= (pieces[at - 1]?.[0] ?? 0));
  return !ascending && pieces.length >= MAX_NONASCENDING;
}

/** The tags of If-Match or If-None-Match. */
export function tagsOf(header: string | undefined): ReadonlySet<string> | undefined {
  if (header === undefined) return undefined;
  return new Set(header.split(", ").map((tag) => tag.replace(/^"(.*)"$/, "$1")));
}

/** `headers` as the answer's, in lower case. */
type Asked = Readonly<Record<string, string>>;

/** The status that conditions of the request make of an answer; undefined if all are met. */
function refusedBy(asked: Asked, { status, headers }: HttpResponse): 304 | 412 | undefined {
  const etag = headers["etag"]?.replace(/^"(.*)"$/, "$1");
  const modified = parseHttpDate(headers["last-modified"]);
  const noneMatch = tagsOf(asked["if-none-match"]);
  const match = tagsOf(asked["if-match"]);
  if (etag !== undefined && noneMatch !== undefined && has(noneMatch, etag)) return 304;
  if (etag !== undefined && match !== undefined && !has(match, etag)) return 412;
  if (status === 404 && match?.has("*") === true) return 412;
  if (modified <= parseHttpDate(asked["if-modified-since"])) return 304;
  if (modified > parseHttpDate(asked["if-unmodified-since"])) return 412;
  return undefined;
}

const has = (tags: ReadonlySet<string>, etag: string): boolean => tags.has("*") || tags.has(etag);

/** An answer with `content`, as far as the request wants it. */
export function conditional(
  method: string,
  asked: Asked,
  response: HttpResponse,
  content: Content | undefined,
  boundaries: Stream,
): HttpResponse {
  const refusal = refusedBy(asked, response);
  if (refusal !== undefined) return empty(refusal, response);
  if (method === "HEAD" || content === undefined) return response;
  const bounds = parseRange(asked["range"]);
  if (bounds === undefined) return { ...response, body: content };
  const length = lengthOf(content);
  const pieces = piecesOf(bounds, length);
  const [first, ...others] = pieces;
  if (first === undefined) return empty(416, response);
  if (others.length > 0) return multipart(response, content, pieces, boundaries.hex32());
  return {
    status: 206,
    headers: {
      ...response.headers,
      "content-range": rangeOf(first, length),
      "content-length": String(first[1] - first[0]),
    },
    body: slice(content, ...first),
  };
}

const empty = (status: number, { headers }: HttpResponse): HttpResponse => ({
  status,
  headers: { ...headers, "content-length": "0" },
  body: null,
});

const rangeOf = ([start, stop]: Piece, length: number): string =>
  `bytes ${String(start)}-${String(stop - 1)}/${String(length)}`;

/** Several pieces, one behind the other. Of data only the size is known. */
function multipart(
  { headers }: HttpResponse,
  content: Content,
  pieces: readonly Piece[],
  boundary: string,
): HttpResponse {
  const length = lengthOf(content);
  const type = headers["content-type"] ?? "";
  const heads = pieces.map(
    (piece) =>
      `\r\n--${boundary}\r\nContent-Type: ${type}\r\nContent-Range: ${rangeOf(piece, length)}\r\n\r\n`,
  );
  const tail = `\r\n--${boundary}--\r\n`;
  const parts = pieces.map((piece) => slice(content, ...piece));
  const whole = parts.every((part) => typeof part === "string");
  const bytes = [...heads, ...parts, tail].reduce((sum, part) => sum + lengthOf(part), 0);
  const body: Content = whole
    ? heads.map((head, at) => `${head}${parts[at] as string}`).join("") + tail
    : { $data: { bytes } };
  return {
    status: 206,
    headers: {
      ...headers,
      "content-type": `multipart/byteranges;boundary=${boundary}`,
      "content-length": String(bytes),
    },
    body,
  };
}
