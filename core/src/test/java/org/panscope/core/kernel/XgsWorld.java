package org.panscope.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.DriverConfig;
import org.panscope.core.kernel.base.DriverFixes;
import org.panscope.core.kernel.mmu.GemObject;
import org.panscope.core.uapi.EventFd;
import org.panscope.core.uapi.VmBindOp;
import org.panscope.core.uapi.XgsOp;
import org.panscope.core.user.DrmFile;
import org.panscope.core.user.IoctlResult;
import org.panscope.core.user.MemoryClient;
import org.panscope.core.user.SyncObject;
import org.panscope.core.user.SyncWish;
import org.panscope.core.user.SyncobjClient;
import org.panscope.core.user.UserBuffer;
import org.panscope.core.user.XgsClient;
import org.panscope.core.user.XgsClient.Operation;
import org.panscope.trace.event.FenceEvent.Fence;
import org.panscope.trace.event.FenceEvent.FenceKind;
import org.panscope.trace.event.FenceEvent.FenceStep;
import org.panscope.trace.event.KernelEvent.Warn;
import org.panscope.trace.event.KernelEvent.WarnKind;

import java.util.List;
import java.util.function.Consumer;

/// A machine with one process that has two sync objects in one buffer, and an address where nothing
/// is mapped:
///
/// ```
/// A  u64 at 0x100000   3, error 0
/// B  u32 at 0x100040   0xffffffff, error 0
/// C      at 0x900000   not mapped
/// ```
final class XgsWorld {
    static final long A = 0x10_0000;
    static final long B = 0x10_0040;
    static final long C = 0x90_0000;
    static final long B_VALUE = 0xffff_ffffL;
    static final int B_OFFSET = 0x40;
    static final long BO_BYTES = 4096;
    static final long A_VALUE = 3;

    final Machine machine;

    XgsWorld() {
        this(DriverFixes.NONE);
    }

    XgsWorld(DriverFixes fixes) {
        this(1, parameters(fixes));
    }

    XgsWorld(long seed, KernelParameters parameters) {
        machine = new Machine(seed, parameters);
    }

    static KernelParameters parameters(DriverFixes fixes) {
        return Changed.copy(
                KernelParameters.defaults(),
                "driver",
                Changed.copy(DriverConfig.AS_POSTED, "fixes", fixes));
    }

    static DriverFixes fix(String name) {
        return Changed.copy(DriverFixes.NONE, name, true);
    }

    /// The process, once it has all that.
    record Client(
            Machine machine, DrmFile file, int vm, UserBuffer buffer, SyncObject a, SyncObject b) {
        XgsClient xgs() {
            return new XgsClient(file);
        }

        SyncobjClient syncobjs() {
            return new SyncobjClient(file);
        }

        int queue() {
            return queue(null);
        }

        int queue(@Nullable EventFd eventfd) {
            return xgs().create(vm, eventfd).value();
        }

        int syncobj() {
            return syncobjs().create(false).value();
        }

        /// Submits a job that signals a new syncobj.
        ///
        /// @return the syncobj
        int submit(int queue, Operation... ops) {
            int out = syncobj();
            assertEquals(0, xgs().submit(queue, List.of(ops), List.of(new SyncWish(out, true, 0))));
            return out;
        }

        void await(int syncobj) {
            assertEquals(0, syncobjs().await(syncobj, 60_000 * Machine.MS, false));
        }

        void update() {
            assertEquals(0, new org.panscope.core.user.GroupClient(file).syncUpdate());
        }

        void sleepMs(long ms) {
            machine.sim.sleep(ms * Machine.MS);
        }
    }

    /// Lets a process do something, and the machine run until nothing is left to happen.
    void run(Consumer<Client> body) {
        boolean[] done = new boolean[1];
        machine.process("app")
                .start(
                        0,
                        () -> {
                            body.accept(client());
                            done[0] = true;
                        });
        machine.sim.run(100_000 * Machine.MS);
        assertEquals(true, done[0], "the process came to its end");
    }

    private Client client() {
        DrmFile file = machine.processes().getLast().open();
        MemoryClient memory = new MemoryClient(file);
        int vm = memory.createVm(1L << 47).value();
        IoctlResult<UserBuffer> buffer = memory.createBuffer(BO_BYTES, 0);
        assertEquals(0, memory.map(vm, buffer.value(), 0, A, BO_BYTES, VmBindOp.MAP_UNCACHED));
        assertEquals(0, memory.mmap(buffer.value()).errno());
        SyncObject a = new SyncObject(file, buffer.value(), vm, 0, A, true);
        SyncObject b = new SyncObject(file, buffer.value(), vm, B_OFFSET, B, false);
        a.store(A_VALUE);
        b.store(B_VALUE);
        return new Client(machine, file, vm, buffer.value(), a, b);
    }

    // ---- operations -----------------------------------------------------------------------------

    static Operation waitLe(long va, long value) {
        return new Operation(XgsOp.WAIT_LE, va != B, va, value);
    }

    static Operation waitGt(long va, long value) {
        return new Operation(XgsOp.WAIT_GT, va != B, va, value);
    }

    static Operation set(long va, long value) {
        return new Operation(XgsOp.SIGNAL_SET, va != B, va, value);
    }

    static Operation add(long va, long value) {
        return new Operation(XgsOp.SIGNAL_ADD, va != B, va, value);
    }

    static Operation withFlags(Operation op, int flags) {
        return new Operation(op.op(), op.wide(), op.va(), op.value(), flags);
    }

    // ---- what became of it ----------------------------------------------------------------------

    private GemObject memory() {
        GemObject bo = machine.device.object(1, 1);
        assertNotNull(bo);
        return bo;
    }

    long a() {
        return memory().buffer().read64(0);
    }

    int aError() {
        return memory().buffer().read32(8);
    }

    long b() {
        return memory().buffer().read32(B_OFFSET) & 0xffff_ffffL;
    }

    List<Fence> fences(FenceKind kind, FenceStep step) {
        return machine.of(Fence.class).stream()
                .filter(fence -> fence.kind() == kind && fence.step() == step)
                .toList();
    }

    /// Error of the finished fence of the n-th job that was done, from 0.
    int finished(int n) {
        Integer error = fences(FenceKind.FINISHED, FenceStep.SIGNALED).get(n).error();
        return error == null ? 0 : error;
    }

    /// When the n-th finished fence signalled.
    long finishedNs(int n) {
        Fence fence = fences(FenceKind.FINISHED, FenceStep.SIGNALED).get(n);
        return machine.entries.stream()
                .filter(entry -> entry.event().equals(fence))
                .findFirst()
                .orElseThrow()
                .header()
                .timeNs();
    }

    List<Warn> warns(WarnKind kind, String site) {
        return machine.of(Warn.class).stream()
                .filter(warn -> warn.kind() == kind && warn.site().equals(site))
                .toList();
    }
}
