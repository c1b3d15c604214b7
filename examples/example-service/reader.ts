/**
 * Another service, which asks the first one every minute. All that it knows of it is the contract.
 */
import {
  Manager,
  RpcClient,
  aloud,
  clientOf,
  contextSerializer,
  type Endpoint,
  type Op,
  type PeriodicTask,
  type RequestContext,
} from "novasim";
import { boardApi } from "./service.js";

export class ReaderManager extends Manager {
  readonly #board = clientOf(boardApi, new RpcClient(this.env.bus, contextSerializer));

  /** Nothing can be asked of it. */
  endpoints(): Endpoint<RequestContext>[] {
    return [];
  }

  override periodicTasks(): readonly PeriodicTask[] {
    // What is done every minute is told only in detail, unless it is said aloud.
    return [{ name: "_read_the_board", run: (ctxt) => aloud(this.#read(ctxt)) }];
  }

  *#read(ctxt: RequestContext): Op<void> {
    const notes = yield* this.#board.get_notes(ctxt, {});
    this.env.log("info", `the board says: ${notes.join(", ")}`);
  }
}
