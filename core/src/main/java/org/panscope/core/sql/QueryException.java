package org.panscope.core.sql;

import org.panscope.core.filter.FilterFields;
import org.panscope.core.sql.schema.TableInfo;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A query that could not be answered, in one line.
public final class QueryException extends IOException {
    private static final long serialVersionUID = 1L;

    /// Where DuckDB shows the place: the line, and a caret below it.
    private static final Pattern PLACE =
            Pattern.compile("\n\n?LINE (\\d+): ([^\n]*)\n( *)\\^", Pattern.DOTALL);

    private static final Pattern DETAILS = Pattern.compile("\n+(?=LINE \\d+:)");
    private static final Pattern NO_TABLE =
            Pattern.compile("Table with name \"?([^\\s\"]+)\"? does not exist");

    QueryException(String message) {
        super(message);
    }

    QueryException(String message, Throwable cause) {
        super(message, cause);
    }

    /// What DuckDB says, with the place as numbers.
    static QueryException of(SQLException e, List<TableInfo> tables) {
        String message = String.valueOf(e.getMessage());
        String text = DETAILS.split(message, 2)[0].strip().replaceAll("\\s*\n\\s*", " ");
        Matcher place = PLACE.matcher(message);
        if (place.find()) {
            int prefix = ("LINE " + place.group(1) + ": ").length();
            int column = place.group(3).length() - prefix + 1;
            // Of a long line only the middle is shown.
            boolean isCut = place.group(2).startsWith("...");
            text += " (line " + place.group(1) + (isCut ? "" : ", column " + column) + ")";
        }
        Matcher missing = NO_TABLE.matcher(message);
        if (missing.find()) {
            text =
                    "there is no table "
                            + missing.group(1)
                            + FilterFields.hint(missing.group(1), names(tables));
        }
        return new QueryException("SQL: " + text, e);
    }

    private static List<String> names(List<TableInfo> tables) {
        return tables.stream().map(TableInfo::name).toList();
    }
}
