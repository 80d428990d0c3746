package org.panscope.app.timeline;

import org.jspecify.annotations.Nullable;
import org.panscope.app.theme.Theme;
import org.panscope.core.timeline.Timeline;
import org.panscope.core.timeline.TimelineRow;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What a timeline view shows and where it stands: viewport, cursor, selection, open groups. Knows
/// no toolkit. Listeners are told after every change, on the thread that made it.
public final class TimelineModel {
    private static final int FIRST_WIDTH = 800;
    private static final int FIRST_HEIGHT = 400;

    private final List<Runnable> listeners = new ArrayList<>();
    private final Set<Integer> collapsed = new TreeSet<>();
    private final Set<Integer> pinned = new TreeSet<>();
    private @Nullable Timeline timeline;
    private Viewport viewport = new Viewport(0, 1_000_000, FIRST_WIDTH, FIRST_HEIGHT, 0);
    private Theme theme = Theme.DARK;
    private @Nullable Long cursorNs;
    private @Nullable Long cursorSeq;
    private long selectionFromNs;
    private long selectionToNs;
    private int selectedRow = -1;
    private List<TimelineMarks.FindingMark> findings = List.of();
    private @Nullable TimelineLayout layout;

    public void addListener(Runnable listener) {
        listeners.add(listener);
    }

    public @Nullable Timeline timeline() {
        return timeline;
    }

    /// Shows another timeline, all of it.
    public void setTimeline(Timeline shown) {
        timeline = shown;
        collapsed.clear();
        collapsed.addAll(RowChoice.closedAtFirst(shown));
        pinned.clear();
        selectedRow = -1;
        selectionFromNs = 0;
        selectionToNs = 0;
        cursorNs = null;
        cursorSeq = null;
        viewport =
                new Viewport(shown.fromNs(), shown.toNs(), viewport.width(), viewport.height(), 0)
                        .fit(shown.fromNs(), shown.toNs());
        changed();
    }

    /// Shows a longer version of the same trace; place and choices stay.
    public void updateTimeline(Timeline grown) {
        timeline = grown;
        changed();
    }

    public Viewport viewport() {
        return viewport;
    }

    public void setViewport(Viewport next) {
        viewport = next;
        layout = null;
        Timeline shown = timeline;
        if (shown != null) {
            viewport = next.scrollTo(next.scrollY(), layoutOf(shown).scrollableHeight());
        }
        changed();
    }

    /// Size of the plot below the ruler and right of the names, in px.
    public void resize(int width, int height) {
        setViewport(viewport.resize(Math.max(1, width), Math.max(0, height)));
    }

    /// Shows the whole trace.
    public void fitAll() {
        Timeline shown = timeline;
        if (shown != null) {
            setViewport(viewport.fit(shown.fromNs(), shown.toNs()));
        }
    }

    /// Shows the selected range; the whole trace when nothing is selected.
    public void fitSelection() {
        if (selectionToNs > selectionFromNs) {
            setViewport(viewport.fit(selectionFromNs, selectionToNs));
        } else {
            fitAll();
        }
    }

    /// Moves a time into the middle unless it is in view.
    public void reveal(long timeNs) {
        if (timeNs < viewport.fromNs() || timeNs > viewport.toNs()) {
            long half = viewport.spanNs() / 2;
            setViewport(viewport.show(timeNs - half, timeNs - half + viewport.spanNs()));
        }
    }

    public @Nullable Long cursorNs() {
        return cursorNs;
    }

    public @Nullable Long cursorSeq() {
        return cursorSeq;
    }

    /// Puts the cursor on an event and brings its time into view.
    public void setCursor(long seq, long timeNs) {
        cursorSeq = seq;
        cursorNs = timeNs;
        reveal(timeNs);
        changed();
    }

    public long selectionFromNs() {
        return selectionFromNs;
    }

    public long selectionToNs() {
        return selectionToNs;
    }

    /// Selects the time between two points, in any order.
    public void selectRange(long oneNs, long otherNs) {
        selectionFromNs = Math.min(oneNs, otherNs);
        selectionToNs = Math.max(oneNs, otherNs);
        changed();
    }

    public void clearSelection() {
        selectRange(0, 0);
    }

    /// Id of the row chosen, or -1.
    public int selectedRow() {
        return selectedRow;
    }

    public void selectRow(int id) {
        selectedRow = id;
        changed();
    }

    public boolean isCollapsed(int row) {
        return collapsed.contains(row);
    }

    /// Shows or hides the children of a row.
    public void setCollapsed(int row, boolean hide) {
        if (hide ? collapsed.add(row) : collapsed.remove(row)) {
            setViewport(viewport);
        }
    }

    public void toggleCollapsed(int row) {
        setCollapsed(row, !collapsed.contains(row));
    }

    /// Repeats a row above all others, or no longer.
    public void togglePinned(int row) {
        if (!pinned.remove(row)) {
            pinned.add(row);
        }
        setViewport(viewport);
    }

    public boolean isPinned(int row) {
        return pinned.contains(row);
    }

    public Theme theme() {
        return theme;
    }

    public void setTheme(Theme chosen) {
        theme = chosen;
        changed();
    }

    /// Chooses the row `step` rows below the chosen one, or above when negative.
    public void moveSelection(int step) {
        Timeline shown = timeline;
        if (shown == null) {
            return;
        }
        List<RowBox> boxes = layoutOf(shown).boxes();
        if (boxes.isEmpty()) {
            return;
        }
        int at = step > 0 ? -1 : boxes.size();
        for (int i = 0; i < boxes.size(); i++) {
            if (boxes.get(i).row().id() == selectedRow) {
                at = i;
            }
        }
        RowBox target = boxes.get(Math.clamp(at + step, 0, boxes.size() - 1));
        selectedRow = target.row().id();
        double above = Math.min(viewport.scrollY(), target.y());
        double below = target.bottom() - (viewport.height() - layoutOf(shown).pinnedHeight());
        setViewport(viewport.scrollTo(Math.max(above, below), layoutOf(shown).scrollableHeight()));
    }

    /// The chosen row, or null.
    public @Nullable TimelineRow selected() {
        Timeline shown = timeline;
        return shown == null || selectedRow < 0 || selectedRow >= shown.rows().size()
                ? null
                : shown.rows().get(selectedRow);
    }

    /// Where everything is now, or null without a timeline.
    public @Nullable TimelineLayout layout() {
        Timeline shown = timeline;
        return shown == null ? null : layoutOf(shown);
    }

    /// What was found is marked on the ruler from now on.
    public void setFindings(List<TimelineMarks.FindingMark> found) {
        findings = List.copyOf(found);
    }

    public TimelineMarks marks() {
        return new TimelineMarks(
                cursorNs, cursorSeq, selectionFromNs, selectionToNs, selectedRow, findings);
    }

    private TimelineLayout layoutOf(Timeline shown) {
        TimelineLayout current = layout;
        if (current == null
                || current.timeline() != shown
                || !current.viewport().equals(viewport)) {
            current = TimelineLayout.of(shown, viewport, collapsed, pinned);
            layout = current;
        }
        return current;
    }

    private void changed() {
        for (Runnable listener : List.copyOf(listeners)) {
            listener.run();
        }
    }
}
