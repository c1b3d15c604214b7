/**
 * Image data on the wire: how much it is, what it would sum up to, and how long its sender takes to
 * send it. The bytes themselves do not exist.
 */
import type { DataBody } from "../../http/index.js";
import { seconds, sleep, type Duration, type Op } from "../../kernel/index.js";
import type { Json } from "../../python/index.js";

export interface ImageData extends DataBody {
  readonly $data: {
    readonly bytes: number;
    /** MD5 of what is not there; data without one is unlike all other data. */
    readonly checksum?: string;
    /** How long its sender takes: who reads it waits as long. */
    readonly duration?: Duration;
  };
}

export function isImageData(body: Json): body is Json & ImageData {
  return typeof body === "object" && body !== null && "$data" in body;
}

/** How long `bytes` take at so many bytes a second. */
export const transferTime = (bytes: number, bytesPerSecond: number): Duration =>
  seconds(bytes / bytesPerSecond);

/** Read data to its end, at the pace at which it is sent. */
export function* receive(data: ImageData): Op<void> {
  const { duration = 0 } = data.$data;
  if (duration > 0) yield* sleep(duration);
}
