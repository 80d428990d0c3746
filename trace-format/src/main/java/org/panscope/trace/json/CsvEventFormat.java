package org.panscope.trace.json;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.TrackInfo;

import java.util.List;

/// One event as one record of CSV: what all events have in columns of their own, and the fields,
/// which differ from type to type, as one JSON object in the last. Times are nanoseconds since
/// trace start; what is not known is empty. Values are quoted where RFC 4180 asks for it; a record
/// ends with a line feed alone, as other text does here.
public final class CsvEventFormat {
    /// The first record.
    public static final String HEADER =
            "seq,t,type,layer,track,cause,cpu,pid,comm,context,locks,fields";

    private final JsonlEventFormat json;

    public CsvEventFormat(List<TrackInfo> tracks) {
        json = new JsonlEventFormat(tracks);
    }

    /// The event's record, without the line end.
    public String line(Event event) {
        EventHeader header = event.header();
        return String.join(
                ",",
                Long.toString(event.seq()),
                Long.toString(event.timeNs()),
                quoted(event.type().name()),
                event.type().layer().label(),
                quoted(json.track(header)),
                known(header.cause()),
                known(header.cpu()),
                known(header.pid()),
                quoted(header.comm()),
                quoted(header.context()),
                quoted(header.locks()),
                quoted(json.fields(event)));
    }

    private static String known(long number) {
        return number == EventHeader.UNKNOWN ? "" : Long.toString(number);
    }

    private static String quoted(@Nullable String text) {
        if (text == null) {
            return "";
        }
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
