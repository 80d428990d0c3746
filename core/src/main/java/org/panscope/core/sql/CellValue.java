package org.panscope.core.sql;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Blob;
import java.sql.SQLException;
import java.util.HexFormat;

/// A value of DuckDB as a simple one.
final class CellValue {
    private static final int MOST_BYTES = 1 << 20;

    private CellValue() {}

    /// Null, [Boolean], [Number] or text; raw bytes are hexadecimal text.
    static @Nullable Object of(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Boolean flag -> flag;
            case Number number -> number;
            case byte[] bytes -> HexFormat.of().formatHex(bytes);
            case Blob blob -> bytes(blob);
            default -> String.valueOf(value);
        };
    }

    private static String bytes(Blob blob) {
        try {
            int length = (int) Math.min(blob.length(), MOST_BYTES);
            return HexFormat.of().formatHex(blob.getBytes(1, length));
        } catch (SQLException e) {
            throw new UncheckedIOException(new IOException(e.getMessage(), e));
        }
    }
}
