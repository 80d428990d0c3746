package org.panscope.core.isa;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// Facts about the instruction set that the tests hold the tables against: word layouts, texts of
/// words, whole streams.
final class IsaResources {
    /// A word and the text that Mesa prints for it.
    record Line(long word, String text) {}

    private IsaResources() {}

    static List<String> lines(String name) {
        try (InputStream in = IsaResources.class.getResourceAsStream(name)) {
            return new String(
                            Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Line> texts(String name) {
        return lines(name).stream()
                .map(line ->
                        new Line(
                                Long.parseUnsignedLong(line.substring(0, 16), 16),
                                line.substring(18)))
                .toList();
    }
}
