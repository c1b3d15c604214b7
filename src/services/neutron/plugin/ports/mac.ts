/** MAC addresses of new ports: upstream's prefix, and three bytes of chance. Upstream: `_generate_mac`. */
import type { NeutronDatabase } from "../../db/database.js";
import { MacAddressGenerationFailure, MacAddressInUse } from "../../errors.js";
import type { Stream } from "../../../../kernel/index.js";

/** `base_mac`. */
const PREFIX = "fa:16:3e";

export class MacAddresses {
  readonly #database: NeutronDatabase;
  readonly #stream: Stream;
  readonly #tries: number;

  /** @param tries `mac_generation_retries` */
  constructor(database: NeutronDatabase, stream: Stream, tries: number) {
    this.#database = database;
    this.#stream = stream;
    this.#tries = tries;
  }

  /** One that no port of the network has. @throws MacAddressGenerationFailure */
  generate(networkId: string): string {
    for (let i = 0; i < this.#tries; i++) {
      const tail = [...this.#stream.bytes(3)].map((byte) => byte.toString(16).padStart(2, "0"));
      const mac = `${PREFIX}:${tail.join(":")}`;
      if (this.#isFree(networkId, mac)) return mac;
    }
    throw new MacAddressGenerationFailure({ net_id: networkId });
  }

  /** @throws MacAddressInUse */
  require(networkId: string, mac: string): string {
    if (this.#isFree(networkId, mac)) return mac;
    throw new MacAddressInUse({ net_id: networkId, mac });
  }

  #isFree(networkId: string, mac: string): boolean {
    const { ports } = this.#database;
    return ports.first({ mac_address: mac, network_id: networkId }) === undefined;
  }
}
