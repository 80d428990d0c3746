package org.panscope.core.scenario;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Addresses and sizes that names of a process stand for in assembly and address expressions:
/// `${NAME}` is where the GPU sees a buffer object or sync object, `${NAME.size}` its bytes,
/// `${NAME.code_size}` the bytes of instructions stored into it; `+N` or `-N` may follow inside the
/// braces.
final class Symbols {
    private static final Pattern REFERENCE =
            Pattern.compile(
                    "\\$\\{\\s*([A-Za-z_][A-Za-z0-9_-]*?)(?:\\.(va|size|code_size))?"
                            + "\\s*(?:([+-])\\s*(0x[0-9a-fA-F]{1,16}|[0-9]{1,18}))?\\s*\\}");

    /// What is known of a name; null where nothing is.
    private static final class Entry {
        private @Nullable Long va;
        private @Nullable Long size;
        private @Nullable Long codeSize;
    }

    private final Map<String, Entry> entries = new TreeMap<>();

    void va(String name, long va) {
        entry(name).va = va;
    }

    void size(String name, long size) {
        entry(name).size = size;
    }

    void codeSize(String name, long bytes) {
        entry(name).codeSize = bytes;
    }

    @Nullable Long va(String name) {
        Entry entry = entries.get(name);
        return entry == null ? null : entry.va;
    }

    @Nullable Long codeSize(String name) {
        Entry entry = entries.get(name);
        return entry == null ? null : entry.codeSize;
    }

    /// The text with every `${...}` replaced by a hexadecimal number.
    ///
    /// @throws UnknownSymbol if a name, or what is asked of it, is not known at this point
    String expand(String text) throws UnknownSymbol {
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(out, "0x" + Long.toHexString(valueOf(matcher)));
        }
        matcher.appendTail(out);
        int left = out.indexOf("${");
        if (left >= 0) {
            throw new UnknownSymbol(
                    "\"" + out.substring(left) + "\" is not ${NAME}, ${NAME.size} or the like");
        }
        return out.toString();
    }

    private long valueOf(Matcher matcher) throws UnknownSymbol {
        String name = matcher.group(1);
        String aspect = matcher.group(2) == null ? "va" : matcher.group(2);
        Entry entry = entries.get(name);
        Long value =
                entry == null
                        ? null
                        : switch (aspect) {
                            case "size" -> entry.size;
                            case "code_size" -> entry.codeSize;
                            default -> entry.va;
                        };
        if (value == null) {
            throw new UnknownSymbol(
                    "${"
                            + name
                            + "."
                            + aspect
                            + "} is not known here: no earlier step of this process says so");
        }
        if (matcher.group(3) == null) {
            return value;
        }
        long amount = Long.decode(matcher.group(4));
        return matcher.group(3).equals("+") ? value + amount : value - amount;
    }

    private Entry entry(String name) {
        return entries.computeIfAbsent(name, _ -> new Entry());
    }

    /// A `${...}` that stands for nothing.
    static final class UnknownSymbol extends Exception {
        private static final long serialVersionUID = 1L;

        UnknownSymbol(String message) {
            super(message);
        }
    }
}
