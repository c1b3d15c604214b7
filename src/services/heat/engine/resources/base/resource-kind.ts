/**
 * What a type of resources says of itself: what it does for each action, which may be nothing, and how others may use
 * it. Upstream: the methods of heat/engine/resource.py (Resource) that types override: handle_create and its like, at
 * 2014.2.
 */
import type { Op } from "../../../../../kernel/index.js";
import {
  Exception as PythonException,
  isObject,
  str,
  truth,
  type Json,
  type JsonObject,
} from "../../../../../python/index.js";
import type { Properties } from "../../properties/properties.js";
import type { ResourceDefinition } from "../../template/resource-definition.js";
import type { NestedStack } from "../stack-view.js";
import { StoredResource } from "./stored-resource.js";

/** What a type does for an action; undefined where it does nothing, not even for a second. */
export interface Handler {
  /** @returns what the check is given */
  handle(): Op<Json>;
  /** Whether it is over; without one it is at the next look. */
  check?(data: Json): Op<boolean>;
}

/** What is to be otherwise. */
export interface ResourceChange {
  readonly after: ResourceDefinition;
  /** Sections of its template that have changed, as they shall be: `Metadata`. */
  readonly template: JsonObject;
  /** Properties that have changed, as they shall be. */
  readonly properties: JsonObject;
}

export abstract class ResourceKind extends StoredResource {
  protected createHandler(): Handler | undefined {
    return undefined;
  }

  protected deleteHandler(): Handler | undefined {
    return undefined;
  }

  protected suspendHandler(): Handler | undefined {
    return undefined;
  }

  protected resumeHandler(): Handler | undefined {
    return undefined;
  }

  /** What changes it in place; without one every change replaces it. @throws UpdateReplace */
  protected updateHandler(_change: ResourceChange): Handler | undefined {
    return undefined;
  }

  /** Whether an update replaces it even if nothing has changed. @param after its properties then */
  protected *alwaysReplaced(_after: Properties): Op<boolean> {
    return false;
  }

  /** `handle_snapshot_delete`: under the policy Snapshot. @param failed whether it was made in vain */
  protected snapshotDeleteHandler(_failed: boolean): Handler | undefined {
    return undefined;
  }

  /** Names of what must be there before it though its template does not say so. */
  *implied(): Op<readonly string[]> {
    return [];
  }

  /** @param data what is known of it: null for nothing */
  protected adoptHandler(data: JsonObject | null): Handler | undefined {
    const adopt = (): void => {
      this.#adopted(data);
    };
    return {
      *handle() {
        adopt();
        return null;
      },
    };
  }

  protected snapshotHandler(): Handler | undefined {
    return undefined;
  }

  /** @param kept what a snapshot has of it */
  protected deleteSnapshotHandler(_kept: Json): Handler | undefined {
    return undefined;
  }

  /** Whether it lets a user with such an id or key look at a resource of its stack: `access_allowed`. */
  *allows(_credential: string | null, _resource: string): Op<boolean> {
    return false;
  }

  protected checkHandler(): Handler | undefined {
    return undefined;
  }

  /** `implementation_signature`: by the first two differ in kind, by the second in version. */
  signature(): readonly [kind: string, version: string] {
    return [this.className, ""];
  }

  /** `supports_check_action`. */
  *checkable(): Op<boolean> {
    return this.checkHandler() !== undefined;
  }

  /** The stack that it is, if it is one. @throws NotFound if that is gone */
  nested(): NestedStack | undefined {
    return undefined;
  }

  /** `preview`: the stack that it would be, which is not made. @throws what is wrong with it */
  *previewed(): Op<NestedStack | undefined> {
    return undefined;
  }

  /** What a type does with a signal. @returns words for its event; undefined where it takes none */
  protected signalHandler(): ((details: Json) => Op<string | null>) | undefined {
    return undefined;
  }

  /** Whether it asks services when no user is there. */
  get requiresDeferredAuth(): boolean {
    return false;
  }

  /** `metadata_update`: those that know how look again. */
  *metadataUpdate(metadata: Json = null): Op<void> {
    if (!truth(metadata)) return;
    const words = `Resource ${this.name} does not implement metadata update`;
    this.stack.parts.log("warning", words);
  }

  /** `handle_adopt`. @throws Exception without an id */
  #adopted(data: JsonObject | null): void {
    const { resource_id: id = null, resource_data: kept = null, metadata = null } = data ?? {};
    if (!truth(id)) throw new PythonException("Resource ID was not provided.");
    this.setResourceId(str(id));
    for (const [key, value] of Object.entries(isObject(kept) ? kept : {})) {
      this.setData(key, str(value));
    }
    if (isObject(metadata)) this.setMetadata(metadata);
  }

  /** `data`. */
  protected data(key: string): string | undefined {
    if (this.uuid === undefined) return undefined;
    return this.stack.parts.db.resource_data.first({ resource_id: this.uuid, key })?.value;
  }

  /** `data_set`. */
  protected setData(key: string, value: string): void {
    if (this.uuid === undefined) return;
    const { resource_data: table } = this.stack.parts.db;
    const row = table.first({ resource_id: this.uuid, key });
    if (row === undefined) table.insert({ resource_id: this.uuid, key, value });
    else table.update(row.id, { value });
  }

  /** `data_delete`. */
  protected deleteData(...keys: readonly string[]): void {
    if (this.uuid === undefined) return;
    const { resource_data: table } = this.stack.parts.db;
    for (const key of keys) {
      for (const { id } of table.find({ resource_id: this.uuid, key })) table.remove(id);
    }
  }
}
