package org.panscope.core.timeline;

import org.panscope.core.isa.Disassembler;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Texts of bars and instants, each stored once. A label that differs from others by a number only
/// keeps the number; its text is made when somebody reads it, so a long trace holds no text per
/// event. An index of 0 or more is a whole text, one below 0 a text around a number.
final class Labels {
    /// Stands for the number, in decimal.
    static final String DECIMAL = "{d}";

    /// Stands for the number, in hexadecimal.
    static final String HEX = "{x}";

    /// The whole text is the instruction this word encodes.
    static final String INSTRUCTION = "{i}";

    private static final int FIRST_SLOTS = 16;

    private final Disassembler disassembler;
    private final Map<String, Integer> indices = new LinkedHashMap<>();
    private final List<String> texts = new ArrayList<>();
    private int size;
    private int[] templates = {};
    private long[] numbers = {};

    /// Open addressing over the numbered labels; an entry is their position plus 1.
    private int[] slots = new int[FIRST_SLOTS];

    Labels(Disassembler disassembler) {
        this.disassembler = disassembler;
    }

    /// The label with this text.
    int of(String text) {
        Integer known = indices.get(text);
        if (known != null) {
            return known;
        }
        indices.put(text, texts.size());
        texts.add(text);
        return texts.size() - 1;
    }

    /// The label with this number in place of [#DECIMAL], [#HEX] or [#INSTRUCTION].
    int of(String template, long number) {
        int text = of(template);
        int slot = slot(text, number);
        if (slots[slot] == 0) {
            int at = size++;
            templates = Grow.forIndex(templates, at);
            numbers = Grow.forIndex(numbers, at);
            templates[at] = text;
            numbers[at] = number;
            slots[slot] = size;
            if (2 * size > slots.length) {
                rehash();
            }
            return -size;
        }
        return -slots[slot];
    }

    /// Text of a label.
    String text(int label) {
        if (label >= 0) {
            return texts.get(label);
        }
        String template = texts.get(templates[-label - 1]);
        long number = numbers[-label - 1];
        return template.equals(INSTRUCTION)
                ? disassembler.textOf(number)
                : template.replace(DECIMAL, Long.toUnsignedString(number))
                        .replace(HEX, Long.toHexString(number));
    }

    /// Gives back what is needed only while labels are added.
    void finish() {
        indices.clear();
        slots = new int[FIRST_SLOTS];
        templates = Arrays.copyOf(templates, size);
        numbers = Arrays.copyOf(numbers, size);
    }

    private int slot(int text, long number) {
        int mask = slots.length - 1;
        long mixed = (number ^ text) * 0x9e3779b97f4a7c15L;
        int slot = (int) (mixed >>> 32) & mask;
        while (slots[slot] != 0
                && (templates[slots[slot] - 1] != text || numbers[slots[slot] - 1] != number)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void rehash() {
        slots = new int[2 * slots.length];
        for (int at = 0; at < size; at++) {
            slots[slot(templates[at], numbers[at])] = at + 1;
        }
    }
}
