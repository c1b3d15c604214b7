/** What engines ask of each other. Upstream: heat/engine/service.py (EngineListener) at 2014.2. */
import type { Serves } from "../../../bus/index.js";
import { done, type Op } from "../../../kernel/index.js";
import type { StackIdentity } from "../identifier.js";
import type { Engine } from "./engine.js";
import type { listenerApi } from "./rpcapi.js";

export class EngineListener implements Serves<typeof listenerApi, unknown> {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  listening(): Op<boolean> {
    return done(true);
  }

  stop_stack(_ctxt: unknown, { stack_identity }: { stack_identity: StackIdentity }): Op<void> {
    return this.#engine.threads.stop(stack_identity.stack_id);
  }

  send(
    _ctxt: unknown,
    { stack_identity, message }: { stack_identity: StackIdentity; message: string },
  ): Op<void> {
    this.#engine.threads.send(stack_identity.stack_id, message);
    return done(undefined);
  }
}
