package org.panscope.core.exec;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The command-stream instruction set once more, straight from its description and apart from the
/// interpreter and the decoder, so that the two can be compared. Without jobs and without time:
/// what is asynchronous happens at its issue, and every wait for a scoreboard slot is over at once.
final class ReferenceMachine {
    /// How a run ended.
    enum Kind {
        END,
        INVALID_INSTRUCTION,
        BUS_FAULT,
        CALL_STACK_OVERFLOW,
        BLOCKED,
        LIMIT,

        /// At an instruction that this machine does not model.
        NOT_MODELLED
    }

    /// An instruction that was begun.
    record Step(long address, int depth) {}

    private record Frame(long start, long ip, long end) {}

    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final Kind kind;

        Stop(Kind kind) {
            super(null, null, false, false);
            this.kind = kind;
        }
    }

    private static final int DEEPEST = 7;
    private static final int INHERIT_FAULT = 0x4b;
    private static final int STREAM_MASK = 8;
    private static final int WAIT_MASK = 9;

    final ReferenceMemory memory = new ReferenceMemory();
    final int[] registers;
    final List<Step> steps = new ArrayList<>();

    private final int architecture;
    private final int slots;
    private final ArrayDeque<Frame> frames = new ArrayDeque<>();
    private final int[] state = new int[10];
    private int rootDepth;
    private long start;
    private long ip;
    private long end;
    private int error;
    private long progress;

    ReferenceMachine(int architecture, int[] registers) {
        this.architecture = architecture;
        this.registers = Arrays.copyOf(registers, architecture >= 12 ? 128 : 96);
        slots = architecture >= 11 ? 16 : 8;
    }

    Kind run(long entry, long bytes, boolean isRing, int limit) {
        rootDepth = isRing ? 0 : 1;
        enter(entry, bytes);
        try {
            while (true) {
                while (ip == end) {
                    if (frames.isEmpty()) {
                        return Kind.END;
                    }
                    Frame caller = frames.pop();
                    start = caller.start;
                    ip = caller.ip;
                    end = caller.end;
                }
                if (steps.size() == limit) {
                    return Kind.LIMIT;
                }
                long word = memory.read(ip, Long.BYTES);
                steps.add(new Step(ip, depth()));
                ip += Long.BYTES;
                execute(word);
            }
        } catch (Stop stop) {
            return stop.kind;
        }
    }

    private int depth() {
        return rootDepth + frames.size();
    }

    private void enter(long address, long bytes) {
        start = address;
        ip = address;
        end = address + bytes;
    }

    private void execute(long w) {
        int opcode = number(w, 63, 56);
        switch (opcode) {
            case 0 -> {}
            case 1 -> setPair(number(w, 55, 48), bits(w, 47, 0));
            case 2 -> set(number(w, 55, 48), (int) bits(w, 31, 0));
            case 3 -> progress += bits(w, 32, 32);
            case 11 -> {
                pair(number(w, 47, 40));
                pair(number(w, 39, 32));
                deferred(w);
            }
            case 16, 17 -> arithmeticImmediate(w, opcode == 16 ? 32 : 64);
            case 18 -> arithmeticRegisters(w, 32);
            case 57 -> arithmeticRegisters(since(13, w), 64);
            case 19 -> logic(since(11, w));
            case 20, 21 -> transfer(w, opcode == 20);
            case 22 -> branch(w);
            case 23 -> {
                require(number(w, 3, 0) < slots && number(w, 7, 4) < slots);
                state[0] = number(w, 3, 0);
                state[1] = number(w, 7, 4);
            }
            case 24 -> {
                if (Long.compareUnsigned(progress, pair(number(w, 47, 40))) < 0) {
                    throw new Stop(Kind.BLOCKED);
                }
            }
            case 25 -> {
                long address = pair(number(w, 47, 40));
                require((address | get(number(w, 39, 32))) % 8 == 0);
                require(number(w, 7, 0) == 2);
            }
            case 26 -> nextEntry(since(11, w));
            case 27 -> setState(number(since(11, w), 39, 32), get(number(w, 47, 40)));
            case 28 -> setState(number(since(11, w), 39, 32), (int) bits(w, 31, 0));
            case 30, 31 -> progress += bits(since(11, w), 32, 32);
            case 32 -> call(w);
            case 33 -> jump(w);
            case 34, 47 -> error = opcode == 47 ? 0 : error;
            case 36 -> {
                get(number(w, 47, 40));
                require(number(w, 51, 48) < slots);
                require(isFlushMode(number(w, 3, 0)) && isFlushMode(number(w, 7, 4)));
                require(number(w, 11, 8) == 0 || number(w, 11, 8) == 2);
            }
            case 37, 38 -> signal(w, 4, opcode == 37);
            case 51, 52 -> signal(w, 8, opcode == 51);
            case 39 -> syncWait(w, 4);
            case 53 -> syncWait(w, 8);
            case 40 -> storeState(w);
            case 41 -> throw new Stop(Kind.INVALID_INSTRUCTION);
            case 42 -> progress = pair(number(w, 47, 40));
            case 43 -> setPair(number(w, 55, 48), progress);
            case 48 -> pair(number(w, 47, 40));
            case 49 -> {
                int operation = architecture >= 11 ? number(w, 34, 32) : number(w, 33, 32);
                require(operation < 4 && operation != 2);
                deferred(w);
            }
            case 50 -> {
                int base = number(w, 39, 32);
                get(base);
                require(base + number(w, 47, 40) <= registers.length);
                deferred(w);
            }
            default -> {
                if (isJob(opcode)) {
                    throw new Stop(Kind.NOT_MODELLED);
                }
                throw new Stop(Kind.INVALID_INSTRUCTION);
            }
        }
    }

    private boolean isJob(int opcode) {
        return switch (opcode) {
            case 4, 7, 8, 9, 44 -> true;
            case 5 -> architecture == 10;
            case 6 -> architecture <= 11;
            case 12 -> architecture >= 12;
            default -> false;
        };
    }

    private static boolean isFlushMode(int mode) {
        return mode == 0 || mode == 1 || mode == 3;
    }

    // ---- arithmetic ---------------------------------------------------------------------------

    private void arithmeticImmediate(long w, int width) {
        int sub = architecture >= 13 ? number(w, 39, 32) : 0;
        BigInteger source = operand(number(w, 47, 40), width);
        put(
                number(w, 55, 48),
                width,
                ReferenceArithmetic.immediate(sub, source, (int) bits(w, 31, 0), width));
    }

    private void arithmeticRegisters(long w, int width) {
        int sub = architecture >= 13 ? number(w, 31, 24) : 0;
        BigInteger a = operand(number(w, 47, 40), width);
        BigInteger b = operand(number(w, 39, 32), width);
        put(
                number(w, 55, 48),
                width,
                ReferenceArithmetic.registers(sub, a, b, (int) bits(w, 23, 0), width));
    }

    private BigInteger operand(int register, int width) {
        return width == 32
                ? BigInteger.valueOf(get(register) & 0xffff_ffffL)
                : new BigInteger(Long.toUnsignedString(pair(register)));
    }

    private void put(int register, int width, BigInteger result) {
        require(result.signum() >= 0);
        if (width == 32) {
            set(register, result.intValue());
        } else {
            setPair(register, result.longValue());
        }
    }

    private void logic(long w) {
        int b = get(number(w, 39, 32));
        int mask = bits(w, 4, 4) == 1 ? 1 << (b & 31) : b;
        int a = get(number(w, 47, 40));
        set(number(w, 55, 48), ReferenceArithmetic.logic(number(w, 3, 0), a, mask));
    }

    // ---- control flow -------------------------------------------------------------------------

    private void branch(long w) {
        int value = get(number(w, 47, 40));
        boolean taken =
                switch (architecture >= 11 ? number(w, 31, 28) : number(w, 30, 28)) {
                    case 0 -> value <= 0;
                    case 1 -> value > 0;
                    case 2 -> value == 0;
                    case 3 -> value != 0;
                    case 4 -> value < 0;
                    case 5 -> value >= 0;
                    case 6 -> true;
                    default -> throw new Stop(Kind.INVALID_INSTRUCTION);
                };
        if (taken) {
            long target = ip + 8L * (short) bits(w, 15, 0);
            require(target >= start && target <= end);
            ip = target;
        }
    }

    private void call(long w) {
        long address = pair(number(w, 47, 40));
        long bytes = get(number(w, 39, 32)) & 0xffff_ffffL;
        require(address % 8 == 0 && bytes % 8 == 0);
        if (depth() == DEEPEST) {
            throw new Stop(Kind.CALL_STACK_OVERFLOW);
        }
        frames.push(new Frame(start, ip, end));
        enter(address, bytes);
    }

    private void jump(long w) {
        long address = pair(number(w, 47, 40));
        long bytes = get(number(w, 39, 32)) & 0xffff_ffffL;
        require(depth() > 0 && address % 8 == 0 && bytes % 8 == 0);
        enter(address, bytes);
    }

    // ---- memory -------------------------------------------------------------------------------

    private void transfer(long w, boolean isLoad) {
        int base = number(w, 55, 48);
        get(base);
        long at = pair(number(w, 47, 40)) + (short) bits(w, 15, 0);
        int mask = number(w, 31, 16);
        require(base + Integer.SIZE - Integer.numberOfLeadingZeros(mask) <= registers.length);
        aligned(mask == 0 ? 0 : at, 4);
        for (int i = 0; i < 16; i++) {
            if ((mask >>> i & 1) == 0) {
                continue;
            }
            if (isLoad) {
                registers[base + i] = (int) memory.read(at, 4);
            } else {
                memory.store(at, registers[base + i], 4);
            }
            at += 4;
        }
    }

    private void signal(long w, int width, boolean isAddition) {
        long at = pair(number(w, 47, 40));
        long data = width == 4 ? get(number(w, 39, 32)) : pair(number(w, 39, 32));
        deferred(w);
        aligned(at, 2 * width);
        memory.store(at, isAddition ? memory.read(at, width) + data : data, width);
        memory.store(at + width, bits(w, 0, 0) == 1 && error != 0 ? 1 : 0, 4);
    }

    private void syncWait(long w, int width) {
        long at = pair(number(w, 47, 40));
        long reference =
                width == 4 ? get(number(w, 39, 32)) & 0xffff_ffffL : pair(number(w, 39, 32));
        int condition = number(w, 31, 28);
        require(condition <= 1);
        aligned(at, 2 * width);
        boolean exceeds = Long.compareUnsigned(memory.read(at, width), reference) > 0;
        if (exceeds != (condition == 1)) {
            throw new Stop(Kind.BLOCKED);
        }
        if (memory.read(at + width, 4) != 0 && bits(w, 0, 0) == 0) {
            error = INHERIT_FAULT;
        }
    }

    private void storeState(long w) {
        long at = pair(number(w, 47, 40)) + (short) bits(w, 15, 0);
        int which = architecture >= 11 ? number(w, 39, 32) : number(w, 33, 32);
        require(which <= 3);
        deferred(w);
        if (which <= 1) {
            throw new Stop(Kind.NOT_MODELLED);
        }
        aligned(at, 8);
        memory.store(at, which == 3 ? error : 0, 8);
    }

    private static void aligned(long address, int bytes) {
        if (address % bytes != 0) {
            throw new Stop(Kind.BUS_FAULT);
        }
    }

    // ---- scoreboard ---------------------------------------------------------------------------

    /// The slot of an operation that waits for nothing does not count.
    private void deferred(long w) {
        boolean isIndirect = architecture >= 11 && bits(w, 52, 52) == 1;
        require(isIndirect || bits(w, 31, 16) == 0 || bits(w, 51, 48) < slots);
    }

    private void setState(int which, int value) {
        switch (which) {
            case 0, 1, 2 -> require(value >= 0 && value < slots);
            default -> require(which == STREAM_MASK || which == WAIT_MASK);
        }
        state[which] = value;
    }

    private void nextEntry(long w) {
        int type = number(w, 35, 32);
        require(type <= 3);
        if (type == 0) {
            throw new Stop(Kind.NOT_MODELLED);
        }
        int slot = state[type - 1];
        int candidates = state[STREAM_MASK] & 0xffff;
        if (candidates != 0) {
            do {
                slot = (slot + 1) % slots;
            } while ((candidates >>> slot & 1) == 0);
        }
        set(number(w, 55, 48), bits(w, 36, 36) == 1 ? 1 << slot : slot);
        state[type - 1] = slot;
    }

    // ---- fields and registers -----------------------------------------------------------------

    private static long bits(long word, int high, int low) {
        return word << (63 - high) >>> (63 - high + low);
    }

    private static int number(long word, int high, int low) {
        return (int) bits(word, high, low);
    }

    private long since(int first, long word) {
        require(architecture >= first);
        return word;
    }

    private static void require(boolean valid) {
        if (!valid) {
            throw new Stop(Kind.INVALID_INSTRUCTION);
        }
    }

    private int get(int register) {
        require(register < registers.length);
        return registers[register];
    }

    private long pair(int register) {
        require(register + 1 < registers.length);
        return (get(register) & 0xffff_ffffL) | ((long) registers[register + 1] << 32);
    }

    private void set(int register, int value) {
        require(register < registers.length);
        registers[register] = value;
    }

    private void setPair(int register, long value) {
        require(register + 1 < registers.length);
        registers[register] = (int) value;
        registers[register + 1] = (int) (value >>> 32);
    }
}
