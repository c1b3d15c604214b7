/**
 * Image data on the wire: how much it is, what it would sum up to, and how long its sender takes to
 * send it. The bytes themselves do not exist.
 */
import { IncompleteBody, type DataBody, type HttpRequest, type Sender } from "../../http/index.js";
import { microseconds, seconds, sleep, type Duration, type Op } from "../../kernel/index.js";
import { ValueError, type Json } from "../../python/index.js";

export interface ImageData extends DataBody {
  readonly $data: {
    readonly bytes: number;
    /** MD5 of what is not there; data without one is unlike all other data. */
    readonly checksum?: string;
    /** How long its sender takes: who reads it waits as long. */
    readonly duration?: Duration;
  };
}

/** Data that comes in with a request, whose sender may go away. */
export interface IncomingData extends ImageData {
  readonly sender?: Sender | undefined;
}

export function isImageData(body: Json): body is Json & ImageData {
  return typeof body === "object" && body !== null && "$data" in body;
}

/** The data of a request, if that is what its body is. */
export function incoming({ body, entity, sender }: HttpRequest): IncomingData | undefined {
  if (entity !== undefined) return { $data: entity.$data, sender };
  return isImageData(body) ? { $data: body.$data, sender } : undefined;
}

/** How long `bytes` take at so many bytes a second. */
export const transferTime = (bytes: number, bytesPerSecond: number): Duration =>
  seconds(bytes / bytesPerSecond);

/** The first of it, which takes its part of the time: as far as somebody reads who has a limit. */
export function upTo({ $data, sender }: IncomingData, bytes: number): IncomingData {
  const duration = microseconds(Math.floor((($data.duration ?? 0) * bytes) / $data.bytes));
  return { $data: { ...$data, bytes, duration }, sender };
}

/**
 * Read data to its end, at the pace at which it is sent.
 * @throws ValueError if it breaks off: clients send it in chunks, and the length of the next is missing
 */
export function* receive({ $data: { duration = 0 }, sender }: IncomingData): Op<void> {
  if (duration === 0) return;
  if (sender === undefined) return yield* sleep(duration);
  try {
    yield* sender.stream(duration);
  } catch (error) {
    if (!(error instanceof IncompleteBody)) throw error;
    throw new ValueError("invalid literal for int() with base 16: ''");
  }
}
