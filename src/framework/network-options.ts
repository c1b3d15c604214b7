/**
 * The networks of a cloud, as its options have them: Neutron's, or nova-network's where that is started.
 * Neither would have two with an address in common (Neutron unless it is told to).
 */
import { z } from "zod";
import { parseCidr } from "../python/index.js";
import type { Complaint } from "../text/complaints.js";
import { FEW, name } from "./option-values.js";

const cidrRight = "an IPv4 network such as 192.168.1.0/24";
const network = z.strictObject({
  name: name.meta({ description: "Its name, as in --nic net-id=NAME." }),
  cidr: z
    .string({ error: cidrRight })
    .regex(/^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!\/)|(?=\/))){4}\/(?:[89]|[12]\d|30)$/, {
      error: `${cidrRight} (prefix /8 to /30)`,
    })
    .optional()
    .meta({
      description: "Its addresses. Default: the first free one of 192.168.1.0/24 and so on.",
    }),
});

/** A network with one subnet that is there from the start. */
export type NetworkOptions = z.input<typeof network>;

export const networks = z.array(network).max(FEW).optional().meta({
  description: "Networks, each with one subnet, instead of the default one, private.",
});

/** The networks of a cloud that says nothing about them. */
const DEFAULT_NETWORKS: readonly NetworkOptions[] = [{ name: "private" }];

/** Networks with their addresses: what is not said is the first of 192.168.1.0/24 ... that is free. */
export function addressed(
  networks: readonly NetworkOptions[] = DEFAULT_NETWORKS,
): { readonly name: string; readonly cidr: string }[] {
  const said = networks.flatMap(({ cidr }) => cidr ?? []);
  let last = 0;
  const next = (): string => {
    for (;;) {
      const cidr = privateCidr(++last);
      if (!said.some((other) => overlaps(cidr, other))) return cidr;
    }
  };
  return networks.map(({ name, cidr = next() }) => ({ name, cidr }));
}

/** Behind 192.168.255.0/24 they go on in another private network. */
const privateCidr = (number: number): string =>
  number < 256
    ? `192.168.${String(number)}.0/24`
    : `10.${String(number >> 8)}.${String(number & 255)}.0/24`;

/** Networks that are given addresses which one before them has. */
export function networkConflicts(networks: readonly NetworkOptions[] = []): Complaint[] {
  return networks.flatMap(({ cidr = "" }, at) => {
    const other = networks.slice(0, at).find((network) => overlaps(network.cidr ?? "", cidr));
    if (other === undefined) return [];
    const message = `${cidr} overlaps with ${other.cidr ?? ""} of the network "${other.name}"`;
    return [{ path: ["networks", at, "cidr"], message, hint: "Choose other addresses." }];
  });
}

function overlaps(one: string, other: string): boolean {
  const [a, b] = [parseCidr(one), parseCidr(other)];
  return a !== undefined && b !== undefined && a.first <= b.last && b.first <= a.last;
}
