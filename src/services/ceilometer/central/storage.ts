/**
 * What tenants have stored in Swift: a HEAD of each account, a GET for its containers. Where Swift is, is asked of
 * the catalog once in the life of the process. Upstream: ceilometer/objectstore/swift.py at 2014.2.
 */
import type { Env } from "../../../framework/index.js";
import { reason, type HttpResponse } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import { Exception, isObject, textOf, type Json } from "../../../python/index.js";
import { PerCycle, type Cycle, type Pollster } from "../agent/pollster.js";
import type { Measurement } from "../sample.js";
import type { CentralKeystone } from "./keystone.js";

/** An account, and what Swift answered about it. */
interface Account {
  readonly tenant: string;
  readonly answer: HttpResponse;
}

export function storagePollsters(env: Env, keystone: CentralKeystone): readonly Pollster[] {
  const asked = new PerCycle<readonly Account[]>();
  let endpoint: string | undefined;

  function* accounts(method: "HEAD" | "GET", tenants: readonly Json[]): Op<readonly Account[]> {
    endpoint ??= keystone.urls("object-store")[0];
    if (endpoint === undefined) {
      env.log("debug", "Swift endpoint not found");
      return [];
    }
    const [base = ""] = endpoint.split("/v1");
    const found: Account[] = [];
    for (const tenant of tenants.filter(isObject).map((each) => textOf(each, "id"))) {
      const url = `${base.replace(/\/+$/, "")}/v1/AUTH_${tenant}`;
      const query = method === "GET" ? { format: "json" } : {};
      const headers = { "x-auth-token": keystone.access.token };
      const answer = yield* env.http.request(method, url, { query, headers });
      if (answer.status < 200 || answer.status >= 300) {
        const what = `Account ${method} failed: ${url}`;
        throw new Exception(`${what} ${String(answer.status)} ${reason(answer.status)}`);
      }
      found.push({ tenant, answer });
    }
    return found;
  }

  const pollster = (
    name: string,
    method: "HEAD" | "GET",
    measure: (account: Account) => readonly Measurement[],
  ): Pollster => ({
    name,
    defaultDiscovery: "tenant",
    *samples(cycle: Cycle, resources) {
      const all = yield* asked.get(cycle, method, () => accounts(method, resources));
      return all.flatMap(measure);
    },
  });

  const sample = (
    name: string,
    unit: string,
    tenant: string,
    resource_id: string,
    volume: number,
  ): Measurement => ({
    name,
    type: "gauge",
    unit,
    volume,
    user_id: null,
    project_id: tenant,
    resource_id,
    timestamp: env.kernel.calendar.iso(env.kernel.now),
    resource_metadata: null,
  });

  const ofContainers = (name: string, unit: string, key: string): Pollster =>
    pollster(name, "GET", ({ tenant, answer }) =>
      (Array.isArray(answer.body) ? (answer.body as readonly Json[]) : [])
        .filter(isObject)
        .map((each) =>
          sample(name, unit, tenant, `${tenant}/${textOf(each, "name")}`, Number(each[key] ?? 0)),
        ),
    );

  const ofAccount = (name: string, unit: string, header: string): Pollster =>
    pollster(name, "HEAD", ({ tenant, answer }) => [
      sample(name, unit, tenant, tenant, Number(answer.headers[header] ?? 0)),
    ]);

  return [
    ofContainers("storage.containers.objects", "object", "count"),
    ofContainers("storage.containers.objects.size", "B", "bytes"),
    ofAccount("storage.objects", "object", "x-account-object-count"),
    ofAccount("storage.objects.size", "B", "x-account-bytes-used"),
    ofAccount("storage.objects.containers", "container", "x-account-container-count"),
  ];
}
