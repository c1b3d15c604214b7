/** The processes of Neutron. What they need of the world comes in as arguments. */
export { neutronServer } from "./api/server.js";
export { ovsAgent } from "./ovs/agent.js";
export { dhcpAgent } from "./dhcp/agent.js";
