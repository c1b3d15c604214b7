/**
 * A service of one's own, as small as one can be: it keeps notes in memory, tells them to whoever
 * asks, and throws old ones away now and then. Upstream: none; transcripts §T5.
 */
import { endpoint, type Endpoint, type Serves } from "../../bus/index.js";
import {
  Manager,
  type PeriodicTask,
  type RequestContext,
  type Env,
} from "../../framework/index.js";
import { aloud, seconds, type Op } from "../../kernel/index.js";
import { exampleServiceFlags } from "./flags.js";
import { exampleServiceApi, type Note } from "./rpcapi.js";

export class ExampleServiceManager
  extends Manager
  implements Serves<typeof exampleServiceApi, RequestContext>
{
  readonly #keep: number;
  #notes: Note[] = [];

  constructor(env: Env) {
    super(env);
    this.#keep = seconds(env.flags.read(exampleServiceFlags).exampleservice_keep);
  }

  endpoints(): Endpoint<RequestContext>[] {
    return [endpoint(exampleServiceApi, this)];
  }

  override *init_host(): Op<void> {
    this.env.log("info", `the board of ${this.host} is empty`);
  }

  *write_note(_ctxt: RequestContext, { text }: { text: string }): Op<void> {
    this.#notes.push({ text, written_at: this.env.utcnow() });
  }

  *get_notes(): Op<readonly Note[]> {
    return this.#notes;
  }

  override periodicTasks(): readonly PeriodicTask[] {
    return [{ name: "_forget_old_notes", run: () => this.#forgetOldNotes() }];
  }

  *#forgetOldNotes(): Op<void> {
    const { calendar, now } = this.env.kernel;
    const kept = this.#notes.filter(
      ({ written_at }) => now - calendar.parse(written_at) < this.#keep,
    );
    const gone = this.#notes.length - kept.length;
    this.#notes = kept;
    if (gone > 0) yield* aloud(this.#tell(gone));
  }

  *#tell(gone: number): Op<void> {
    this.env.log("info", `${String(gone)} old notes were thrown away`);
  }
}
