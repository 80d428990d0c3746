package org.panscope.core.state.view;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.Belief;
import org.panscope.core.state.Cell;
import org.panscope.core.state.MachineState;
import org.panscope.core.state.ObjectState;
import org.panscope.core.state.view.RegisterWord.Writer;
import org.panscope.trace.schema.Unit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/// Where a state keeps the words of a register block: interface words as beliefs of driver and
/// firmware, user I/O words as bytes of memory, registers as what the hardware showed.
record RegisterSource(
        RegisterKind kind, @Nullable ObjectState object, @Nullable ObjectState device, String key) {
    private static final String REGISTER = "reg_";

    /// What events about an address space call its registers.
    private static final Map<String, String> ADDRESS_SPACE =
            Map.of(
                    "TRANSTAB", "transtab",
                    "FAULTSTATUS", "mmu_fault_data",
                    "FAULTADDRESS", "mmu_fault_info");

    static RegisterSource of(MachineState state, RegisterBlock block) {
        return new RegisterSource(
                block.kind(),
                state.object(block.id()),
                state.object(RegisterBlock.GPU.id()),
                block.id().key());
    }

    /// Name of the quantity that is a word, in the object of its block.
    static String quantity(RegisterWord word) {
        return switch (word.kind()) {
            case GLB, CSG, CS, USER_IO -> word.name();
            case GPU -> REGISTER + word.name().toLowerCase(Locale.ROOT);
            case AS -> ADDRESS_SPACE.getOrDefault(word.name(), word.name());
        };
    }

    /// What was last seen of a word, or null.
    RegisterView.@Nullable Value value(RegisterWord word) {
        return switch (kind) {
            case GLB, CSG, CS -> interfaceWord(word.name());
            case USER_IO -> userIoWord(word.name());
            case GPU -> register(word);
            case AS -> addressSpaceRegister(word.name());
        };
    }

    /// Words the trace names and the catalog does not.
    List<RegisterWord> wordsBeside(RegisterCatalog catalog) {
        SortedSet<String> names = new TreeSet<>();
        ObjectState named = object;
        if (named != null) {
            for (String quantity : named.quantities()) {
                switch (kind) {
                    case GLB, CSG, CS -> {
                        if (isInterfaceWord(named, quantity)) {
                            names.add(quantity);
                        }
                    }
                    case GPU -> {
                        if (quantity.startsWith(REGISTER)) {
                            names.add(
                                    quantity.substring(REGISTER.length()).toUpperCase(Locale.ROOT));
                        }
                    }
                    case USER_IO, AS -> {}
                }
            }
        }
        names.removeIf(name ->
                kind == RegisterKind.GPU
                        ? catalog.register(name) != null
                        : catalog.lookup(kind, name) != null);
        List<RegisterWord> words = new ArrayList<>();
        for (String name : names) {
            words.add(
                    new RegisterWord(
                            kind,
                            "",
                            -1,
                            Long.BYTES,
                            name,
                            kind == RegisterKind.GPU ? Writer.HARDWARE : Writer.HOST,
                            Unit.HEX,
                            List.of(),
                            "not in the catalog"));
        }
        return words;
    }

    /// Interface words are raw words of driver or firmware; what the firmware found when it looked
    /// at its doorbells is none.
    private static boolean isInterfaceWord(ObjectState object, String quantity) {
        Cell host = object.get(Belief.KERNEL, quantity);
        Cell firmware = object.get(Belief.FIRMWARE, quantity);
        return !quantity.startsWith("scan_")
                && ((host != null && host.unit() == Unit.HEX)
                        || (firmware != null && firmware.unit() == Unit.HEX));
    }

    private RegisterView.@Nullable Value interfaceWord(String name) {
        Cell host = cell(object, Belief.KERNEL, name);
        Cell firmware = cell(object, Belief.FIRMWARE, name);
        boolean byFirmware =
                firmware != null && (host == null || firmware.writtenBy() > host.writtenBy());
        return byFirmware ? value(firmware, "firmware") : value(host, "host");
    }

    private RegisterView.@Nullable Value userIoWord(String name) {
        Cell memory = cell(object, Belief.MEMORY, name);
        if (memory == null) {
            return null;
        }
        for (Belief belief : List.of(Belief.APPLICATION, Belief.KERNEL, Belief.FIRMWARE)) {
            Cell cell = cell(object, belief, name);
            if (cell != null && cell.writtenBy() == memory.writtenBy()) {
                return value(memory, belief.label());
            }
        }
        return value(memory, "");
    }

    private RegisterView.@Nullable Value register(RegisterWord word) {
        Cell told = cell(device, Belief.FIRMWARE, quantity(word));
        if (told != null || !word.name().equals("MCU_STATUS")) {
            return value(told, "hardware");
        }
        Cell state = cell(device, Belief.FIRMWARE, "mcu_state");
        if (state == null) {
            return null;
        }
        for (Map.Entry<Long, String> named : word.fields().getFirst().values().entrySet()) {
            if (state.value() instanceof String text && named.getValue().equalsIgnoreCase(text)) {
                return new RegisterView.Value(named.getKey(), state.writtenBy(), "hardware");
            }
        }
        return null;
    }

    private RegisterView.@Nullable Value addressSpaceRegister(String name) {
        String quantity = ADDRESS_SPACE.get(name);
        Cell told = quantity == null ? null : cell(object, Belief.FIRMWARE, quantity);
        Cell register =
                cell(
                        device,
                        Belief.FIRMWARE,
                        REGISTER + "as" + key + "_" + name.toLowerCase(Locale.ROOT));
        boolean useRegister =
                register != null && (told == null || register.writtenBy() > told.writtenBy());
        return value(useRegister ? register : told, "hardware");
    }

    private static @Nullable Cell cell(
            @Nullable ObjectState object, Belief belief, String quantity) {
        return object == null ? null : object.get(belief, quantity);
    }

    private static RegisterView.@Nullable Value value(@Nullable Cell cell, String by) {
        if (cell == null) {
            return null;
        }
        return switch (cell.value()) {
            case Long bits -> new RegisterView.Value(bits, cell.writtenBy(), by);
            case Boolean flag -> new RegisterView.Value(flag ? 1 : 0, cell.writtenBy(), by);
            default -> null;
        };
    }
}
