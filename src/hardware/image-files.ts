/**
 * The images that a host keeps for its guests' disks to stand on: what each weighs, and the date of its file. Who removes
 * them when is Nova's affair. Upstream: /var/lib/nova/instances/_base.
 */
export class ImageFiles {
  readonly #clock: { readonly now: number };
  readonly #files = new Map<string, { readonly bytes: number; readonly touched: number }>();

  constructor(clock: { readonly now: number }) {
    this.#clock = clock;
  }

  /** The ids of all, in order of their coming. */
  get ids(): readonly string[] {
    return [...this.#files.keys()];
  }

  /** What one weighs; undefined if it is not there. */
  bytes(id: string): number | undefined {
    return this.#files.get(id)?.bytes;
  }

  add(id: string, bytes: number): void {
    this.#files.set(id, { bytes, touched: this.#clock.now });
  }

  /** When one came, or was last touched. */
  touched(id: string): number {
    return this.#files.get(id)?.touched ?? 0;
  }

  touch(id: string, now: number): void {
    const file = this.#files.get(id);
    if (file !== undefined) this.#files.set(id, { ...file, touched: now });
  }

  remove(id: string): void {
    this.#files.delete(id);
  }
}
