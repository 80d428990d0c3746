package org.panscope.core.scenario;

import org.jspecify.annotations.Nullable;
import org.panscope.core.isa.AssemblyException;
import org.panscope.core.scenario.Scenario.ThreadPlan;
import org.panscope.core.scenario.StepRules.Errnos;
import org.panscope.core.scenario.Symbols.UnknownSymbol;
import org.panscope.core.sim.WaitQueue;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.EventFd;
import org.panscope.core.uapi.Mapping;
import org.panscope.core.uapi.VmBindOp;
import org.panscope.core.user.DrmFile;
import org.panscope.core.user.IoctlResult;
import org.panscope.core.user.MemoryClient;
import org.panscope.core.user.SyncObject;
import org.panscope.core.user.SyncWish;
import org.panscope.core.user.TilerHeap;
import org.panscope.core.user.UserBuffer;
import org.panscope.core.user.UserProcess;
import org.panscope.core.user.UserSubmitQueue;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/// Does the steps of one thread, one after the other, through the clients of `core.user`. A step
/// whose outcome is not the expected one ends the thread, leaves a note in the trace and is
/// reported as a failure of the run.
///
/// This class has the steps about files, memory, sync objects and time; [QueueSteps] those about
/// groups and queues, [HeapSteps] those about tiler heaps, [BufferSteps] those about what else can
/// be done with buffer objects, [SyncobjSteps] those about syncobjs, [KernelSyncSteps] those about
/// XGS queues, [FaultSteps] those that let something go wrong.
final class StepRunner {
    private static final long DEFAULT_USER_VA_RANGE = 1L << 47;

    private final Machine machine;
    private final Program program;
    private final UserProcess process;
    private final ThreadPlan plan;
    private final @Nullable String variant;
    private final NameTable names;
    private final Rendezvous rendezvous;
    private final Consumer<String> failures;
    private final QueueSteps queueSteps;
    private final KernelSyncSteps kernelSyncSteps;
    private final HeapSteps heapSteps;
    private final BufferSteps bufferSteps;
    private final SyncobjSteps syncobjSteps;
    private final NameTable exports;
    private final FaultSteps faultSteps;

    StepRunner(
            Machine machine,
            Program program,
            UserProcess process,
            ThreadPlan plan,
            @Nullable String variant,
            NameTable names,
            NameTable exports,
            Rendezvous rendezvous,
            Consumer<String> failures) {
        this.machine = machine;
        this.program = program;
        this.process = process;
        this.plan = plan;
        this.variant = variant;
        this.names = names;
        this.rendezvous = rendezvous;
        this.failures = failures;
        this.queueSteps = new QueueSteps(this);
        this.kernelSyncSteps = new KernelSyncSteps(this);
        this.heapSteps = new HeapSteps(this);
        this.bufferSteps = new BufferSteps(this);
        this.syncobjSteps = new SyncobjSteps(this);
        this.exports = exports;
        this.faultSteps = new FaultSteps(this);
    }

    /// Body of the thread.
    void run() {
        try {
            steps(plan.steps());
        } catch (StepFailure e) {
            fail(e.step, e.reason);
        }
    }

    private void steps(List<Step> steps) throws StepFailure {
        for (Step step : steps) {
            if (!step.isIn(variant)) {
                continue;
            }
            process.checkSignal();
            try {
                step(step);
            } catch (Mapping.BusError e) {
                throw new StepFailure(step, "SIGBUS: " + e.getMessage());
            }
        }
    }

    private void step(Step step) throws StepFailure {
        Values args = step.args();
        switch (step.kind()) {
            case OPEN -> define(args, process.open());
            case CLOSE -> file(args).close();
            case VM_CREATE -> createVm(step);
            case VM_DESTROY -> {
                Vm vm = vm(args);
                check(step, new MemoryClient(vm.file()).destroyVm(vm.handle()));
            }
            case BO_CREATE -> createBuffer(step);
            case VM_BIND, VM_UNBIND, VM_SYNC, VM_GET_STATE -> bind(step);
            case MMAP_BO -> {
                Buffer buffer = buffer(args, "bo");
                check(step, new MemoryClient(buffer.file()).mmap(buffer.buffer()).errno());
            }
            case MUNMAP_BO -> {
                Buffer buffer = buffer(args, "bo");
                if (!buffer.buffer().isMapped()) {
                    throw new StepFailure(step, "the buffer is not mapped");
                }
                new MemoryClient(buffer.file()).munmap(buffer.buffer());
            }
            case BO_WRITE -> {
                UserBuffer buffer = buffer(args, "bo").buffer();
                if (!buffer.isMapped()) {
                    throw new StepFailure(step, "the buffer is not mapped");
                }
                byte[] bytes = code(step);
                long offset = args.number("offset", 0);
                if (offset > buffer.sizeBytes() - bytes.length) {
                    throw new StepFailure(step, "SIGSEGV: beyond the end of the buffer");
                }
                buffer.store(offset, bytes);
            }
            case SYNC_OBJECT -> declareSyncObject(step);
            case SYNC_STORE -> syncObject(args, "sync").store(args.number("value"));
            case WAIT_SYNC -> {
                boolean reached =
                        syncObject(args, "sync")
                                .awaitGreaterThan(args.number("greater_than"), timeout(args));
                checkTimeout(step, reached);
            }
            case EXPECT_SYNC -> expectSync(step);
            case EVENTFD -> define(args, new Descriptor(file(args), file(args).eventfd()));
            case WAIT_EVENTFD -> {
                Descriptor eventfd = descriptor(args.text("eventfd"));
                long count = eventfd.file().readEventfd(eventfd.eventfd(), timeout(args));
                checkTimeout(step, count != 0);
            }
            case SLEEP -> process.pause(args.number("for"));
            case SIGNAL -> rendezvous.signal(args.text("event"));
            case AWAIT ->
                    checkTimeout(
                            step, rendezvous.await(process, args.text("event"), timeout(args)));
            case KILL_PROCESS -> {
                machine.processNamed(args.text("process")).kill();
                process.checkSignal();
            }
            case REPEAT -> {
                for (long i = args.number("count"); i > 0; i--) {
                    steps(args.steps("steps"));
                }
            }
            case MARK -> process.mark(plan.name(), args.text("text"));
            case GROUP_CREATE,
                    GROUP_DESTROY,
                    GROUP_GET_STATE,
                    MAP_QUEUE,
                    MUNMAP_QUEUE,
                    RING_WRITE,
                    INSERT_STORE,
                    LOAD_ACTIVE,
                    LOAD_EXTRACT,
                    DOORBELL,
                    KICK,
                    SUBMIT,
                    GROUP_SUBMIT,
                    INJECT_FAULT,
                    SYNC_UPDATE ->
                    queueSteps.step(step);
            case SYNCOBJ_CREATE,
                    SYNCOBJ_DESTROY,
                    SYNCOBJ_RESET,
                    SYNCOBJ_SIGNAL,
                    SYNCOBJ_WAIT,
                    SYNCOBJ_WAIT_MANY,
                    SYNCOBJ_QUERY,
                    SYNCOBJ_TRANSFER,
                    SYNCOBJ_EVENTFD,
                    SYNCOBJ_EXPORT,
                    SYNCOBJ_IMPORT,
                    SYNC_FILE_EXPORT,
                    SYNC_FILE_IMPORT ->
                    syncobjSteps.step(step);
            case BO_CLOSE, BO_EXPORT, BO_IMPORT, EXPORT_CLOSE, BO_SET_LABEL, BO_SYNC, DEV_QUERY ->
                    bufferSteps.step(step);
            case XGS_QUEUE_CREATE, XGS_QUEUE_DESTROY, XGS_QUEUE_SUBMIT ->
                    kernelSyncSteps.step(step);
            case TILER_HEAP_CREATE, TILER_HEAP_DESTROY -> heapSteps.step(step);
            case CLIENT -> new ProgramSteps(process, plan.name()).run(step);
            case FIRMWARE_HANG,
                    DROP_ACK,
                    DROP_INTERRUPT,
                    HARDWARE_HANG,
                    GPU_RESET,
                    PROFILING,
                    FDINFO ->
                    faultSteps.step(step);
        }
    }

    // ---- memory -------------------------------------------------------------------------------

    private void createVm(Step step) throws StepFailure {
        DrmFile file = file(step.args());
        IoctlResult<Integer> result =
                new MemoryClient(file)
                        .createVm(step.args().number("user_va_range", DEFAULT_USER_VA_RANGE));
        if (check(step, result.errno())) {
            define(step.args(), new Vm(file, result.value()));
        }
    }

    private void createBuffer(Step step) throws StepFailure {
        Values args = step.args();
        String vmName = args.textOrNull("vm");
        Vm exclusive = vmName == null ? null : vm(args);
        DrmFile file = exclusive == null ? file(args) : exclusive.file();
        IoctlResult<UserBuffer> result =
                new MemoryClient(file)
                        .createBuffer(
                                args.number("size"), exclusive == null ? 0 : exclusive.handle());
        if (check(step, result.errno())) {
            define(args, new Buffer(file, result.value()));
        }
    }

    private void bind(Step step) throws StepFailure {
        Values args = step.args();
        Vm vm = vm(args);
        MemoryClient memory = new MemoryClient(vm.file());
        if (step.kind() == StepKind.VM_GET_STATE) {
            IoctlResult<Boolean> usable = memory.isUsable(vm.handle());
            if (check(step, usable.errno()) && args.has("expect")) {
                checkText(step, args.text("expect"), usable.value() ? "usable" : "unusable");
            }
            return;
        }
        List<SyncWish> syncs = QueueSteps.syncPoints(this, args);
        MemoryClient.Bind operation =
                switch (step.kind()) {
                    case VM_BIND -> map(args, syncs);
                    case VM_UNBIND ->
                            MemoryClient.Bind.unmap(args.number("va"), args.number("size"), syncs);
                    default -> MemoryClient.Bind.syncOnly(syncs);
                };
        boolean async = step.kind() == StepKind.VM_SYNC || args.flag("async");
        check(step, memory.bind(vm.handle(), operation, async));
    }

    private MemoryClient.Bind map(Values args, List<SyncWish> syncs) {
        UserBuffer buffer = buffer(args, "bo").buffer();
        long offset = args.number("offset", 0);
        int flags =
                (args.flag("noexec") ? VmBindOp.MAP_NOEXEC : 0)
                        | (args.flag("uncached") ? VmBindOp.MAP_UNCACHED : 0)
                        | (args.flag("readonly") ? VmBindOp.MAP_READONLY : 0);
        return MemoryClient.Bind.map(
                buffer,
                offset,
                args.number("va"),
                args.number("size", buffer.sizeBytes() - offset),
                flags,
                syncs);
    }

    private void declareSyncObject(Step step) throws StepFailure {
        Values args = step.args();
        Buffer buffer = buffer(args, "bo");
        if (!buffer.buffer().isMapped()) {
            throw new StepFailure(step, "the buffer is not mapped");
        }
        define(
                args,
                new SyncObject(
                        buffer.file(),
                        buffer.buffer(),
                        vm(args).handle(),
                        args.number("offset", 0),
                        args.number("va"),
                        args.text("format", "u64").equals("u64")));
    }

    private void expectSync(Step step) throws StepFailure {
        SyncObject sync = syncObject(step.args(), "sync");
        long value = sync.load();
        if (value != step.args().number("value")) {
            throw new StepFailure(step, "it holds " + Long.toUnsignedString(value));
        }
        if (step.args().has("error") && sync.loadError() != (int) step.args().number("error")) {
            throw new StepFailure(step, "its error is 0x" + Integer.toHexString(sync.loadError()));
        }
    }

    /// Leaves a note on the lane of the thread.
    void mark(String text) {
        process.mark(plan.name(), text);
    }

    /// The machine, for steps that do what no program can.
    Machine machine() {
        return machine;
    }

    // ---- names --------------------------------------------------------------------------------

    /// A VM and the file it belongs to.
    record Vm(DrmFile file, int handle) {}

    /// A buffer object and the file it belongs to.
    record Buffer(DrmFile file, UserBuffer buffer) {}

    /// A descriptor other processes may have a copy of.
    record Export(DrmFile file, int fd) {}

    void export(Values args, Export export) {
        exports.define(args.text("as"), export);
    }

    /// What was exported by a name, as soon as it was.
    Export exported(Values args) {
        return exports.await(args.text("from"), Export.class);
    }

    /// An eventfd and the file it was made for.
    record Descriptor(DrmFile file, EventFd eventfd) {}

    private static final String FIRST_FILE = "";

    void define(Values args, Object object) {
        if (object instanceof DrmFile && !names.isDefined(FIRST_FILE)) {
            names.define(FIRST_FILE, object);
        }
        names.define(args.text("name"), object);
    }

    /// The file a step names, or the first the process opened.
    DrmFile file(Values args) {
        return names.await(args.text("file", FIRST_FILE), DrmFile.class);
    }

    Vm vm(Values args) {
        return names.await(args.text("vm"), Vm.class);
    }

    Descriptor descriptor(String name) {
        return names.await(name, Descriptor.class);
    }

    SyncObject syncObject(Values args, String key) {
        return names.await(args.text(key), SyncObject.class);
    }

    Buffer buffer(Values args, String key) {
        return names.await(args.text(key), Buffer.class);
    }

    <T> T object(String name, Class<T> type) {
        return names.await(name, type);
    }

    /// The instructions of a step, with the addresses the kernel gave.
    byte[] code(Step step) throws StepFailure {
        try {
            return UserSubmitQueue.bytesOf(
                    program.words(step.args().code("code"), this::lateValue));
        } catch (UnknownSymbol | AssemblyException e) {
            throw new StepFailure(step, String.valueOf(e.getMessage()));
        }
    }

    private @Nullable Long lateValue(String name, String aspect) throws UnknownSymbol {
        TilerHeap heap = object(name, HeapSteps.Heap.class).heap();
        return switch (aspect) {
            case "va" -> heap.contextVa();
            case "first_chunk" -> heap.firstChunkVa();
            default -> throw new UnknownSymbol("a tiler heap has no " + aspect);
        };
    }

    // ---- outcomes -----------------------------------------------------------------------------

    static long timeout(Values args) {
        return args.number("timeout", WaitQueue.FOREVER);
    }

    /// Compares what a call answered with what the step expects.
    ///
    /// @return whether the call succeeded
    static boolean check(Step step, int errno) throws StepFailure {
        int expected = Objects.requireNonNull(Errnos.value(step.args().text("expect_errno", "0")));
        if (errno != expected) {
            throw new StepFailure(
                    step, "answered " + Errno.name(errno) + ", expected " + Errno.name(expected));
        }
        return errno == 0;
    }

    static void checkText(Step step, String expected, String answered) throws StepFailure {
        if (!expected.equals(answered)) {
            throw new StepFailure(step, "answered " + answered + ", expected " + expected);
        }
    }

    private static void checkTimeout(Step step, boolean happened) throws StepFailure {
        if (happened == step.args().flag("expect_timeout")) {
            throw new StepFailure(
                    step, happened ? "ended before its time was over" : "the time was over");
        }
    }

    private void fail(Step step, String reason) {
        String text =
                process.name()
                        + "/"
                        + plan.name()
                        + " line "
                        + step.args().place()
                        + " "
                        + step.kind().label()
                        + ": "
                        + reason;
        process.mark(plan.name(), "failed: " + text);
        failures.accept(text);
    }

    /// Ends the thread.
    static final class StepFailure extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Step step;
        private final String reason;

        StepFailure(Step step, String reason) {
            super(reason);
            this.step = step;
            this.reason = reason;
        }
    }
}
