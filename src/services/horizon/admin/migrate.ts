/** An administrator moves a server: to where the scheduler says, or live to a host that they choose. Upstream: openstack_dashboard/dashboards/admin/instances/{tables,forms,views}.py at 2014.2. */
import type { Op } from "../../../kernel/index.js";
import { hostNames, novaClient, serverGet } from "../api/nova.js";
import { textIn, type Choice } from "../forms/field.js";
import type { ModalForm } from "../forms/modal-form.js";
import { isDeleting } from "../project/instances/states.js";
import type { InstanceRow } from "../project/instances/rows.js";
import type { Action } from "../tables/action.js";
import { listed, required, succeeded } from "../web/attempts.js";

const URL = "/admin/instances/";

const stands = (row: InstanceRow | undefined, ...statuses: readonly string[]): boolean =>
  row !== undefined && statuses.includes(row.server.status) && !isDeleting(row.server);

export const migrateActions: readonly Action<InstanceRow>[] = [
  {
    kind: "batch",
    name: "migrate",
    present: (count) => `Migrate Instance${count === 1 ? "" : "s"}`,
    past: (count) =>
      `Scheduled migration (pending confirmation) of Instance${count === 1 ? "" : "s"}`,
    *allowed(_request, row) {
      return stands(row, "ACTIVE", "SHUTOFF");
    },
    *act(request, id): Op<void> {
      yield* novaClient(request).action(id, "migrate", null);
    },
  },
  {
    kind: "link",
    name: "live_migrate",
    text: "Live Migrate Instance",
    modal: true,
    href: (row) => `${URL}${row?.server.id ?? ""}/live_migrate`,
    *allowed(_request, row) {
      return stands(row, "ACTIVE");
    },
  },
];

export const liveMigrate = (id: string): ModalForm => ({
  title: "Live Migrate",
  submit: "Submit",
  successUrl: URL,
  *fields(request) {
    const message = "Unable to retrieve instance details.";
    const server = yield* required(request, message, URL, () => serverGet(request, id));
    const current = server["OS-EXT-SRV-ATTR:host"] ?? "";
    const names = yield* listed(request, "Unable to retrieve host information.", () =>
      hostNames(request),
    );
    const others = [...new Set(names)].filter((name) => name !== current).toSorted();
    const first = others.length > 0 ? "Select a new host" : "No other hosts available.";
    return [
      {
        kind: "text",
        name: "current_host",
        label: "Current Host",
        readonly: true,
        initial: current,
      },
      {
        kind: "choice",
        name: "host",
        label: "New Host",
        required: true,
        choices: [["", first], ...others.map((name): Choice => [name, name])],
        initial: "",
      },
      { kind: "boolean", name: "disk_over_commit", label: "Disk Over Commit" },
      { kind: "boolean", name: "block_migration", label: "Block Migration" },
    ];
  },
  handle(request, cleaned) {
    const host = textIn(cleaned, "host");
    return succeeded(
      request,
      `Failed to live migrate instance to host "${host}".`,
      function* () {
        yield* novaClient(request).action(id, "os-migrateLive", {
          disk_over_commit: cleaned["disk_over_commit"] === true,
          block_migration: cleaned["block_migration"] === true,
          host,
        });
        request.message(
          "success",
          `The instance is preparing the live migration to host "${host}".`,
        );
      },
      { redirect: URL },
    );
  },
});
