package org.panscope.trace.tracedat;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// The kernel's symbols, as `/proc/kallsyms` lists them.
final class Symbols {
    private static final int MOST = 2_000_000;

    private final NavigableMap<Long, String> byAddress = new TreeMap<>(Long::compareUnsigned);

    /// Lines `address type name`, perhaps with a module behind.
    void read(String text) {
        int start = 0;
        while (start < text.length() && byAddress.size() < MOST) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            line(text.substring(start, end));
            start = end + 1;
        }
    }

    private void line(String line) {
        String[] parts = line.strip().split("\\s+", 4);
        if (parts.length >= 3 && parts[0].length() <= 16) {
            try {
                long address = Long.parseUnsignedLong(parts[0], 16);
                if (address != 0) {
                    String module = parts.length > 3 ? " " + parts[3] : "";
                    byAddress.putIfAbsent(address, parts[2] + module);
                }
            } catch (NumberFormatException e) {
                // no symbol
            }
        }
    }

    /// The symbol an address lies in, or null when none is known: nobody says where the last one
    /// ends.
    @Nullable String of(long address) {
        Map.Entry<Long, String> entry = byAddress.floorEntry(address);
        boolean isBehindAll = entry != null && entry.getKey().equals(byAddress.lastKey());
        return entry == null || (isBehindAll && entry.getKey() != address)
                ? null
                : entry.getValue();
    }
}
