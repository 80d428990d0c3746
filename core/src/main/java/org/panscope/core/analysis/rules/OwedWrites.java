package org.panscope.core.analysis.rules;

import org.panscope.core.isa.ConstantRegisters;
import org.panscope.core.isa.Instruction;
import org.panscope.core.isa.Isa;
import org.panscope.core.isa.Opcodes;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/// Which sync objects the part of a ring that is announced and not executed will store to. Follows
/// the words of the ring; what a called buffer stores is not seen.
final class OwedWrites {
    private OwedWrites() {}

    /// Addresses of the sync objects, in the queue's address space.
    static Set<Long> of(QueueFacts queue, Isa isa) {
        return of(queue, isa, queue.insert);
    }

    /// The same, up to that offset.
    static Set<Long> of(QueueFacts queue, Isa isa, long to) {
        Set<Long> owed = new TreeSet<>();
        ConstantRegisters registers = new ConstantRegisters(isa);
        long next = Long.MIN_VALUE;
        for (RingImage.Piece piece : queue.ring.pieces(queue.extract - queue.ringSize, to)) {
            byte[] data = piece.data();
            if (piece.at() != next || data == null || piece.at() % Long.BYTES != 0) {
                registers.forgetAll();
            }
            next = piece.end();
            if (data == null) {
                continue;
            }
            ByteBuffer words = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
            for (long at = piece.at(); words.remaining() >= Long.BYTES; at += Long.BYTES) {
                long word = words.getLong();
                if (at >= queue.extract && at < to) {
                    Instruction instruction = isa.decode(word);
                    if (stores(instruction.opcode())) {
                        OptionalLong va = registers.pair(instruction.getInt("address"));
                        va.ifPresent(owed::add);
                    }
                }
                registers.step(word);
            }
        }
        return owed;
    }

    private static boolean stores(int opcode) {
        return switch (opcode) {
            case Opcodes.SYNC_ADD32, Opcodes.SYNC_SET32, Opcodes.SYNC_ADD64, Opcodes.SYNC_SET64 ->
                    true;
            default -> false;
        };
    }
}
