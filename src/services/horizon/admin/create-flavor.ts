/** Create Flavor: its numbers, and the projects that alone may use it. Upstream: openstack_dashboard/dashboards/admin/flavors/workflows.py (CreateFlavor) at 2014.2. */
import type { Op } from "../../../kernel/index.js";
import { textOf } from "../../../python/index.js";
import { allTenants } from "../api/keystone.js";
import { novaClient } from "../api/nova.js";
import { listIn, numberIn, textIn, type Choice, type Field } from "../forms/field.js";
import type { Step, Workflow } from "../forms/workflow.js";
import { attempted, listed } from "../web/attempts.js";

export const createFlavor = (): Workflow => ({
  title: "Create Flavor",
  submit: "Create Flavor",
  successUrl: "/admin/flavors/",
  success: (cleaned) => `Created new flavor "${textIn(cleaned, "name")}".`,
  failure: (cleaned) => `Unable to create flavor "${textIn(cleaned, "name")}".`,
  steps: [info, access],
  *handle(request, cleaned): Op<boolean> {
    const client = novaClient(request);
    const projects = listIn(cleaned, "update_flavor_access_role_member");
    const id = textIn(cleaned, "flavor_id");
    const flavor = yield* attempted(request, "Unable to create flavor.", () =>
      client.createFlavor({
        name: textIn(cleaned, "name"),
        ram: numberIn(cleaned, "memory_mb"),
        vcpus: numberIn(cleaned, "vcpus"),
        disk: numberIn(cleaned, "disk_gb"),
        // `auto` leaves the id to Nova (novaclient).
        id: id === "" || id === "auto" ? null : id,
        swap: numberIn(cleaned, "swap_mb"),
        "OS-FLV-EXT-DATA:ephemeral": numberIn(cleaned, "eph_gb"),
        rxtx_factor: 1,
        "os-flavor-access:is_public": projects.length === 0,
      }),
    );
    if (flavor === undefined) return false;
    for (const project of projects) {
      const message = `Unable to set flavor access for project ${project}.`;
      yield* attempted(request, message, () =>
        client.changeFlavorAccess(flavor.id, "addTenantAccess", project),
      );
    }
    return true;
  },
});

const number = (name: string, label: string, min: number): Field => ({
  kind: "integer",
  name,
  label,
  required: true,
  min,
});

const info: Step = {
  name: "Flavor Information",
  *fields() {
    return [
      {
        kind: "text",
        name: "name",
        label: "Name",
        required: true,
        longest: 255,
        pattern: {
          regex: /^[\p{L}\p{N}_.\- ]+$/u,
          text: "Name may only contain letters, numbers, underscores, periods and hyphens.",
        },
      },
      {
        kind: "text",
        name: "flavor_id",
        label: "ID",
        initial: "auto",
        pattern: {
          regex: /^[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|[0-9]+|auto$/u,
          text: "Enter a valid value.",
        },
      },
      number("vcpus", "VCPUs", 1),
      number("memory_mb", "RAM (MB)", 1),
      number("disk_gb", "Root Disk (GB)", 0),
      number("eph_gb", "Ephemeral Disk (GB)", 0),
      number("swap_mb", "Swap Disk (MB)", 0),
    ];
  },
  /** Nova's list is asked unguarded. */
  *clean(request, cleaned, errors) {
    const [name, id] = [textIn(cleaned, "name"), textIn(cleaned, "flavor_id")];
    for (const flavor of yield* novaClient(request).flavors(null)) {
      if (flavor.name === name) {
        errors.set("", [`The name "${name}" is already used by another flavor.`]);
        return;
      }
      if (flavor.id === id) {
        errors.set("", [`The ID "${id}" is already used by another flavor.`]);
        return;
      }
    }
  },
};

const access: Step = {
  name: "Flavor Access",
  *fields(request) {
    const message = "Unable to retrieve flavor access list. Please try again later.";
    const tenants = yield* listed(request, message, () => allTenants(request));
    return [
      {
        kind: "multiple",
        name: "update_flavor_access_role_member",
        label: "Selected Projects",
        choices: tenants.map((one): Choice => [textOf(one, "id"), textOf(one, "name")]),
      },
    ];
  },
};
