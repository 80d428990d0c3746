package org.panscope.core.state;

import org.panscope.trace.schema.Unit;

import java.util.List;

/// The user I/O pages of a queue inside their 8 KiB buffer object.
///
/// ```
/// 0x0000  u64  insert        input page, written by the application or the driver
/// 0x0008  u64  extract_init  input page, written by the driver
/// 0x1000  u64  extract       output page, written by the firmware
/// 0x1008  u32  active        output page, written by the firmware
/// ```
///
/// kernel: panthor_fw.h, panthor_fw_ringbuf_input_iface and panthor_fw_ringbuf_output_iface
final class UserIoLayout {
    static final long INSERT = 0x0000;
    static final long EXTRACT_INIT = 0x0008;
    static final long EXTRACT = 0x1000;
    static final long ACTIVE = 0x1008;

    private UserIoLayout() {}

    /// The words of a queue whose pages are known.
    static List<WatchedWord> words(ObjectState queue) {
        Long bo = StateIndex.number(queue, Belief.KERNEL, "io_bo");
        if (bo == null) {
            return List.of();
        }
        int io = bo.intValue();
        ObjectId id = queue.id();
        return List.of(
                new WatchedWord(io, INSERT, id, "insert", Long.BYTES, Unit.BYTES),
                new WatchedWord(io, EXTRACT_INIT, id, "extract_init", Long.BYTES, Unit.BYTES),
                new WatchedWord(io, EXTRACT, id, "extract", Long.BYTES, Unit.BYTES),
                new WatchedWord(io, ACTIVE, id, "active", Integer.BYTES, Unit.NONE));
    }
}
