/**
 * What the functions of Nova's tables need of the store that asks them: the database, and how its rows are made objects of.
 * `DirectStore` is the one there is. Upstream: none, as SQLAlchemy's session is at hand everywhere.
 */
import type { Row } from "../../../../framework/index.js";
import type { ObjectStore } from "../../objects/base/versioned-object.js";
import type { Instance } from "../../objects/instance.js";
import type { ComputeNode } from "../../objects/service/compute-node.js";
import type { NovaDatabase } from "../database.js";
import type { ComputeNodeRow, InstanceRow } from "../schema.js";

export interface RowStore extends ObjectStore {
  readonly db: NovaDatabase;
  /** What the texts are that methods are called with. */
  readonly text: TextType;
  /** An instance as it is stored. */
  instance(row: Row<InstanceRow>): Instance;
  /** What a host has, as it is stored. */
  node(row: Row<ComputeNodeRow>): ComputeNode;
}

/** What Python's texts are: those off the wire are unicode, those of its own code are bytes. */
export type TextType = "unicode" | "bytes";
