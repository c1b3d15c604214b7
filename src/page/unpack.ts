/** The recording out of the page: base64, gzip, lines. */
import { readTimeline, type ReadTimeline } from "../timeline/index.js";

/** @throws Error in words for a reader, if this browser cannot */
export async function unpack(base64: string): Promise<ReadTimeline> {
  if (typeof DecompressionStream === "undefined") {
    throw new Error(
      "This browser cannot unpack the recording (needs Chrome 80, Firefox 113, Safari 16.4).",
    );
  }
  const packed = new Blob([bytesOf(base64.trim())]);
  const stream = packed.stream().pipeThrough(new DecompressionStream("gzip"));
  return readTimeline(await new Response(stream).text());
}

/** A plain loop: of all ways that every browser has, the fastest. */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
