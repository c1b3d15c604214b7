/**
 * Clusters of MongoDB: asked for, put together by the task manager, given another shard, deleted. Upstream:
 * trove/cluster, trove/common/strategies/mongodb, trove/tests/unittests/cluster at 2014.2.
 */
import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../../src/python/index.js";
import { TroveBed } from "./bed.js";

/** Small clusters, room for them, and a task manager that does not ask too often. */
const FLAGS = {
  ...{ max_instances_per_user: 20, max_volumes_per_user: 40, quota_security_group: 50 },
  ...{ mongodb_num_config_servers_per_cluster: 1, usage_sleep_time: 30 },
};

const node = { flavorRef: "1", volume: { size: 1 } };
const datastore = { type: "mongodb", version: "2.4" };
const wanted = (more: JsonObject = {}): JsonObject => ({
  cluster: { name: "c", datastore, instances: [node, node, node], ...more },
});

interface ClusterView extends JsonObject {
  readonly id: string;
  readonly task: { readonly name: string };
  readonly instances: JsonObject[];
}

const clusterOf = (bed: TroveBed, id: string): ClusterView =>
  bed.ask("GET", `/clusters/${id}`).body["cluster"] as ClusterView;

const made = (bed: TroveBed): string => {
  const { status, body } = bed.ask("POST", "/clusters", wanted());
  expect(status).toBe(200);
  return (body["cluster"] as ClusterView).id;
};

const small = new TroveBed({ services: ["cinder", "trove"], datastores: ["mongodb"] });

describe("a request for a cluster", () => {
  const refused = (more: JsonObject) => small.refused("POST", "/clusters", wanted(more));

  it("is refused unless it is three alike of a datastore that has clusters", () => {
    const mysql = { type: "mysql", version: "5.5" };
    expect(refused({ datastore: mysql })).toEqual([
      "notImplemented",
      "Clusters not supported for mysql-5.5.",
    ]);
    expect(refused({ instances: [node] })).toEqual([
      "badRequest",
      "The number of instances for your initial cluster must be 3.",
    ]);
    expect(refused({ instances: [node, node, { ...node, flavorRef: "2" }] })[1]).toBe(
      "The flavor for each instance in a cluster must be equal.",
    );
    const large = { ...node, volume: { size: 2 } };
    expect(refused({ instances: [node, node, large] })[1]).toBe(
      "The volume size for each instance in a cluster must be equal.",
    );
    const huge = { ...node, volume: { size: 9 } };
    expect(refused({ instances: [huge, huge, huge] })).toEqual([
      "overLimit",
      "Volume 'size' cannot exceed maximum of 5 Gb, 9 cannot be accepted.",
    ]);
    expect(refused({ name: "  " })[1]).toContain("cluster['name'] u'  ' does not match");
  });

  it("needs seven instances, which a tenant may not have by default", () => {
    expect(refused({})).toEqual(["overLimit", "Quota exceeded for resources: ['instances']."]);
    expect(small.ask("GET", "/clusters").body).toEqual({ clusters: [] });
    expect(small.refused("GET", "/clusters/none")).toEqual([
      "itemNotFound",
      "Cluster 'none' cannot be found.",
    ]);
  });
});

describe("a cluster", () => {
  it("is built, grows by a shard and goes, with time for its guests to elect", () => {
    const timeout = { agent_call_high_timeout: 150 };
    const bed = new TroveBed({
      services: ["cinder", "trove"],
      datastores: ["mongodb"],
      flags: { ...FLAGS, ...timeout },
    });
    const act = (id: string, body: Json) => bed.refused("POST", `/clusters/${id}`, body);
    const id = made(bed);
    expect(clusterOf(bed, id)).toMatchObject({
      task: { id: 2, name: "BUILDING", description: "Building the initial cluster." },
      datastore,
      instances: [{ name: "c-rs1-1" }, { name: "c-rs1-2" }, { name: "c-rs1-3" }],
    });
    expect(act(id, { add_shard: {} })).toEqual([
      "unprocessableEntity",
      "This action cannot be performed on the cluster while the current cluster task is 'BUILDING'.",
    ]);
    expect(bed.list("/instances", "instances")).toEqual([]);
    const from = bed.mark;
    bed.cloud.advance("270s");
    expect(bed.toGuests(from).filter((method) => method !== "prepare")).toEqual([
      ...["add_config_servers", "add_members", "add_shard"],
      ...Array.from({ length: 5 }, () => "cluster_complete"),
    ]);
    const cluster = clusterOf(bed, id);
    expect(cluster.task.name).toBe("NONE");
    expect(cluster["ip"]).toHaveLength(1);
    expect(cluster.instances.map(({ status }) => status)).toEqual(["ACTIVE", "ACTIVE", "ACTIVE"]);
    const all = bed.list("/instances?include_clustered=true", "instances");
    expect(all.map(({ name }) => name).sort()).toEqual([
      ...["c-configsvr-1", "c-mongos-1"],
      ...["c-rs1-1", "c-rs1-2", "c-rs1-3"],
    ]);

    const member = cluster.instances[0]?.["id"] as string;
    expect(bed.ask("GET", `/clusters/${id}/instances/${member}`).body["instance"]).toMatchObject({
      ...{ id: member, cluster_id: id },
    });
    expect(bed.refused("DELETE", `/instances/${member}`)).toEqual([
      "notImplemented",
      "Operation not supported for instances that are part of a cluster.",
    ]);
    expect(bed.action(member, { restart: {} }).status).toBe(501);
    expect(act(id, { dance: {} })[1]).toBe(
      "No action 'dance' supplied by strategy for manager 'mongodb'",
    );

    expect(bed.ask("POST", `/clusters/${id}`, { add_shard: {} }).status).toBe(202);
    expect(clusterOf(bed, id).task.name).toBe("ADDING_SHARD");
    bed.cloud.advance("270s");
    const grown = clusterOf(bed, id);
    expect(grown.task.name).toBe("NONE");
    expect(new Set(grown.instances.map(({ shard_id }) => shard_id)).size).toBe(2);
    expect(grown.instances.at(-1)).toMatchObject({ name: "c-rs2-3", status: "ACTIVE" });
    const { body } = bed.ask("GET", `/mgmt/clusters/${id}`, undefined, "admin");
    const types = (body["cluster"] as ClusterView).instances.map(({ type }) => type);
    expect(types).toHaveLength(8);
    expect(types).toContain("query_router");

    expect(bed.ask("DELETE", `/clusters/${id}`).status).toBe(202);
    expect(clusterOf(bed, id).task.name).toBe("DELETING");
    bed.cloud.advance("1m");
    expect(bed.ask("GET", `/clusters/${id}`).status).toBe(404);
    const deleted = bed.ask("GET", "/mgmt/clusters?deleted=true", undefined, "admin").body;
    expect(deleted["clusters"]).toMatchObject([{ id, deleted: true, task: { name: "NONE" } }]);
    expect(bed.cloud.leftovers()).toEqual([]);
  });

  it("fails by default: a replica set takes longer than a guest may (agent_call_high_timeout)", () => {
    const bed = new TroveBed({
      services: ["cinder", "trove"],
      datastores: ["mongodb"],
      flags: FLAGS,
    });
    const id = made(bed);
    bed.cloud.advance("200s");
    const cluster = clusterOf(bed, id);
    // The task of the cluster is over all the same.
    expect(cluster.task.name).toBe("NONE");
    expect(cluster.instances.map(({ status }) => status)).toEqual(["ERROR", "ERROR", "ERROR"]);
    const member = cluster.instances[0]?.["id"] as string;
    expect(bed.task(member)).toBe("Build error: Server.");
    expect(bed.toGuests()).not.toContain("add_shard");
  });
});
