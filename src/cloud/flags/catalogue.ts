/**
 * Which flags each binary reads: its own and those of the libraries that it loads. What is not
 * listed here can be set by nobody. Upstream: the option lists that each project's
 * `<project>/opts.py` hands to oslo.config's sample generator.
 */
import { serviceFlags } from "../../framework/index.js";
import {
  glanceApiFlags,
  glanceAuthFlags,
  glanceRegistryFlags,
} from "../../services/glance/flags.js";
import { exampleServiceFlags } from "../../services/exampleservice/flags.js";
import { keystoneFlags } from "../../services/keystone/flags.js";
import {
  dhcpAgentFlags,
  neutronAuthFlags,
  neutronServerFlags,
  novaNotifierFlags,
  ovsAgentFlags,
} from "../../services/neutron/flags.js";
import { novaApiFlags, novaAuthFlags } from "../../services/nova/api/flags.js";
import { computeFlags } from "../../services/nova/compute/flags.js";
import { conductorFlags } from "../../services/nova/conductor/flags.js";
import { glanceFlags } from "../../services/nova/image/flags.js";
import { networkFlags } from "../../services/nova/network/flags.js";
import { neutronFlags } from "../../services/nova/network-api/neutronv2/flags.js";
import { quotaFlags } from "../../services/nova/quota/flags.js";
import { schedulerFlags } from "../../services/nova/scheduler/flags.js";
import { serviceGroupFlags } from "../../services/nova/servicegroup.js";
import { virtFlags } from "../../services/nova/virt/flags.js";
import type { FlagCatalogue } from "./cloud-flags.js";

/** By binary, in the order in which they start. */
export function flagCatalogue(): FlagCatalogue {
  return new Map([
    ["keystone", [serviceFlags, keystoneFlags]],
    ["glance-registry", [serviceFlags, glanceAuthFlags, glanceRegistryFlags]],
    ["glance-api", [serviceFlags, glanceAuthFlags, glanceApiFlags]],
    ["neutron-server", [serviceFlags, neutronAuthFlags, neutronServerFlags, novaNotifierFlags]],
    ["neutron-dhcp-agent", [serviceFlags, dhcpAgentFlags]],
    ["nova-conductor", [serviceFlags, serviceGroupFlags, conductorFlags, glanceFlags]],
    ["nova-scheduler", [serviceFlags, serviceGroupFlags, schedulerFlags]],
    [
      "nova-api",
      [
        serviceFlags,
        novaAuthFlags,
        serviceGroupFlags,
        novaApiFlags,
        quotaFlags,
        glanceFlags,
        neutronFlags,
      ],
    ],
    ["neutron-openvswitch-agent", [serviceFlags, ovsAgentFlags]],
    ["nova-compute", [serviceFlags, computeFlags, virtFlags, glanceFlags, neutronFlags]],
    ["nova-network", [serviceFlags, serviceGroupFlags, networkFlags, quotaFlags]],
    ["nova-exampleservice", [serviceFlags, serviceGroupFlags, exampleServiceFlags]],
    // The command line is told by its options and its environment alone.
    ["nova-client", []],
  ]);
}
