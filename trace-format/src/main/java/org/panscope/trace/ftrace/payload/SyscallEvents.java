package org.panscope.trace.ftrace.payload;

/// System calls, with nothing but numbers (include/trace/events/syscalls.h). The number of the call
/// is the machine's: 29 is ioctl(2) on arm64.
final class SyscallEvents {
    private SyscallEvents() {}

    static void register(PayloadDecoders decoders) {
        decoders.add(
                "sys_enter",
                EventFormat.of(
                                "id:dec arg0:bare_hex arg1:bare_hex arg2:bare_hex arg3:bare_hex"
                                        + " arg4:bare_hex arg5:bare_hex")
                        .spelled(
                                "NR ${id} (${arg0}, ${arg1}, ${arg2}, ${arg3}, ${arg4}, ${arg5})"));
        decoders.add("sys_exit", EventFormat.of("id:dec ret:dec").spelled("NR ${id} = ${ret}"));
    }
}
