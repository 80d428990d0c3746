package org.panscope.core.state.view;

import org.jspecify.annotations.Nullable;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// A ring and the called buffers that are open below their CALLs, as one list of lines. Lines are
/// made as they are asked for: the list costs what is open, not what is long.
public final class StreamLines extends AbstractList<StreamLines.Line> {
    private final Collection<List<Long>> open;
    private final List<Segment> segments = new ArrayList<>();
    private int size;

    /// A word of the list.
    ///
    /// @param row the word
    /// @param path offsets of the calls that lead to it and its own
    /// @param isOpen whether the buffer it calls follows
    public record Line(StreamRow row, List<Long> path, boolean isOpen) {}

    /// Words of one block that follow each other.
    private record Segment(StreamBlock block, List<Long> path, int from, int lineFrom, int count) {}

    /// @param open paths of the words whose buffers are shown; those that call nothing known are
    ///   passed over
    public StreamLines(StreamBlock root, Collection<List<Long>> open) {
        this.open = List.copyOf(open);
        add(root, List.of());
    }

    private void add(StreamBlock block, List<Long> path) {
        int next = 0;
        for (Long offset : openIn(path)) {
            int index = block.indexOf(offset);
            StreamBlock called = index < next ? null : block.called(index);
            if (called != null) {
                segment(block, path, next, index + 1);
                add(called, with(path, offset));
                next = index + 1;
            }
        }
        segment(block, path, next, block.size());
    }

    private void segment(StreamBlock block, List<Long> path, int from, int to) {
        if (to > from) {
            segments.add(new Segment(block, path, from, size, to - from));
            size += to - from;
        }
    }

    /// Offsets of the open calls right below a path, ascending.
    private SortedSet<Long> openIn(List<Long> path) {
        SortedSet<Long> offsets = new TreeSet<>();
        for (List<Long> call : open) {
            if (call.size() == path.size() + 1 && call.subList(0, path.size()).equals(path)) {
                offsets.add(call.getLast());
            }
        }
        return offsets;
    }

    @Override
    public Line get(int index) {
        Segment segment = segmentOf(index);
        if (segment == null) {
            throw new IndexOutOfBoundsException("index=" + index + " size=" + size);
        }
        StreamRow row = segment.block().row(segment.from() + index - segment.lineFrom());
        List<Long> path = with(segment.path(), row.offset());
        return new Line(row, path, open.contains(path) && row.canOpen());
    }

    private @Nullable Segment segmentOf(int index) {
        int low = 0;
        int high = segments.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Segment segment = segments.get(middle);
            if (index < segment.lineFrom()) {
                high = middle - 1;
            } else if (index >= segment.lineFrom() + segment.count()) {
                low = middle + 1;
            } else {
                return segment;
            }
        }
        return null;
    }

    @Override
    public int size() {
        return size;
    }

    /// Index of the line at a path, or -1.
    public int indexOf(List<Long> path) {
        if (path.isEmpty()) {
            return -1;
        }
        List<Long> block = path.subList(0, path.size() - 1);
        for (Segment segment : segments) {
            if (segment.path().equals(block)) {
                int index = segment.block().indexOf(path.getLast());
                if (index >= segment.from() && index < segment.from() + segment.count()) {
                    return segment.lineFrom() + index - segment.from();
                }
            }
        }
        return -1;
    }

    private static List<Long> with(List<Long> path, Long offset) {
        List<Long> longer = new ArrayList<>(path);
        longer.add(offset);
        return List.copyOf(longer);
    }
}
