/** Forms and pages of one instance. */
import {
  called,
  formAct,
  maybeCalled,
  naming,
  openAct,
  several,
  text,
  type Label,
} from "./form-act.js";

const PATH = "/project/instances/";
const PLACE = { path: PATH, table: "instances", row: "instance" } as const;

const instance: Label = naming(called("The instance, by name."), "server");

export const createSnapshot = formAct("create snapshot", {
  ...PLACE,
  about: "Create Snapshot, in the row of an instance.",
  action: "Create Snapshot",
  labels: { instance, name: naming(called("Snapshot Name.", "name"), "image", "one") },
});

export const editInstance = formAct("edit instance", {
  ...PLACE,
  about: "Edit Instance, its name and its security groups.",
  action: "Edit Instance",
  labels: {
    instance,
    name: naming(maybeCalled("Name.", "name"), "server", "one"),
    "security groups": several(
      "Instance Security Groups: these and no others.",
      "update_security_groups_role_member",
    ),
  },
});

export const resizeInstance = formAct("resize instance", {
  ...PLACE,
  about: "Resize Instance.",
  action: "Resize Instance",
  labels: {
    instance,
    flavor: naming(called("New Flavor.", "flavor"), "flavor"),
    "disk partition": text("Disk Partition: Automatic or Manual.", "disk_config"),
  },
});

export const rebuildInstance = formAct("rebuild instance", {
  ...PLACE,
  about: "Rebuild Instance.",
  action: "Rebuild Instance",
  labels: {
    instance,
    image: naming(called("Select Image.", "image"), "image"),
    "disk partition": text("Disk Partition: Automatic or Manual.", "disk_config"),
  },
});

export const associateIp = formAct("associate floating ip", {
  ...PLACE,
  about: "Associate Floating IP, in the row of an instance, whose port is chosen already.",
  action: "Associate Floating IP",
  labels: {
    instance,
    ip: called("IP Address.", "ip_id"),
    port: text("Port to be associated. Default: the first one of the instance.", "instance_id"),
  },
});

const page = { path: PATH, table: "instances", what: "server" } as const;

export const openInstance = openAct("open instance", {
  ...page,
  about: "The name of an instance is clicked: its page.",
});

export const viewLog = openAct("view log", {
  ...page,
  action: "View Log",
  about: "View Log, in the row of an instance.",
});

export const viewConsole = openAct("console", {
  ...page,
  action: "Console",
  about: "Console, in the row of an instance.",
});

export const actionLog = openAct("action log", {
  ...page,
  tab: "Action Log",
  about: "The page of an instance, and its tab Action Log.",
});
