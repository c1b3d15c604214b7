/** A host aggregate, as compute hosts are told of it. Upstream: nova/objects/aggregate.py (Aggregate 1.1) at 2014.2. */
import { PERSISTENT, versioned, type PersistentFields } from "../base/declare.js";

export interface AggregateFields extends PersistentFields {
  readonly id: number;
  readonly name: string;
  readonly hosts: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
}

export class Aggregate extends versioned<AggregateFields>({
  name: "Aggregate",
  version: "1.1",
  wire: PERSISTENT,
  fields: {
    id: true,
    name: true,
    hosts: true,
    metadata: true,
    created_at: true,
    updated_at: true,
    deleted_at: true,
    deleted: true,
  },
}) {}
