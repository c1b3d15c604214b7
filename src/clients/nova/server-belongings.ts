/**
 * What belongs to a server, as values and not as command lines: its volumes, network cards, addresses, groups and
 * metadata. What is done with the server itself is `ServerVerbs`. Upstream: novaclient/v1_1/servers.py (Server), 2.20.0.
 */
import type { Op } from "../../kernel/index.js";
import type { Json } from "../../python/index.js";
import type { NovaClient, OnTheWire, Server } from "../../services/nova/client/index.js";
import { ApiPart } from "../api/part.js";
import { list, shaped } from "../api/shape.js";
import { findServer } from "./find.js";
import {
  ATTACHMENT,
  INTERFACE,
  type ServerInterface,
  type VolumeAttachment,
} from "./server-answers.js";

/**
 * What a server has, by the server's name or id: the part of `demo.nova` that gives it more, or takes it away.
 *
 * @example
 * ```ts
 * import { Cloud } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const { nova } = cloud.user("demo");
 * cloud.run(nova.boot({ name: "t1", flavor: "m1.nano", image: "cirros" }));
 * cloud.settle();
 * cloud.run(nova.setMeta("t1", { role: "web" }));
 * cloud.run(nova.show("t1")).metadata; // → { role: "web" }
 * ```
 */
export abstract class ServerBelongings extends ApiPart {
  protected readonly client: NovaClient;

  protected constructor(client: NovaClient) {
    super();
    this.client = client;
  }

  *setMeta(nameOrId: string, metadata: Readonly<Record<string, string>>): Op<void> {
    const { id } = yield* this.found(nameOrId);
    yield* this.client.setServerMeta(id, metadata);
  }

  *deleteMeta(nameOrId: string, keys: readonly string[]): Op<void> {
    const { id } = yield* this.found(nameOrId);
    yield* this.client.deleteServerMeta(id, keys);
  }

  /** @param volume its id @param device null: whichever name is free */
  *attachVolume(
    nameOrId: string,
    volume: string,
    device: string | null = null,
  ): Op<VolumeAttachment> {
    const { id } = yield* this.found(nameOrId);
    const attachment = yield* this.client.volumes.attach(id, volume, device);
    return shaped(ATTACHMENT, attachment, "the answer about an attachment");
  }

  /** @param volume its id */
  *detachVolume(nameOrId: string, volume: string): Op<void> {
    const { id } = yield* this.found(nameOrId);
    yield* this.client.volumes.detach(id, volume);
  }

  *interfaces(nameOrId: string): Op<readonly ServerInterface[]> {
    const { id } = yield* this.found(nameOrId);
    return shaped(list(INTERFACE), yield* this.client.interfaces.of(id), "the list of interfaces");
  }

  /** With a port, or with an address of a network; ids only. */
  *attachInterface(
    nameOrId: string,
    card: { readonly port?: string; readonly network?: string; readonly address?: string },
  ): Op<ServerInterface> {
    const { id } = yield* this.found(nameOrId);
    const { port = null, network = null, address = null } = card;
    const wanted = { port_id: port, net_id: network, fixed_ip: address };
    const attached = yield* this.client.interfaces.attach(id, wanted);
    return shaped(INTERFACE, attached, "the answer about an interface");
  }

  /** @param port its id */
  *detachInterface(nameOrId: string, port: string): Op<void> {
    const { id } = yield* this.found(nameOrId);
    yield* this.client.interfaces.detach(id, port);
  }

  addFloatingIp(nameOrId: string, address: string): Op<void> {
    return this.action(nameOrId, "addFloatingIp", { address });
  }

  removeFloatingIp(nameOrId: string, address: string): Op<void> {
    return this.action(nameOrId, "removeFloatingIp", { address });
  }

  addSecurityGroup(nameOrId: string, name: string): Op<void> {
    return this.action(nameOrId, "addSecurityGroup", { name });
  }

  removeSecurityGroup(nameOrId: string, name: string): Op<void> {
    return this.action(nameOrId, "removeSecurityGroup", { name });
  }

  /** Any action that nova-api knows, as it is named there: `os-stop`, `lock`. @param info what belongs to it */
  *action(nameOrId: string, name: string, info: Json = null): Op<void> {
    const server = yield* this.found(nameOrId);
    yield* this.client.action(server.id, name, info);
  }

  protected found(nameOrId: string): Op<OnTheWire<Server>> {
    return findServer(this.client, nameOrId);
  }
}
