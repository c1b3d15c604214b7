/**
 * The ways in which Nova itself breaks what should hold, by the names that findings bear. Each was read in
 * the source at 2014.2. Which of them a row shows is for the files beside this one to say.
 */
import type { JunoExceptions } from "../../../framework/invariants.js";

export const NOVA_EXCEPTIONS = {
  "state-before-message": {
    says: "A task state is stored before its message is sent; if that never arrives, nobody takes the state back.",
    source: "nova/compute/api.py at 2014.2 (stop, shelve, _delete); pitfall 21, RPC-51",
  },
  "state-before-host": {
    says: "A task state and an action are stored before anybody looks where the server is; of one that is on no host, as one that was offloaded and whose state was written over, nothing can be asked, and neither is taken back.",
    source:
      "nova/compute/api.py (reboot), nova/compute/rpcapi.py (_compute_host) at 2014.2; nova §2.1",
  },
  "died-in-mid-work": {
    says: "Messages are acknowledged before they are worked on; what a process was doing when it died, or whom it asked in vain, nobody takes up again.",
    source: "oslo.messaging/_drivers/amqpdriver.py at 1.4.1 (poll); pitfall 21, RPC-51",
  },
  "revert-failed": {
    says: "Where a task fails, its state is taken back by one more call, and if that fails as well the state stays.",
    source: "nova/compute/manager.py at 2014.2 (reverts_task_state); nova §0.3",
  },
  "error-keeps-task-state": {
    says: "A build that fails on its host leaves the server in error with the task state that it had.",
    source: "nova/compute/manager.py at 2014.2 (_set_instance_error_state); pitfall 7",
  },
  "second-attempt-unfinished": {
    says: "An event that is begun twice in one action is finished once: the first row of that name is found.",
    source: "nova/db/sqlalchemy/api.py at 2014.2 (action_event_finish); nova §1.9",
  },
  "delete-without-host-leaks": {
    says: "A server that is on no host, as one that is shelved and offloaded, is deleted without its ports and volumes.",
    source: "nova/compute/api.py at 2014.2 (_delete); nova §3.2, pitfall 15",
  },
  "local-delete-leaves-guest": {
    says: "A server whose host is down is deleted in the database; its guest and taps stay until that host is back.",
    source: "nova/compute/api.py at 2014.2 (_local_delete); nova §3.2",
  },
  "delete-carries-old-network": {
    says: "A delete unplugs what the network information that it carries says; a port that a build has made meanwhile keeps its tap.",
    source: "nova/compute/manager.py at 2014.2 (_shutdown_instance); nova §3.2",
  },
  "stale-cache-forgets-port": {
    says: "A server's network is written as somebody has read it before: a port that was attached meanwhile is forgotten, and a delete gives it back and leaves its tap.",
    source:
      "nova/network/neutronv2/api.py (_gather_port_ids_and_networks), nova/compute/manager.py (_shutdown_instance) at 2014.2; nova §3.2",
  },
  "port-deleted-behind-nova": {
    says: "A port that is deleted in Neutron leaves its server's network when Nova next looks; the guest keeps its card, and nobody unplugs the tap, not even a delete of the server.",
    source:
      "nova/network/neutronv2/api.py (_build_network_info_model), nova/virt/libvirt/driver.py (cleanup) at 2014.2; nova §3.2",
  },
  "failed-destroy-frees-ports": {
    says: "A delete or a failed build whose guest cannot be destroyed gives its ports back all the same; the server is in error, its taps stay.",
    source: "nova/compute/manager.py at 2014.2 (_shutdown_instance); nova §3.2",
  },
  "build-outlives-server": {
    says: "A build or a rebuild goes on although its server has been deleted, and what it has made by then stays.",
    source:
      "nova/compute/manager.py at 2014.2 (_build_and_run_instance, rebuild_instance); nova §1.9",
  },
  "unshelve-forgets-image": {
    says: "The keys that name a shelved server's image are deleted before the unshelve is known to work.",
    source: "nova/conductor/manager.py at 2014.2 (unshelve_instance); pitfall 13",
  },
  "image-before-shelve": {
    says: "The image of a server that is shelved is made before there is anything to fill it with, and nobody deletes it if the shelve comes to nothing.",
    source:
      "nova/compute/api.py (shelve, _create_image), nova/compute/manager.py (shelve_instance) at 2014.2; nova §2.1",
  },
  "reservation-awaits-expiry": {
    says: "What was reserved for work that nobody ended stays reserved until it expires, a day later.",
    source: "nova/quota.py at 2014.2 (reservation_expire); nova §8.5",
  },
  "restart-gives-back-twice": {
    says: "A server that its host had half deleted when it ended is deleted at its start, and what it used is given back: of one that was deleted softly, for the second time.",
    source: "nova/compute/manager.py at 2014.2 (_complete_partial_deletion); nova §3.6, §8.5",
  },
  "restart-deletes-without-quota": {
    says: "A delete that is ended when nova-compute starts again has no reservations: what the server used stays counted.",
    source: "nova/compute/manager.py at 2014.2 (_init_instance); nova §3.6",
  },
  "deleted-twice-given-back-twice": {
    says: "A soft delete gives the quota back at once; a second one gives it back again, and so does a delete by nova-api itself, or one on the host once another state is written over the deleted one.",
    source:
      "nova/compute/manager.py (soft_delete_instance), nova/compute/api.py (_delete) at 2014.2; nova §3.2",
  },
  "recount-takes-soft-deleted": {
    says: "A usage that has fallen below 0, or is due for it, is counted anew from the rows, and servers that are deleted softly have one: what they gave back is taken again.",
    source:
      "nova/db/sqlalchemy/api.py (quota_reserve, _instance_data_get_for_user) at 2014.2; nova §1.3",
  },
  "rebuild-asks-by-id": {
    says: "Where a rebuild has no host to go to, the scheduler is told of the image by its id, and a filter that looks for its properties raises: the server stays rebuilding, and nobody is told.",
    source:
      "nova/conductor/manager.py (rebuild_instance), nova/scheduler/filters/image_props_filter.py at 2014.2; nova §3.2",
  },
  "rebuild-keeps-no-host": {
    says: "A rebuild of a server that is on no host is sent to one that the scheduler finds where no filter looks at the image, and nobody writes down which: the guest runs where no row says so.",
    source:
      "nova/conductor/manager.py, nova/compute/manager.py at 2014.2 (rebuild_instance); nova §3.2",
  },
  "live-migration-outlives-delete": {
    says: "A live migration goes on although its server has been deleted; the guest comes to a host where nobody looks for it.",
    source: "nova/compute/manager.py at 2014.2 (post_live_migration_at_destination); nova §3.4",
  },
  "live-migration-finds-other-state": {
    says: "Where a live migration has taken a guest is saved together with the server's state, and only if that still is migrating: after a reset-state or a soft delete the guest is on a host that no row names.",
    source: "nova/compute/manager.py at 2014.2 (post_live_migration_at_destination); nova §3.4",
  },
  "failed-revert-keeps-quota": {
    says: "A revert that fails on the host it goes back to has the old flavor again, and what the new one took more of the quota stays counted.",
    source: "nova/compute/manager.py at 2014.2 (finish_revert_resize); nova §3.3",
  },
  "failed-move-leaves-source": {
    says: "A move that fails on the host it goes to is in error, and what the host it came from has set aside stays there.",
    source: "nova/compute/manager.py at 2014.2 (finish_resize); nova §3.3",
  },
  "failed-check-keeps-migrating": {
    says: "Only refusals that are foreseen take the state of a live migration back; where the host of a server has no guest of it, the check ends with another error, and the server stays migrating.",
    source: "nova/conductor/manager.py at 2014.2 (_live_migrate); nova §3.4",
  },
  "migration-left-open": {
    says: "A move that fails before its last step leaves its record open, and both hosts keep room for it.",
    source: "nova/compute/resource_tracker.py at 2014.2 (drop_resize_claim); nova §3.3",
  },
  "call-outlives-its-timeout": {
    says: "A caller that polls for all waits anew with every message that comes: a call whose message was lost may wait for good, and whoever holds the resource tracker's lock meanwhile counts no more.",
    source: "oslo/messaging/_drivers/amqpdriver.py at 1.4.1 (ReplyWaiter.wait); messaging §A4",
  },
  "later-move-sizes-earlier": {
    says: "Room for a move that is still open is counted by the flavors that its server carries copies of, and a later move has written its own over those.",
    source: "nova/compute/resource_tracker.py at 2014.2 (_get_instance_type); nova §1.6",
  },
  "state-written-over": {
    says: "An operator's reset-state, or a task that fails late, writes another state and ends nothing: a move that waited for its answer waits for good.",
    source:
      "nova/api/openstack/compute/contrib/admin_actions.py (_reset_state), nova/compute/manager.py (_set_instance_error_state) at 2014.2; nova §3.1",
  },
  "finished-build-loses-ports": {
    says: "A build that finds another state when its guest runs gives the ports back and leaves the guest with its taps.",
    source:
      "nova/compute/manager.py at 2014.2 (_build_and_run_instance, _cleanup_allocated_networks); nova §1.9",
  },
  "told-of-the-first-action": {
    says: "What is done for a request is told of its first action: of the delete of a resized server that is the confirmation, and of the delete itself nothing is told.",
    source: "nova/db/sqlalchemy/api.py at 2014.2 (_action_get_by_request_id); nova §3.2",
  },
  "delete-without-catalog": {
    says: "A delete that no user has sent, of a server that is reclaimed or at a restart, has no catalog and so no Cinder: that is ignored, and volumes stay attached.",
    source: "nova/compute/manager.py at 2014.2 (_shutdown_instance); nova §3.2",
  },
  "delete-ignores-missing-volume": {
    says: "A delete takes a volume that Cinder says it does not have for one that is gone: if it is there all the same, it stays attached.",
    source: "nova/compute/manager.py at 2014.2 (_shutdown_instance); nova §3.2",
  },
  "failed-resize-gives-quota-back": {
    says: "A resize that fails when its guest runs on the new host has its new flavor by then, and what that takes more of the quota is given back.",
    source: "nova/compute/manager.py at 2014.2 (_finish_resize, finish_resize); nova §3.3",
  },
  "last-move-sets-flavor": {
    says: "Of two moves at once, which a reset-state lets begin, each writes the flavor that its server had or was to have when it was asked for: the last one stands, and what a resize took of the quota stays as it is.",
    source: "nova/compute/manager.py at 2014.2 (_finish_resize); nova §3.3, §8.5",
  },
  "first-of-moves-is-ended": {
    says: "Of two moves, which a reset-state lets begin, a confirm or a revert ends the first. A revert gives back what that one took of the quota; what a confirm gives back, and what size the server is then, goes by the flavors of the last.",
    source:
      "nova/compute/api.py (revert_resize, confirm_resize), nova/compute/manager.py (_cleanup_stored_instance_types) at 2014.2; nova §3.3, §8.5",
  },
  "delete-gives-back-old-size": {
    says: "A delete gives back what its server used when it was asked for; one that is resized before it is done uses another amount by then, and the difference stays counted.",
    source: "nova/compute/api.py at 2014.2 (_delete, _create_reservations); nova §3.2, §8.5",
  },
  "delete-hides-evacuated-guest": {
    says: "A host that comes back destroys the guests of servers that were evacuated from it, but only of those that are not deleted by then.",
    source: "nova/compute/manager.py at 2014.2 (_destroy_evacuated_instances); nova §3.6",
  },
  "attach-outlives-server": {
    says: "An attach that comes to its host with the delete or after it is done there all the same: of an interface a port or its tap stays, of a volume where the guest is still there. A rebuild that a delete overtakes attaches its volumes all the same.",
    source: "nova/compute/manager.py at 2014.2 (attach_interface, _attach_volume); nova §3.2",
  },
  "delete-amid-move-leaves-source": {
    says: "A delete confirms a move that is finished, so that the host it came from cleans up; one between its hosts, or half taken back, it leaves, and what the first host has set aside stays.",
    source: "nova/compute/api.py at 2014.2 (_confirm_resize_on_deleting); nova §3.2",
  },
  "rebuild-attaches-detached-volume": {
    says: "A rebuild attaches again what its server had when it began: a volume that a user detaches meanwhile is attached once more, and without a block device no delete detaches it.",
    source: "nova/compute/manager.py at 2014.2 (rebuild_instance, detach_volume); nova §3.2",
  },
  "failed-attach-forgets-volume": {
    says: "An attach that fails deletes its block device, though the volume may be attached by then: by a rebuild that took it up as well, or by a Cinder whose answer was lost. The delete of its server does not detach it.",
    source: "nova/compute/manager.py at 2014.2 (attach_volume, rebuild_instance); nova §3.2",
  },
  "delete-carries-old-disks": {
    says: "A delete takes along the volumes of the block devices that it carries; one that a build has made meanwhile stays.",
    source: "nova/compute/manager.py at 2014.2 (terminate_instance, _cleanup_volumes); nova §3.2",
  },
} as const satisfies JunoExceptions;

export type NovaException = keyof typeof NOVA_EXCEPTIONS;
