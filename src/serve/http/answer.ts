/**
 * An answer of the simulation on its way out: as JSON, as a text, or as bytes that the store has. It gets the
 * headers that a server adds to every answer (eventlet.wsgi: Date, Content-Length); the date is that of the
 * simulation, so that the same requests are answered with the same bytes.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { reason, type DataBody, type DataPart, type HttpResponse } from "../../http/index.js";
import { isObject, type Json } from "../../python/index.js";
import { headersOut } from "./headers.js";
import { jsonText } from "./json-text.js";
import type { ByteStore } from "./store.js";

export interface AnswerOptions {
  /** `x-openstack-request-id` beside what a service calls its id. */
  readonly requestId: boolean;
}

const ID = "x-openstack-request-id";
const OWN_IDS = ["x-compute-request-id", "x-trans-id"];

/** Statuses that have no body at all. */
const BODILESS = new Set([204, 205, 304]);

export async function send(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { status, headers, body, reason: words }: HttpResponse,
  date: string,
  store: ByteStore,
  { requestId }: AnswerOptions,
): Promise<void> {
  const sent = headersOut(headers);
  const has = (name: string): boolean => Object.hasOwn(headers, name);
  sent.push("date", date);
  const id = OWN_IDS.map((name) => headers[name]).find((value) => value !== undefined);
  if (requestId && !has(ID) && id !== undefined) sent.push(ID, id);
  const data = isData(body) ? body : undefined;
  const bytes = data === undefined ? bytesOf(body) : undefined;
  const length = data?.$data.bytes ?? bytes?.length ?? 0;
  if (!BODILESS.has(status)) {
    if (!has("content-type")) sent.push("content-type", typeOf(body));
    const said = incoming.method === "HEAD" ? headers["content-length"] : undefined;
    sent.push("content-length", said !== undefined && /^\d+$/u.test(said) ? said : String(length));
  }
  outgoing.writeHead(status, words ?? reason(status), sent);
  if (incoming.method === "HEAD" || BODILESS.has(status) || data === undefined) {
    outgoing.end(incoming.method === "HEAD" || BODILESS.has(status) ? undefined : bytes);
    return;
  }
  await pipeline(Readable.from(chunks(data, store)), outgoing);
}

const isData = (body: Json): body is Json & DataBody =>
  isObject(body) && isObject(body["$data"]) && Number.isSafeInteger(body["$data"]["bytes"]);

async function* chunks({ $data }: DataBody, store: ByteStore): AsyncGenerator<Buffer> {
  const { bytes, checksum = "", parts } = $data;
  const whole: readonly DataPart[] = parts ?? [{ checksum, start: 0, bytes }];
  let left = bytes;
  for (const part of whole) {
    for await (const chunk of store.read(part)) {
      yield chunk.length <= left ? chunk : chunk.subarray(0, left);
      left -= chunk.length;
      if (left <= 0) return;
    }
  }
}

function bytesOf(body: Json): Buffer {
  if (body === null) return Buffer.alloc(0);
  return Buffer.from(typeof body === "string" ? body : jsonText(body));
}

/** Of what has no body, too, webob says what it would be. */
function typeOf(body: Json): string {
  if (typeof body === "string" || body === null) return "text/html; charset=UTF-8";
  return isData(body) ? "application/octet-stream" : "application/json; charset=UTF-8";
}
