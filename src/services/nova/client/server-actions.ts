/**
 * What is done to servers that is answered by more than a yes. Upstream: novaclient/v1_1/servers.py
 * (rescue, get_vnc_console, get_console_output, diagnostics, rebuild, evacuate, create_image, backup), 2.20.0.
 */
import type { HttpResponse } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import { str, type JsonObject } from "../../../python/index.js";
import { isObjectAtAll, Manager, withTexts } from "./manager.js";
import type { OnTheWire, Server } from "./resources.js";

const isRebuilt = withTexts<Server>("id", "name", "status");

export interface BackupRequest {
  readonly name: string;
  /** What it is one of: `daily`. */
  readonly backup_type: string;
  /** How many of that type are kept, as it was typed. */
  readonly rotation: string;
}

export interface EvacuationRequest {
  readonly shared: boolean;
  readonly host?: string | undefined;
  readonly password?: string | undefined;
}

export class ServerActionManager extends Manager {
  /** @returns the password of the guest that is booted instead */
  rescue(id: string): Op<JsonObject> {
    return this.answer(`/servers/${id}/action`, { rescue: null });
  }

  /** `os-getVNCConsole` ... @returns its type and where it is to be seen */
  console(id: string, action: string, type: string): Op<JsonObject> {
    const body = { [action]: { type } };
    return this.create(`/servers/${id}/action`, body, "console", isObjectAtAll);
  }

  /** @param length lines of its end; null: all */
  *consoleOutput(id: string, length: string | null): Op<string> {
    const body = { "os-getConsoleOutput": { length } };
    const { output } = yield* this.answer(`/servers/${id}/action`, body);
    return str(output ?? null);
  }

  diagnostics(id: string): Op<JsonObject> {
    return this.read(`/servers/${id}/diagnostics`);
  }

  /** What its guest has posted, encrypted for the owner's key; empty if nothing. */
  *password(id: string): Op<string> {
    const { password } = yield* this.read(`/servers/${id}/os-server-password`);
    return str(password ?? "");
  }

  *clearPassword(id: string): Op<void> {
    yield* this.remove(`/servers/${id}/os-server-password`);
  }

  rebuild(id: string, body: JsonObject): Op<OnTheWire<Server>> {
    return this.create(`/servers/${id}/action`, { rebuild: body }, "server", isRebuilt);
  }

  /** @returns the id of the image that its disk will be */
  *createImage(id: string, name: string): Op<string> {
    const body = { createImage: { name, metadata: {} } };
    return (yield* this.locate(`/servers/${id}/action`, body)).split("/").at(-1) ?? "";
  }

  *backup(id: string, { name, backup_type, rotation }: BackupRequest): Op<void> {
    const createBackup = { name, backup_type, rotation };
    yield* this.post(`/servers/${id}/action`, { createBackup });
  }

  /** @returns its new password, where it has got one */
  evacuate(id: string, { shared, host, password }: EvacuationRequest): Op<HttpResponse["body"]> {
    const evacuate = {
      onSharedStorage: shared,
      ...(host !== undefined && { host }),
      ...(password !== undefined && { adminPass: password }),
    };
    return this.post(`/servers/${id}/action`, { evacuate });
  }
}
