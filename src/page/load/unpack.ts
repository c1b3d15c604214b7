/** The recording out of the page, piece by piece: base64, gzip, text that ends where a line ends. */

/** So many lines come first: enough for a first picture. */
const FIRST = 2_000;
/** And so many characters at a time after that: about 8 ms of reading. */
const PIECE = 400_000;
/** Of base64, taken at a time; whole groups of four. */
const SLICE = 1 << 18;

/** @throws Error in words for a reader, if this browser cannot, or if the recording is damaged */
export async function* unpacked(base64: string): AsyncGenerator<string> {
  if (typeof DecompressionStream === "undefined") {
    throw new Error(
      "This browser cannot unpack the recording (needs Chrome 80, Firefox 113, Safari 16.4).",
    );
  }
  const stream = slices(base64)
    .pipeThrough(new DecompressionStream("gzip"))
    .pipeThrough(new TextDecoderStream());
  const reader = stream.getReader();
  let held = "";
  let lines = 0;
  let first = true;
  for (;;) {
    const { done, value = "" } = await next(reader);
    if (done) break;
    held += value;
    if (first) lines += value.split("\n").length - 1;
    if (first ? lines < FIRST : held.length < PIECE) continue;
    first = false;
    const end = held.lastIndexOf("\n") + 1;
    if (end === 0) continue;
    yield held.slice(0, end);
    held = held.slice(end);
  }
  if (held !== "") yield held;
}

async function next(
  reader: ReadableStreamDefaultReader<string>,
): Promise<ReadableStreamReadResult<string>> {
  try {
    return await reader.read();
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new Error(`The recording in this page is damaged (${words}). Make the page again.`, {
      cause: error,
    });
  }
}

/** Not all at once: the first lines are wanted before the last bytes. */
function slices(base64: string): ReadableStream<BufferSource> {
  let at = 0;
  return new ReadableStream<BufferSource>({
    pull(controller) {
      if (at >= base64.length) {
        controller.close();
        return;
      }
      controller.enqueue(bytesOf(base64.slice(at, at + SLICE)));
      at += SLICE;
    },
  });
}

/** What the newest browsers do themselves, in a twentieth of the time of any other way. */
interface FromBase64 {
  readonly fromBase64?: (text: string) => Uint8Array<ArrayBuffer>;
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const { fromBase64 } = Uint8Array as FromBase64;
  if (fromBase64 !== undefined) return fromBase64.call(Uint8Array, base64);
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
