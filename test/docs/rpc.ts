/** Every RPC contract that there is, and who serves it in a running cloud. */
import path from "node:path";
import type { RpcApi } from "../../src/bus/index.js";
import { Cloud, type CloudSetup } from "../../src/cloud/cloud.js";
import { filesIn, ROOT } from "./juno.js";

export type MethodSpec = RpcApi["methods"][string];

/** A contract, where it is written, and the binaries that serve it. */
export interface Contract {
  readonly file: string;
  readonly name: string;
  readonly api: RpcApi;
  readonly servers: ReadonlySet<string>;
  /** Only in a cloud that asks for it: by a service or a flag. */
  readonly onlyIfAsked: boolean;
}

/** Everything that a scenario may ask for beside the usual. */
const EVERYTHING: CloudSetup = {
  services: [
    "nova-exampleservice",
    "nova-network",
    "nova-cert",
    "nova-console",
    "neutron-l3-agent",
    "neutron-lbaas-agent",
    "cinder",
    "swift",
    "ceilometer",
    "heat",
    "trove",
  ],
  flags: {
    conductor: { manager: "mymodule.flavors.FlavorsConductorManager" },
    agent: { tunnel_types: ["gre"] },
    alarm: { evaluation_service: "partitioned" },
  },
};

/** Who has registered a contract, by its methods: no two contracts share a list of them. */
type Served = ReadonlyMap<object, { readonly servers: Set<string>; readonly topics: Set<string> }>;

function servedIn(cloud: Cloud): Served {
  const served = new Map<object, { servers: Set<string>; topics: Set<string> }>();
  for (const { actor, topic, contracts } of cloud.bus.servers()) {
    for (const methods of contracts) {
      const one = served.get(methods) ?? { servers: new Set(), topics: new Set() };
      served.set(methods, one);
      one.servers.add(actor.replace(/[:@].*/u, ""));
      one.topics.add(topic);
    }
  }
  return served;
}

const isContract = (value: unknown): value is RpcApi =>
  typeof value === "object" && value !== null && "topic" in value && "methods" in value;

/** What every service of the framework answers on its own topic. */
export interface Base {
  readonly file: string;
  readonly api: RpcApi;
  readonly topics: readonly string[];
}

export interface Contracts {
  readonly contracts: readonly Contract[];
  readonly base: Base;
}

/** @throws if a service serves what no `rpcapi.ts` exports */
export async function contracts(): Promise<Contracts> {
  const usual = servedIn(new Cloud({ computes: 1, observer: null }));
  const everything = new Cloud({ computes: 1, observer: null, ...EVERYTHING });
  // Some are served inside guests alone.
  everything.user("demo").command("trove create shop 1 --size 1");
  everything.advance("1m");
  const all = servedIn(everything);
  const found: Contract[] = [];
  for (const file of filesIn(["src"], /(?:^|\/)rpcapi\.ts$/u)) {
    for (const [name, api] of Object.entries(await exportsOf(file))) {
      if (!isContract(api)) continue;
      const servers = all.get(api.methods)?.servers ?? serversOfNames(all, api);
      found.push({ file, name, api, servers, onlyIfAsked: !usual.has(api.methods) });
    }
  }
  const base = await baseContract(all);
  const written = new Set<object>([...found, base].map(({ api }) => api.methods));
  const stray = [...all.keys()].filter((methods) => !written.has(methods)).map(Object.keys);
  if (stray.length > 0) throw new Error(`no rpcapi.ts exports ${JSON.stringify(stray)}`);
  return { contracts: found, base };
}

/** Who serves a contract that another one has the messages of, for callers that wait where those do not. */
function serversOfNames(served: Served, { topic, methods }: RpcApi): ReadonlySet<string> {
  const names = Object.keys(methods);
  const others = [...served].filter(
    ([other, { topics }]) => topics.has(topic) && names.every((name) => name in other),
  );
  return new Set(others.flatMap(([, { servers }]) => [...servers]));
}

async function baseContract(served: Served): Promise<Base> {
  const [file = ""] = filesIn(["src"], /\/base-rpc\.ts$/u);
  const make = (await exportsOf(file))["baseApi"] as (topic: string) => RpcApi;
  const api = make("any");
  return { file, api, topics: [...(served.get(api.methods)?.topics ?? [])].sort() };
}

const exportsOf = async (file: string): Promise<Record<string, unknown>> =>
  (await import(path.join(ROOT, file))) as Record<string, unknown>;

/** `call`, `cast`, and what is special about it. */
export function kindOf(spec: MethodSpec): string {
  if ("yields" in spec) return "call, several values";
  return "told" in spec ? "cast, taken note of at once" : spec.kind;
}
