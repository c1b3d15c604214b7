/** A timeline on standard output, as it goes. */
import type { Out } from "../io.js";
import { LineSink } from "./line-sink.js";

export class OutSink extends LineSink {
  readonly #out: Out;

  constructor(out: Out) {
    super();
    this.#out = out;
  }

  protected override put(text: string): void {
    this.#out.write(text);
  }
}
