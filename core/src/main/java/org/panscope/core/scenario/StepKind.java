package org.panscope.core.scenario;

import static org.panscope.core.scenario.Shape.optional;
import static org.panscope.core.scenario.Shape.required;

import org.jspecify.annotations.Nullable;
import org.panscope.core.scenario.ValueType.Address;
import org.panscope.core.scenario.ValueType.Assembly;
import org.panscope.core.scenario.ValueType.Choice;
import org.panscope.core.scenario.ValueType.Duration;
import org.panscope.core.scenario.ValueType.Flag;
import org.panscope.core.scenario.ValueType.ListOf;
import org.panscope.core.scenario.ValueType.Name;
import org.panscope.core.scenario.ValueType.One;
import org.panscope.core.scenario.ValueType.Reference;
import org.panscope.core.scenario.ValueType.Steps;
import org.panscope.core.scenario.ValueType.Text;
import org.panscope.core.scenario.ValueType.Texts;
import org.panscope.core.scenario.ValueType.Whole;
import org.panscope.core.user.program.BuggyProgram;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What a step of a thread can be, with the keys it takes.
enum StepKind {
    OPEN("Opens the render node.", name(ObjectKind.FILE)),
    CLOSE("Closes the file.", file()),
    VM_CREATE(
            "VM_CREATE: a GPU address space.",
            name(ObjectKind.VM),
            optional("user_va_range", size(), "bytes managed by the client, from address 0"),
            file(),
            errno()),
    VM_DESTROY("VM_DESTROY.", vm(), errno()),
    BO_CREATE(
            "BO_CREATE: a buffer object.",
            name(ObjectKind.BUFFER),
            required("size", size(), "bytes"),
            optional("vm", new Reference(ObjectKind.VM), "the only VM it may be bound in"),
            file(),
            errno()),
    VM_BIND(
            "VM_BIND: shows a buffer object to the GPU.",
            vm(),
            bo(),
            required("va", new Address(), "where; `${bo}` means this address from now on"),
            optional("offset", size(), "first byte of the buffer object"),
            optional("size", size(), "bytes; to its end when absent"),
            optional("noexec", new Flag(), "MAP_NOEXEC"),
            optional("uncached", new Flag(), "MAP_UNCACHED"),
            optional("readonly", new Flag(), "MAP_READONLY"),
            async(),
            waits(),
            signals(),
            errno()),
    VM_UNBIND(
            "VM_BIND that takes a range away.",
            vm(),
            required("va", new Address(), "first byte"),
            required("size", size(), "bytes"),
            async(),
            waits(),
            signals(),
            errno()),
    VM_SYNC(
            "Asynchronous VM_BIND that maps nothing: what it signals comes after all before it.",
            vm(),
            waits(),
            signals(),
            errno()),
    VM_GET_STATE(
            "VM_GET_STATE.",
            vm(),
            optional("expect", new Choice(List.of("usable", "unusable")), "what it has to say"),
            errno()),
    BO_CLOSE("GEM_CLOSE: the handle is gone, mappings stay.", bo(), errno()),
    BO_EXPORT("PRIME_HANDLE_TO_FD: a dma-buf for another process.", bo(), exported(), errno()),
    BO_IMPORT(
            "PRIME_FD_TO_HANDLE: waits for the dma-buf of another process.",
            imported(),
            name(ObjectKind.BUFFER),
            file(),
            errno()),
    EXPORT_CLOSE("Closes the descriptor that was exported.", imported()),
    BO_SET_LABEL(
            "BO_SET_LABEL (mainline).",
            bo(),
            required("label", new Text(), "what it is called"),
            errno()),
    BO_SYNC(
            "BO_SYNC (mainline): CPU cache maintenance of a range.",
            bo(),
            optional("offset", size(), "first byte"),
            optional("size", size(), "bytes; to its end when absent"),
            optional("invalidate", new Flag(), "the CPU reads from memory again"),
            errno()),
    DEV_QUERY(
            "DEV_QUERY.",
            required("type", new Choice(DevQueryTypes.LABELS), "what is asked for"),
            file(),
            errno()),
    MMAP_BO("Maps a buffer object into the process.", bo(), errno()),
    MUNMAP_BO("Takes the mapping of a buffer object away.", bo()),
    BO_WRITE(
            "Stores instructions into a mapped buffer object.",
            bo(),
            optional("offset", size(), "first byte"),
            code(),
            padTo()),
    SYNC_OBJECT(
            "Declares a sync object in a buffer object that is bound and mapped.",
            name(ObjectKind.SYNC),
            bo(),
            vm(),
            optional("offset", size(), "first byte in the buffer object"),
            optional("format", new Choice(List.of("u32", "u64")), "width; u64 when absent")),
    SYNC_STORE("Stores a value into a sync object.", sync(), value()),
    SYNC_UPDATE("SYNC_UPDATE: tells the kernel that a sync object changed.", file(), errno()),
    WAIT_SYNC(
            "Polls a sync object until it is greater than a value.",
            sync(),
            required("greater_than", number(), "value it has to exceed"),
            timeout(),
            expectTimeout()),
    EXPECT_SYNC(
            "Looks at a sync object, which has to hold this.",
            sync(),
            required("value", number(), "value"),
            optional("error", word(), "error word behind it; not looked at when absent")),
    EVENTFD("Makes an eventfd.", name(ObjectKind.EVENTFD), file()),
    WAIT_EVENTFD(
            "Waits until the eventfd is signalled and reads it.",
            required("eventfd", new Reference(ObjectKind.EVENTFD), "which"),
            timeout(),
            expectTimeout()),
    TILER_HEAP_CREATE(
            "TILER_HEAP_CREATE: memory for the tiler, in chunks.",
            name(ObjectKind.TILER_HEAP),
            vm(),
            required("initial_chunk_count", word(), "chunks it starts with"),
            required("chunk_size", word(), "bytes, whole pages from 128 KiB to 8 MiB"),
            required("max_chunks", word(), "chunks it may grow to"),
            optional(
                    "target_in_flight",
                    word(),
                    "render passes in flight beyond which it does not grow; 65535 when absent"),
            errno()),
    TILER_HEAP_DESTROY(
            "TILER_HEAP_DESTROY.",
            required("heap", new Reference(ObjectKind.TILER_HEAP), "which"),
            errno()),
    GROUP_CREATE(
            "GROUP_CREATE: a group with its queues.",
            name(ObjectKind.GROUP),
            vm(),
            optional("user_submit", new Flag(), "work comes through the mapped rings"),
            optional("priority", new Choice(Words.PRIORITIES), "medium when absent"),
            optional(
                    "eventfd",
                    new Reference(ObjectKind.EVENTFD),
                    "raised when the group signals a sync object"),
            optional(
                    "state_eventfd",
                    new Reference(ObjectKind.EVENTFD),
                    "raised when the group dies, with fix.group_state_eventfd"),
            optional("core_mask", number(), "shader cores; 1 when absent"),
            optional("tiler_mask", number(), "tilers; 1 when absent"),
            required("queues", new ListOf(ScenarioShapes.QUEUE), "one object for each queue"),
            errno()),
    GROUP_DESTROY("GROUP_DESTROY.", group(), errno()),
    GROUP_GET_STATE(
            "GROUP_GET_STATE: asks once, or again and again until the answer is as wanted.",
            group(),
            optional("flags", new Texts(), "flags to wait for: timedout, fatal_fault"),
            timeout(),
            errno()),
    MAP_QUEUE(
            "Maps a queue of a user-submit group: everything, or what is set to true.",
            group(),
            queue(),
            optional("ring", new Flag(), "the ring, read and write"),
            optional("io", new Flag(), "input and output page"),
            optional("doorbell", new Flag(), "the doorbell page, write only"),
            errno()),
    MUNMAP_QUEUE("Takes the mappings of a queue away.", group(), queue()),
    RING_WRITE("Stores instructions into the ring.", group(), queue(), code(), padTo()),
    INSERT_STORE(
            "Stores INSERT: behind all that was written, or any value.",
            group(),
            queue(),
            optional("value", number(), "free-running byte count")),
    LOAD_ACTIVE("Looks at ACTIVE.", group(), queue()),
    LOAD_EXTRACT("Looks at EXTRACT.", group(), queue()),
    DOORBELL(
            "Stores to the doorbell page.",
            group(),
            queue(),
            optional(
                    "expect_sigbus",
                    new Flag(),
                    "the store has to raise SIGBUS, which the process handles")),
    KICK(
            "GROUP_KICK, of a group or of a bare handle.",
            optional("group", new Reference(ObjectKind.GROUP), "which"),
            optional("handle", number(), "instead of a group"),
            optional("queue_mask", number(), "bit i = queue i; 1 when absent"),
            file(),
            errno()),
    SUBMIT(
            "Waits for room, writes the ring, stores INSERT and notifies.",
            group(),
            queue(),
            code(),
            padTo(),
            required(
                    "notify",
                    new Choice(List.of("active", "ring", "kick", "none")),
                    "how the firmware is told"),
            errno()),
    GROUP_SUBMIT(
            "GROUP_SUBMIT of one job: a buffer object that was written, or any range, or nothing.",
            group(),
            queue(),
            optional("stream", new Reference(ObjectKind.BUFFER), "a buffer with code"),
            optional("stream_va", new Address(), "instead of a buffer: address"),
            optional("stream_size", size(), "and bytes"),
            optional("wait", new ListOf(ScenarioShapes.SYNC_POINT), "syncobjs to wait for"),
            optional("signal", new ListOf(ScenarioShapes.SYNC_POINT), "syncobjs to signal"),
            errno()),
    INJECT_FAULT(
            "Waits until the queue runs a job and lets it fail as its shader would.",
            group(),
            queue(),
            required(
                    "exception",
                    new Whole(0, 255),
                    "0x05, 0x50, 0x51, 0x55 or 0x5b: what only a shader can cause"),
            optional("data", new Whole(0, 0xff_ffff), "exception data"),
            optional("info", new Address(), "info word, such as an address in the shader"),
            optional("timeout", new Duration(), "how long it waits for a job; 1s when absent")),
    FIRMWARE_HANG(
            "The firmware answers nothing any more, until the GPU is reset.",
            optional("for", new Duration(), "then it goes on by itself"),
            optional("broken", new Flag(), "it does not boot again either")),
    DROP_ACK(
            "The firmware does what it is asked, and forgets to say so.",
            optional("group", new Reference(ObjectKind.GROUP), "on whose slot; waits for one"),
            required(
                    "request",
                    new Choice(List.of("state", "endpoint_config", "status_update", "ping")),
                    "of the slot, or ping of the global interface"),
            optional("count", new Whole(1, 1000), "how often; 1 when absent")),
    DROP_INTERRUPT(
            "Interrupts get lost on their way to the CPU.",
            required("line", new Choice(List.of("job", "mmu", "gpu")), "which"),
            optional("count", new Whole(1, 1000), "how many; 1 when absent")),
    HARDWARE_HANG(
            "A part of the GPU does not come to an end.",
            required(
                    "unit",
                    new Choice(List.of("address_space", "cache_flush", "soft_reset")),
                    "the next command of an address space, or of the GPU"),
            optional(
                    "group",
                    new Reference(ObjectKind.GROUP),
                    "whose address space; the MCU's when absent"),
            optional("count", new Whole(1, 1000), "how many flushes or resets; 1 when absent")),
    GPU_RESET(
            "The queue's stream reports CS_UNRECOVERABLE, upon which the driver resets the GPU.",
            group(),
            queue(),
            optional(
                    "timeout",
                    new Duration(),
                    "how long it waits for the group to have a slot; 1s when absent")),
    PROFILING(
            "Writes the device attribute `profiling`: what jobs store of themselves from now on.",
            required("mask", new Whole(0, 255), "1 cycles, 2 timestamps"),
            errno()),
    FDINFO("Leaves what fdinfo of the file says in the trace.", file()),
    SYNCOBJ_CREATE(
            "SYNCOBJ_CREATE.",
            name(ObjectKind.SYNCOBJ),
            optional("signaled", new Flag(), "born signalled"),
            file(),
            errno()),
    SYNCOBJ_DESTROY("SYNCOBJ_DESTROY.", syncobj(), errno()),
    SYNCOBJ_RESET("SYNCOBJ_RESET.", syncobj(), errno()),
    SYNCOBJ_SIGNAL(
            "SYNCOBJ_SIGNAL, or SYNCOBJ_TIMELINE_SIGNAL of a point.", syncobj(), point(), errno()),
    SYNCOBJ_WAIT(
            "SYNCOBJ_WAIT, or SYNCOBJ_TIMELINE_WAIT for a point.",
            syncobj(),
            point(),
            timeout(),
            forSubmit(),
            available(),
            errno()),
    SYNCOBJ_WAIT_MANY(
            "SYNCOBJ_TIMELINE_WAIT for several points.",
            required("points", new ListOf(ScenarioShapes.SYNC_POINT), "what is waited for"),
            optional("all", new Flag(), "for all of them, else for the first"),
            timeout(),
            forSubmit(),
            available(),
            optional(
                    "expect_first",
                    new Whole(0, 65535),
                    "index of the point that has to be the first"),
            errno()),
    SYNCOBJ_QUERY(
            "SYNCOBJ_QUERY.",
            syncobj(),
            optional("last_submitted", new Flag(), "the head, signalled or not"),
            optional("expect_point", number(), "what it has to be"),
            errno()),
    SYNCOBJ_TRANSFER(
            "SYNCOBJ_TRANSFER.",
            required("from", new One(ScenarioShapes.SYNC_POINT), "whose fence"),
            required("to", new One(ScenarioShapes.SYNC_POINT), "where it goes"),
            forSubmit(),
            errno()),
    SYNCOBJ_EVENTFD(
            "SYNCOBJ_EVENTFD: the eventfd is signalled once.",
            syncobj(),
            point(),
            required("eventfd", new Reference(ObjectKind.EVENTFD), "which"),
            available(),
            errno()),
    SYNCOBJ_EXPORT(
            "SYNCOBJ_HANDLE_TO_FD: the syncobj for another process.",
            syncobj(),
            exported(),
            errno()),
    SYNCOBJ_IMPORT(
            "SYNCOBJ_FD_TO_HANDLE: waits for the syncobj of another process.",
            imported(),
            name(ObjectKind.SYNCOBJ),
            file(),
            errno()),
    SYNC_FILE_EXPORT(
            "SYNCOBJ_HANDLE_TO_FD: a sync_file of the fence the syncobj holds now.",
            syncobj(),
            exported(),
            errno()),
    SYNC_FILE_IMPORT(
            "SYNCOBJ_FD_TO_HANDLE: waits for the sync_file; the syncobj holds its fence then.",
            imported(),
            syncobj(),
            errno()),
    XGS_QUEUE_CREATE(
            "XGS_QUEUE_CREATE.",
            name(ObjectKind.XGS_QUEUE),
            vm(),
            optional("eventfd", new Reference(ObjectKind.EVENTFD), "raised by every SIGNAL"),
            optional("fd", word(), "instead of an eventfd: any file descriptor"),
            errno()),
    XGS_QUEUE_DESTROY(
            "XGS_QUEUE_DESTROY, of a queue or of a bare handle.",
            xgsQueue(),
            xgsHandle(),
            file(),
            errno()),
    XGS_QUEUE_SUBMIT(
            "XGS_QUEUE_SUBMIT of one job, to a queue or to a bare handle.",
            xgsQueue(),
            xgsHandle(),
            optional("flags", word(), "1 ERROR_BARRIER_PRE, 2 ERROR_BARRIER_POST; 0 when absent"),
            file(),
            optional("ops", new ListOf(ScenarioShapes.XGS_OP), "operations, in order"),
            optional("wait", new ListOf(ScenarioShapes.SYNC_POINT), "syncobjs to wait for"),
            optional("signal", new ListOf(ScenarioShapes.SYNC_POINT), "syncobjs to signal"),
            errno()),
    CLIENT(
            "Runs a whole client program, from opening the device to closing it.",
            required(
                    "program",
                    new Choice(List.of("panvk", "gallium", "compute", "buggy")),
                    "panvk: three queues, a dispatch, a draw and a render pass a frame; gallium:"
                            + " one queue that draws and renders; compute: one queue, one dispatch;"
                            + " buggy: user-submit batches and then a mistake"),
            optional(
                    "submission",
                    new Choice(List.of("user", "kernel")),
                    "through mapped rings or GROUP_SUBMIT; user when absent"),
            optional("frames", new Whole(0, 1_000_000), "1 when absent"),
            optional(
                    "period",
                    new Duration(),
                    "from one frame to the next; as fast as it goes when absent"),
            optional(
                    "in_flight",
                    new Whole(1, 16),
                    "frames that are submitted and not done; 2 when absent"),
            optional("priority", new Choice(Words.PRIORITIES), "of the group; medium when absent"),
            optional("core_mask", number(), "shader cores; all of a G610 when absent"),
            optional("timeout", new Duration(), "limit for a frame; 5s when absent"),
            optional(
                    "bug",
                    new Choice(
                            Arrays.stream(BuggyProgram.Bug.values())
                                    .map(BuggyProgram.Bug::label)
                                    .toList()),
                    "the mistake, of buggy")),
    SLEEP("Lets time pass.", required("for", new Duration(), "how long")),
    REPEAT(
            "Does some steps again and again.",
            required("count", new Whole(0, 1_000_000), "how often"),
            required("steps", new Steps(), "what")),
    SIGNAL(
            "Lets one `await` of the same name go on, in any process; nothing of the machine sees"
                    + " it.",
            required("event", new Text(), "name")),
    AWAIT(
            "Waits for a `signal` of this name and takes it.",
            required("event", new Text(), "name"),
            timeout(),
            expectTimeout()),
    KILL_PROCESS(
            "SIGKILL: threads stop in user mode or in a wait, mappings go, files are closed.",
            required("process", new Text(), "which process of the scenario")),
    MARK("Leaves a note in the trace.", required("text", new Text(), "the note"));

    // Constants of an enum cannot be used before its elements.
    private static final class Words {
        static final List<String> PRIORITIES = List.of("low", "medium", "high", "realtime");
    }

    private final String label = name().toLowerCase(Locale.ROOT);
    private final String about;

    // A record of unmodifiable lists.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Shape shape;

    StepKind(String about, Shape.Key... keys) {
        this.about = about;
        List<Shape.Key> all = new ArrayList<>();
        all.add(required("op", new Choice(List.of(label)), about));
        all.addAll(List.of(keys));
        all.add(optional("in", new Texts(), Step.IN_ABOUT));
        this.shape = new Shape(label, all);
    }

    /// The step's name in files.
    String label() {
        return label;
    }

    String about() {
        return about;
    }

    Shape shape() {
        return shape;
    }

    /// The kind with this label, or null.
    static @Nullable StepKind ofLabel(String label) {
        for (StepKind kind : values()) {
            if (kind.label.equals(label)) {
                return kind;
            }
        }
        return null;
    }

    // ---- keys several kinds share -----------------------------------------------------------

    private static Shape.Key name(ObjectKind kind) {
        return required("name", new Name(kind), "later steps use this name");
    }

    private static Shape.Key file() {
        return optional(
                "file",
                new Reference(ObjectKind.FILE),
                "the process's first open file when absent");
    }

    private static Shape.Key vm() {
        return required("vm", new Reference(ObjectKind.VM), "address space");
    }

    private static Shape.Key bo() {
        return required("bo", new Reference(ObjectKind.BUFFER), "buffer object");
    }

    private static Shape.Key sync() {
        return required("sync", new Reference(ObjectKind.SYNC), "sync object");
    }

    private static Shape.Key syncobj() {
        return required("syncobj", new Reference(ObjectKind.SYNCOBJ), "which");
    }

    private static Shape.Key point() {
        return optional("point", number(), "of a timeline");
    }

    private static Shape.Key forSubmit() {
        return optional("for_submit", new Flag(), "wait for a fence to appear first");
    }

    private static Shape.Key available() {
        return optional("available", new Flag(), "only for a fence to appear");
    }

    private static Shape.Key async() {
        return optional("async", new Flag(), "queued; an error makes the address space unusable");
    }

    private static Shape.Key waits() {
        return optional("wait", new ListOf(ScenarioShapes.SYNC_POINT), "syncobjs to wait for");
    }

    private static Shape.Key signals() {
        return optional("signal", new ListOf(ScenarioShapes.SYNC_POINT), "syncobjs to signal");
    }

    private static Shape.Key exported() {
        return required("as", new Text(), "other processes import it by this name");
    }

    private static Shape.Key imported() {
        return required("from", new Text(), "name it was exported as, by any process");
    }

    private static Shape.Key group() {
        return required("group", new Reference(ObjectKind.GROUP), "which");
    }

    private static Shape.Key queue() {
        return optional("queue", new Whole(0, 31), "index in the group; 0 when absent");
    }

    private static Shape.Key xgsQueue() {
        return optional("xgs_queue", new Reference(ObjectKind.XGS_QUEUE), "which");
    }

    private static Shape.Key xgsHandle() {
        return optional("handle", word(), "instead of an XGS queue");
    }

    private static Shape.Key code() {
        return required("code", new Assembly(), "instructions, one a line, or 0x words");
    }

    private static Shape.Key padTo() {
        return optional(
                "pad_to",
                new Whole(8, 65536),
                "NOPs fill up to a multiple of this many bytes; 64 when absent");
    }

    private static Shape.Key value() {
        return required("value", number(), "new value");
    }

    private static Shape.Key timeout() {
        return optional("timeout", new Duration(), "for ever when absent");
    }

    private static Shape.Key expectTimeout() {
        return optional("expect_timeout", new Flag(), "the time has to be over");
    }

    private static Shape.Key errno() {
        return optional("expect_errno", new Text(), "such as EINVAL; 0 when absent");
    }

    private static Whole number() {
        return new Whole(0, Long.MAX_VALUE);
    }

    private static Whole word() {
        return new Whole(0, 0xffff_ffffL);
    }

    private static Whole size() {
        return new Whole(0, Long.MAX_VALUE);
    }
}
