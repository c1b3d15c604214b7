/**
 * The lines of nova-compute's manager at which errors are caught, for tracebacks. Upstream:
 * nova/compute/manager.py, nova/openstack/common/excutils.py at 2014.2.
 */
import type { Frame } from "../../../python/index.js";

const manager = (line: number, name: string, code: string): Frame => ({
  file: "nova/compute/manager.py",
  line,
  name,
  code,
});

const CALL = "return function(self, context, *args, **kwargs)";

/** wrap_instance_fault: the method is called. */
export const inFault: readonly Frame[] = [manager(314, "decorated_function", CALL)];

/** wrap_instance_event: the fault was added within, and the error raised again. */
export const inEvent: readonly Frame[] = [
  manager(348, "decorated_function", CALL),
  manager(326, "decorated_function", "kwargs['instance'], e, sys.exc_info())"),
  {
    file: "nova/openstack/common/excutils.py",
    line: 82,
    name: "__exit__",
    code: "six.reraise(self.type_, self.value, self.tb)",
  },
  ...inFault,
];

/** build_and_run_instance: an attempt has failed. */
export const inBuild: readonly Frame[] = [
  manager(2014, "do_build_and_run_instance", "filter_properties)"),
];

/** prep_resize: the claim, or the message that follows it, has failed. */
export const inPrepResize: readonly Frame[] = [manager(3650, "prep_resize", "node)")];

/** _reschedule_resize_or_reraise: there is no other host. */
export const inReschedule: readonly Frame[] = [
  manager(3693, "_reschedule_resize_or_reraise", "method_args, task_state, exc_info)"),
  manager(1583, "_reschedule", "reschedule_method(context, *method_args)"),
];

/** reboot_instance: the driver has failed. */
export const inReboot: readonly Frame[] = [
  manager(2922, "reboot_instance", "bad_volumes_callback=bad_volumes_callback)"),
];
