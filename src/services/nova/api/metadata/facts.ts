/**
 * What a server is told of itself, gathered once: its row, its disks, its zone and EC2 ids, which the conductor
 * knows. A network template is not injected. Upstream: nova/api/metadata/base.py (InstanceMetadata.__init__),
 * nova/network/model.py (NetworkInfo), nova/api/metadata/password.py (extract_password) at 2014.2.
 */
import type { ClientOf } from "../../../../bus/index.js";
import type { Env, FlagsOf, RequestContext } from "../../../../framework/index.js";
import { adminContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import { b64decode, PythonTypeError, str } from "../../../../python/index.js";
import type { conductorApi } from "../../conductor/rpcapi.js";
import type { NetworkInfo } from "../../network-api/model.js";
import { getBlockDevices } from "../../objects/block-device-mapping.js";
import type { ObjectStore } from "../../objects/base/versioned-object.js";
import { getInstance, type Instance } from "../../objects/instance.js";
import { primitive } from "../../objects/wire/primitive.js";
import { blockMapping } from "./block-mapping.js";
import type { metadataFlags } from "./flags.js";

export interface ServerFacts {
  readonly instance: Instance;
  /** As who asked said it; null if nobody did. */
  readonly address: string | null;
  readonly zone: string;
  readonly securityGroups: readonly string[];
  readonly mappings: Readonly<Record<string, string>>;
  readonly userData: string | null;
  readonly ec2Ids: Readonly<Record<string, string | null>>;
  readonly password: string | null;
  readonly fixedIp: string;
  readonly floatingIp: string;
  readonly hostname: string;
  readonly flavor: string;
}

export interface FactsSources {
  readonly env: Env;
  readonly store: ObjectStore;
  readonly conductor: ClientOf<typeof conductorApi, RequestContext>;
  readonly flags: FlagsOf<typeof metadataFlags>;
  /** The zone of hosts that are in no aggregate. */
  readonly defaultZone: string;
}

const AGGREGATE_KEY = "availability_zone";

/** @throws InstanceNotFound; what the conductor raises */
export function* gatherFacts(
  { env, store, conductor, flags, defaultZone }: FactsSources,
  uuid: string,
  address: string | null,
): Op<ServerFacts> {
  const ctxt = adminContext(env);
  const instance = yield* getInstance(store, ctxt, uuid);
  const aggregates = yield* conductor.aggregate_metadata_get_by_host(ctxt, {
    host: instance.host,
    key: AGGREGATE_KEY,
  });
  const zone = aggregates[AGGREGATE_KEY]?.[0] ?? defaultZone;
  const devices = yield* getBlockDevices(store, ctxt, uuid);
  const userData = instance.user_data === null ? null : decoded(instance.user_data);
  const ec2Ids = yield* conductor.get_ec2_ids(ctxt, { instance: primitive(instance) });
  const ips = (instance.info_cache.network_info as NetworkInfo).flatMap(({ network }) =>
    network.subnets.flatMap((subnet) => subnet.ips),
  );
  const floating = ips.flatMap(({ floating_ips }) => floating_ips);
  return {
    instance,
    address,
    zone,
    securityGroups: instance.security_groups.objects.map(({ name }) => str(name ?? null)),
    mappings: blockMapping(instance, devices.objects),
    userData,
    ec2Ids,
    password: passwordOf(instance),
    fixedIp: ips.find(({ version }) => version === 4)?.address ?? "",
    floatingIp: floating[0]?.address ?? "",
    hostname:
      flags.dhcp_domain === "" ? instance.hostname : `${instance.hostname}.${flags.dhcp_domain}`,
    flavor: instance.flavor().name,
  };
}

/** A byte is a character of the text that is answered. */
function decoded(userData: string): string {
  const bytes = b64decode(userData.replace(/\s/gu, ""));
  if (bytes === undefined) throw new PythonTypeError("Incorrect padding");
  const escaped = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
  try {
    return decodeURIComponent(escaped);
  } catch {
    // No text in UTF-8.
    return String.fromCharCode(...bytes);
  }
}

/** What a guest has posted, in the pieces in which it is kept. */
function passwordOf({ system_metadata }: Instance): string | null {
  const pieces = Object.keys(system_metadata)
    .filter((key) => key.startsWith("password_"))
    .sort()
    .map((key) => system_metadata[key] ?? "");
  return pieces.join("") || null;
}
