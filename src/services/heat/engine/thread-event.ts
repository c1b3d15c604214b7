/** What a thread that can be told something is told. Upstream: eventlet.event.Event in heat/engine/service.py. */
export class ThreadEvent {
  /** `cancel`. */
  message: string | undefined;
}
