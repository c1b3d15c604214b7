/** Keystone, Glance and Cinder's three processes, with a volume group that a test can look into. */
import type { Env, FlagValues, Process } from "../../../src/framework/index.js";
import { VolumeGroups, type StorageOperation } from "../../../src/hardware/volume-group.js";
import { CommandFailed, type VolumeGroup } from "../../../src/hardware/volume-group.js";
import type { HttpResponse } from "../../../src/http/index.js";
import { milliseconds, seconds } from "../../../src/kernel/index.js";
import type { JsonObject } from "../../../src/python/index.js";
import { cinderAllowedModules } from "../../../src/services/cinder/allowed-modules.js";
import { cinderApi } from "../../../src/services/cinder/api/index.js";
import { CinderDatabase } from "../../../src/services/cinder/db/database.js";
import type { VolumeRow } from "../../../src/services/cinder/db/schema.js";
import { cinderScheduler } from "../../../src/services/cinder/scheduler/index.js";
import { cinderVolume } from "../../../src/services/cinder/volume/index.js";
import { seedUser } from "../../../src/services/keystone/seed.js";
import type { TestBedOptions } from "../bed.js";
import { ImageBed } from "../glance/bed.js";

export const CINDER = "http://controller:8776";

const span = (ms: number) => ({ min: milliseconds(ms), max: milliseconds(ms) });

export const LATENCY = {
  volume_setup: span(1000),
  create_volume: span(500),
  delete_volume: span(500),
  snapshot_volume: span(500),
  extend_volume: span(500),
  export_volume: span(100),
  image_mb_per_s: 1024,
};

export interface Asker {
  readonly as?: "demo" | "other" | "admin";
  readonly version?: "v1" | "v2";
}

interface BedOptions extends TestBedOptions {
  readonly notify?: boolean;
  /** What Glance has room for, in MB. */
  readonly storeMb?: number;
  /** Hosts of cinder-volume; default: the controller. */
  readonly hosts?: readonly string[];
  /** GB of each. */
  readonly size?: number;
  readonly volumeFlags?: FlagValues;
  /** What fails, once each, on the controller. */
  readonly broken?: readonly StorageOperation[];
}

interface Running {
  readonly env: Env;
  process: Process;
}

export class VolumeBed extends ImageBed {
  readonly volumes = new CinderDatabase(this.kernel);
  readonly groups = new VolumeGroups();
  readonly services = new Map<string, Running>();

  constructor({
    hosts = ["controller"],
    size = 100,
    volumeFlags = {},
    broken = [],
    ...options
  }: BedOptions = {}) {
    super(options);
    seedUser(this.database, { name: "cinder", project: "service", roles: ["admin"] });
    this.groups.size_gb = size;
    this.breaks(...broken);
    const place = (binary: string, host: string, flags: FlagValues = {}): void => {
      const env = this.env(binary, { host, allowedModules: cinderAllowedModules, flags });
      this.services.set(env.actor, { env, process: this.#make(env) });
    };
    place("cinder-api", "controller");
    place("cinder-scheduler", "controller");
    for (const host of hosts) place("cinder-volume", host, volumeFlags);
    for (const { process } of this.services.values()) this.start(process);
    this.forget();
  }

  #make(env: Env): Process {
    if (env.binary === "cinder-api") return cinderApi(env, this.volumes);
    if (env.binary === "cinder-scheduler") return cinderScheduler(env, this.volumes);
    return cinderVolume(env, this.volumes, this.groups.of(env.host), LATENCY);
  }

  kill(actor: string): void {
    const { env, process } = this.services.get(actor)!;
    this.crash(process, env);
  }

  /** It starts again, with nothing in its memory. */
  restart(actor: string, flags: FlagValues = {}): void {
    const running = this.services.get(actor)!;
    const { binary, host } = running.env;
    const env = this.env(binary, { host, allowedModules: cinderAllowedModules, flags });
    this.services.set(actor, { env, process: this.start(this.#make(env)) });
  }

  group(host = "controller"): VolumeGroup {
    return this.groups.of(host);
  }

  /** The next operations of those kinds fail, each once. */
  breaks(...operations: StorageOperation[]): void {
    this.breaksOn("controller", ...operations);
  }

  breaksOn(host: string, ...operations: StorageOperation[]): void {
    const left = [...operations];
    this.group(host).failures = {
      next: (operation) => {
        const at = left.indexOf(operation);
        if (at < 0) return undefined;
        left.splice(at, 1);
        return { error: new CommandFailed("disk on fire") };
      },
    };
  }

  /** A request to Cinder in a project. */
  cinder(
    method: string,
    path: string,
    body?: unknown,
    { as = "demo", version = "v2" }: Asker = {},
  ): HttpResponse {
    const url = `${CINDER}/${version}/${this.project(as)}${path}`;
    return this.ask(method, url, body, { "x-auth-token": this[as].auth_token ?? "" });
  }

  /** What is refused: the status, the kind of fault and its words. */
  refusal(...request: Parameters<VolumeBed["cinder"]>): readonly unknown[] {
    const { status, body } = this.cinder(...request);
    const [[kind, fault] = []] = Object.entries((body ?? {}) as JsonObject);
    return [status, kind, (fault as JsonObject | undefined)?.["message"]];
  }

  act(id: string, action: string, argument: unknown = null, asker: Asker = {}): HttpResponse {
    return this.cinder("POST", `/volumes/${id}/action`, { [action]: argument }, asker);
  }

  /** How an action is refused. */
  actRefusal(id: string, action: string, argument: unknown = null, asker: Asker = {}) {
    return this.refusal("POST", `/volumes/${id}/action`, { [action]: argument }, asker);
  }

  /** A volume that has been asked for. @returns its id */
  asked(values: object = {}, asker: Asker = {}): string {
    const { status, body } = this.cinder(
      "POST",
      "/volumes",
      { volume: { size: 1, ...values } },
      asker,
    );
    if (status >= 400) throw new Error(JSON.stringify(body));
    return (body as unknown as { volume: { id: string } }).volume.id;
  }

  /** A volume that is there. @returns its id */
  made(values: object = {}, asker: Asker = {}): string {
    const id = this.asked(values, asker);
    this.wait(seconds(10));
    return id;
  }

  /** A snapshot that is there. @returns its id */
  snapped(volume_id: string, values: object = {}): string {
    const { status, body } = this.cinder("POST", "/snapshots", {
      snapshot: { volume_id, ...values },
    });
    if (status >= 400) throw new Error(JSON.stringify(body));
    this.wait(seconds(10));
    return (body as unknown as { snapshot: { id: string } }).snapshot.id;
  }

  /** A volume as the API shows it. */
  shown(id: string, asker: Asker = {}): JsonObject {
    const { body } = this.cinder("GET", `/volumes/${id}`, undefined, asker);
    return (body as unknown as { volume: JsonObject }).volume;
  }

  /** A volume as it is stored. */
  row(id: string) {
    return this.volumes.volumes.getAny(id)!;
  }

  /** As an operator would set it right, or wrong, in the database. */
  set(id: string, values: Partial<VolumeRow>): void {
    this.volumes.volumes.update(id, values);
  }

  /** Each status that a volume or snapshot has had. */
  lives(id: string): unknown[] {
    return this.of<Change>("db")
      .filter(
        ({ table, key, changes }) =>
          /^(volumes|snapshots)$/.test(table) && key === id && changes["status"],
      )
      .map(({ changes }) => changes["status"]![1]);
  }

  /** In use and reserved, by resource. */
  used(project = this.project("demo")): Record<string, readonly [number, number]> {
    const rows = this.volumes.quota_usages.find({ project_id: project });
    return Object.fromEntries(
      rows.map(({ resource, in_use, reserved }) => [resource, [in_use, reserved]]),
    );
  }

  /** What services have logged, at a level or worse. */
  logged(level: "info" | "warning" | "error" = "error"): string[] {
    const levels = ["error", "warning", "info"].slice(
      0,
      ["error", "warning", "info"].indexOf(level) + 1,
    );
    return this.of<Line>("log")
      .filter((line) => levels.includes(line.level))
      .map(({ message }) => message);
  }

  /** Event types and who published them. */
  told(): string[] {
    const told = this.of<Told>("notification").filter(({ event_type }) =>
      /^(volume|snap|sched)/.test(event_type),
    );
    return told.map(({ event_type, publisher_id }) => `${event_type} ${publisher_id}`);
  }
}

interface Change {
  readonly kind: "db";
  readonly table: string;
  readonly key: string | number;
  readonly changes: Readonly<Record<string, readonly [unknown, unknown]>>;
}

interface Line {
  readonly kind: "log";
  readonly level: string;
  readonly message: string;
}

interface Told {
  readonly kind: "notification";
  readonly event_type: string;
  readonly publisher_id: string;
  readonly payload: JsonObject;
}
