package org.panscope.core.filter;

import org.panscope.trace.io.EventCursor;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.FieldKind;

import java.util.List;
import java.util.Locale;

/// Looks for a word, ignoring case, in what the event list shows of an event: type name, track,
/// thread name and field values. Type names, tracks and enumeration labels are looked at once per
/// trace, numbers only when the word could be part of one.
final class TextSearch implements EventPredicate {
    private final String word;
    private final boolean couldBeNumber;
    private final List<EventTypeInfo> types;
    private final boolean[] typeHits;
    private final boolean[] trackHits;

    TextSearch(List<EventTypeInfo> types, TrackPaths tracks, String word) {
        this.word = word.toLowerCase(Locale.ROOT);
        couldBeNumber = this.word.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == 'x');
        this.types = types;
        typeHits = new boolean[types.size()];
        for (int i = 0; i < typeHits.length; i++) {
            typeHits[i] = isIn(types.get(i).name());
        }
        trackHits = new boolean[tracks.count()];
        for (int i = 0; i < trackHits.length; i++) {
            trackHits[i] = isIn(tracks.path(i));
        }
    }

    @Override
    public boolean test(EventCursor event) {
        int type = event.typeIndex();
        int track = event.track();
        if (typeHits[type] || (track >= 0 && track < trackHits.length && trackHits[track])) {
            return true;
        }
        String comm = event.comm();
        if (comm != null && isIn(comm)) {
            return true;
        }
        List<FieldInfo> fields = types.get(type).fields();
        for (int i = 0; i < fields.size(); i++) {
            if (event.isPresent(i) && fieldHas(event, i, fields.get(i))) {
                return true;
            }
        }
        return false;
    }

    private boolean fieldHas(EventCursor event, int index, FieldInfo field) {
        if (field.kind() == FieldKind.INT) {
            return couldBeNumber && isIn(FieldText.number(event.longValue(index), field));
        }
        Object value = event.value(index);
        return value instanceof String text && isIn(text);
    }

    private boolean isIn(String text) {
        int last = text.length() - word.length();
        for (int i = 0; i <= last; i++) {
            if (text.regionMatches(true, i, word, 0, word.length())) {
                return true;
            }
        }
        return false;
    }
}
