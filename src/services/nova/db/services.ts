/**
 * The services table and the compute nodes that hang on it. Upstream: nova/db/sqlalchemy/api.py
 * (service_*, compute_node_*), nova/servicegroup/drivers/db.py; messaging §B3, §B6.
 */
import { heartbeatAge, type Row } from "../../../framework/index.js";
import {
  ComputeHostNotFound,
  ServiceBinaryExists,
  ServiceNotFound,
  ServiceTopicExists,
} from "../exception.js";
import { stored } from "../objects/base/declare.js";
import type { ObjectStore } from "../objects/base/versioned-object.js";
import { ComputeNode } from "../objects/service/compute-node.js";
import { Service } from "../objects/service/service.js";
import type { NovaDatabase } from "./database.js";
import type { RowStore } from "./store/row-store.js";
import type { ComputeNodeRow, ServiceRow } from "./schema.js";

export function serviceByArgs(
  db: NovaDatabase,
  host: string,
  binary: string,
): Row<ServiceRow> | undefined {
  return db.services.first({ host, binary });
}

/** Those of a topic that may be given work: disabled ones are left out, dead ones are not (SVC-34). */
export function servicesByTopic(db: NovaDatabase, topic: string): Row<ServiceRow>[] {
  return db.services.find({ topic, disabled: false });
}

/**
 * One record for each binary of a host, and one for each topic.
 * @param enabled what `enable_new_services` says (SVC-07)
 * @throws ServiceBinaryExists, ServiceTopicExists
 */
export function serviceCreate(
  db: NovaDatabase,
  values: Pick<ServiceRow, "host" | "binary" | "topic">,
  enabled = true,
): Row<ServiceRow> {
  const { host, binary, topic } = values;
  if (serviceByArgs(db, host, binary) !== undefined)
    throw new ServiceBinaryExists({ host, binary });
  if (db.services.first({ host, topic }) !== undefined)
    throw new ServiceTopicExists({ host, topic });
  return db.services.insert({
    host,
    binary,
    topic,
    report_count: 0,
    disabled: !enabled,
    disabled_reason: null,
  });
}

/** @throws ServiceNotFound */
export function serviceUpdate(
  db: NovaDatabase,
  id: number,
  values: Partial<ServiceRow>,
): Row<ServiceRow> {
  const row = db.services.update(id, values);
  if (row === undefined) throw new ServiceNotFound({ service_id: id });
  return row;
}

/** `Service.save`. @throws ServiceNotFound */
export function saveService(db: NovaDatabase, service: Service): void {
  const { id: _, compute_node: _node, ...changes } = service.changes();
  const row = serviceUpdate(db, service.id, changes);
  service.refreshWith({ ...row, ...stored(row) });
}

/**
 * Delete a service, and with it the compute nodes it answers for.
 * @throws ServiceNotFound
 */
export function serviceDestroy(db: NovaDatabase, id: number): void {
  if (db.services.softDelete(id) === undefined) throw new ServiceNotFound({ service_id: id });
  for (const node of db.compute_nodes.find({ service_id: id })) {
    db.compute_nodes.softDelete(node.id);
  }
}

/** Up if it was heard of no longer ago than `downTime` seconds, inclusive (SVC-31). */
export function serviceIsUp(db: NovaDatabase, service: Row<ServiceRow>, downTime: number): boolean {
  return heartbeatAge(db.kernel, service) <= downTime;
}

/**
 * Write a node, and date it even if nothing differs: schedulers go by the date.
 * @throws ComputeHostNotFound
 */
export function computeNodeUpdate(
  db: NovaDatabase,
  id: number,
  values: Partial<ComputeNodeRow>,
): Row<ComputeNodeRow> {
  const row = db.compute_nodes.touch(id, values);
  if (row === undefined) throw new ComputeHostNotFound({ host: id });
  return row;
}

/** A host has that node no more. @throws ComputeHostNotFound */
export function computeNodeDelete(db: NovaDatabase, id: number): void {
  if (db.compute_nodes.softDelete(id) === undefined) throw new ComputeHostNotFound({ host: id });
}

/** The nova-compute of a host, whether it is alive or not. @throws ComputeHostNotFound */
export function serviceByComputeHost(db: NovaDatabase, host: string): Row<ServiceRow> {
  const row = db.services.first({ host, topic: "compute" });
  if (row === undefined) throw new ComputeHostNotFound({ host });
  return row;
}

export const nodeFromRow = (store: ObjectStore, node: Row<ComputeNodeRow>): ComputeNode =>
  new ComputeNode(store, { ...node, ...stored(node) });

/** What a service answers for. @throws ServiceNotFound */
export function nodesOfService(store: RowStore, id: number): ComputeNode[] {
  const { db } = store;
  if (db.services.get(id) === undefined) throw new ServiceNotFound({ service_id: id });
  return db.compute_nodes.find({ service_id: id }).map((node) => store.node(node));
}

/** The nova-compute of a host as an object, with its node. @throws ComputeHostNotFound */
export function computeService(store: RowStore, host: string): Service {
  const { db } = store;
  const row = serviceByComputeHost(db, host);
  const node = db.compute_nodes.first({ service_id: row.id });
  return new Service(store, {
    ...row,
    ...stored(row),
    ...(node && { compute_node: store.node(node) }),
  });
}
