package org.panscope.core.analysis;

import java.util.Comparator;

/// Ids of rules in the order people count: `I2` before `I10`, `C1` after all of them.
public final class RuleOrder {
    public static final Comparator<String> BY_NUMBER =
            Comparator.comparingInt((String id) -> id.startsWith("I") ? 0 : 1)
                    .thenComparingInt(RuleOrder::number)
                    .thenComparing(Comparator.naturalOrder());

    private RuleOrder() {}

    private static int number(String id) {
        int number = 0;
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c >= '0' && c <= '9' && number < 100_000) {
                number = number * 10 + (c - '0');
            }
        }
        return number;
    }
}
