/** Coming, going, looking, and the panels of the sidebar. */
import { z } from "zod";
import { minutes } from "../../kernel/index.js";
import { duration, line, name } from "../schema/values.js";
import { actVerb } from "./act-verb.js";

const nothing = z.strictObject({});

const panel = <const K extends string>(key: K, path: string, description: string) =>
  actVerb({
    key,
    schema: { [key]: nothing.meta({ description }) } as Record<K, typeof nothing>,
    act: () => ({ kind: "open", path }),
  });

export const signIn = actVerb({
  key: "sign in",
  schema: {
    "sign in": z
      .strictObject({
        user: name.optional().meta({ description: "User Name. Default: that of who does it." }),
        password: line(255, "a password")
          .optional()
          .meta({ description: "Password. Default: the right one." }),
      })
      .meta({ description: "Horizon is opened, and the form for the login is filled in." }),
  },
  act({ "sign in": { user, password } }) {
    return {
      kind: "sign in",
      ...(user !== undefined && { username: user }),
      ...(password !== undefined && { password }),
    };
  },
});

export const signOut = actVerb({
  key: "sign out",
  schema: { "sign out": nothing.meta({ description: "Sign Out is clicked." }) },
  act: () => ({ kind: "sign out" }),
});

export const look = actVerb({
  key: "look",
  schema: {
    look: nothing.meta({ description: "What is on the screen by now: nothing is asked." }),
  },
  act: () => ({ kind: "look" }),
});

export const watch = actVerb({
  key: "watch",
  schema: {
    watch: z
      .strictObject({
        row: name.optional().meta({ description: "By what it is called. Default: all of them." }),
        within: duration.optional().meta({ description: "How long at most. Default 5m." }),
      })
      .meta({ description: "The page is watched until its rows are under way no more." }),
  },
  act({ watch: { row, within = minutes(5) } }) {
    return { kind: "watch", within, ...(row !== undefined && { row }) };
  },
});

export const overview = panel("overview", "/project/", "Project, Overview.");
export const instances = panel("instances", "/project/instances/", "Project, Instances.");
export const containers = panel("containers", "/project/containers/", "Project, Containers.");
export const stacks = panel("stacks", "/project/stacks/", "Project, Stacks.");
export const volumes = panel("volumes", "/project/volumes/", "Project, Volumes.");
export const images = panel("images", "/project/images/", "Project, Images.");
export const networks = panel("networks", "/project/networks/", "Project, Networks.");
export const volumeSnapshots = panel(
  "volume snapshots",
  "/project/volumes/?tab=volumes_and_snapshots__snapshots_tab",
  "Project, Volumes, Volume Snapshots.",
);
export const accessAndSecurity = panel(
  "access and security",
  "/project/access_and_security/",
  "Project, Access & Security.",
);
export const routers = panel("routers", "/project/routers/", "Project, Routers.");
export const networkTopology = panel(
  "network topology",
  "/project/network_topology/",
  "Project, Network Topology.",
);
export const adminOverview = panel("admin overview", "/admin/", "Admin, Overview.");
export const hypervisors = panel("hypervisors", "/admin/hypervisors/", "Admin, Hypervisors.");
export const hostAggregates = panel(
  "host aggregates",
  "/admin/aggregates/",
  "Admin, Host Aggregates.",
);
export const adminInstances = panel("admin instances", "/admin/instances/", "Admin, Instances.");
export const flavors = panel("flavors", "/admin/flavors/", "Admin, Flavors.");
export const adminImages = panel("admin images", "/admin/images/", "Admin, Images.");
export const adminNetworks = panel("admin networks", "/admin/networks/", "Admin, Networks.");
export const defaults = panel("defaults", "/admin/defaults/", "Admin, Defaults.");
export const projects = panel("projects", "/identity/", "Identity, Projects.");
export const users = panel("users", "/identity/users/", "Identity, Users.");
