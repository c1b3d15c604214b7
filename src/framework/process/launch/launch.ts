/**
 * How a binary's main function runs what it serves: in its own process, or in workers that it forks.
 * Upstream: nova/service.py (serve) and nova/openstack/common/service.py (launch) at 2014.2;
 * messaging §B7.
 */
import type { Exception } from "../../../python/index.js";
import { ProcessLauncher } from "./process-launcher.js";
import { ServiceLauncher } from "./service-launcher.js";
import type { Env } from "../env.js";
import type { MakeProcess, Process } from "../process.js";

/** Hosts are not simulated to that depth: each has one. */
const CPUS = 1;

/**
 * How many workers option `<name>_workers` asks for: 0 is one for each CPU.
 * @param invalid makes what the project itself raises for a number below 0
 */
export function workerCount(
  name: string,
  configured: number,
  invalid: (message: string) => Exception,
): number {
  const workers = configured === 0 ? CPUS : configured;
  if (workers >= 1) return workers;
  throw invalid(`${name}_workers value of ${workers} is invalid, must be greater than 0`);
}

/**
 * The process that runs what `make` makes. One worker needs no parent.
 * @throws RuntimeError if the process serves something already (SVC-35)
 */
export function serve(env: Env, make: MakeProcess, workers = 1): Process {
  env.serveOnce();
  return workers === 1
    ? new ServiceLauncher(env, [make(env)])
    : new ProcessLauncher(env, [{ make, workers }]);
}
