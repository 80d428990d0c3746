package org.panscope.app.query;

import java.math.BigDecimal;

/// A value of a result as text.
final class CellText {
    private CellText() {}

    static String of(Object value) {
        return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
    }
}
