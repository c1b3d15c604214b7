/**
 * docs/coverage/scenarios.md is what the recordings that ship exercise. After one of them or a contract has changed,
 * `npx vitest run test/docs -u` writes it anew.
 */
import path from "node:path";
import { expect, it } from "vitest";
import { RPC_CONTRACTS } from "../../src/cloud/protocol/rpc.js";
import { universe } from "../../src/cli/commands/coverage.js";
import { readTimeline } from "../../src/timeline/index.js";
import { Coverage, coveragePage } from "../../src/views/coverage/index.js";
import { filesIn, read, ROOT } from "./juno.js";

const HEAD = `# What the scenarios exercise

Made by \`novasim coverage\` of the recordings in \`scenarios/\`; a test compares. What is never exercised may still be pinned by a test of its
own. What there is comes from contracts, routes, lists of states and fault verbs, as in [protocol.md](../protocol.md); the transitions
are what was seen. Recordings are of detail \`flow\`: heartbeats and their like are in none of them.
`;

it("docs/coverage/scenarios.md is what the recordings say (update: npx vitest run test/docs -u)", async () => {
  const coverage = new Coverage(universe());
  for (const file of filesIn(["scenarios"], /\.timeline\.jsonl$/u)) {
    coverage.add(readTimeline(read(file)));
  }
  const page = `${HEAD}\n${coveragePage(coverage.tables())}`;
  await expect(page).toMatchFileSnapshot(path.join(ROOT, "docs/coverage/scenarios.md"));
});

it("no rpcapi.ts has a contract that is not known to coverage", async () => {
  const known = new Set<unknown>([...RPC_CONTRACTS.values()].flat());
  for (const file of filesIn(["src"], /(?:^|\/)rpcapi\.ts$/u)) {
    const found = (await import(path.join(ROOT, file))) as Record<string, unknown>;
    for (const [name, value] of Object.entries(found)) {
      const contract = typeof value === "object" && value !== null && "methods" in value;
      if (contract) expect(known.has(value), `${file}: ${name}`).toBe(true);
    }
  }
});
