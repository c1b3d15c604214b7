/**
 * docs/protocol.md is made from the contracts and routes themselves. After one of them has changed,
 * `npx vitest run test/docs -u` writes the page anew.
 */
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { rulesOf, type RoutePolicy } from "../../src/framework/index.js";
import type { RpcApi } from "../../src/bus/index.js";
import { ROOT } from "./juno.js";
import { restServices } from "./rest.js";
import {
  contracts,
  kindOf,
  type Base,
  type Contract,
  type Contracts,
  type MethodSpec,
} from "./rpc.js";

let rpc: Contracts;
beforeAll(async () => {
  rpc = await contracts();
});

const INTRODUCTION = `# The protocol: every message that services understand

Made from the contracts (\`defineRpcApi\`) and the routes themselves; a test compares, and
\`npx vitest run test/docs -u\` writes it anew. By hand one changes the contract or the route.

## RPC

Each contract serves a topic. A **call** waits for the result; a **cast** does not. To whom a message goes is its sender's choice: to the
topic (one of its servers, in turn), to one host, or to all of them (a **fanout**, which is a cast). *Taken note of at once*: the server
has nothing to wait for, so that no greenthread is started; what every agent is told by fanout is such. The version is the one on the
wire; a server answers to its own and every lower one of the same major number.
`;

function section({ name, file, api, servers, onlyIfAsked }: Contract): string {
  const { topic, namespace, version } = api;
  const who = [...servers].sort().join(", ");
  return `### ${topic}${namespace === undefined ? "" : `, namespace ${namespace}`}: ${name}

Version ${version}, served by ${who}${onlyIfAsked ? " (where a scenario asks for it)" : ""}. Contract: ${link(file)}.

${methods(api)}`;
}

function baseSection({ file, api, topics }: Base): string {
  return `### Namespace ${String(api.namespace)}

What every service of the framework answers beside its own contract; here on the topics
${topics.map((topic) => `\`${topic}\``).join(", ")}.
Version ${api.version}. Contract: ${link(file)}.

${methods(api)}`;
}

const link = (file: string): string => `[\`${file}\`](../${file})`;

const methods = ({ version, clientVersion, methods: all }: RpcApi): string =>
  table(
    ["method", "kind", "version"],
    Object.entries<MethodSpec>(all).map(([method, spec]) => [
      `\`${method}\``,
      kindOf(spec),
      spec.version ?? clientVersion ?? version,
    ]),
  );

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, at) => Math.max(3, ...all.map((row) => row[at]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

function ruleOf(policy: RoutePolicy<string>): string {
  const rules = rulesOf(policy).map((rule) => `\`${rule}\``);
  if (typeof policy === "string" || policy === null) return rules.join("");
  return `${rules.join(", ")} (${"each" in policy ? "each" : "inside"})`;
}

function page(): string {
  const rest = [...restServices()].map(([service, routes]) => {
    const rows = routes.map(({ method, path: at, policy }) => [
      method,
      `\`${at}\``,
      ruleOf(policy),
    ]);
    return `### ${service}\n\n${table(["method", "path", "rule"], rows)}\n`;
  });
  return [
    INTRODUCTION,
    ...rpc.contracts.map((contract) => `${section(contract)}\n`),
    `${baseSection(rpc.base)}\n`,
    `## REST

Paths with their \`{parameters}\`, by process, and the rule of the project's policy that a caller is held to. A rule marked
*inside* is asked about what the handler has found, one marked *each* about each thing of the answer, which is left out if it is refused; a path without a rule is for whoever gets through to it.
`,
    ...rest,
  ].join("\n");
}

describe("docs/protocol.md", () => {
  it("is what contracts and routes say (update: npx vitest run test/docs -u)", async () => {
    await expect(page()).toMatchFileSnapshot(path.join(ROOT, "docs/protocol.md"));
  });

  it("has no contract that nobody serves", () => {
    expect(rpc.contracts.length).toBeGreaterThan(10);
    expect(
      rpc.contracts.filter(({ servers }) => servers.size === 0).map(({ name }) => name),
    ).toEqual([]);
  });

  it("has no service with two routes for one method and path", () => {
    for (const [service, routes] of restServices()) {
      const lines = routes.map(({ method, path: at }) => `${method} ${at}`);
      expect(
        lines.filter((one, at) => lines.indexOf(one) < at),
        service,
      ).toEqual([]);
    }
  });
});
