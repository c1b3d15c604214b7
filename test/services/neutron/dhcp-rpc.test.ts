/** What DHCP agents are answered. Upstream: neutron/api/rpc/handlers/dhcp_rpc.py at 2014.2. */
import { beforeEach, describe, expect, it } from "vitest";
import { RpcClient, clientOf } from "../../../src/bus/index.js";
import { adminContext, contextSerializer } from "../../../src/framework/index.js";
import type { LogLine } from "../../../src/framework/observations.js";
import type { JsonObject } from "../../../src/python/index.js";
import { dhcpServerApi } from "../../../src/services/neutron/rpcapi.js";
import { NeutronBed, SERVER } from "./bed.js";

const HOST = "controller";

let bed: NeutronBed;

beforeEach(() => {
  bed = new NeutronBed();
  bed.dhcp();
  bed.forget();
});

function server() {
  const env = bed.env("somebody", { exchange: "neutron" });
  const client = clientOf(dhcpServerApi, new RpcClient(env.bus, contextSerializer));
  return { client, ctxt: adminContext(env) };
}

const logs = () => bed.of<LogLine>("log").map(({ level, message }) => `${level} ${message}`);

const dhcpPort = () => bed.database.ports.first({ device_owner: "network:dhcp" })!.uuid;

describe("networks", () => {
  it("come with their subnets that have DHCP when all are asked for, and with every subnet one by one", () => {
    const { client, ctxt } = server();
    const network_id = bed.network1;
    const silent = { network_id, cidr: "10.7.0.0/24", ip_version: 4, enable_dhcp: false };
    bed.run(bed.admin.create("subnets", silent));
    const [all] = bed.run(client.get_active_networks_info(ctxt, { host: HOST }));
    expect(all?.subnets.map(({ id }) => id)).toEqual([bed.subnet1]);
    const one = bed.run(client.get_network_info(ctxt, { network_id, host: HOST }));
    expect(one?.subnets).toHaveLength(2);
  });

  it("that are gone are null, and a warning", () => {
    const { client, ctxt } = server();
    const answer = client.get_network_info(ctxt, { network_id: SERVER, host: HOST });
    expect(bed.run(answer)).toBeNull();
    expect(logs()).toEqual([
      `warning Network ${SERVER} could not be found, it might have been deleted concurrently.`,
    ]);
  });
});

describe("update_dhcp_port", () => {
  const update = (values: JsonObject) => {
    const { client, ctxt } = server();
    const args = { port_id: dhcpPort(), port: { port: values }, host: "net2" };
    return bed.run(client.update_dhcp_port(ctxt, args));
  };

  it("leaves the port bound to its host, whoever asks", () => {
    expect(update({ network_id: bed.network1 })).toMatchObject({ "binding:host_id": HOST });
  });

  it("fails by a key that is not there, where a creation would be null", () => {
    const fixed_ips = [{ subnet_id: SERVER }];
    expect(() => update({ network_id: bed.network1, fixed_ips })).toThrow("network_id");
    expect(logs().filter((line) => line.includes("could not complete successfully"))).toEqual([]);
  });
});
