package org.panscope.core.scenario;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Addresses and sizes that names of a process stand for in assembly and address expressions:
/// `${NAME}` is where the GPU sees a buffer object or sync object, `${NAME.size}` its bytes,
/// `${NAME.code_size}` the bytes of instructions stored into it; `+N` or `-N` may follow inside the
/// braces. Names of tiler heaps are late: the running kernel decides where they are.
final class Symbols {
    private static final Pattern REFERENCE =
            Pattern.compile(
                    "\\$\\{\\s*([A-Za-z_][A-Za-z0-9_-]*?)(?:\\.(va|size|code_size|first_chunk))?"
                            + "\\s*(?:([+-])\\s*(0x[0-9a-fA-F]{1,16}|[0-9]{1,18}))?\\s*\\}");

    /// What is known of a name; null where nothing is.
    private static final class Entry {
        private @Nullable Long va;
        private @Nullable Long size;
        private @Nullable Long codeSize;
        private boolean late;
    }

    /// What a name stands for.
    interface Lookup {
        /// The value of an aspect (`va` where the text says none), or null to leave the reference.
        @Nullable Long valueOf(String name, String aspect) throws UnknownSymbol;
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

    void late(String name) {
        entry(name).late = true;
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
        return replace(text, this::known);
    }

    /// As [#expand], but references to late names stay.
    String expandAllButLate(String text) throws UnknownSymbol {
        return replace(text, (name, aspect) -> isLate(name) ? null : known(name, aspect));
    }

    /// Replaces references by hexadecimal numbers.
    static String replace(String text, Lookup lookup) throws UnknownSymbol {
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            String aspect = matcher.group(2) == null ? "va" : matcher.group(2);
            Long value = lookup.valueOf(matcher.group(1), aspect);
            String to =
                    value == null
                            ? Matcher.quoteReplacement(matcher.group())
                            : "0x" + Long.toHexString(value + offset(matcher));
            matcher.appendReplacement(out, to);
        }
        matcher.appendTail(out);
        int left = REFERENCE.matcher(out).replaceAll("").indexOf("${");
        if (left >= 0) {
            throw new UnknownSymbol(
                    "\""
                            + out.substring(out.indexOf("${"))
                            + "\" is not ${NAME}, ${NAME.size} or the like");
        }
        return out.toString();
    }

    private static long offset(Matcher matcher) {
        if (matcher.group(3) == null) {
            return 0;
        }
        long amount = Long.decode(matcher.group(4));
        return matcher.group(3).equals("+") ? amount : -amount;
    }

    private boolean isLate(String name) {
        Entry entry = entries.get(name);
        return entry != null && entry.late;
    }

    private Long known(String name, String aspect) throws UnknownSymbol {
        if (isLate(name)) {
            throw new UnknownSymbol(
                    "${" + name + "} is known only when the scenario runs; only code can name it");
        }
        Entry entry = entries.get(name);
        Long value =
                entry == null
                        ? null
                        : switch (aspect) {
                            case "va" -> entry.va;
                            case "size" -> entry.size;
                            case "code_size" -> entry.codeSize;
                            default -> null;
                        };
        if (value == null) {
            throw new UnknownSymbol(
                    "${"
                            + name
                            + "."
                            + aspect
                            + "} is not known here: no earlier step of this process says so");
        }
        return value;
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
