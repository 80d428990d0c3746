package org.panscope.app.timeline;

import org.panscope.core.timeline.Section;
import org.panscope.core.timeline.Timeline;
import org.panscope.core.timeline.TimelineRow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Chooses which groups to collapse so that all rows fit into a height: those that say least about
/// command submission first, and deep ones before the groups around them.
final class RowChoice {
    private static final List<Section> LEAST_FIRST =
            List.of(
                    Section.NOT_RECORDED,
                    Section.OTHER,
                    Section.MEMORY,
                    Section.GPU,
                    Section.SYNC,
                    Section.FENCES,
                    Section.IRQ,
                    Section.KERNEL,
                    Section.HEAPS,
                    Section.FIRMWARE,
                    Section.ENDPOINTS,
                    Section.CPUS,
                    Section.SLOTS,
                    Section.QUEUES,
                    Section.PROCESSES);

    private RowChoice() {}

    static Set<Integer> collapsedToFit(Timeline timeline, double room) {
        Set<Integer> collapsed = closedAtFirst(timeline);
        double height = height(timeline.roots(), collapsed);
        for (TimelineRow group : groupsLeastFirst(timeline)) {
            if (height <= room) {
                break;
            }
            if (collapsed.add(group.id())) {
                height -= height(group.children(), collapsed);
            }
        }
        return collapsed;
    }

    /// Groups that say all that most people want to know while they are closed.
    static Set<Integer> closedAtFirst(Timeline timeline) {
        Set<Integer> closed = new TreeSet<>();
        for (TimelineRow root : timeline.roots()) {
            if (root.section() == Section.NOT_RECORDED) {
                closed.add(root.id());
            }
        }
        return closed;
    }

    private static List<TimelineRow> groupsLeastFirst(Timeline timeline) {
        List<Group> groups = new ArrayList<>();
        collect(timeline.roots(), 0, groups);
        groups.sort(
                Comparator.comparingInt((Group group) -> LEAST_FIRST.indexOf(group.row().section()))
                        .thenComparing(Comparator.comparingInt(Group::depth).reversed()));
        return groups.stream().map(Group::row).toList();
    }

    private record Group(TimelineRow row, int depth) {}

    private static void collect(List<TimelineRow> rows, int depth, List<Group> into) {
        for (TimelineRow row : rows) {
            if (!row.children().isEmpty()) {
                into.add(new Group(row, depth));
                collect(row.children(), depth + 1, into);
            }
        }
    }

    private static double height(List<TimelineRow> rows, Set<Integer> collapsed) {
        double height = 0;
        for (TimelineRow row : rows) {
            height += RowBox.heightOf(row);
            if (!collapsed.contains(row.id())) {
                height += height(row.children(), collapsed);
            }
        }
        return height;
    }
}
