/** What is done in the panel Access & Security. */
import { z } from "zod";
import type { Entry } from "../../clients/index.js";
import { actVerb } from "./act-verb.js";
import {
  called,
  formAct,
  maybeCalled,
  number,
  openAct,
  rowAct,
  text,
  type Written,
} from "./form-act.js";

const PATH = "/project/access_and_security/";
const GROUPS = { path: PATH, table: "security_groups" } as const;
const KEYS = { path: PATH, table: "keypairs" } as const;
const IPS = { path: PATH, table: "floating_ips" } as const;

const nothing = z.strictObject({});

const tab = <const K extends string>(key: K, name: string) =>
  actVerb({
    key,
    schema: {
      [key]: nothing.meta({ description: `Project, Access & Security, ${name}.` }),
    } as Record<K, typeof nothing>,
    act: () => ({ kind: "tab", path: PATH, tab: name }),
  });

export const securityGroups = tab("security groups", "Security Groups");
export const keyPairs = tab("key pairs", "Key Pairs");
export const floatingIps = tab("floating ips", "Floating IPs");
export const apiAccess = tab("api access", "API Access");

export const createSecurityGroup = formAct("create security group", {
  ...GROUPS,
  about: "Create Security Group.",
  action: "Create Security Group",
  labels: { name: called("Name.", "name"), description: text("Description.", "description") },
});

export const editSecurityGroup = formAct("edit security group", {
  ...GROUPS,
  row: "group",
  about: "Edit Security Group.",
  action: "Edit Security Group",
  labels: {
    group: called("The group, by name."),
    name: maybeCalled("Name.", "name"),
    description: text("Description.", "description"),
  },
});

export const deleteSecurityGroup = rowAct("delete security group", {
  ...GROUPS,
  action: "Delete Security Group",
  about: "Delete Security Group: one or several.",
});

const rules = { ...GROUPS, action: "Manage Rules" } as const;

export const manageRules = openAct("manage rules", {
  ...rules,
  about: "Manage Rules, in the row of a security group.",
});

const ofGroup = {
  path: PATH,
  table: "rules",
  through: { table: "security_groups", action: ["Manage Rules"], label: "group" },
} as const;

/** Which of two ways a port and a remote are told, follows from what is told. */
function ways(written: Written): Readonly<Record<string, Entry>> {
  const range = written["from port"] !== undefined || written["to port"] !== undefined;
  return {
    ...(range && { port_or_range: "Port Range" }),
    ...(written["security group"] !== undefined && { remote: "Security Group" }),
  };
}

export const addRule = formAct("add rule", {
  ...ofGroup,
  about: "Add Rule, to a security group.",
  action: "Add Rule",
  fill: ways,
  oneOf: ["cidr", "security group"],
  labels: {
    group: called("The group, by name."),
    rule: called("Rule: `SSH`, `All ICMP`, `Custom TCP Rule`.", "rule_menu"),
    direction: text("Direction: Ingress or Egress.", "direction"),
    "ip protocol": number("IP Protocol, of `Other Protocol`.", "ip_protocol"),
    port: number("Port.", "port"),
    "from port": number("From Port.", "from_port"),
    "to port": number("To Port.", "to_port"),
    type: number("Type, of ICMP.", "icmp_type"),
    code: number("Code, of ICMP.", "icmp_code"),
    cidr: text("CIDR. Default 0.0.0.0/0.", "cidr"),
    "security group": maybeCalled("Security Group that is let in.", "security_group"),
    "ether type": text("Ether Type: IPv4 or IPv6.", "ethertype"),
  },
});

export const deleteRule = formAct("delete rule", {
  ...ofGroup,
  row: "rule",
  about: "Delete Rule, of a security group.",
  action: "Delete Rule",
  labels: {
    group: called("The group, by name."),
    rule: called("The rule: `ALLOW IPv4 22/tcp from 0.0.0.0/0`."),
  },
});

export const createKeyPair = formAct("create key pair", {
  ...KEYS,
  about: "Create Key Pair: the private key is downloaded.",
  action: "Create Key Pair",
  labels: { name: called("Key Pair Name.", "name") },
});

export const importKeyPair = formAct("import key pair", {
  ...KEYS,
  about: "Import Key Pair.",
  action: "Import Key Pair",
  labels: {
    name: called("Key Pair Name.", "name"),
    "public key": text("Public Key.", "public_key"),
  },
});

export const deleteKeyPair = rowAct("delete key pair", {
  ...KEYS,
  action: "Delete Key Pair",
  about: "Delete Key Pair: one or several.",
});

export const allocateIp = formAct("allocate floating ip", {
  ...IPS,
  about: "Allocate IP To Project.",
  action: "Allocate IP To Project",
  labels: { pool: maybeCalled("Pool. Default: the first one.", "pool") },
});

export const releaseIp = rowAct("release floating ip", {
  ...IPS,
  action: "Release Floating IP",
  about: "Release Floating IP: one or several.",
});

export const downloadRc = actVerb({
  key: "download rc file",
  schema: {
    "download rc file": nothing.meta({ description: "Download OpenStack RC File: what is in it." }),
  },
  act: () => ({
    kind: "click",
    path: PATH,
    table: "endpoints",
    action: ["Download OpenStack RC File"],
    rows: [],
  }),
});
