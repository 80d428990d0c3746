package org.panscope.core.state;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.KernelEvent.DbFault;
import org.panscope.trace.event.KernelEvent.DbZap;
import org.panscope.trace.event.KernelEvent.Mmap;
import org.panscope.trace.schema.Unit;

/// What is behind the doorbell mappings: of a file by address, which is its page table, and of a
/// group's queues as long as their handle is theirs.
final class DoorbellReducer {
    private static final String PAGE = "doorbell_page_";
    private static final String OFFSET = "doorbell_map_";

    private DoorbellReducer() {}

    static void mapped(StateBuilder state, ObjectEditor file, Mmap mmap) {
        Long va = mmap.va();
        if (va != null) {
            file.set(Belief.KERNEL, OFFSET + hex(va), mmap.offset(), Unit.FILE_OFFSET)
                    .set(Belief.MEMORY, PAGE + hex(va), "none");
        }
        Long gid = mmap.gid();
        if (gid != null) {
            for (ObjectEditor queue : Queues.of(state, gid)) {
                queue.set(Belief.KERNEL, "doorbell_offset", mmap.offset(), Unit.FILE_OFFSET)
                        .set(Belief.APPLICATION, "doorbell_page", "none");
            }
        }
    }

    static void unmapped(ObjectEditor file, long va) {
        file.clear(Belief.KERNEL, OFFSET + hex(va)).clear(Belief.MEMORY, PAGE + hex(va));
    }

    static void fault(StateBuilder state, DbFault fault) {
        String page =
                switch (fault.page()) {
                    case REAL -> "doorbell " + fault.doorbellId();
                    case DUMMY -> "dummy";
                    case SIGBUS -> "none";
                };
        Long va = fault.va();
        if (va != null) {
            state.known(ObjectId.of("file", fault.fileId()))
                    .set(Belief.MEMORY, PAGE + hex(va), page);
        }
        Long gid = fault.gid();
        if (gid != null) {
            for (ObjectEditor queue : Queues.of(state, gid)) {
                queue.set(Belief.APPLICATION, "doorbell_page", page);
            }
        }
    }

    static void zap(StateBuilder state, DbZap zap) {
        for (ObjectEditor file : state.all("file", "")) {
            if (concerns(zap, file.id())) {
                for (String quantity : file.quantities(Belief.KERNEL, OFFSET)) {
                    String page = PAGE + quantity.substring(OFFSET.length());
                    if (isInRange(zap, file.number(Belief.KERNEL, quantity))) {
                        file.note(Belief.MEMORY, page, "none");
                    }
                }
            }
        }
        for (ObjectEditor queue : state.all("queue", "")) {
            if (isInRange(zap, queue.number(Belief.KERNEL, "doorbell_offset"))
                    && isOfFile(state, zap, queue)
                    && queue.get(Belief.APPLICATION, "doorbell_page") != null) {
                queue.set(Belief.APPLICATION, "doorbell_page", "none");
            }
        }
    }

    private static boolean isOfFile(StateBuilder state, DbZap zap, ObjectEditor queue) {
        String key = queue.id().key();
        ObjectEditor group = state.find(new ObjectId("group", key.substring(0, key.indexOf('.'))));
        Long file = group == null ? null : group.number(Belief.KERNEL, "file");
        return zap.onlyFile() == null || (file != null && concerns(zap, ObjectId.of("file", file)));
    }

    private static boolean concerns(DbZap zap, ObjectId file) {
        Integer only = zap.onlyFile();
        return only == null || ObjectId.of("file", only).equals(file);
    }

    private static boolean isInRange(DbZap zap, @Nullable Long offset) {
        return offset != null
                && Long.compareUnsigned(offset, zap.offset()) >= 0
                && (zap.length() == 0
                        || Long.compareUnsigned(offset - zap.offset(), zap.length()) < 0);
    }

    private static String hex(long va) {
        return "0x" + Long.toHexString(va);
    }
}
