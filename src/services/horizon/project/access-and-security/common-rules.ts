/** Rules that can be chosen by a name. Upstream: SECURITY_GROUP_RULES of openstack_dashboard/local/local_settings.py.example at 2014.2. */
import type { Choice } from "../../forms/field.js";

export interface CommonRule {
  readonly name: string;
  readonly protocol: "tcp" | "udp" | "icmp";
  readonly from: number;
  readonly to: number;
}

const tcp = (name: string, port: number): CommonRule => ({
  name,
  protocol: "tcp",
  from: port,
  to: port,
});

export const COMMON_RULES: Readonly<Record<string, CommonRule>> = {
  all_tcp: { name: "All TCP", protocol: "tcp", from: 1, to: 65535 },
  all_udp: { name: "All UDP", protocol: "udp", from: 1, to: 65535 },
  all_icmp: { name: "All ICMP", protocol: "icmp", from: -1, to: -1 },
  ssh: tcp("SSH", 22),
  smtp: tcp("SMTP", 25),
  dns: tcp("DNS", 53),
  http: tcp("HTTP", 80),
  pop3: tcp("POP3", 110),
  imap: tcp("IMAP", 143),
  ldap: tcp("LDAP", 389),
  https: tcp("HTTPS", 443),
  smtps: tcp("SMTPS", 465),
  imaps: tcp("IMAPS", 993),
  pop3s: tcp("POP3S", 995),
  ms_sql: tcp("MS SQL", 1433),
  mysql: tcp("MYSQL", 3306),
  rdp: tcp("RDP", 3389),
};

const custom: readonly Choice[] = [
  ["tcp", "Custom TCP Rule"],
  ["udp", "Custom UDP Rule"],
  ["icmp", "Custom ICMP Rule"],
  ["custom", "Other Protocol"],
];

export const RULE_MENU: readonly Choice[] = [
  ...custom,
  ...Object.entries(COMMON_RULES)
    .map(([key, { name }]): Choice => [key, name])
    .sort(([a], [b]) => (a < b ? -1 : 1)),
];

/** `22 (SSH)`. Upstream: `check_rule_template`. */
export function portName(port: number | null, protocol: string | null): string {
  const known = Object.values(COMMON_RULES).find(
    (rule) => rule.from === port && rule.to === port && rule.protocol === protocol,
  );
  return known === undefined ? String(port ?? "None") : `${String(port)} (${known.name})`;
}
