package org.panscope.core.isa;

import java.nio.LongBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Lists a stream without executing it. Where the stream itself makes the target of a CALL or JUMP
/// and the memory is there, the target's words follow; a buffer called from two places is listed
/// twice. Comments name targets as Mesa's static listing does.
///
/// Not followed, and said so: targets that are not known, memory that is not there, a buffer inside
/// itself, more calls than the hardware nests.
///
/// Mesa: decode_csf.c, print_cs_binary
public final class StreamListing {
    /// CALLs that are followed inside each other.
    ///
    /// ASSUMPTION: as deep as Mesa's interpreter follows them on G610.
    private static final int DEEPEST = 8;

    /// Buffers open inside each other; only streams that JUMP from the middle need more than calls.
    private static final int MOST_OPEN = 64;

    private final Isa isa;
    private final CodeMemory memory;
    private final Predicate<ListedWord> out;
    private final Deque<Frame> open = new ArrayDeque<>();

    /// How a buffer was entered, and what has happened since: kept over a JUMP at its end.
    private static final class Entered {
        private final boolean isByCall;

        /// Addresses of the buffers that led here by a JUMP at their end.
        private final Set<Long> chain = new TreeSet<>();

        private final CalledCode code;

        Entered(Isa isa, boolean isByCall) {
            this.isByCall = isByCall;
            this.code = new CalledCode(isa);
        }
    }

    /// A buffer that is being listed.
    private static final class Frame {
        private final int depth;
        private final long address;
        private final LongBuffer words;
        private final BufferFlow flow;

        private final Entered entered;
        private ConstantRegisters registers;
        private int next;

        Frame(
                Isa isa,
                int depth,
                long address,
                LongBuffer words,
                ConstantRegisters entry,
                Entered entered) {
            this.depth = depth;
            this.address = address;
            this.words = words;
            this.flow = new BufferFlow(isa, words, entry);
            this.registers = entry;
            this.entered = entered;
        }

        boolean isDone() {
            return next >= words.limit();
        }

        boolean contains(long target) {
            return address == target || entered.chain.contains(target);
        }
    }

    /// Where a CALL or JUMP leads, as far as it is known.
    ///
    /// @param words what to list there; none when it is not followed
    /// @param isWhole whether those are all its words
    private record Target(long address, LongBuffer words, boolean isWhole, String comment) {
        static Target notFollowed(String comment) {
            return new Target(0, LongBuffer.allocate(0), false, comment);
        }
    }

    /// @param out is told the words in order; answers whether it wants more. Calls in calls
    ///   multiply, so it should not take them without end
    public StreamListing(Isa isa, CodeMemory memory, Predicate<ListedWord> out) {
        this.isa = isa;
        this.memory = memory;
        this.out = out;
    }

    /// Lists a buffer and what it calls.
    public void list(long address, LongBuffer words) {
        open.clear();
        ConstantRegisters nothing = new ConstantRegisters(isa);
        open.push(new Frame(isa, 0, address, words, nothing, new Entered(isa, false)));
        while (!open.isEmpty()) {
            Frame frame = open.element();
            if (frame.isDone()) {
                leave(open.pop());
            } else if (!step(frame)) {
                return;
            }
        }
    }

    private boolean step(Frame frame) {
        int index = frame.next++;
        ConstantRegisters block = frame.flow.before(index);
        frame.registers = block == null ? frame.registers : block;
        long word = frame.words.get(index);
        long address = frame.address + (long) Long.BYTES * index;
        Instruction instruction = isa.decode(word);
        boolean wantsMore;
        if (isCall(instruction) || isJump(instruction)) {
            wantsMore = enter(frame, instruction, address);
        } else {
            String comment = comment(frame, instruction, address);
            wantsMore = out.test(new ListedWord(frame.depth, address, word, comment));
            frame.registers.step(word);
            if (frame.depth > 0) {
                frame.entered.code.add(word);
            }
        }
        return wantsMore;
    }

    private String comment(Frame frame, Instruction instruction, long address) {
        if (instruction.isDefined() && instruction.opcode() == Opcodes.BRANCH) {
            long index = (address - frame.address) / Long.BYTES + 1;
            long target = index + BufferFlow.offset(instruction.word());
            return target >= frame.words.limit()
                    ? "end_of_cs"
                    : "label_"
                            + Long.toHexString(frame.address + Long.BYTES * target)
                            + (target < 0 ? ", before the buffer" : "");
        }
        return instruction.mnemonic().startsWith("RUN_")
                ? "tracepoint_" + Long.toHexString(address)
                : "";
    }

    private boolean enter(Frame frame, Instruction instruction, long address) {
        int depth = frame.depth + (isCall(instruction) ? 1 : 0);
        Target target = target(frame, instruction, depth);
        boolean wantsMore =
                out.test(
                        new ListedWord(frame.depth, address, instruction.word(), target.comment()));
        if (!target.isWhole()) {
            frame.entered.code.addUnseen();
        }
        Entered entered = new Entered(isa, isCall(instruction));
        ConstantRegisters entry = frame.registers.copy();
        if (!isCall(instruction) || !target.isWhole()) {
            frame.registers.forgetAll();
        }
        if (target.words().limit() == 0) {
            return wantsMore;
        }
        if (isJump(instruction) && frame.isDone()) {
            // Streams are chunks that end in a JUMP to the next; there may be very many.
            open.pop();
            entered = frame.entered;
            entered.chain.add(frame.address);
        }
        open.push(new Frame(isa, depth, target.address(), target.words(), entry, entered));
        return wantsMore;
    }

    /// The end of a buffer returns to the caller.
    private void leave(Frame frame) {
        Frame outer = open.peek();
        if (outer != null) {
            outer.entered.code.add(frame.entered.code);
            if (frame.entered.isByCall) {
                outer.registers.returnFrom(frame.entered.code);
            }
        }
    }

    private Target target(Frame frame, Instruction instruction, int depth) {
        OptionalLong address = frame.registers.pair(instruction.getInt("address"));
        OptionalInt length = frame.registers.register(instruction.getInt("length"));
        if (address.isEmpty()) {
            return Target.notFollowed("??");
        }
        long at = address.getAsLong();
        String name = "cs@" + Long.toHexString(at);
        if (length.isEmpty()) {
            return Target.notFollowed(name + ", length ??");
        }
        long sizeBytes = Integer.toUnsignedLong(length.getAsInt());
        if (at % Long.BYTES != 0 || sizeBytes % Long.BYTES != 0) {
            return Target.notFollowed(
                    name + ", length " + sizeBytes + ": not a multiple of " + Long.BYTES);
        }
        LongBuffer words = memory.words(at, sizeBytes);
        long thereBytes = (long) Long.BYTES * words.limit();
        if (words.limit() == 0) {
            return Target.notFollowed(name + (sizeBytes == 0 ? ", empty" : ", not in memory"));
        }
        if (depth > DEEPEST || open.size() >= MOST_OPEN) {
            return Target.notFollowed(name + ", nested too deeply");
        }
        if (open.stream().anyMatch(outer -> outer.contains(at))) {
            return Target.notFollowed(name + ", which this is inside");
        }
        boolean isWhole = thereBytes == sizeBytes;
        return new Target(
                at,
                words,
                isWhole,
                isWhole
                        ? name
                        : name + ", " + thereBytes + " of " + sizeBytes + " bytes in memory");
    }

    private static boolean isCall(Instruction instruction) {
        return instruction.isDefined() && instruction.opcode() == Opcodes.CALL;
    }

    private static boolean isJump(Instruction instruction) {
        return instruction.isDefined() && instruction.opcode() == Opcodes.JUMP;
    }
}
