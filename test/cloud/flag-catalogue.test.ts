/** The catalogue of flags against the code: a process reads what its modules read. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { flagCatalogue } from "../../src/cloud/flags/catalogue.js";
import type { FlagSet } from "../../src/framework/flags/index.js";
import { serviceGroupFlags } from "../../src/services/nova/servicegroup.js";

const services = path.resolve(import.meta.dirname, "../../src/services");

/** Where the code of each process begins. */
const ENTRIES: readonly (readonly [string, string])[] = [
  ["keystone", "keystone/index.ts"],
  ["glance-registry", "glance/registry/index.ts"],
  ["glance-api", "glance/api/index.ts"],
  ["neutron-server", "neutron/api/server.ts"],
  ["neutron-dhcp-agent", "neutron/dhcp/agent.ts"],
  ["neutron-openvswitch-agent", "neutron/ovs/agent.ts"],
  ["nova-conductor", "nova/conductor/index.ts"],
  ["nova-scheduler", "nova/scheduler/index.ts"],
  ["nova-api", "nova/api/index.ts"],
  ["nova-compute", "nova/compute/index.ts"],
  ["nova-network", "nova/network/index.ts"],
  ["nova-exampleservice", "exampleservice/index.ts"],
];

/** What a module takes from others at run time: clause and file. */
function importsOf(file: string, text: string): { clause: string; from: string }[] {
  const statements = text.matchAll(
    /^(?:import|export) (?!type )([^;]*?) from "(\.[^"]+)\.js";/gmsu,
  );
  return [...statements].map(([, clause = "", from = ""]) => ({
    clause,
    from: `${path.resolve(path.dirname(file), from)}.ts`,
  }));
}

/** The sets that services declare and `entry`, or what it loads, reads: `flags.read(someFlags)`. */
async function setsReadBy(entry: string): Promise<readonly FlagSet[]> {
  const seen = new Set<string>();
  const open = [path.join(services, entry)];
  const sets = new Set<FlagSet>();
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (seen.has(file) || !file.startsWith(services) || !existsSync(file)) continue;
    seen.add(file);
    const text = readFileSync(file, "utf8");
    const imports = importsOf(file, text);
    open.push(...imports.map(({ from }) => from));
    for (const [, argument = ""] of text.matchAll(/\.read\(([^)]*)\)/gu)) {
      for (const [name] of argument.matchAll(/\b\w+Flags\b/gu)) {
        const word = new RegExp(`\\b${name}\\b`, "u");
        const from = imports.find(({ clause }) => word.test(clause))?.from ?? file;
        if (!from.startsWith(services)) continue;
        const module = (await import(from)) as Readonly<Record<string, FlagSet>>;
        sets.add(module[name]!);
      }
    }
  }
  return [...sets];
}

describe("the catalogue of flags", () => {
  it("has every process", () => {
    const readers = [...flagCatalogue()].filter(([, sets]) => sets.length > 0);
    expect(readers.map(([binary]) => binary).sort()).toEqual(
      ENTRIES.map(([binary]) => binary).sort(),
    );
  });

  it.each(ENTRIES)("gives %s exactly the sets that its code reads", async (binary, entry) => {
    const catalogued = flagCatalogue().get(binary) ?? [];
    const read = [...(await setsReadBy(entry))];
    // A service of one's own is given its service group by the cloud.
    if (entry.startsWith("exampleservice")) read.push(serviceGroupFlags);
    const keys = (sets: readonly FlagSet[]): string[] =>
      sets.map((set) => Object.keys(set).join()).sort();
    // What the framework reads, it reads for everybody.
    const own = catalogued.filter((set) => !("report_interval" in set) && !("auth_uri" in set));
    expect(keys(read)).toEqual(keys(own));
  });
});
