package org.panscope.core.user.program;

import org.jspecify.annotations.Nullable;
import org.panscope.core.sim.Simulation;
import org.panscope.core.uapi.EventFd;
import org.panscope.core.uapi.VmBindOp;
import org.panscope.core.user.DrmFile;
import org.panscope.core.user.GroupClient;
import org.panscope.core.user.GroupRequest;
import org.panscope.core.user.HeapClient;
import org.panscope.core.user.IoctlResult;
import org.panscope.core.user.MemoryClient;
import org.panscope.core.user.TilerHeap;
import org.panscope.core.user.UserBuffer;
import org.panscope.core.user.UserGroup;
import org.panscope.core.user.UserProcess;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;

/// The open device of a program, with one address space: every call checked.
final class ClientSession {
    /// Buffers the CPU and the GPU share without caches between them.
    static final int SHARED = VmBindOp.MAP_NOEXEC | VmBindOp.MAP_UNCACHED;

    /// Buffers of instructions.
    static final int EXECUTABLE = 0;

    private static final long USER_VA_RANGE = 1L << 47;
    private static final int RING_BYTES = 65536;
    private static final int QUEUE_PRIORITY = 1;

    private final UserProcess process;
    private final String thread;
    private final DrmFile file;
    private final MemoryClient memory;
    private final int vm;

    /// Opens the device and makes an address space.
    ///
    /// @param thread lane of its notes
    ClientSession(UserProcess process, String thread) throws ProgramFailure {
        this.process = process;
        this.thread = thread;
        file = process.open();
        memory = new MemoryClient(file);
        vm = value("VM_CREATE", memory.createVm(USER_VA_RANGE));
    }

    DrmFile file() {
        return file;
    }

    int vm() {
        return vm;
    }

    Simulation sim() {
        return process.simulation();
    }

    void mark(String text) {
        process.mark(thread, text);
    }

    /// A buffer bound at an address and mapped into the process.
    UserBuffer buffer(long va, long sizeBytes, int flags) throws ProgramFailure {
        UserBuffer buffer = value("BO_CREATE", memory.createBuffer(sizeBytes, vm));
        ProgramFailure.check("VM_BIND", memory.map(vm, buffer, 0, va, buffer.sizeBytes(), flags));
        value("mmap", memory.mmap(buffer));
        return buffer;
    }

    TilerHeap heap(HeapClient.Request request) throws ProgramFailure {
        return value("TILER_HEAP_CREATE", new HeapClient(file).create(vm, request));
    }

    /// A group of equal queues.
    UserGroup group(ProgramRequest request, int queues, @Nullable EventFd eventfd)
            throws ProgramFailure {
        return value(
                "GROUP_CREATE",
                new GroupClient(file)
                        .create(
                                new GroupRequest(
                                        vm,
                                        request.priority(),
                                        request.userSubmit(),
                                        request.coreMask(),
                                        1,
                                        eventfd,
                                        Collections.nCopies(
                                                queues,
                                                new GroupRequest.Queue(
                                                        QUEUE_PRIORITY, RING_BYTES)))));
    }

    /// Lets the thread sleep until an instant.
    void sleepUntil(long timeNs) {
        long nowNs = sim().nowNs();
        if (timeNs > nowNs) {
            sim().sleep(timeNs - nowNs);
        }
    }

    void close() {
        file.close();
    }

    static <T> T value(String call, IoctlResult<T> result) throws ProgramFailure {
        ProgramFailure.check(call, result.errno());
        return result.value();
    }

    /// Words as they lie in memory.
    static byte[] bytes(long... words) {
        ByteBuffer bytes =
                ByteBuffer.allocate(words.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(words);
        return bytes.array();
    }
}
