/** Keystone, both processes of Glance and one client for each of two tenants and an admin. */
import type { Process, Env } from "../../../src/framework/index.js";
import type { HttpResponse } from "../../../src/http/index.js";
import { NO_CAUSE, type Op } from "../../../src/kernel/index.js";
import { GlanceClient, type TokenBearer } from "../../../src/services/glance/client/index.js";
import { glanceApi } from "../../../src/services/glance/api/index.js";
import { GlanceDatabase } from "../../../src/services/glance/database.js";
import { CacheDirectory } from "../../../src/services/glance/image-cache/directory.js";
import { ImageFiles } from "../../../src/services/glance/stores/file-store.js";
import { imageMirror, MirrorFiles } from "../../../src/services/glance/mirror/index.js";
import { glanceRegistry } from "../../../src/services/glance/registry/index.js";
import { seedUser } from "../../../src/services/keystone/seed.js";
import type { TestBedOptions } from "../bed.js";
import { IdentityBed } from "../keystone/bed.js";

export const API = "http://controller:9292";
export const MB = 1_000_000;

interface ImageBedOptions extends TestBedOptions {
  readonly notify?: boolean;
  readonly storeMb?: number;
}

interface Running {
  readonly env: Env;
  process: Process;
}

export class ImageBed extends IdentityBed {
  readonly images = new GlanceDatabase(this.kernel);
  readonly files: ImageFiles;
  readonly cache = new CacheDirectory();
  readonly client = new GlanceClient(this.http, API);
  readonly api: Running;
  readonly registry: Running;
  readonly demo: TokenBearer;
  readonly other: TokenBearer;
  readonly admin: TokenBearer;

  /** @param storeMb what Glance has room for, in MB */
  constructor({ notify = false, storeMb = 1_000, ...options }: ImageBedOptions = {}) {
    const flags = { ...options.flags, ...(notify && { notification_driver: ["messaging"] }) };
    super({ ...options, flags });
    this.files = new ImageFiles(storeMb * MB);
    seedUser(this.database, { name: "other" });
    const registry = this.env("glance-registry");
    const api = this.env("glance-api");
    this.registry = {
      env: registry,
      process: this.start(glanceRegistry(registry, this.images)),
    };
    this.api = {
      env: api,
      process: this.start(glanceApi(api, this.images, this.disk)),
    };
    this.demo = { auth_token: this.login("demo") };
    this.other = { auth_token: this.login("other") };
    this.admin = { auth_token: this.login("admin") };
  }

  get disk() {
    return { files: this.files, cache: this.cache };
  }

  restartApi(): void {
    this.crash(this.api.process, this.api.env);
    this.api.process = this.start(glanceApi(this.api.env, this.images, this.disk));
  }

  /** A web server with files to copy from. */
  startMirror(files: Readonly<Record<string, number>>): Running {
    const env = this.env("image-mirror");
    const mirror = new MirrorFiles();
    for (const [name, bytes] of Object.entries(files)) mirror.add(name, bytes, "c".repeat(32));
    return { env, process: this.start(imageMirror(env, mirror, 10 * MB)) };
  }

  /** A request as `bearer`. */
  as(bearer: TokenBearer, method: string, path: string, options: Options = {}): HttpResponse {
    const { body, headers = {} } = options;
    const token = bearer.auth_token ?? "";
    return this.ask(method, API + path, body, { ...headers, "x-auth-token": token });
  }

  /** An image with data. */
  uploaded(bearer: TokenBearer = this.demo, bytes = 13 * MB): string {
    const meta = { name: "cirros", disk_format: "qcow2", container_format: "bare" };
    const { id } = this.run(this.client.create(bearer, meta));
    this.run(this.client.upload(bearer, id, {}, bytes, 100 * MB));
    return id;
  }

  /** The name of what `op` throws. */
  failure(op: Op<unknown>): string {
    try {
      this.run(op);
    } catch (error) {
      return (error as Error).name;
    }
    return "nothing";
  }

  /** Let something go on beside the tester. */
  meanwhile(op: Op<unknown>): void {
    this.kernel.spawn(op, { name: "meanwhile", actor: "tester", cause: NO_CAUSE });
  }

  status(id: string): string {
    return this.images.images.getAny(id)!.status;
  }

  /** Each status that an image has had. */
  statuses(id: string): unknown[] {
    return this.of<Change>("db")
      .filter(({ table, key, changes }) => table === "images" && key === id && changes["status"])
      .map(({ changes }) => changes["status"]![1]);
  }
}

interface Options {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Change {
  readonly kind: "db";
  readonly table: string;
  readonly key: string | number;
  readonly changes: Readonly<Record<string, readonly [unknown, unknown]>>;
}
