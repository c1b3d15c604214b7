/** What an administrator does in the dashboard Admin. */
import { z } from "zod";
import { actVerb } from "./act-verb.js";
import { called, formAct, naming, number, rowAct, several, text } from "./form-act.js";

const TABS = ["Services", "Compute Services", "Block Storage Services", "Network Agents"] as const;

const tab = z.enum(TABS, { error: `one of ${TABS.join(", ")}` });

export const systemInformation = actVerb({
  key: "system information",
  schema: {
    "system information": z
      .strictObject({ tab: tab.optional().meta({ description: "Default: Services." }) })
      .meta({ description: "Admin, System Information, and a tab of it." }),
  },
  act: ({ "system information": written }) => ({
    kind: "tab",
    path: "/admin/info/",
    tab: written.tab ?? "Services",
  }),
});

const FLAVORS = { path: "/admin/flavors/", table: "flavors" } as const;

export const createFlavor = formAct("create flavor", {
  ...FLAVORS,
  about: "Create Flavor.",
  action: "Create Flavor",
  labels: {
    name: naming(called("Name.", "name"), "flavor", "one"),
    id: text("ID. Default auto.", "flavor_id"),
    vcpus: number("VCPUs.", "vcpus", true),
    "ram mb": number("RAM (MB).", "memory_mb", true),
    "root disk gb": number("Root Disk (GB).", "disk_gb", true),
    "ephemeral disk gb": number("Ephemeral Disk (GB).", "eph_gb", true),
    "swap disk mb": number("Swap Disk (MB).", "swap_mb", true),
    projects: several(
      "Selected Projects. Default: all may use it.",
      "update_flavor_access_role_member",
    ),
  },
});

export const deleteFlavor = rowAct("delete flavor", {
  ...FLAVORS,
  action: "Delete Flavor",
  about: "Delete Flavor: one or several.",
});
