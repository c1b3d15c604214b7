/**
 * A service of one's own: a board of notes. A contract says what can be asked of it, a manager does
 * it. The compiler sees to it that the two agree, and that callers ask for what there is.
 */
import {
  Manager,
  call,
  cast,
  defineRpcApi,
  endpoint,
  type Endpoint,
  type Op,
  type PeriodicTask,
  type RequestContext,
  type Serves,
} from "novasim";

export const boardApi = defineRpcApi({
  topic: "exampleservice",
  version: "1.0",
  methods: {
    write_note: cast<{ text: string }>(),
    get_notes: call<Record<string, never>, readonly string[]>(),
  },
});

export class ExampleServiceManager
  extends Manager
  implements Serves<typeof boardApi, RequestContext>
{
  #notes: string[] = [];

  endpoints(): Endpoint<RequestContext>[] {
    return [endpoint(boardApi, this)];
  }

  *write_note(_ctxt: RequestContext, { text }: { text: string }): Op<void> {
    this.#notes.push(text);
  }

  *get_notes(): Op<readonly string[]> {
    return this.#notes;
  }

  override periodicTasks(): readonly PeriodicTask[] {
    return [{ name: "_wipe_the_board", spacing: 3600, run: () => this.#wipe() }];
  }

  *#wipe(): Op<void> {
    this.#notes = [];
  }
}
