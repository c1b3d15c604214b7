/** Types of Neutron's. Upstream: the functions resource_mapping in heat/engine/resources/neutron at 2014.2. */
import type { TypeEntries } from "../resource-class.js";
import { FloatingIP, FloatingIPAssociation } from "./floating-ip.js";
import { Net } from "./net.js";
import { Port } from "./port.js";
import { ProviderNet } from "./provider-net.js";
import { RouterGateway, RouterInterface } from "./router-parts.js";
import { Router } from "./router.js";
import { SecurityGroup } from "./security-group.js";
import { Subnet } from "./subnet.js";

export const neutronTypes: TypeEntries = [
  ["OS::Neutron::FloatingIP", FloatingIP],
  ["OS::Neutron::FloatingIPAssociation", FloatingIPAssociation],
  ["OS::Neutron::Net", Net],
  ["OS::Neutron::Port", Port],
  ["OS::Neutron::ProviderNet", ProviderNet],
  ["OS::Neutron::Router", Router],
  ["OS::Neutron::RouterGateway", RouterGateway],
  ["OS::Neutron::RouterInterface", RouterInterface],
  ["OS::Neutron::SecurityGroup", SecurityGroup],
  ["OS::Neutron::Subnet", Subnet],
];
