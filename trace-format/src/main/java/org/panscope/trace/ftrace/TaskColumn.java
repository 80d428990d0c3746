package org.panscope.trace.ftrace;

import org.jspecify.annotations.Nullable;

/// The column `comm-pid`, and the instance name that trace-cmd puts before it when a file has
/// several buffers.
///
/// @param instance name of the instance, or null
/// @param comm name of the thread, or null where the capture does not know it
/// @param pid the thread
record TaskColumn(@Nullable String instance, @Nullable String comm, int pid) {
    /// The kernel keeps 15 bytes; bytes that are no UTF-8 take four characters each.
    private static final int MAX_COMM = 64;

    /// The column that ends at index `last`, or null when there is none. The name of a thread may
    /// hold blanks, `-` and `:`, so only its last `-` separates.
    ///
    /// @param width what names are padded to; more can only come from an instance's name
    static @Nullable TaskColumn endingAt(String line, int last, int width) {
        int first = last;
        while (first >= 0 && Scan.isDigit(line.charAt(first))) {
            first--;
        }
        Integer pid = Scan.integer(line, first + 1, last + 1);
        if (pid == null || first < 1 || line.charAt(first) != '-') {
            return null;
        }
        int commFrom = Math.max(0, first - width);
        String before = line.substring(0, commFrom).strip();
        boolean isInstance = before.length() > 1 && before.endsWith(":");
        if (!before.isEmpty() && !isInstance) {
            commFrom = 0;
        }
        String comm = line.substring(commFrom, first).strip();
        if (comm.length() > MAX_COMM) {
            return null;
        }
        if (comm.isEmpty() && first < width) {
            // A thread may have an empty name, but the column keeps its width.
            return null;
        }
        return new TaskColumn(
                isInstance ? before.substring(0, before.length() - 1) : null,
                comm.equals("<...>") ? null : comm,
                pid);
    }
}
