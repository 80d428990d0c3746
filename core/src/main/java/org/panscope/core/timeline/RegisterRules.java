package org.panscope.core.timeline;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fields.FieldReader;
import org.panscope.core.fields.Fields;
import org.panscope.core.state.view.BitField;
import org.panscope.core.state.view.RegisterCatalog;
import org.panscope.core.state.view.RegisterKind;
import org.panscope.core.state.view.RegisterWord;
import org.panscope.trace.io.EventCursor;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Registers of the GPU. Those of an address space stand on its row, and a bar shows how long a
/// region is locked: accesses to it wait until the UNLOCK command.
///
/// kernel: panthor_regs.h: AS_COMMAND, AS_LOCKADDR
final class RegisterRules {
    private static final Pattern ADDRESS_SPACE = Pattern.compile("AS(\\d{1,2})_(\\w+)");
    private static final long LOCKED = 1;
    private static final int LOCK = 2;
    private static final int UNLOCK = 3;

    /// A region of at least this power of two is the whole address space.
    private static final int WHOLE = 48;

    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    private final Build build;
    private final RegisterCatalog catalog = RegisterCatalog.standard();
    private final Map<Integer, Long> lockAddresses = new TreeMap<>();

    private RegisterRules(Build build) {
        this.build = build;
    }

    static void register(Rules rules, Build build) {
        rules.on("REG_WRITE", new RegisterRules(build)::written);
    }

    private Handler written(Fields fields) {
        FieldReader name = fields.get("name");
        FieldReader value = fields.get("value");
        return event -> {
            String register = name.text(event);
            long bits = value.number(event, 0);
            Matcher as = ADDRESS_SPACE.matcher(register);
            if (as.matches()) {
                ofAddressSpace(event, Integer.parseInt(as.group(1)), as.group(2), bits);
            } else {
                int label = label(RegisterKind.GPU, register, bits);
                build.rowOf(event).instant(event, label, Style.IDLE, Glyph.TICK);
            }
        };
    }

    private void ofAddressSpace(EventCursor event, int as, String register, long bits) {
        RowBuilder row = build.objects().addressSpace(event, as);
        int label = label(RegisterKind.AS, register, bits);
        switch (register) {
            case "COMMAND" -> {
                row.instant(event, label, Style.ACTIVITY, Glyph.UP);
                command(event, row, as, (int) bits);
            }
            case "FAULTSTATUS" -> row.instant(event, label, Style.ATTENTION, Glyph.TICK);
            default -> {
                if (register.equals("LOCKADDR")) {
                    lockAddresses.put(as, bits);
                }
                row.instant(event, label, Style.IDLE, Glyph.TICK);
            }
        }
    }

    private void command(EventCursor event, RowBuilder row, int as, int command) {
        if (command == LOCK) {
            row.state(LOCKED, event, region(lockAddresses.get(as)), Style.WAITING);
        } else if (command == UNLOCK) {
            row.noState(LOCKED);
        }
    }

    /// The locked region: bits 5:0 of LOCKADDR are the power of two of its size, less one.
    private int region(@Nullable Long lockAddress) {
        if (lockAddress == null) {
            return build.label("locked");
        }
        int power = (int) (lockAddress & 0x3f) + 1;
        if (power >= WHOLE) {
            return build.label("locked: all");
        }
        String size = (1L << power % 10) + " " + UNITS[power / 10];
        return build.label("locked: " + size + " at 0x" + Labels.HEX, lockAddress & ~0xfffL);
    }

    /// A register that is a number keeps it; one with parts or named values is spelt out.
    private int label(RegisterKind kind, String register, long bits) {
        RegisterWord word = catalog.lookup(kind, register);
        if (word == null || word.fields().stream().allMatch(RegisterRules::isNumber)) {
            return build.label(register + " = 0x" + Labels.HEX, bits);
        }
        String text = word.text(bits);
        return build.label(text.startsWith(register + "=") ? text : register + ": " + text);
    }

    private static boolean isNumber(BitField field) {
        return switch (field.kind()) {
            case COUNT, HEX, ADDRESS, POW2 -> true;
            case TOGGLE, LEVEL, EVENT, VALUE, FLAG, ENUM, CODE -> false;
        };
    }
}
