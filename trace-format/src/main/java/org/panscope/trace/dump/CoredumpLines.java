package org.panscope.trace.dump;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/// The YAML of panthor's devcoredump, read line by line: it has keys twice, which readers of YAML
/// refuse. Every section is an event `coredump_<section>` with a field for each key, those of maps
/// inside with dots in their names; so is every item of a list, named after the list. A second
/// value of a key has `_2` behind its name. Keys and sections nobody knows are kept.
///
/// RFC of 2025: drivers/gpu/drm/panthor/panthor_coredump.c
final class CoredumpLines implements DumpImporter.Lines {
    private static final String HEADER = "header";
    private static final int DEEPEST = 32;

    private final DumpOutput out;
    private final Deque<Level> levels = new ArrayDeque<>();
    private @Nullable String record;
    private boolean anyField;
    private boolean ended;

    /// A key with something below it.
    ///
    /// @param indent blanks in front
    /// @param name its path inside the record, empty for a record's own
    /// @param record the type of the record it belongs to
    private record Level(int indent, String name, String record) {}

    CoredumpLines(DumpOutput out) {
        this.out = out;
        out.fields.begin();
    }

    @Override
    public void line(String text, long number) throws IOException {
        String content = text.strip();
        if (content.isEmpty() || content.startsWith("#") || ended) {
            return;
        }
        if (content.equals("---") || content.equals("...")) {
            flush();
            levels.clear();
            ended = content.equals("...");
            return;
        }
        int indent = text.indexOf(content);
        boolean isItem = content.equals("-") || content.startsWith("- ");
        close(indent, isItem);
        if (isItem) {
            item(indent);
            String inside = content.substring(1).strip();
            indent += content.length() - inside.length();
            content = inside;
            if (content.isEmpty()) {
                return;
            }
        }
        entry(indent, content, number);
    }

    /// Leaves the levels that a line with this indentation is not inside of. Items of a list may
    /// stand as far left as the key of the list.
    private void close(int indent, boolean isItem) throws IOException {
        Level last = levels.peek();
        while (last != null && (last.indent() > indent || (last.indent() == indent && !isItem))) {
            levels.pop();
            last = levels.peek();
        }
        if (last == null) {
            flush();
        }
    }

    private void item(int indent) throws IOException {
        flush();
        Level last = levels.peek();
        while (last != null && last.indent() == indent && last.name().equals("-")) {
            levels.pop();
            last = levels.peek();
        }
        String type = last == null ? "item" : last.record() + dotted(last.name());
        push(new Level(indent, "-", type));
        record = type;
    }

    private static String dotted(String name) {
        return name.isEmpty() || name.equals("-") ? "" : "." + name;
    }

    private void entry(int indent, String content, long number) throws IOException {
        int colon = content.indexOf(": ");
        boolean opens = colon < 0 && content.endsWith(":");
        if (colon < 0 && !opens) {
            if (record == null || levels.isEmpty()) {
                out.losses.atLine(
                        "unparsed-line", "no `key: value`: `" + cut(content) + "`", 1L, number);
                return;
            }
            field("value", content);
            return;
        }
        String key = content.substring(0, opens ? content.length() - 1 : colon).strip();
        Level above = levels.peek();
        if (opens) {
            if (above == null) {
                flush();
                record = key;
                push(new Level(indent, "", key));
            } else {
                push(new Level(indent, path(above, key), above.record()));
            }
            return;
        }
        if (above == null) {
            flush();
            record = "document";
        } else if (!above.record().equals(record)) {
            flush();
            record = above.record();
        }
        field(above == null ? key : path(above, key), content.substring(colon + 2).strip());
        if (above == null) {
            flush();
        }
    }

    private static String path(Level above, String key) {
        return above.name().isEmpty() || above.name().equals("-") ? key : above.name() + "." + key;
    }

    private void push(Level level) {
        if (levels.size() < DEEPEST) {
            levels.push(level);
        }
    }

    private void field(String name, String value) {
        String plain =
                value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
                        ? value.substring(1, value.length() - 1)
                        : value;
        out.fields.guessed(name, plain);
        anyField = true;
        if (HEADER.equals(record) && !out.isOpen() && plain.length() < 400) {
            out.attributes.put("coredump." + name, plain);
            if (name.equals("timestamp") && plain.matches("[1-8]?\\d{1,18}")) {
                out.setClock("realtime", Long.parseLong(plain));
            }
        }
    }

    private void flush() throws IOException {
        if (record != null && anyField) {
            String type = "coredump_" + record;
            out.write(0, out.track("document", "devcoredump"), type);
        }
        out.fields.begin();
        record = null;
        anyField = false;
    }

    private static String cut(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    @Override
    public void end() throws IOException {
        flush();
        if (!out.isOpen()) {
            out.losses.lost("no-events", "it holds no section", null);
        }
    }
}
