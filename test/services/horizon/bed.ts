/** A cloud with Horizon, people's browsers, and what Horizon has asked of services since somebody looked. */
import { Cloud, type CloudSetup } from "../../../src/cloud/cloud.js";
import type { Act, Entry } from "../../../src/clients/index.js";
import { actOf, acts } from "../../../src/scenario/horizon/acts.js";
import type { Entry as TimelineEntry } from "../../../src/timeline/index.js";

const SHORT: Readonly<Record<string, string>> = {
  "nova-api": "nova",
  "glance-api": "glance",
  "neutron-server": "neutron",
  "cinder-api": "cinder",
  keystone: "keystone",
};

export class DashboardBed {
  readonly cloud: Cloud;
  #seen = 0;

  constructor(setup: CloudSetup = {}) {
    this.cloud = new Cloud({ computes: 1, services: ["horizon"], ...setup });
  }

  act(act: Act, as = "demo") {
    return this.cloud.kernel.finish(this.cloud.user(as).beginAct(act));
  }

  /** What a scenario's step would do: `{ "create volume": { name: "data" } }`. */
  do(step: unknown, as = "demo") {
    return this.act(actOf(acts().schema.parse(step)), as);
  }

  /** What was sent with the requests to `path`, since the last look. */
  bodies(method: string, path: RegExp): unknown[] {
    return this.entries().flatMap((entry) =>
      entry.kind === "rest.request" &&
      entry.from === "horizon@controller" &&
      entry.method === method &&
      path.test(entry.path)
        ? [entry.body]
        : [],
    );
  }

  signIn(as = "demo") {
    const result = this.act({ kind: "sign in" }, as);
    this.calls();
    return result;
  }

  open(path: string, as = "demo") {
    return this.act({ kind: "open", path }, as);
  }

  /** The Launch Instance workflow, filled in and sent. */
  launch(fields: Readonly<Record<string, Entry>>) {
    const entries = {
      name: "web",
      flavor: "m1.tiny",
      source_type: "Boot from image",
      image_id: "cirros",
      ...fields,
    };
    return this.click("Launch Instance", { fields: entries });
  }

  click(
    action: string,
    {
      rows = [],
      path = "/project/instances/",
      fields,
    }: { rows?: readonly string[]; path?: string; fields?: Readonly<Record<string, Entry>> } = {},
  ) {
    return this.act({
      kind: "click",
      path,
      action: [action],
      rows,
      ...(fields !== undefined && { fields }),
    });
  }

  run(line: string) {
    return this.cloud.user("demo").command(line);
  }

  /** What has been recorded since the last look. */
  entries(): readonly TimelineEntry[] {
    const all = this.cloud.timeline.entries;
    const found = all.slice(this.#seen);
    this.#seen = all.length;
    return found;
  }

  /** What Horizon has asked since the last look, in its order: `neutron GET /v2.0/ports.json?tenant_id={t}`. */
  calls(): string[] {
    const tenant = this.cloud.id("project", "demo") ?? "";
    return this.entries().flatMap((entry) =>
      entry.kind === "rest.request" && entry.from === "horizon@controller"
        ? [`${service(entry.to)} ${entry.method} ${withoutIds(entry.path, tenant)}`]
        : [],
    );
  }

  /** What browsers have asked of Horizon, likewise. */
  visits(): string[] {
    return this.entries().flatMap((entry) =>
      entry.kind === "rest.request" && entry.from.startsWith("browser@")
        ? [`${entry.method} ${withoutIds(entry.path, "")}`]
        : [],
    );
  }

  /** Lines of Horizon's log since the last look. */
  logged(): string[] {
    return this.entries().flatMap((entry) =>
      entry.kind === "log" && entry.actor === "horizon@controller" ? [entry.message] : [],
    );
  }
}

const service = (to: string): string => {
  const [binary = to] = to.split(/[@:]/u);
  return SHORT[binary] ?? to;
};

const withoutIds = (path: string, tenant: string): string =>
  path
    .replaceAll(tenant === "" ? "\0" : tenant, "{t}")
    .replaceAll(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gu, "{id}")
    .replaceAll(/\b[0-9a-f]{32}\b/gu, "{id}");
