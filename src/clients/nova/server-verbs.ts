/**
 * What is done with a server, as values and not as command lines; each is done when nova-api has said yes, which
 * is long before it is so. Upstream: novaclient/v1_1/servers.py (Server), 2.20.0.
 */
import type { Op } from "../../kernel/index.js";
import { isObject, str } from "../../python/index.js";
import type { Server } from "../../services/nova/client/index.js";
import { list, number, record, shaped } from "../api/shape.js";
import { findFlavor, findImage } from "./find.js";
import { ACTION, type ServerAction } from "./server-answers.js";
import { ServerBelongings } from "./server-belongings.js";

/**
 * What is done with one server, by its name or id: the part of `demo.nova` that is about a server.
 *
 * @example
 * ```ts
 * import { Cloud } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const { nova } = cloud.user("demo");
 * cloud.run(nova.boot({ name: "t1", flavor: "m1.nano", image: "cirros" }));
 * cloud.settle();
 * cloud.run(nova.pause("t1"));
 * cloud.settle();
 * cloud.server("t1")?.status; // → "PAUSED"
 * ```
 */
export abstract class ServerVerbs extends ServerBelongings {
  /** One server, by name or id. @throws CommandError if there is none, or more than one; ClientException */
  show(nameOrId: string): Op<Server> {
    return this.found(nameOrId);
  }

  /** @throws CommandError, ClientException */
  *delete(nameOrId: string): Op<void> {
    const server = yield* this.found(nameOrId);
    yield* this.client.deleteServer(server.id);
  }

  /** Delete at once, though `reclaim_instance_interval` would keep it. @throws CommandError, ClientException */
  forceDelete(nameOrId: string): Op<void> {
    return this.action(nameOrId, "forceDelete");
  }

  /** Take back one that is soft-deleted. @throws CommandError, ClientException */
  restore(nameOrId: string): Op<void> {
    return this.action(nameOrId, "restore");
  }

  /** @throws CommandError, Conflict if its state does not allow it, ClientException; so do those that follow */
  start(nameOrId: string): Op<void> {
    return this.action(nameOrId, "os-start");
  }

  stop(nameOrId: string): Op<void> {
    return this.action(nameOrId, "os-stop");
  }

  /** @param options.hard pull the plug */
  reboot(nameOrId: string, { hard = false }: { readonly hard?: boolean } = {}): Op<void> {
    return this.action(nameOrId, "reboot", { type: hard ? "HARD" : "SOFT" });
  }

  pause(nameOrId: string): Op<void> {
    return this.action(nameOrId, "pause");
  }

  unpause(nameOrId: string): Op<void> {
    return this.action(nameOrId, "unpause");
  }

  suspend(nameOrId: string): Op<void> {
    return this.action(nameOrId, "suspend");
  }

  resume(nameOrId: string): Op<void> {
    return this.action(nameOrId, "resume");
  }

  lock(nameOrId: string): Op<void> {
    return this.action(nameOrId, "lock");
  }

  unlock(nameOrId: string): Op<void> {
    return this.action(nameOrId, "unlock");
  }

  shelve(nameOrId: string): Op<void> {
    return this.action(nameOrId, "shelve");
  }

  shelveOffload(nameOrId: string): Op<void> {
    return this.action(nameOrId, "shelveOffload");
  }

  unshelve(nameOrId: string): Op<void> {
    return this.action(nameOrId, "unshelve");
  }

  /** @param flavor by name or id */
  *resize(nameOrId: string, flavor: string): Op<void> {
    const { id } = yield* findFlavor(this.client, flavor);
    yield* this.action(nameOrId, "resize", { flavorRef: id });
  }

  confirmResize(nameOrId: string): Op<void> {
    return this.action(nameOrId, "confirmResize");
  }

  revertResize(nameOrId: string): Op<void> {
    return this.action(nameOrId, "revertResize");
  }

  /** To wherever the scheduler says; administrators only. It is as a resize is: it wants to be confirmed. */
  migrate(nameOrId: string): Op<void> {
    return this.action(nameOrId, "migrate");
  }

  /** While it runs; administrators only. @param host null: wherever the scheduler says */
  liveMigrate(
    nameOrId: string,
    host: string | null = null,
    { block = false }: { readonly block?: boolean } = {},
  ): Op<void> {
    const body = { host, block_migration: block, disk_over_commit: false };
    return this.action(nameOrId, "os-migrateLive", body);
  }

  /** Build it again elsewhere, as its host is down; administrators only. @returns its new password, if it got one */
  *evacuate(
    nameOrId: string,
    {
      host,
      sharedStorage = false,
    }: { readonly host?: string; readonly sharedStorage?: boolean } = {},
  ): Op<string | undefined> {
    const { id } = yield* this.found(nameOrId);
    const body = yield* this.client.serverActions.evacuate(id, { shared: sharedStorage, host });
    return isObject(body) && typeof body["adminPass"] === "string" ? body["adminPass"] : undefined;
  }

  /** From another image, on the same host, with the same name and addresses. @param image by name or id */
  *rebuild(nameOrId: string, image: string, options: { readonly name?: string } = {}): Op<Server> {
    const { id } = yield* this.found(nameOrId);
    const { id: imageRef } = yield* findImage(this.client, image);
    return yield* this.client.serverActions.rebuild(id, { ...options, imageRef });
  }

  /** @returns the password of the guest that is booted instead */
  *rescue(nameOrId: string): Op<string> {
    const { id } = yield* this.found(nameOrId);
    const { adminPass = null } = yield* this.client.serverActions.rescue(id);
    return str(adminPass);
  }

  unrescue(nameOrId: string): Op<void> {
    return this.action(nameOrId, "unrescue");
  }

  /** A snapshot of its disk. @returns the id of the image that it will be */
  *createImage(nameOrId: string, name: string): Op<string> {
    const { id } = yield* this.found(nameOrId);
    return yield* this.client.serverActions.createImage(id, name);
  }

  /** Say what its state is, whatever it is; administrators only. */
  resetState(nameOrId: string, state: "active" | "error"): Op<void> {
    return this.action(nameOrId, "os-resetState", { state });
  }

  /** Give it another name. */
  *rename(nameOrId: string, name: string): Op<void> {
    const { id } = yield* this.found(nameOrId);
    yield* this.client.updateServer(id, { name });
  }

  /** What has been done with it, newest first. */
  *actions(nameOrId: string): Op<readonly ServerAction[]> {
    const { id } = yield* this.found(nameOrId);
    const actions = yield* this.client.instanceActions(id);
    return shaped(list(ACTION), actions, "the list of actions");
  }

  /** The end of what it has printed. @param lines all if not given */
  *consoleOutput(nameOrId: string, lines?: number): Op<string> {
    const { id } = yield* this.found(nameOrId);
    return yield* this.client.serverActions.consoleOutput(
      id,
      lines === undefined ? null : String(lines),
    );
  }

  /** What the hypervisor counts of it; administrators only. */
  *diagnostics(nameOrId: string): Op<Readonly<Record<string, number>>> {
    const { id } = yield* this.found(nameOrId);
    const counters = yield* this.client.serverActions.diagnostics(id);
    return shaped(record(number), counters, "the answer about diagnostics");
  }
}
