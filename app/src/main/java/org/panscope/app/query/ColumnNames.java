package org.panscope.app.query;

import org.panscope.core.sql.QueryRun;

import java.util.ArrayList;
import java.util.List;

/// Names of columns, each once.
final class ColumnNames {
    private ColumnNames() {}

    static List<String> unique(List<QueryRun.Column> columns) {
        List<String> names = new ArrayList<>();
        for (QueryRun.Column column : columns) {
            String name = column.name();
            for (int number = 2; names.contains(name); number++) {
                name = column.name() + "_" + number;
            }
            names.add(name);
        }
        return names;
    }
}
