package org.panscope.core.sql;

import java.nio.file.Path;

/// Names, texts and numbers inside SQL.
final class SqlNames {
    private SqlNames() {}

    /// A name that needs no regard to its letters.
    static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /// A text constant.
    static String text(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /// The name of a file as a text constant.
    static String text(Path path) {
        return text(path.toString());
    }

    /// The unsigned number whose bits a signed one has.
    static String unsigned(String signed) {
        return "CASE WHEN Q < 0 THEN (Q::HUGEINT + 18446744073709551616)::UBIGINT ELSE Q::UBIGINT END"
                .replace("Q", signed);
    }
}
