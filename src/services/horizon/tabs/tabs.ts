/**
 * A page of several tabs. Those that are preloaded come with the page, another one when it is clicked: by the same view, which
 * loads the preloaded ones as well and answers with that one alone. What is done with a table's rows loads its own tab first.
 * Upstream: horizon/tabs/base.py, views.py (TabView, TabbedTableView) at 2014.2.
 */
import { caught, type Op } from "../../../kernel/index.js";
import type { PagePart } from "../client/index.js";
import type { BoundTable } from "../tables/view.js";
import { page, type Answer } from "../web/answer.js";
import { handle } from "../web/exceptions.js";
import type { HorizonRequest } from "../web/request.js";

type Parts = () => Op<readonly PagePart[]>;

/** One tab of one request. */
export interface Tab {
  readonly slug: string;
  readonly name: string;
  /** Default: true. */
  readonly preload?: boolean;
  /** Whether it is there. May ask a service. */
  readonly allowed?: (request: HorizonRequest) => Op<boolean>;
  /** Services that must be in the catalog. */
  readonly services?: readonly string[];
  readonly table?: BoundTable;
  /** Its data, and how that is shown. */
  readonly load: (request: HorizonRequest) => Op<Parts>;
}

export interface TabGroup {
  readonly slug: string;
  /** What the page is called. */
  readonly title: string;
  readonly tabs: readonly Tab[];
  readonly sticky?: boolean;
  /** Asked for when the tabs are loaded. Upstream: `get_context_data`. */
  readonly above?: (request: HorizonRequest) => Op<readonly PagePart[]>;
}

/** A tab that shows a table and nothing else. */
export const tableTab = (
  tab: Omit<Tab, "load" | "table"> & { readonly table: BoundTable },
): Tab => ({
  ...tab,
  *load(request) {
    yield* tab.table.load(request);
    return function* () {
      return [yield* tab.table.part(request)];
    };
  },
});

export function* tabView(request: HorizonRequest, group: TabGroup): Op<Answer> {
  const tabs: Tab[] = [];
  for (const tab of group.tabs) if (yield* isThere(request, tab)) tabs.push(tab);
  const tables = tabs.flatMap(({ table }) => table ?? []);
  for (const table of tables) {
    const answer = yield* table.preempt(request);
    if (answer !== undefined) return answer;
  }
  const meant = tables.find((table) => table.isMeant(request));
  if (meant !== undefined) {
    yield* meant.load(request);
    const done = yield* meant.handle(request);
    if (done !== undefined) return done;
  }
  const id = (tab: Tab): string => `${group.slug}__${tab.slug}`;
  const selected = tabs.find((tab) => id(tab) === request.query.get("tab"));
  const active = selected ?? tabs[0];
  const loaded = new Map<Tab, Parts>();
  for (const tab of tabs) {
    if (tab.preload === false && tab !== active) continue;
    try {
      loaded.set(tab, yield* tab.load(request));
    } catch (thrown) {
      handle(request, yield* caught(thrown));
      loaded.set(tab, nothing);
    }
  }
  const above = group.above === undefined ? [] : yield* group.above(request);
  const main = function* (): Op<readonly PagePart[]> {
    const parts: PagePart[] = [...above];
    for (const [tab, shown] of loaded) {
      if (request.ajax && tab !== selected) continue;
      for (const part of yield* shown()) parts.push({ ...part, tab: id(tab) });
    }
    return parts;
  };
  return page(group.title, main, {
    active: active === undefined ? "" : id(active),
    sticky: group.sticky === true,
    list: tabs.map((tab) => ({ id: id(tab), name: tab.name, loaded: loaded.has(tab) })),
  });
}

function* nothing(): Op<readonly PagePart[]> {
  return [];
}

/** It is asked whether it is allowed before its permissions are looked at. */
function* isThere(request: HorizonRequest, { allowed, services = [] }: Tab): Op<boolean> {
  if (allowed !== undefined && !(yield* allowed(request))) return false;
  return services.every((type) => request.user.serviceEnabled(type));
}
