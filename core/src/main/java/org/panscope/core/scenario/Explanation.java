package org.panscope.core.scenario;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The parts of a description as it stands beside a parameter in code: `meaning [I: basis]`.
///
/// @param meaning what the parameter means, or what is assumed
/// @param standing from the mark at the end
/// @param basis what it rests on, empty where nothing is said
public record Explanation(String meaning, Standing standing, String basis) {
    private static final Pattern MARKED =
            Pattern.compile("(.*?)\\s*\\[([RI?])(?::\\s*(.*))?]", Pattern.DOTALL);

    /// Takes a description apart.
    public static Explanation parse(String doc) {
        Matcher matcher = MARKED.matcher(doc);
        if (!matcher.matches()) {
            return new Explanation(doc, Standing.DEVICE, "");
        }
        String mark = matcher.group(2);
        for (Standing each : Standing.values()) {
            if (each.mark().equals(mark)) {
                String basis = matcher.group(3);
                return new Explanation(matcher.group(1), each, basis == null ? "" : basis);
            }
        }
        throw new IllegalStateException("mark=" + mark);
    }
}
