/**
 * The files by which a guest agent knows who it is and where its broker: the task manager has Nova write them
 * into the guest, and without them the agent does not start. Upstream: trove/taskmanager/models.py
 * (_create_server), trove/cmd/guest.py, etc/trove/trove-guestagent.conf.sample at 2014.2.
 */
export const GUEST_INFO_FILE = "/etc/guest_info";
export const GUEST_CONFIG_FILE = "/etc/trove-guestagent.conf";

export interface GuestInfo {
  readonly guest_id: string;
  readonly datastore_manager: string;
  readonly tenant_id: string | null;
}

/** `/etc/guest_info`. */
export const guestInfo = ({ guest_id, datastore_manager, tenant_id }: GuestInfo): string =>
  `[DEFAULT]\nguest_id=${guest_id}\ndatastore_manager=${datastore_manager}\n` +
  `tenant_id=${tenant_id ?? "None"}\n`;

/** `/etc/trove-guestagent.conf`: of all that is in it, what leads to the broker. */
export const guestConfig = (rabbitHost: string): string =>
  `[DEFAULT]\nrabbit_host = ${rabbitHost}\ncontrol_exchange = trove\n`;

/** What a file of options says in its `[DEFAULT]`; undefined where it is no such file. */
export function optionsIn(text: string | undefined): ReadonlyMap<string, string> | undefined {
  if (text === undefined) return undefined;
  const pairs = text
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("["))
    .map((line) => line.split("=", 2).map((part) => part.trim()))
    .map(([key = "", value = ""]) => [key, value] as const);
  return new Map(pairs);
}
