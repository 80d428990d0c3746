package org.panscope.core.fw;

import org.panscope.core.hw.Access;
import org.panscope.core.hw.GpuParameters;
import org.panscope.core.isa.Instruction;
import org.panscope.core.isa.Opcodes;

/// Heap memory that draws need for their polygon lists: so many bytes a vertex, taken from the
/// chunk the tiler context has open, then from further chunks of the heap.
///
/// ASSUMPTION: cs.tiler_memory: a draw takes all it needs when it starts; a tiler context or heap
/// descriptor that is null or not mapped stands for a draw that needs none.
final class TilerMemory {
    private static final int TILER_CONTEXT_REGISTER = 40;
    private static final int VARYING_BYTES_REGISTER = 48;
    private static final int FLAGS_REGISTER = 56;
    private static final int SECONDARY_SHADER = 1 << 18;
    private static final int CORNERS = 3;
    private static final int MOST_CHUNKS = 4096;

    /// Contexts with unflushed draws that a stream keeps in mind, and its saved context has room
    /// for; there is one for eight layers.
    static final int MOST_CONTEXTS = 64;

    /// How [#take] ended.
    enum Result {
        DONE,
        OUT_OF_MEMORY,
        FAULT
    }

    private TilerMemory() {}

    /// The tiler context a job is to use.
    static long contextOf(StreamCore core) {
        return core.pair(TILER_CONTEXT_REGISTER);
    }

    /// Bytes a job needs.
    static long bytesOf(StreamCore core, Instruction instruction) {
        long vertexBytes = core.environment.parameters().get(GpuParameters.TILER_VERTEX_BYTES);
        return switch (instruction.opcode()) {
            case Opcodes.RUN_FULLSCREEN -> CORNERS * vertexBytes;
            case Opcodes.RUN_IDVS, Opcodes.RUN_IDVS2 -> {
                if (instruction.get("mallocEnable") == 0) {
                    yield 0;
                }
                int flags = core.register(FLAGS_REGISTER) | instruction.getInt("flagsOverride");
                boolean isSecondary =
                        instruction.opcode() == Opcodes.RUN_IDVS && (flags & SECONDARY_SHADER) != 0;
                long varyings =
                        isSecondary ? core.register(VARYING_BYTES_REGISTER) & 0xffff_ffffL : 0;
                long vertices = JobSize.unitsOf(core, instruction.opcode());
                yield JobSize.times(vertices, vertexBytes + varyings);
            }
            default -> 0;
        };
    }

    /// Takes what a job still needs, as far as there is some.
    static Result take(StreamCore core, AsyncOperation operation, EndpointJob job) {
        GpuWords words = new GpuWords(core.environment);
        long context = job.tilerContext();
        if (!words.isMapped(context, HeapLayout.TILER_CONTEXT_BYTES, Access.WRITE)) {
            return Result.DONE;
        }
        long descriptor = words.read64(context + HeapLayout.HEAP);
        TilerHeapContext heap = new TilerHeapContext(core.environment, words, job.heapVa());
        boolean hasHeap = words.isMapped(descriptor, HeapLayout.DESCRIPTOR_BYTES, Access.READ);
        if (!hasHeap || !heap.isInMemory()) {
            return Result.DONE;
        }
        if (core.tilerContexts.size() < MOST_CONTEXTS) {
            core.tilerContexts.add(context);
        }
        for (int chunks = 0; chunks < MOST_CHUNKS; chunks++) {
            useOpenChunk(words, context, operation);
            if (operation.extra == 0 && words.exception() == 0) {
                return Result.DONE;
            }
            long chunk = heap.take(descriptor);
            if (chunk == 0 && words.exception() == 0) {
                return Result.OUT_OF_MEMORY;
            }
            open(words, context, descriptor, chunk);
            if (words.exception() != 0) {
                operation.fail(words.exception(), words.faultVa());
                return Result.FAULT;
            }
        }
        operation.fail(ExceptionType.DATA_INVALID_FAULT, descriptor);
        return Result.FAULT;
    }

    private static void useOpenChunk(GpuWords words, long context, AsyncOperation operation) {
        long next = words.read64(context + HeapLayout.NEXT_BYTE);
        long room = words.read64(context + HeapLayout.LIMIT) - next;
        long used = Math.min(Math.max(0, room), operation.extra);
        if (used > 0) {
            operation.extra -= used;
            words.write64(context + HeapLayout.NEXT_BYTE, next + used);
        }
    }

    /// Puts a chunk to those of the context and lets it be filled.
    private static void open(GpuWords words, long context, long descriptor, long chunk) {
        long va = HeapLayout.addressOf(chunk);
        long last = words.read64(context + HeapLayout.LAST_CHUNK);
        if (last == 0) {
            words.write64(context + HeapLayout.FIRST_CHUNK, chunk);
        } else {
            words.write64(HeapLayout.addressOf(last), chunk);
        }
        words.write64(context + HeapLayout.LAST_CHUNK, chunk);
        boolean isBase = va == words.read64(descriptor + HeapLayout.BASE);
        long bottom = va + HeapLayout.CHUNK_HEADER_BYTES;
        long top = va + HeapLayout.bytesOf(chunk);
        words.write64(
                context + HeapLayout.NEXT_BYTE,
                isBase ? words.read64(descriptor + HeapLayout.BOTTOM) : bottom);
        words.write64(
                context + HeapLayout.LIMIT,
                isBase ? words.read64(descriptor + HeapLayout.TOP) : top);
    }

    /// Lets drivers see which chunks the contexts of a stream have filled.
    static void publish(StreamCore core) {
        GpuWords words = new GpuWords(core.environment);
        for (long context : core.tilerContexts) {
            long first = words.read64(context + HeapLayout.FIRST_CHUNK);
            long last = words.read64(context + HeapLayout.LAST_CHUNK);
            words.write64(context + HeapLayout.COMPLETED_TOP, first);
            words.write64(context + HeapLayout.COMPLETED_BOTTOM, last);
        }
    }

    /// Takes over what a handler did: a context whose completed chunks it cleared has none.
    static void reread(StreamCore core) {
        GpuWords words = new GpuWords(core.environment);
        for (long context : core.tilerContexts) {
            if (words.read64(context + HeapLayout.COMPLETED_TOP) == 0) {
                words.write64(context + HeapLayout.NEXT_BYTE, 0);
                words.write64(context + HeapLayout.LIMIT, 0);
                words.write64(context + HeapLayout.FIRST_CHUNK, 0);
                words.write64(context + HeapLayout.LAST_CHUNK, 0);
            }
        }
    }

    /// The tiler is flushed: what the contexts have now is complete.
    static void flush(StreamCore core) {
        publish(core);
        core.tilerContexts.clear();
    }
}
