/**
 * What is done to a server when its properties change: some at once, the rest one after the other. A new
 * password and new policies are told to nobody. Upstream: heat/engine/resources/server.py
 * (Server.handle_update) at 2014.2.
 */
import type { Op, Stepped } from "../../../../../../kernel/index.js";
import { isObject, str, type Json, type JsonObject } from "../../../../../../python/index.js";
import type { Clients, HeldServer } from "../../../../clients/index.js";
import { UpdateReplace } from "../../errors.js";
import { either } from "../../service-resource.js";
import { interfaceChanges } from "./networks.js";

export interface ChangingServer {
  readonly clients: Clients;
  /** That of the resource. */
  readonly name: string;
  readonly id: string;
  /** As it was until now. */
  readonly property: (name: string) => Op<Json>;
}

type Task = () => Stepped;

/** @throws UpdateReplace */
export function* serverTasks(server: ChangingServer, changed: JsonObject): Op<Task[]> {
  const { clients, id } = server;
  const has = (key: string): boolean => Object.hasOwn(changed, key);
  const tasks: Task[] = [];
  let held: HeldServer | undefined;
  const holding = function* (): Op<HeldServer> {
    return (held ??= yield* clients.nova.server(id));
  };
  if (has("metadata")) {
    const { metadata } = changed;
    yield* clients.nova.updateMetadata(yield* holding(), isObject(metadata) ? metadata : {});
  }
  if (has("flavor")) {
    if ((yield* policy(server, changed, "flavor_update_policy")) === "REPLACE") {
      throw new UpdateReplace(server.name);
    }
    const flavor = str(changed["flavor"] ?? null);
    const flavorId = yield* clients.nova.flavorId(flavor);
    const resized = yield* holding();
    tasks.push(() => clients.nova.resize(resized, flavor, flavorId));
  }
  if (has("image")) {
    const way = yield* policy(server, changed, "image_update_policy");
    if (way === "REPLACE") throw new UpdateReplace(server.name);
    const image = yield* clients.glance.imageId(str(changed["image"] ?? null));
    const rebuilt = yield* holding();
    const kept = way === "REBUILD_PRESERVE_EPHEMERAL";
    tasks.push(() => clients.nova.rebuild(rebuilt, image, kept));
  }
  if (has("name")) {
    yield* holding();
    yield* (yield* clients.nova.client()).updateServer(id, { name: changed["name"] ?? null });
  }
  if (has("networks")) {
    yield* holding();
    tasks.push(...(yield* networkTasks(server, changed["networks"] ?? null)));
  }
  return tasks;
}

const policy = function* (
  { property }: ChangingServer,
  changed: JsonObject,
  key: string,
): Op<Json> {
  return either(changed[key], yield* property(key));
};

function* networkTasks({ clients, id, property }: ChangingServer, after: Json): Op<Task[]> {
  const { interfaces } = yield* clients.nova.client();
  const there = yield* interfaces.of(id);
  const { detached, attached } = interfaceChanges(yield* property("networks"), after, there);
  return [
    ...detached.map((port) => () => once(interfaces.detach(id, port))),
    ...attached.map((wanted) => () => once(interfaces.attach(id, wanted))),
  ];
}

/** In one step. */
function* once(op: Op<unknown>): Stepped {
  yield* op;
}
