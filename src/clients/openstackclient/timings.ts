/**
 * `--timing`: how long the requests to Nova took, which alone counts them. Every service is looked for,
 * and one that the catalog does not have is an error. Upstream: openstackclient/shell.py (clean_up),
 * openstackclient/common/timing.py, 0.4.1.
 */
import { AttributeError, float } from "../../python/index.js";
import type { Arguments } from "../openstack/arguments.js";
import { table } from "../openstack/table.js";
import type { Console } from "../shell/console.js";
import type { OpenStackClients } from "./clients.js";
import { APIS } from "./command-groups.js";

/** @throws EndpointNotFound; AttributeError where nobody has logged in */
export function timings(
  clients: OpenStackClients | undefined,
  args: Arguments,
  console: Console,
): void {
  if (clients === undefined) {
    throw new AttributeError("'OpenStackShell' object has no attribute 'client_manager'");
  }
  for (const api of APIS) clients.of(api);
  const all = clients.computeTimings;
  const total = all.reduce((sum, { took }) => sum + took, 0);
  const rows = [...all, { what: "Total", took: total }].map(({ what, took }): [string, string] => [
    what,
    float(took / 1e6),
  ]);
  console.print();
  // Whatever is no table is a csv.
  if ((args.text("formatter") ?? "table") === "table") {
    console.write(table(["URL", "Seconds"], rows, undefined, { right: new Set([1]) }));
    return;
  }
  console.print('"URL","Seconds"');
  for (const [what, seconds] of rows) console.print(`"${what.replaceAll('"', '""')}",${seconds}`);
}
