package org.panscope.trace.ftrace;

import org.panscope.trace.ftrace.payload.FieldSet;
import org.panscope.trace.ftrace.payload.PayloadPrinter;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;

import java.util.List;

/// The kernel's tracepoints as event types, for a writer that knows the system of each: the name is
/// `system:name`, the fields are those that importing a line of its text yields.
public final class TracepointTypes {
    private static final char SYSTEM_END = ':';

    private final PayloadPrinter formats = new PayloadPrinter();

    /// The type of a tracepoint.
    ///
    /// @throws IllegalArgumentException if its format is not known
    public EventTypeInfo type(String system, String name) {
        FieldSet fields = formats.fieldsOf(name);
        return EventTypeInfo.dynamic(
                system + SYSTEM_END + name,
                EventTypes.layer(name, fields.fields()),
                fields.fields());
    }

    /// The type of a captured event by its plain name, with the fields a capture has of it.
    public static EventTypeInfo captured(String name, List<FieldInfo> fields) {
        return EventTypeInfo.dynamic(name, EventTypes.layer(name, fields), fields);
    }

    /// As [#captured(String, List)], for an event whose text only its own format tells.
    ///
    /// @param printFormat what stands behind `print fmt:` in its `format` file
    public static EventTypeInfo captured(String name, List<FieldInfo> fields, String printFormat) {
        String source = printFormat.isEmpty() ? "" : PayloadPrinter.PRINT_FORMAT + printFormat;
        return new EventTypeInfo(0, name, EventTypes.layer(name, fields), fields, "", source);
    }

    /// The word for where an event happened, from the flags a record begins with: `task`,
    /// `softirq`, `hardirq` or `nmi`.
    public static String contextOfFlags(int flags) {
        return FlagsColumn.contextOfBits(flags);
    }

    /// The name of an event without its system, as text shows it.
    public static String plainName(EventTypeInfo type) {
        return type.name().substring(type.name().lastIndexOf(SYSTEM_END) + 1);
    }
}
