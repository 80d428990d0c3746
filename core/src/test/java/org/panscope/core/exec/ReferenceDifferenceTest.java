package org.panscope.core.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.panscope.core.exec.ReferenceMachine.Kind;
import org.panscope.core.exec.ReferenceMachine.Step;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The interpreter does what a second one does that was written from the description of the
/// instruction set alone. A failure names the seed of its program; `-Dpanscope.program=SEED` runs
/// that one alone.
class ReferenceDifferenceTest {
    private static final int PROGRAMS = 20_000;
    private static final int LIMIT = 300;
    private static final @Nullable Long ONLY = Long.getLong("panscope.program");

    @ParameterizedTest
    @ValueSource(ints = {10, 11, 12, 13})
    void interpreterAndReferenceAgree(int architecture) {
        EnumMap<Kind, Integer> kinds = new EnumMap<>(Kind.class);
        long first = ONLY == null ? 0 : ONLY;
        for (long seed = first; seed < first + (ONLY == null ? PROGRAMS : 1); seed++) {
            try {
                kinds.merge(compared(PlausibleProgram.draw(architecture, seed)), 1, Integer::sum);
            } catch (RuntimeException | AssertionError e) {
                fail(
                        "v" + architecture + ", -Dpanscope.program=" + seed + ": " + e.getMessage(),
                        e);
            }
        }
        if (ONLY == null) {
            for (Kind kind : Kind.values()) {
                int least = kind == Kind.NOT_MODELLED ? 0 : PROGRAMS / 1000;
                assertTrue(kinds.getOrDefault(kind, 0) >= least, kind + " of " + kinds);
            }
            assertTrue(kinds.getOrDefault(Kind.NOT_MODELLED, 0) < PROGRAMS / 10, kinds::toString);
        }
    }

    private static Kind compared(PlausibleProgram program) {
        ReferenceMachine reference =
                new ReferenceMachine(program.architecture(), program.registers());
        StreamRun run = new StreamRun(program.architecture(), Map.of());
        program.memory()
                .forEach((va, bytes) -> {
                    reference.memory.load(va, bytes);
                    run.load(va, bytes);
                });
        for (int i = 0; i < program.registers().length; i++) {
            run.setRegister(i, program.registers()[i]);
        }
        Kind kind =
                reference.run(PlausibleProgram.CODE, program.entryBytes(), program.isRing(), LIMIT);
        if (kind == Kind.NOT_MODELLED) {
            return kind;
        }
        List<ExecutedInstruction> executed = new ArrayList<>();
        run.setEntry(PlausibleProgram.CODE, program.entryBytes(), program.isRing());
        StreamRun.End end = run.run(LIMIT, executed::add);
        String listing = listing(executed, kind, end);
        for (int i = 0; i < Math.min(executed.size(), reference.steps.size()); i++) {
            ExecutedInstruction one = executed.get(i);
            assertEquals(reference.steps.get(i), new Step(one.address(), one.depth()), listing);
        }
        assertEquals(kind, kindOf(end.reason()), listing);
        assertEquals(reference.steps.size(), executed.size(), listing);
        for (int i = 0; i < reference.registers.length; i++) {
            assertEquals(reference.registers[i], end.registers()[i], "r" + i + listing);
        }
        // What was deferred is lost when the stream dies first.
        if (kind != Kind.END && kind != Kind.BLOCKED) {
            program.deferredObjects().forEach(reference.memory::forget);
        }
        reference
                .memory
                .blocks()
                .forEach((va, bytes) ->
                        assertMemory(va, bytes, run.memory(va, bytes.length), listing));
        return kind;
    }

    private static void assertMemory(long va, byte[] expected, byte[] actual, String listing) {
        int at = Arrays.mismatch(expected, actual);
        assertEquals(-1, at, () -> "memory at 0x" + Long.toHexString(va + at) + listing);
    }

    private static Kind kindOf(String reason) {
        if (reason.equals("end")) {
            return Kind.END;
        }
        if (reason.startsWith("limit ")) {
            return Kind.LIMIT;
        }
        if (reason.startsWith("blocked")) {
            return Kind.BLOCKED;
        }
        return switch (reason.substring(0, Math.max(0, reason.indexOf(' ')))) {
            case "CS_INSTR_INVALID" -> Kind.INVALID_INSTRUCTION;
            case "CS_BUS_FAULT" -> Kind.BUS_FAULT;
            case "CS_CALL_STACK_OVERFLOW" -> Kind.CALL_STACK_OVERFLOW;
            default -> fail("unknown end: " + reason);
        };
    }

    private static String listing(
            List<ExecutedInstruction> executed, Kind kind, StreamRun.End end) {
        StringBuilder lines = new StringBuilder("\n");
        for (ExecutedInstruction one : executed) {
            lines.append(Long.toHexString(one.address())).append(one.listing()).append('\n');
        }
        return lines + "end: " + end.reason() + "; the reference: " + kind + "\n";
    }
}
