package org.panscope.trace.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/// This program, as traces name what wrote them. The version is the build's.
public final class Producer {
    private static final String VERSION = load();

    private Producer() {}

    /// `0.1.0`.
    public static String version() {
        return VERSION;
    }

    /// `panscope 0.1.0`, for [TraceHeader#producer()].
    public static String name() {
        return "panscope " + VERSION;
    }

    private static String load() {
        Properties filled = new Properties();
        try (InputStream in =
                Objects.requireNonNull(Producer.class.getResourceAsStream("producer.properties"))) {
            filled.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Objects.requireNonNull(filled.getProperty("version"));
    }
}
