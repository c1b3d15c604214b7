/**
 * What a server's cards have carried, by what their networks are called: part of what is said to whoever bills.
 * Upstream: nova/notifications.py (bandwidth_usage) at 2014.2.
 */
import type { Json, JsonObject } from "../../../python/index.js";
import { isObject } from "../../../python/index.js";
import type { BandwidthUsageRow } from "../db/operations/rows.js";

interface Card extends JsonObject {
  readonly address: string;
  readonly network: { readonly label: string };
}

/** @param infoCache a dictionary, of which the network model may be a text still */
export function bandwidthByNetwork(
  usages: readonly BandwidthUsageRow[],
  infoCache: Json | undefined,
): JsonObject {
  const bandwidth: Record<string, Json> = {};
  if (usages.length === 0) return bandwidth;
  const cards = cardsIn(infoCache);
  for (const { mac, bw_in, bw_out } of usages) {
    const card = cards.find(({ address }) => address === mac);
    if (card !== undefined) bandwidth[card.network.label] = { bw_in, bw_out };
  }
  return bandwidth;
}

function cardsIn(infoCache: Json | undefined): readonly Card[] {
  const info = isObject(infoCache) ? infoCache["network_info"] : null;
  const model = typeof info === "string" ? (JSON.parse(info) as Json) : info;
  return Array.isArray(model) ? (model as readonly Card[]) : [];
}
