/**
 * What an engine does for whoever calls it, method by method. Upstream: heat/engine/service.py (EngineService) at
 * 2014.2.
 */
import type { Serves } from "../../../bus/index.js";
import { done, type Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import type { HeatContext } from "../context.js";
import { stackCount } from "../db/queries.js";
import type { StackIdentity } from "../identifier.js";
import * as changes from "./requests/changes.js";
import * as reading from "./requests/reading.js";
import * as snapshots from "./requests/snapshots.js";
import * as templates from "./requests/templates.js";
import * as updates from "./requests/updates.js";
import * as types from "./requests/types.js";
import type { engineApi } from "./rpcapi.js";
import { answered, requested, SoftwareManager, type Args } from "./software-manager.js";

export class EngineManager
  extends SoftwareManager
  implements Serves<typeof engineApi, HeatContext>
{
  identify_stack(ctxt: HeatContext, { stack_name }: Args<"identify_stack">): Op<StackIdentity> {
    return answered(() => reading.identify(this.engine, ctxt, stack_name));
  }

  list_stacks(ctxt: HeatContext, args: Args<"list_stacks">): Op<JsonObject[]> {
    return requested(() => reading.list(this.engine, ctxt, args, args));
  }

  count_stacks(ctxt: HeatContext, args: Args<"count_stacks">): Op<number> {
    return answered(() => stackCount(this.engine.db, ctxt, args));
  }

  show_stack(ctxt: HeatContext, { stack_identity }: Args<"show_stack">): Op<JsonObject[]> {
    return requested(() => reading.show(this.engine, ctxt, stack_identity));
  }

  preview_stack(ctxt: HeatContext, args: Args<"preview_stack">): Op<JsonObject> {
    return requested(() => changes.preview(this.engine, ctxt, args));
  }

  create_stack(ctxt: HeatContext, args: Args<"create_stack">): Op<StackIdentity> {
    return requested(() => changes.create(this.engine, ctxt, args));
  }

  update_stack(ctxt: HeatContext, args: Args<"update_stack">): Op<StackIdentity> {
    return requested(() => updates.update(this.engine, ctxt, args));
  }

  validate_template(ctxt: HeatContext, { template }: Args<"validate_template">): Op<JsonObject> {
    return requested(() => templates.validate(this.engine, ctxt, template));
  }

  authenticated_to_backend(ctxt: HeatContext): Op<boolean> {
    return answered(() => ctxt.auth_token !== null);
  }

  get_template(ctxt: HeatContext, { stack_identity }: Args<"get_template">): Op<JsonObject | null> {
    return answered(() => reading.template(this.engine, ctxt, stack_identity));
  }

  delete_stack(ctxt: HeatContext, { stack_identity }: Args<"delete_stack">): Op<null> {
    return requested(() => changes.remove(this.engine, ctxt, stack_identity));
  }

  abandon_stack(ctxt: HeatContext, { stack_identity }: Args<"abandon_stack">): Op<JsonObject> {
    return requested(() => changes.abandon(this.engine, ctxt, stack_identity));
  }

  list_resource_types(
    _ctxt: HeatContext,
    { support_status }: Args<"list_resource_types">,
  ): Op<string[]> {
    return done(types.listTypes(this.engine, support_status));
  }

  *resource_schema(_ctxt: HeatContext, { type_name }: Args<"resource_schema">): Op<JsonObject> {
    return types.schemaOf(this.engine, type_name);
  }

  *generate_template(_ctxt: HeatContext, { type_name }: Args<"generate_template">): Op<JsonObject> {
    return types.templateOf(this.engine, type_name);
  }

  list_events(
    ctxt: HeatContext,
    { stack_identity, filters, ...page }: Args<"list_events">,
  ): Op<JsonObject[]> {
    return answered(() => reading.events(this.engine, ctxt, stack_identity, filters, page));
  }

  describe_stack_resource(
    ctxt: HeatContext,
    { stack_identity, resource_name }: Args<"describe_stack_resource">,
  ): Op<JsonObject> {
    return requested(() => reading.resource(this.engine, ctxt, stack_identity, resource_name));
  }

  find_physical_resource(
    ctxt: HeatContext,
    { physical_resource_id }: Args<"find_physical_resource">,
  ): Op<StackIdentity> {
    return answered(() => reading.physical(this.engine, ctxt, physical_resource_id));
  }

  describe_stack_resources(
    ctxt: HeatContext,
    { stack_identity, resource_name: name }: Args<"describe_stack_resources">,
  ): Op<JsonObject[]> {
    return requested(() => reading.resources(this.engine, ctxt, stack_identity, { name }));
  }

  list_stack_resources(
    ctxt: HeatContext,
    { stack_identity, nested_depth: depth }: Args<"list_stack_resources">,
  ): Op<JsonObject[]> {
    return requested(() =>
      reading.resources(this.engine, ctxt, stack_identity, {
        deleted: true,
        detail: false,
        depth,
      }),
    );
  }

  stack_suspend(ctxt: HeatContext, { stack_identity }: Args<"stack_suspend">): Op<void> {
    return requested(() => changes.act(this.engine, ctxt, stack_identity, "suspend"));
  }

  stack_resume(ctxt: HeatContext, { stack_identity }: Args<"stack_resume">): Op<void> {
    return requested(() => changes.act(this.engine, ctxt, stack_identity, "resume"));
  }

  stack_check(ctxt: HeatContext, { stack_identity }: Args<"stack_check">): Op<void> {
    return requested(() => changes.act(this.engine, ctxt, stack_identity, "check"));
  }

  stack_cancel_update(
    ctxt: HeatContext,
    { stack_identity }: Args<"stack_cancel_update">,
  ): Op<void> {
    return requested(() => updates.cancel(this.engine, ctxt, stack_identity));
  }

  stack_snapshot(
    ctxt: HeatContext,
    { stack_identity, name }: Args<"stack_snapshot">,
  ): Op<JsonObject> {
    return requested(() => snapshots.take(this.engine, ctxt, stack_identity, name));
  }

  show_snapshot(ctxt: HeatContext, { snapshot_id }: Args<"show_snapshot">): Op<JsonObject> {
    return answered(() => snapshots.show(this.engine, ctxt, snapshot_id));
  }

  delete_snapshot(
    ctxt: HeatContext,
    { stack_identity, snapshot_id }: Args<"delete_snapshot">,
  ): Op<void> {
    return answered(() => {
      snapshots.remove(this.engine, ctxt, stack_identity, snapshot_id);
    });
  }

  stack_list_snapshots(
    ctxt: HeatContext,
    { stack_identity }: Args<"stack_list_snapshots">,
  ): Op<JsonObject[]> {
    return answered(() => snapshots.list(this.engine, ctxt, stack_identity));
  }

  metadata_update(
    ctxt: HeatContext,
    { stack_identity, resource_name, metadata }: Args<"metadata_update">,
  ): Op<JsonObject> {
    return requested(() =>
      reading.updateMetadata(this.engine, ctxt, stack_identity, resource_name, metadata),
    );
  }

  resource_signal(
    ctxt: HeatContext,
    { stack_identity, resource_name, details }: Args<"resource_signal">,
  ): Op<JsonObject> {
    return requested(() =>
      reading.signal(this.engine, ctxt, stack_identity, resource_name, details),
    );
  }

  get_revision(): Op<string> {
    return done(this.engine.revision);
  }
}
