package org.panscope.core.state.view;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.view.BitField.Kind;
import org.panscope.core.state.view.BitField.Scale;
import org.panscope.core.state.view.RegisterWord.Writer;
import org.panscope.trace.schema.Unit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads the declarations of `registers.txt`; the head of that file says what they look like.
final class RegisterTable {
    private static final String RESOURCE = "registers.txt";

    private final int version;
    private final List<RegisterWord> words = new ArrayList<>();
    private final List<RegisterPair> pairs = new ArrayList<>();
    private @Nullable RegisterKind kind;
    private String part = "";
    private Writer writer = Writer.HOST;

    private RegisterTable(int version) {
        this.version = version;
    }

    /// The catalog of one interface version.
    static RegisterCatalog read(int version) {
        try (InputStream in = RegisterTable.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), version);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @throws IllegalArgumentException naming the line that is wrong
    static RegisterCatalog parse(String text, int version) {
        RegisterTable table = new RegisterTable(version);
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            try {
                table.line(line);
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new IllegalArgumentException(
                        RESOURCE + " line " + number + ": " + e.getMessage(), e);
            }
        }
        return new RegisterCatalog(table.words, table.pairs);
    }

    private void line(String line) {
        String[] tokens = line.strip().split(" ", -1);
        if (tokens[0].equals("block")) {
            kind = RegisterKind.parse(tokens[1]);
            part = tokens[2];
            writer = Writer.valueOf(tokens[3].toUpperCase(Locale.ROOT));
        } else if (tokens[0].equals("pair")) {
            pairs.add(new RegisterPair(word(tokens[1]), word(tokens[2])));
        } else if (line.startsWith("    ")) {
            field(line.strip());
        } else {
            declare(line.strip());
        }
    }

    private void declare(String line) {
        int colon = line.indexOf(": ");
        String[] tokens = line.substring(0, colon).split(" ", -1);
        Unit unit = Unit.HEX;
        List<BitField> fields = List.of();
        boolean isMask = false;
        for (int i = 3; i < tokens.length; i++) {
            if (tokens[i].startsWith("like=")) {
                fields = word(tokens[i].substring(5)).fields();
                if (isMask) {
                    fields = fields.stream().map(BitField::asMask).toList();
                }
            } else if (tokens[i].equals("mask")) {
                isMask = true;
            } else {
                unit = unit(tokens[i]);
            }
        }
        words.add(
                new RegisterWord(
                        ofBlock(),
                        part,
                        Long.decode(tokens[0]),
                        bytes(tokens[1]),
                        tokens[2],
                        writer,
                        unit,
                        fields,
                        line.substring(colon + 2)));
    }

    private void field(String line) {
        int colon = line.indexOf(": ");
        String[] tokens = line.substring(0, colon).split(" ", -1);
        int between = tokens[0].indexOf(':');
        int high = Integer.parseInt(between < 0 ? tokens[0] : tokens[0].substring(0, between));
        int low = between < 0 ? high : Integer.parseInt(tokens[0].substring(between + 1));
        SortedMap<Long, String> values = new TreeMap<>();
        Scale scale = Scale.NONE;
        for (int i = 3; i < tokens.length; i++) {
            int equals = tokens[i].indexOf('=');
            String value = tokens[i].substring(equals + 1);
            switch (tokens[i].substring(0, equals)) {
                case "plus" ->
                        scale = new Scale(Long.parseLong(value), scale.times(), scale.unit());
                case "times" ->
                        scale = new Scale(scale.plus(), Long.parseLong(value), scale.unit());
                case "unit" -> scale = new Scale(scale.plus(), scale.times(), value);
                case "since" -> {
                    if (version < version(value)) {
                        return;
                    }
                }
                case "until" -> {
                    if (version >= version(value)) {
                        return;
                    }
                }
                default -> values.put(Long.decode(tokens[i].substring(0, equals)), value);
            }
        }
        Kind fieldKind = Kind.valueOf(tokens[2].toUpperCase(Locale.ROOT));
        add(
                new BitField(
                        tokens[1], high, low, fieldKind, values, scale, line.substring(colon + 2)));
    }

    /// Adds a field to the word above.
    private void add(BitField field) {
        RegisterWord word = words.removeLast();
        for (BitField other : word.fields()) {
            if ((other.mask() & field.mask()) != 0) {
                throw new IllegalArgumentException(
                        word.name() + ": " + field.name() + " overlaps " + other.name());
            }
        }
        if (field.high() >= word.bytes() * Byte.SIZE) {
            throw new IllegalArgumentException(word.name() + ": no bit " + field.high());
        }
        List<BitField> fields = new ArrayList<>(word.fields());
        fields.add(field);
        words.add(
                new RegisterWord(
                        word.kind(),
                        word.part(),
                        word.offset(),
                        word.bytes(),
                        word.name(),
                        word.writer(),
                        word.unit(),
                        fields,
                        word.doc()));
    }

    /// A word of this kind of block declared above.
    private RegisterWord word(String name) {
        for (RegisterWord word : words) {
            if (word.kind() == kind && word.name().equals(name)) {
                return word;
            }
        }
        throw new IllegalArgumentException("no word " + name + " above");
    }

    private RegisterKind ofBlock() {
        RegisterKind block = kind;
        if (block == null) {
            throw new IllegalArgumentException("a word before the first block");
        }
        return block;
    }

    private static int bytes(String size) {
        return switch (size) {
            case "u32" -> Integer.BYTES;
            case "u64" -> Long.BYTES;
            default -> throw new IllegalArgumentException("size " + size);
        };
    }

    private static Unit unit(String format) {
        return switch (format) {
            case "hex" -> Unit.HEX;
            case "count" -> Unit.COUNT;
            case "bytes" -> Unit.BYTES;
            case "address" -> Unit.GPU_VA;
            default -> throw new IllegalArgumentException("format " + format);
        };
    }

    private static int version(String text) {
        int dot = text.indexOf('.');
        return RegisterCatalog.version(
                Integer.parseInt(text.substring(0, dot)),
                Integer.parseInt(text.substring(dot + 1)));
    }
}
