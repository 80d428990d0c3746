package org.panscope.trace.event;

import java.util.Locale;

/// The usual labels of enumerations, made once: states and files are full of them.
final class Labels {
    private static final ClassValue<String[]> LOWER_CASE =
            new ClassValue<>() {
                @Override
                protected String[] computeValue(Class<?> type) {
                    Object[] constants = type.getEnumConstants();
                    String[] labels = new String[constants.length];
                    for (int i = 0; i < labels.length; i++) {
                        labels[i] = ((Enum<?>) constants[i]).name().toLowerCase(Locale.ROOT);
                    }
                    return labels;
                }
            };

    private Labels() {}

    @SuppressWarnings("EnumOrdinal") // the labels are in the order of the constants
    static String of(Labelled constant) {
        return constant instanceof Enum<?> known
                ? LOWER_CASE.get(known.getDeclaringClass())[known.ordinal()]
                : constant.name().toLowerCase(Locale.ROOT);
    }
}
