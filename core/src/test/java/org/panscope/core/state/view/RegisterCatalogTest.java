package org.panscope.core.state.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panscope.core.fwif.FwBits;
import org.panscope.core.fwif.FwLayout;
import org.panscope.core.hw.Regs;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The catalog says the same as the layouts driver and firmware are written against, and reads
/// words as the kernel's headers mean them.
class RegisterCatalogTest {
    private static final RegisterCatalog CATALOG = RegisterCatalog.standard();

    @ParameterizedTest
    @CsvSource({
        "GlbControl, GLB, control", "GlbInput, GLB, input", "GlbOutput, GLB, output",
        "CsgControl, CSG, control", "CsgInput, CSG, input", "CsgOutput, CSG, output",
        "CsControl, CS, control", "CsInput, CS, input", "CsOutput, CS, output"
    })
    void interfaceWordsLieWhereDriverAndFirmwareLookForThem(
            String layout, RegisterKind kind, String part) throws ReflectiveOperationException {
        int compared = 0;
        Class<?> type = Class.forName(FwLayout.class.getName() + "$" + layout);
        for (Field field : type.getFields()) {
            if (field.getName().equals("SIZE")) {
                for (RegisterWord word : ofPart(kind, part)) {
                    assertTrue(word.offset() + word.bytes() <= field.getLong(null), word.name());
                }
                continue;
            }
            RegisterWord word = CATALOG.lookup(kind, field.getName());
            assertNotNull(word, field.getName());
            assertEquals(part, word.part(), field.getName());
            assertEquals(field.getLong(null), word.offset(), field.getName());
            compared++;
        }
        assertTrue(compared >= 3, layout);
    }

    @Test
    void userIoWordsLieWhereTheQueueLooksForThem() throws ReflectiveOperationException {
        for (String name : List.of("INSERT", "EXTRACT_INIT", "EXTRACT", "ACTIVE")) {
            long offset = FwLayout.UserIo.class.getField(name).getLong(null);
            assertEquals(offset, word(RegisterKind.USER_IO, name).offset(), name);
        }
    }

    @Test
    void requestBitsAreThoseOfTheDriver() throws ReflectiveOperationException {
        Set<String> seen = new TreeSet<>();
        for (Field field : FwBits.class.getFields()) {
            String name = field.getName();
            int underscore = name.indexOf('_');
            String kind = name.substring(0, underscore);
            String bit = name.substring(underscore + 1);
            if (!List.of("GLB", "CSG", "CS").contains(kind) || bit.startsWith("STATE_")) {
                continue;
            }
            if (bit.equals("STATUS_STATE_IS_IDLE") || bit.startsWith("HALT_STATUS_")) {
                continue; // of status_state and halt_status
            }
            RegisterWord req = word(RegisterKind.valueOf(kind), "req");
            String called = bit.equals("ENDPOINT_CONFIG") ? "EP_CFG" : bit;
            assertEquals(
                    Integer.toUnsignedLong(field.getInt(null)), field(req, called).mask(), name);
            seen.add(name);
        }
        assertTrue(
                seen.containsAll(Set.of("GLB_PING", "CSG_SYNC_UPDATE", "CS_FATAL")),
                () -> "" + seen);
    }

    @Test
    void statesAndReasonsHaveTheDriversNumbers() throws ReflectiveOperationException {
        int compared = 0;
        for (Field field : FwBits.class.getFields()) {
            String name = field.getName();
            if (name.endsWith("MASK")) {
                continue;
            }
            BitField values;
            String value;
            if (name.startsWith("CSG_STATE_")) {
                values = field(word(RegisterKind.CSG, "req"), "STATE");
                value = name.substring("CSG_STATE_".length());
            } else if (name.startsWith("CS_STATE_")) {
                values = field(word(RegisterKind.CS, "req"), "STATE");
                value = name.substring("CS_STATE_".length());
            } else if (name.startsWith("BLOCKED_REASON_")) {
                values = field(word(RegisterKind.CS, "status_blocked_reason"), "REASON");
                value = name.substring("BLOCKED_REASON_".length());
            } else {
                continue;
            }
            assertEquals(value, values.text(field.getInt(null)), name);
            compared++;
        }
        assertEquals(13, compared);
        RegisterWord wait = word(RegisterKind.CS, "status_wait");
        assertEquals(
                "SYNC_WAIT SYNC_WAIT_SIZE=64_BIT SYNC_WAIT_CONDITION=GT SB_SOURCE=WAIT SB_MASK=0x5",
                wait.text(
                        Integer.toUnsignedLong(
                                        FwBits.STATUS_WAIT_SYNC
                                                | FwBits.STATUS_WAIT_SYNC_64B
                                                | FwBits.STATUS_WAIT_SYNC_COND_GT
                                                | FwBits.STATUS_WAIT_SB_SRC_WAIT)
                                | 5));
    }

    @Test
    void registersLieWhereTheyAreInTheRegisterMap() throws ReflectiveOperationException {
        List<String> missing = new ArrayList<>();
        for (Field field : Regs.class.getFields()) {
            if (field.getType() != long.class) {
                continue; // values of registers
            }
            String name = field.getName();
            RegisterWord word =
                    name.startsWith("AS_") && !name.equals("AS_PRESENT")
                            ? CATALOG.lookup(RegisterKind.AS, name.substring(3))
                            : CATALOG.lookup(RegisterKind.GPU, name);
            if (word == null) {
                word = CATALOG.lookup(RegisterKind.GPU, name + "_0"); // the first of several
            }
            if (word == null) {
                missing.add(name);
            } else {
                assertEquals(field.getLong(null), word.offset(), name);
            }
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void mcuAndAddressSpaceCommandsHaveTheDriversNumbers() throws ReflectiveOperationException {
        int compared = 0;
        for (Field field : Regs.class.getFields()) {
            if (field.getType() != int.class || field.getName().equals("JOB_INT_GLOBAL_IF")) {
                continue;
            }
            String name = field.getName();
            String prefix =
                    Stream.of("MCU_CONTROL_", "MCU_STATUS_", "AS_COMMAND_")
                            .filter(name::startsWith)
                            .findFirst()
                            .orElse("");
            if (prefix.isEmpty()) {
                continue;
            }
            RegisterWord word =
                    prefix.startsWith("AS_")
                            ? word(RegisterKind.AS, "COMMAND")
                            : word(RegisterKind.GPU, prefix.substring(0, prefix.length() - 1));
            assertEquals(
                    name.substring(prefix.length()),
                    word.fields().getFirst().text(field.getInt(null)),
                    name);
            compared++;
        }
        assertTrue(compared >= 12);
    }

    @Test
    void interruptAndStatusBitsAreThoseOfTheDriver() throws ReflectiveOperationException {
        for (Field field : Regs.class.getFields()) {
            String name = field.getName();
            boolean isInterrupt = name.startsWith("GPU_INT_");
            if (field.getType() != int.class || !(isInterrupt || name.startsWith("GPU_STATUS_"))) {
                continue;
            }
            RegisterWord word =
                    word(RegisterKind.GPU, isInterrupt ? "GPU_INT_RAWSTAT" : "GPU_STATUS");
            String bit = name.substring((isInterrupt ? "GPU_INT_" : "GPU_STATUS_").length());
            BitField known =
                    word.fields().stream()
                            .filter(each -> each.name().replaceFirst("^GPU_", "").equals(bit))
                            .findFirst()
                            .orElseThrow(() -> new AssertionError(name));
            assertEquals(Integer.toUnsignedLong(field.getInt(null)), known.mask(), name);
        }
        assertEquals(
                1 << 8, field(word(RegisterKind.GPU, "GPU_INT_MASK"), "RESET_COMPLETED").mask());
    }

    @Test
    void wordsOfAPartDoNotOverlap() {
        for (RegisterKind kind : RegisterKind.values()) {
            RegisterWord last = null;
            for (RegisterWord word : CATALOG.words(kind)) {
                assertEquals(0, word.offset() % 4, word.name());
                if (last != null && last.part().equals(word.part())) {
                    assertTrue(
                            last.offset() + last.bytes() <= word.offset(),
                            last.name() + " runs into " + word.name());
                }
                last = word;
            }
        }
    }

    @Test
    void aValueIsReadFieldByField() {
        RegisterWord req = word(RegisterKind.CSG, "req");
        assertEquals("STATE=START EP_CFG SYNC_UPDATE", req.text(0x10000011));
        assertEquals("STATE=unknown 7", req.text(7));
        assertEquals("STATE=TERMINATE reserved=0x8", req.text(8));
        DecodedField state = req.decode(0x10000013).getFirst();
        assertEquals(
                "STATE 2:0 3 RESUME",
                state.name() + " " + state.bits() + " " + state.raw() + " " + state.text());
        assertEquals("MAJOR=1 MINOR=1 PATCH=0", word(RegisterKind.GLB, "version").text(0x1010000));
        assertEquals(
                "DATA=0x12 TYPE=CS_BUS_FAULT (0x48)", word(RegisterKind.CS, "fault").text(0x1248));
        assertEquals(
                "WORK_REGISTERS=96", lastPart(word(RegisterKind.CS, "features").text(0x7085f)));
        assertEquals(
                "SOURCE=TIMESTAMP TIMEOUT=19456 ticks",
                word(RegisterKind.GLB, "idle_timer").text(19));
        assertEquals("REGION=0x0 SIZE=32768 B", word(RegisterKind.AS, "LOCKADDR").text(14));
        assertEquals("STATE=0x7 EP_CFG", word(RegisterKind.CSG, "ack_irq_mask").text(0x17));
        assertEquals("no bit set", word(RegisterKind.CSG, "status_state").text(0));
        assertEquals("0x4002000", word(RegisterKind.CSG, "input_va").text(0x4002000));
    }

    @Test
    void theInterfaceVersionDecidesWhatGlobalStateBitsMean() {
        RegisterCatalog late = RegisterCatalog.ofInterface(0x04010000);
        String req = Objects.requireNonNull(late.lookup("GLB", "req")).text(0x2000);
        assertEquals("STATE=SLEEP", req);
        assertEquals("SLEEP", word(RegisterKind.GLB, "req").text(0x1000));
        assertEquals(CATALOG, RegisterCatalog.ofInterface(0x04000000));
    }

    @Test
    void pendingBitsSayWhoWaitsForWhom() {
        RegisterPair pair = CATALOG.pairOf(word(RegisterKind.CSG, "ack"));
        assertNotNull(pair);
        assertEquals(
                List.of(
                        "STATE SUSPEND wanted, START reached",
                        "STATUS_UPDATE asked, not acknowledged",
                        "SYNC_UPDATE told, not noticed by the host"),
                pair.pending(0x22, 0x10000001).stream().map(RegisterPair.Pending::text).toList());
        RegisterPair glb = CATALOG.pairOf(word(RegisterKind.GLB, "req"));
        assertNotNull(glb);
        assertEquals(List.of(), glb.pending(0x400, 0), "IDLE_EN is a level");
        RegisterPair doorbells = CATALOG.pairOf(word(RegisterKind.GLB, "doorbell_req"));
        assertNotNull(doorbells);
        assertEquals(
                "CSG 0,2 asked by the host, not looked at by the firmware",
                doorbells.pending(5, 0).getFirst().text());
        RegisterPair interrupts = CATALOG.pairOf(word(RegisterKind.CSG, "cs_irq_ack"));
        assertNotNull(interrupts);
        assertEquals(
                "CS 1 asked by the firmware, not looked at by the host",
                interrupts.pending(2, 0).getFirst().text());
        assertNull(CATALOG.pairOf(word(RegisterKind.CSG, "endpoint_req")));
    }

    @Test
    void blocksAreFoundByTheNamesOfEvents() {
        assertEquals(word(RegisterKind.CS, "fault"), CATALOG.lookup("CSG3.CS11", "fault"));
        assertNull(CATALOG.lookup("CSG", "req"));
        assertNull(CATALOG.lookup("CSG0.CS", "req"));
        assertNull(CATALOG.lookup("GLB", "no_such_word"));
        assertEquals("0x7", CATALOG.text("GLB", "no_such_word", 7));
    }

    @Test
    void exceptionTypesHaveNames() {
        assertEquals("CS_CALL_STACK_OVERFLOW (0x4a)", ExceptionCode.text(0x4a));
        assertEquals("unknown (0x7f)", ExceptionCode.text(0x7f));
        assertFalse(ExceptionCode.isFault(0x0f));
        assertTrue(ExceptionCode.isFault(0x40));
    }

    @Test
    void aWrongDeclarationNamesItsLine() {
        String table =
                """
                block GLB input host
                  0x00 u32 req: a word
                    3:0 A count: a field
                    2 B flag: overlaps
                """;
        IllegalArgumentException refused =
                assertThrows(
                        IllegalArgumentException.class, () -> RegisterTable.parse(table, 0x100));
        assertEquals("registers.txt line 4: req: B overlaps A", refused.getMessage());
    }

    private static List<RegisterWord> ofPart(RegisterKind kind, String part) {
        return CATALOG.words(kind).stream().filter(word -> word.part().equals(part)).toList();
    }

    private static RegisterWord word(RegisterKind kind, String name) {
        return Objects.requireNonNull(CATALOG.lookup(kind, name), name);
    }

    private static BitField field(RegisterWord word, String name) {
        return word.fields().stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(word.name() + " has no " + name));
    }

    private static String lastPart(String text) {
        return text.substring(text.lastIndexOf(' ') + 1);
    }
}
