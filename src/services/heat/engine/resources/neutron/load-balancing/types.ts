/**
 * Types of load balancing. They ask the extension of Neutron for it, which answers 404 to all of
 * them where its plugin is not loaded. Upstream: heat/engine/resources/neutron/loadbalancer.py (resource_mapping) at 2014.2.
 */
import type { TypeEntries } from "../../resource-class.js";
import { HealthMonitor } from "./health-monitor.js";
import { LoadBalancer, PoolMember } from "./members.js";
import { Pool } from "./pool.js";

export const loadBalancingTypes: TypeEntries = [
  ["OS::Neutron::HealthMonitor", HealthMonitor],
  ["OS::Neutron::LoadBalancer", LoadBalancer],
  ["OS::Neutron::Pool", Pool],
  ["OS::Neutron::PoolMember", PoolMember],
];
