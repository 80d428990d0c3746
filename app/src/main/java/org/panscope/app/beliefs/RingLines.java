package org.panscope.app.beliefs;

import javafx.collections.ObservableListBase;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.view.StreamBlock;
import org.panscope.core.state.view.StreamLines;
import org.panscope.core.state.view.StreamRow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The lines of a ring as a table shows them: only those in view are kept.
public final class RingLines extends ObservableListBase<StreamLines.Line> {
    private static final int LINES_KEPT = 256;

    /// No lines.
    static final RingLines NONE = new RingLines(new StreamLines(new NoWords(), List.of()));

    private final StreamLines lines;
    private final Map<Integer, StreamLines.Line> kept =
            new LinkedHashMap<>(LINES_KEPT, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Integer, StreamLines.Line> eldest) {
                    return size() > LINES_KEPT;
                }
            };

    RingLines(StreamLines lines) {
        this.lines = lines;
    }

    StreamLines lines() {
        return lines;
    }

    @Override
    public StreamLines.Line get(int index) {
        return kept.computeIfAbsent(index, lines::get);
    }

    @Override
    public int size() {
        return lines.size();
    }

    @Override
    public int indexOf(Object line) {
        return line instanceof StreamLines.Line that ? lines.indexOf(that.path()) : -1;
    }

    @Override
    public int lastIndexOf(Object line) {
        return indexOf(line);
    }

    @Override
    public boolean contains(Object line) {
        return indexOf(line) >= 0;
    }

    /// A ring nothing is known of.
    private record NoWords() implements StreamBlock {
        @Override
        public int size() {
            return 0;
        }

        @Override
        public StreamRow row(int index) {
            throw new IndexOutOfBoundsException("index=" + index);
        }

        @Override
        public int indexOf(long offset) {
            return -1;
        }

        @Override
        public @Nullable StreamBlock called(int index) {
            return null;
        }
    }
}
