/**
 * What an engine does for whoever calls it, method by method, and what engines ask of each other. An error of
 * Heat's own is expected, and the log says nothing of it. Upstream: heat/engine/service.py (EngineService,
 * EngineListener, request_context) at 2014.2.
 */
import { expectedExceptions, type ArgsIn, type Serves } from "../../../bus/index.js";
import { done, type Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import type { HeatContext } from "../context.js";
import { stackCount } from "../db/queries.js";
import { HeatException } from "../exception.js";
import type { StackIdentity } from "../identifier.js";
import type { Engine } from "./engine.js";
import * as changes from "./requests/changes.js";
import * as reading from "./requests/reading.js";
import * as templates from "./requests/templates.js";
import * as updates from "./requests/updates.js";
import * as types from "./requests/types.js";
import type { engineApi, listenerApi } from "./rpcapi.js";

/** `request_context`. */
const requested = <T>(op: () => Op<T>): Op<T> =>
  expectedExceptions(
    [HeatException],
    (function* () {
      return yield* op();
    })(),
  );

/** The same for what has nothing to wait for. */
const answered = <T>(answer: () => T): Op<T> => requested(() => done(answer()));

type Args<M extends keyof (typeof engineApi)["methods"]> = ArgsIn<typeof engineApi, M>;

export class EngineManager implements Serves<typeof engineApi, HeatContext> {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  identify_stack(ctxt: HeatContext, { stack_name }: Args<"identify_stack">): Op<StackIdentity> {
    return answered(() => reading.identify(this.#engine, ctxt, stack_name));
  }

  list_stacks(ctxt: HeatContext, args: Args<"list_stacks">): Op<JsonObject[]> {
    return requested(() => reading.list(this.#engine, ctxt, args, args));
  }

  count_stacks(ctxt: HeatContext, args: Args<"count_stacks">): Op<number> {
    return answered(() => stackCount(this.#engine.db, ctxt, args));
  }

  show_stack(ctxt: HeatContext, { stack_identity }: Args<"show_stack">): Op<JsonObject[]> {
    return requested(() => reading.show(this.#engine, ctxt, stack_identity));
  }

  preview_stack(ctxt: HeatContext, args: Args<"preview_stack">): Op<JsonObject> {
    return requested(() => changes.preview(this.#engine, ctxt, args));
  }

  create_stack(ctxt: HeatContext, args: Args<"create_stack">): Op<StackIdentity> {
    return requested(() => changes.create(this.#engine, ctxt, args));
  }

  update_stack(ctxt: HeatContext, args: Args<"update_stack">): Op<StackIdentity> {
    return requested(() => updates.update(this.#engine, ctxt, args));
  }

  validate_template(ctxt: HeatContext, { template }: Args<"validate_template">): Op<JsonObject> {
    return requested(() => templates.validate(this.#engine, ctxt, template));
  }

  authenticated_to_backend(ctxt: HeatContext): Op<boolean> {
    return answered(() => ctxt.auth_token !== null);
  }

  get_template(ctxt: HeatContext, { stack_identity }: Args<"get_template">): Op<JsonObject | null> {
    return answered(() => reading.template(this.#engine, ctxt, stack_identity));
  }

  delete_stack(ctxt: HeatContext, { stack_identity }: Args<"delete_stack">): Op<null> {
    return requested(() => changes.remove(this.#engine, ctxt, stack_identity));
  }

  abandon_stack(ctxt: HeatContext, { stack_identity }: Args<"abandon_stack">): Op<JsonObject> {
    return requested(() => changes.abandon(this.#engine, ctxt, stack_identity));
  }

  list_resource_types(
    _ctxt: HeatContext,
    { support_status }: Args<"list_resource_types">,
  ): Op<string[]> {
    return done(types.listTypes(this.#engine, support_status));
  }

  *resource_schema(_ctxt: HeatContext, { type_name }: Args<"resource_schema">): Op<JsonObject> {
    return types.schemaOf(this.#engine, type_name);
  }

  *generate_template(_ctxt: HeatContext, { type_name }: Args<"generate_template">): Op<JsonObject> {
    return types.templateOf(this.#engine, type_name);
  }

  list_events(
    ctxt: HeatContext,
    { stack_identity, filters, ...page }: Args<"list_events">,
  ): Op<JsonObject[]> {
    return answered(() => reading.events(this.#engine, ctxt, stack_identity, filters, page));
  }

  describe_stack_resource(
    ctxt: HeatContext,
    { stack_identity, resource_name }: Args<"describe_stack_resource">,
  ): Op<JsonObject> {
    return requested(() => reading.resource(this.#engine, ctxt, stack_identity, resource_name));
  }

  find_physical_resource(
    ctxt: HeatContext,
    { physical_resource_id }: Args<"find_physical_resource">,
  ): Op<StackIdentity> {
    return answered(() => reading.physical(this.#engine, ctxt, physical_resource_id));
  }

  describe_stack_resources(
    ctxt: HeatContext,
    { stack_identity, resource_name: name }: Args<"describe_stack_resources">,
  ): Op<JsonObject[]> {
    return requested(() => reading.resources(this.#engine, ctxt, stack_identity, { name }));
  }

  list_stack_resources(
    ctxt: HeatContext,
    { stack_identity, nested_depth: depth }: Args<"list_stack_resources">,
  ): Op<JsonObject[]> {
    return requested(() =>
      reading.resources(this.#engine, ctxt, stack_identity, {
        deleted: true,
        detail: false,
        depth,
      }),
    );
  }

  stack_suspend(ctxt: HeatContext, { stack_identity }: Args<"stack_suspend">): Op<void> {
    return requested(() => changes.act(this.#engine, ctxt, stack_identity, "suspend"));
  }

  stack_resume(ctxt: HeatContext, { stack_identity }: Args<"stack_resume">): Op<void> {
    return requested(() => changes.act(this.#engine, ctxt, stack_identity, "resume"));
  }

  stack_check(ctxt: HeatContext, { stack_identity }: Args<"stack_check">): Op<void> {
    return requested(() => changes.act(this.#engine, ctxt, stack_identity, "check"));
  }

  stack_cancel_update(
    ctxt: HeatContext,
    { stack_identity }: Args<"stack_cancel_update">,
  ): Op<void> {
    return requested(() => updates.cancel(this.#engine, ctxt, stack_identity));
  }

  metadata_update(
    ctxt: HeatContext,
    { stack_identity, resource_name, metadata }: Args<"metadata_update">,
  ): Op<JsonObject> {
    return requested(() =>
      reading.updateMetadata(this.#engine, ctxt, stack_identity, resource_name, metadata),
    );
  }

  resource_signal(
    ctxt: HeatContext,
    { stack_identity, resource_name, details }: Args<"resource_signal">,
  ): Op<JsonObject> {
    return requested(() =>
      reading.signal(this.#engine, ctxt, stack_identity, resource_name, details),
    );
  }

  get_revision(): Op<string> {
    return done(this.#engine.revision);
  }
}

/** What other engines ask this one. */
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
