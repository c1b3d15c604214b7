/**
 * Who must be there before whom. Where upstream goes through a dictionary of objects, whose order is that
 * of their addresses, this goes through them in the order in which they came. Upstream:
 * heat/engine/dependencies.py at 2014.2.
 */
import { UpstreamException } from "../../../../framework/index.js";

export class CircularDependencyException extends UpstreamException {
  static override readonly module: string = "heat.engine.dependencies";
  static override readonly msg_fmt = "Circular Dependency Found: %(cycle)s";
}

interface Node<K> {
  readonly requires: Set<K>;
  readonly requiredBy: Set<K>;
}

/** A graph that tasks are taken out of when they are done. */
export class Graph<K> {
  readonly #nodes: Map<K, Node<K>>;

  constructor(nodes: Map<K, Node<K>>) {
    this.#nodes = nodes;
  }

  get keys(): readonly K[] {
    return [...this.#nodes.keys()];
  }

  has(key: K): boolean {
    return this.#nodes.has(key);
  }

  requires(key: K): ReadonlySet<K> {
    return this.#nodes.get(key)?.requires ?? new Set();
  }

  requiredBy(key: K): readonly K[] {
    return [...(this.#nodes.get(key)?.requiredBy ?? [])];
  }

  /** Nobody waits for it any more. */
  delete(key: K): void {
    for (const other of this.requiredBy(key)) this.#nodes.get(other)?.requires.delete(key);
    this.#nodes.delete(key);
  }
}

export class Dependencies<K> {
  readonly #nodes = new Map<K, Node<K>>();

  /** @param required null if it needs nobody, but is there */
  add(requirer: K, required: K | null): void {
    const node = this.#node(requirer);
    if (required === null) return;
    this.#node(required).requiredBy.add(requirer);
    node.requires.add(required);
  }

  #node(key: K): Node<K> {
    let node = this.#nodes.get(key);
    if (node === undefined) {
      this.#nodes.set(key, (node = { requires: new Set(), requiredBy: new Set() }));
    }
    return node;
  }

  /** Who needs whom; null for who needs nobody. @param reverse the other way round */
  edges(reverse = false): (readonly [K, K | null])[] {
    const graph = this.graph(reverse);
    return graph.keys.flatMap((key): (readonly [K, K | null])[] => {
      const required = [...graph.requires(key)];
      return required.length === 0 ? [[key, null]] : required.map((one) => [key, one]);
    });
  }

  /** Who needs it, at first hand. */
  requiredBy(key: K): readonly K[] {
    return [...(this.#nodes.get(key)?.requiredBy ?? [])];
  }

  /** Itself and all that need it, at whatever remove. */
  above(key: K): readonly K[] {
    const found = new Set([key]);
    for (const one of found) for (const other of this.requiredBy(one)) found.add(other);
    return [...found];
  }

  /** A copy. @param reverse with its edges the other way round */
  graph(reverse = false): Graph<K> {
    return new Graph(
      new Map(
        [...this.#nodes].map(([key, { requires, requiredBy }]) => {
          const [out, back] = reverse ? [requiredBy, requires] : [requires, requiredBy];
          return [key, { requires: new Set(out), requiredBy: new Set(back) }];
        }),
      ),
    );
  }

  /** What is needed first comes first. @throws CircularDependencyException */
  sorted(label: (key: K) => string): K[] {
    const graph = this.graph();
    const sorted: K[] = [];
    while (graph.keys.length > 0) {
      const next = graph.keys.find((key) => graph.requires(key).size === 0);
      if (next === undefined) throw new CircularDependencyException({ cycle: shown(graph, label) });
      sorted.push(next);
      graph.delete(next);
    }
    return sorted;
  }
}

function shown<K>(graph: Graph<K>, label: (key: K) => string): string {
  const nodes = graph.keys.map(
    (key) => `${label(key)}: {${[...graph.requires(key)].map(label).join(", ")}}`,
  );
  return `{${nodes.join(", ")}}`;
}
