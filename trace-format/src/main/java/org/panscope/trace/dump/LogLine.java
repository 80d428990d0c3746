package org.panscope.trace.dump;

import org.jspecify.annotations.Nullable;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A line of the kernel's log, as `dmesg` or the system's log show it.
///
/// @param timeNs since boot, or null when the line has none
/// @param device what the driver put in front, such as `mali fb000000.gpu`, or null
/// @param text the rest
record LogLine(@Nullable Long timeNs, @Nullable String device, String text) {
    private static final Pattern STAMP =
            Pattern.compile(
                    "(?:<\\d{1,3}>)?(?:.{0,80}? kernel: )?\\[ {0,12}(\\d{1,9})\\.(\\d{1,9})\\]"
                            + "(?:\\[ {0,12}[TC]\\d{1,9}\\])? ?");
    private static final Pattern DEVICE =
            Pattern.compile("((?:mali|panthor|panfrost|kbase)\\S{0,40} [^\\s:]{1,80}): ");
    private static final Pattern PROCESS = Pattern.compile("\\[\\d{1,10}_\\d{1,10}\\] ");

    static LogLine of(String line) {
        Long timeNs = null;
        String rest = line;
        Matcher stamp = STAMP.matcher(line);
        if (stamp.lookingAt()) {
            String fraction = (stamp.group(2) + "000000000").substring(0, 9);
            timeNs = Long.parseLong(stamp.group(1)) * 1_000_000_000L + Long.parseLong(fraction);
            rest = line.substring(stamp.end());
        }
        String device = null;
        Matcher named = DEVICE.matcher(rest);
        if (named.lookingAt()) {
            device = named.group(1);
            rest = rest.substring(named.end());
        }
        Matcher process = PROCESS.matcher(rest);
        if (process.lookingAt()) {
            rest = rest.substring(process.end());
        }
        return new LogLine(timeNs, device, rest);
    }
}
