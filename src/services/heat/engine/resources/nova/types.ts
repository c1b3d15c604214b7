/** Types of Nova's. Upstream: the functions resource_mapping in heat/engine/resources at 2014.2. */
import type { TypeEntries } from "../resource-class.js";
import { NovaFloatingIp, NovaFloatingIpAssociation } from "./floating-ip.js";
import { KeyPair } from "./keypair.js";
import { Server } from "./server/server.js";

export const novaTypes: TypeEntries = [
  ["OS::Nova::FloatingIP", NovaFloatingIp],
  ["OS::Nova::FloatingIPAssociation", NovaFloatingIpAssociation],
  ["OS::Nova::KeyPair", KeyPair],
  ["OS::Nova::Server", Server],
];
