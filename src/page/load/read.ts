/**
 * Reads the recording of the page: unpacked by a worker that is made from the page itself, or where no
 * worker may be, here, in slices between which the browser draws.
 */
import { readTimeline, type ReadTimeline } from "../../timeline/index.js";
import { unpacked } from "./unpack.js";

/** What comes of it, piece by piece: text of whole lines, until it ends or something is wrong. */
export type Told = { readonly text: string } | { readonly end: true } | { readonly wrong: string };

export function readRecording(base64: string, tell: (told: Told) => void): void {
  const worker = workerOf(document.getElementById("reader")?.textContent ?? "");
  if (worker === undefined) {
    void readHere(base64, tell);
    return;
  }
  let begun = false;
  worker.onmessage = ({ data }: MessageEvent<Told>): void => {
    begun = true;
    tell(data);
    if (!("text" in data)) worker.terminate();
  };
  // A browser may refuse the worker only when it starts.
  worker.onerror = (event): void => {
    event.preventDefault();
    worker.terminate();
    if (begun) tell({ wrong: event.message });
    else void readHere(base64, tell);
  };
  worker.postMessage(base64);
}

/**
 * All of a recording, for who can do nothing with a part of it.
 * @throws Error in words for a reader
 */
export async function readWhole(base64: string): Promise<ReadTimeline> {
  let whole = "";
  for await (const text of unpacked(base64)) whole += text;
  return readTimeline(whole);
}

function workerOf(source: string): Worker | undefined {
  if (source.trim() === "") return undefined;
  try {
    const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    const worker = new Worker(url);
    URL.revokeObjectURL(url);
    return worker;
  } catch {
    return undefined;
  }
}

async function readHere(base64: string, tell: (told: Told) => void): Promise<void> {
  try {
    for await (const text of unpacked(base64)) {
      tell({ text });
      // The browser draws and takes keys before the next piece.
      await new Promise((resolve) => setTimeout(resolve));
    }
    tell({ end: true });
  } catch (error) {
    tell({ wrong: error instanceof Error ? error.message : String(error) });
  }
}
