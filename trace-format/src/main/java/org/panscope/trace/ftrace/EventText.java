package org.panscope.trace.ftrace;

import org.jspecify.annotations.Nullable;

/// An event's name and payload, as they stand behind the head of a line.
///
/// @param name the event, or [#UNNAMED]
/// @param payload the rest, without the padding that aligns payloads
record EventText(String name, String payload) {
    /// Name of lines that only some tracer understands, such as the scheduler's wake-up lines.
    static final String UNNAMED = "unnamed";

    private static final String FUNCTION = "function";
    private static final int MAX_NAME = 128;

    /// `trace-cmd report` pads names to this before it adds a colon and a blank.
    private static final int PADDED_NAME = 20;

    /// The name and payload that begin at an index; always finds some.
    ///
    /// @param from index behind the head
    static EventText parse(String line, int from) {
        EventText named = parseNamed(line, from);
        if (named != null) {
            return named;
        }
        String text = line.substring(Scan.skipBlanks(line, from));
        if (text.startsWith("<stack trace")) {
            return new EventText("kernel_stack", text);
        }
        return new EventText(text.contains(" <-") ? FUNCTION : UNNAMED, text);
    }

    /// As [#parse], but null for a text that does not begin with `name:`.
    static @Nullable EventText parseNamed(String line, int from) {
        int start = Scan.skipBlanks(line, from);
        int colon = start;
        while (colon < line.length() && isNameCharacter(line.charAt(colon))) {
            colon++;
        }
        int length = colon - start;
        if (length == 0
                || length > MAX_NAME
                || Scan.at(line, colon) != ':'
                || !Scan.isBlank(Scan.at(line, colon + 1))) {
            return null;
        }
        // Blanks beyond the padding belong to the payload: a marker may be indented.
        int padding = length < PADDED_NAME ? PADDED_NAME - length + 1 : 1;
        int blanks = Scan.skipBlanks(line, colon + 1) - (colon + 1);
        int payload = Math.min(line.length(), colon + 1 + (blanks >= padding ? padding : 1));
        return new EventText(line.substring(start, colon), line.substring(payload));
    }

    private static boolean isNameCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || Scan.isDigit(c)
                || c == '_'
                || c == '-'
                || c == '.'
                || c == '/'
                || c == '$';
    }
}
