/**
 * A status that no server can have: whoever waits for it waits in vain, so better said at once.
 * Only `status` is checked; vm_state and task_state are the services' own words.
 */
import type { Known } from "../known.js";
import type { Scenario } from "../schema/scenario.js";
import { everyStep } from "./every-step.js";
import { didYouMean, type Finding } from "./finding.js";
import type { Path } from "./path.js";

interface Asked {
  readonly status: string | undefined;
  readonly path: Path;
}

export function checkStatuses({ steps, expect }: Scenario, { statuses }: Known): Finding[] {
  const asked = [...ofServers(expect?.server, ["expect", "server"])];
  for (const { step, path } of everyStep(steps)) {
    if ("wait" in step) asked.push({ status: step.wait.status, path: [...path, "wait"] });
    if ("check" in step) asked.push(...ofServers(step.check.server, [...path, "check", "server"]));
  }
  return asked.flatMap(({ status, path }) => {
    if (status === undefined || status.includes("{") || statuses.includes(status)) return [];
    const message = `there is no status "${status}"`;
    const hint = didYouMean(status, statuses);
    return [{ path: [...path, "status"], word: status, message, hint }];
  });
}

function ofServers(
  servers: Readonly<Record<string, { readonly status?: string | undefined }>> = {},
  path: Path,
): Asked[] {
  return Object.entries(servers).map(([name, { status }]) => ({ status, path: [...path, name] }));
}
