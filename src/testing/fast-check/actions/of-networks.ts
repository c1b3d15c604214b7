/** What users do to ports and addresses of servers. The first address that a network gives is known beforehand. */
import * as fc from "fast-check";
import type { StepSource } from "../scenario-source.js";
import { idOf, typed, type Owned } from "./steps.js";

const FIXED = ["192.168.1.2", "192.168.1.3", "192.168.1.4"] as const;
/** Of the network that leads outwards, after its router's. */
const FLOATING = "172.24.4.3";
const NETWORK = idOf("network", "private");

export const ofNetworks = (server: fc.Arbitrary<Owned>): fc.Arbitrary<StepSource> => {
  const line = (words: (name: string) => string) =>
    server.map(({ name, user }) => typed(words(name), user));
  const port = ({ name }: Owned): string => `${name}-port`;
  return fc.oneof(
    server.map((one) => typed(`neutron port-create private --name ${port(one)}`, one.user)),
    server.map((one) => typed(`neutron port-delete ${idOf("port", port(one))}`, one.user)),
    server.map((one) =>
      typed(
        `nova boot ${one.name} --flavor m1.nano --image cirros --nic port-id=${idOf("port", port(one))}`,
        one.user,
      ),
    ),
    server.map((one) =>
      typed(`nova interface-attach ${one.name} --port-id ${idOf("port", port(one))}`, one.user),
    ),
    line((name) => `nova interface-attach ${name} --net-id ${NETWORK}`),
    server.map((one) =>
      typed(`nova interface-detach ${one.name} ${idOf("port", port(one))}`, one.user),
    ),
    line((name) => `nova add-fixed-ip ${name} ${NETWORK}`),
    fc
      .tuple(server, fc.constantFrom(...FIXED))
      .map(([{ name, user }, address]) => typed(`nova remove-fixed-ip ${name} ${address}`, user)),
    line(() => "nova floating-ip-create ext"),
    line((name) => `nova add-floating-ip ${name} ${FLOATING}`),
    line((name) => `nova remove-floating-ip ${name} ${FLOATING}`),
    line(() => `nova floating-ip-delete ${FLOATING}`),
  );
};

/** A network that leads outwards, and a router to it: without them there are no floating IPs. */
export const OUTWARDS: readonly StepSource[] = [
  typed("neutron net-create ext --router:external True", "admin"),
  typed("neutron subnet-create ext 172.24.4.0/24 --disable-dhcp", "admin"),
  typed("neutron router-create r1", "admin"),
  typed("neutron router-gateway-set r1 ext", "admin"),
  typed("neutron router-interface-add r1 private-subnet", "admin"),
];
