/** Unpacks beside the page, which can be stepped through meanwhile. It is given base64 once, and posts text. */
import type { Told } from "./read.js";
import { unpacked } from "./unpack.js";

/** A worker's own end of the line; a page has another one under this name. */
interface Own {
  postMessage(told: Told): void;
  onmessage: ((event: MessageEvent<string>) => void) | null;
}
const own = self as unknown as Own;

own.onmessage = ({ data }): void => void tell(data);

async function tell(base64: string): Promise<void> {
  try {
    for await (const text of unpacked(base64)) own.postMessage({ text });
    own.postMessage({ end: true });
  } catch (error) {
    own.postMessage({ wrong: error instanceof Error ? error.message : String(error) });
  }
}
