/** A cloud with Trove and all that it needs, asked for by REST. */
import { expect } from "vitest";
import { Cloud, type CloudSetup } from "../../../src/cloud/cloud.js";
import type { Json, JsonObject } from "../../../src/python/index.js";

export interface Answer {
  readonly status: number;
  readonly body: JsonObject;
}

export class TroveBed {
  readonly cloud: Cloud;

  constructor(setup: CloudSetup = {}) {
    this.cloud = new Cloud({ seed: 9, services: ["cinder", "swift", "trove"], ...setup });
  }

  ask(method: string, path: string, body?: Json, as = "demo"): Answer {
    const request = this.cloud.user(as).beginRequest({
      ...{ to: "trove", method, path, headers: {} },
      ...(body === undefined ? {} : { body }),
    });
    const answer = this.cloud.kernel.finish(request);
    if (answer.kind !== "response") throw new Error(`${method} ${path} had no answer`);
    const { status, body: said } = answer.response;
    return { status, body: (said ?? {}) as JsonObject };
  }

  /** What it is refused with, as the fault says it. */
  refused(method: string, path: string, body?: Json, as?: string): readonly [string, string] {
    const { body: fault } = this.ask(method, path, body, as);
    const [name = "", said] = Object.entries(fault)[0] ?? [];
    return [name, ((said ?? {}) as { message?: string }).message ?? ""];
  }

  create(more: JsonObject = {}, as?: string): Answer {
    const instance = { name: "db", flavorRef: "1", volume: { size: 1 }, ...more };
    return this.ask("POST", "/instances", { instance }, as);
  }

  /** Its id; nothing is waited for. */
  made(more: JsonObject = {}): string {
    const { status, body } = this.create(more);
    expect({ status, body }).toMatchObject({ status: 200 });
    return (body["instance"] as { id: string }).id;
  }

  /** The id of one that runs. */
  active(more: JsonObject = {}): string {
    const id = this.made(more);
    this.cloud.advance("130s");
    expect(this.status(id)).toBe("ACTIVE");
    return id;
  }

  show(id: string, as?: string): JsonObject {
    return this.ask("GET", `/instances/${id}`, undefined, as).body["instance"] as JsonObject;
  }

  status(id: string): string {
    return this.show(id)["status"] as string;
  }

  /** As administrators see it. */
  task(id: string): string {
    const { body } = this.ask("GET", `/mgmt/instances/${id}`, undefined, "admin");
    return (body["instance"] as { task_description: string }).task_description;
  }

  list(path: string, key: string): JsonObject[] {
    return this.ask("GET", path).body[key] as JsonObject[];
  }

  names(path: string, key: string): Json[] {
    return this.list(path, key).map(({ name }) => name ?? null);
  }

  action(id: string, body: Json): Answer {
    return this.ask("POST", `/instances/${id}/action`, body);
  }

  /** What was sent to guests from entry `from` on. */
  toGuests(from = 0): string[] {
    return this.cloud.timeline.entries
      .slice(from)
      .flatMap((entry) =>
        (entry.kind === "rpc.call" || entry.kind === "rpc.cast") && entry.topic === "guestagent"
          ? [entry.method]
          : [],
      );
  }

  /** The agents that run in guests. */
  agents(): string[] {
    const running = new Set<string>();
    for (const entry of this.cloud.timeline.entries) {
      const { actor = "" } = entry;
      if (entry.kind !== "service" || !actor.startsWith("trove-guestagent@")) continue;
      if (entry.event === "started") running.add(actor);
      else running.delete(actor);
    }
    return [...running];
  }

  get mark(): number {
    return this.cloud.timeline.entries.length;
  }

  logged(from = 0): string[] {
    return this.cloud.timeline.entries
      .slice(from)
      .flatMap((entry) => (entry.kind === "log" ? [entry.message] : []));
  }
}
