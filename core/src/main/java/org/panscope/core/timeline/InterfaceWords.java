package org.panscope.core.timeline;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.view.BitField;
import org.panscope.core.state.view.RegisterCatalog;
import org.panscope.core.state.view.RegisterPair;
import org.panscope.core.state.view.RegisterWord;

import java.util.ArrayList;
import java.util.List;

/// What a change of a request or acknowledge word says, in the names of the kernel's headers.
final class InterfaceWords {
    private final RegisterCatalog catalog = RegisterCatalog.standard();

    /// The pair a word belongs to, or null when the word answers nothing.
    @Nullable RegisterPair pair(String block, String word) {
        RegisterWord known = catalog.lookup(block, word);
        return known == null ? null : catalog.pairOf(known);
    }

    /// The change as `CSG0 req: STATE=START, EP_CFG`.
    String change(String block, String word, long before, long after) {
        RegisterWord known = catalog.lookup(block, word);
        String head = block + " " + word;
        if (known == null) {
            return head + " = 0x" + Long.toHexString(after);
        }
        boolean asks = known.writer() == RegisterWord.Writer.HOST;
        List<String> parts = new ArrayList<>();
        long left = before ^ after;
        for (BitField field : known.fields()) {
            long changed = (before ^ after) & field.mask();
            if (changed != 0) {
                left &= ~field.mask();
                parts.add(changed(field, changed, after, asks));
            }
        }
        if (left != 0) {
            parts.add("bits 0x" + Long.toHexString(left));
        }
        return head + (parts.isEmpty() ? " unchanged" : ": " + String.join(", ", parts));
    }

    private static String changed(BitField field, long changed, long after, boolean asks) {
        return switch (field.kind()) {
            case TOGGLE -> field.width() == 1 ? field.name() : indexed(field, changed);
            case EVENT -> field.name() + (asks ? " noted" : " raised");
            case LEVEL, FLAG -> field.name() + (field.get(after) != 0 ? " on" : " off");
            default -> field.name() + "=" + field.text(field.get(after));
        };
    }

    /// What is asked and not answered, as `STATE=START, EP_CFG`; empty when nothing is.
    ///
    /// @param events whether to name what the answering side told, instead of what it was asked
    String pending(RegisterPair pair, long requested, long answered, boolean events) {
        List<String> parts = new ArrayList<>();
        for (BitField field : pair.request().fields()) {
            long differs = (requested ^ answered) & field.mask();
            if (differs == 0 || (field.kind() == BitField.Kind.EVENT) != events) {
                continue;
            }
            switch (field.kind()) {
                case EVENT -> parts.add(field.name());
                case TOGGLE ->
                        parts.add(
                                field.width() == 1
                                        ? field.name()
                                        : "look at " + indexed(field, differs));
                case VALUE -> parts.add(field.name() + "=" + field.text(field.get(requested)));
                default -> {
                    // Nobody answers these.
                }
            }
        }
        return String.join(", ", parts);
    }

    /// `CSG 0 2`: the members of a mask that are set.
    static String indices(String name, long mask) {
        StringBuilder text = new StringBuilder(name);
        for (long left = mask; left != 0; left &= left - 1) {
            text.append(' ').append(Long.numberOfTrailingZeros(left));
        }
        return text.toString();
    }

    private static String indexed(BitField field, long bits) {
        return indices(field.name(), bits >>> field.low());
    }
}
