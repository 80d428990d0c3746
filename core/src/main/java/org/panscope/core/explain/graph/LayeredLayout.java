package org.panscope.core.explain.graph;

import org.panscope.core.state.ObjectId;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Puts the nodes of a graph into columns, so that edges lead from left to right except those that
/// close a cycle, and orders each column so that edges cross little.
final class LayeredLayout {
    private static final int SWEEPS = 4;

    private final WaitForGraph graph;
    private final Map<ObjectId, List<ObjectId>> next = new LinkedHashMap<>();
    private final Map<ObjectId, Integer> column = new LinkedHashMap<>();
    private final List<List<ObjectId>> columns = new ArrayList<>();
    private final Set<WaitForGraph.Edge> backward = new LinkedHashSet<>();

    private record Visit(ObjectId id, Iterator<WaitForGraph.Edge> left) {}

    LayeredLayout(WaitForGraph graph) {
        this.graph = graph;
        findBackward();
        place();
        order();
    }

    /// Columns from left to right, each from top to bottom.
    List<List<ObjectId>> columns() {
        return columns;
    }

    /// Whether an edge leads to the left.
    boolean isBackward(WaitForGraph.Edge edge) {
        return backward.contains(edge);
    }

    /// An edge to a node that a walk is still inside of closes a cycle.
    private void findBackward() {
        Map<ObjectId, List<WaitForGraph.Edge>> out = new LinkedHashMap<>();
        for (WaitForGraph.Edge edge : graph.edges()) {
            out.computeIfAbsent(edge.from(), missing -> new ArrayList<>()).add(edge);
        }
        Set<ObjectId> done = new LinkedHashSet<>();
        Set<ObjectId> open = new LinkedHashSet<>();
        for (WaitForGraph.Node node : graph.nodes()) {
            Deque<Visit> visits = new ArrayDeque<>();
            if (done.add(node.id())) {
                open.add(node.id());
                visits.push(
                        new Visit(node.id(), out.getOrDefault(node.id(), List.of()).iterator()));
            }
            while (!visits.isEmpty()) {
                Visit visit = visits.peek();
                if (!visit.left().hasNext()) {
                    open.remove(visit.id());
                    visits.pop();
                    continue;
                }
                WaitForGraph.Edge edge = visit.left().next();
                if (open.contains(edge.to())) {
                    backward.add(edge);
                } else {
                    next.computeIfAbsent(edge.from(), missing -> new ArrayList<>()).add(edge.to());
                    if (done.add(edge.to())) {
                        open.add(edge.to());
                        visits.push(
                                new Visit(
                                        edge.to(),
                                        out.getOrDefault(edge.to(), List.of()).iterator()));
                    }
                }
            }
        }
    }

    /// As far right as the longest way there.
    private void place() {
        graph.nodes().forEach(node -> column.put(node.id(), 0));
        boolean moved = true;
        for (int round = 0; moved && round <= column.size(); round++) {
            moved = false;
            for (Map.Entry<ObjectId, List<ObjectId>> from : next.entrySet()) {
                int behind = column.getOrDefault(from.getKey(), 0) + 1;
                for (ObjectId to : from.getValue()) {
                    if (column.getOrDefault(to, 0) < behind) {
                        column.put(to, behind);
                        moved = true;
                    }
                }
            }
        }
        for (Map.Entry<ObjectId, Integer> placed : column.entrySet()) {
            while (columns.size() <= placed.getValue()) {
                columns.add(new ArrayList<>());
            }
            columns.get(placed.getValue()).add(placed.getKey());
        }
    }

    /// Each node at the mean height of those that lead to it.
    private void order() {
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (int i = 1; i < columns.size(); i++) {
                Map<ObjectId, Double> height = new LinkedHashMap<>();
                for (ObjectId id : columns.get(i)) {
                    height.put(id, meanHeight(id, columns.get(i).indexOf(id)));
                }
                columns.get(i).sort(Comparator.comparingDouble(id -> height.getOrDefault(id, 0.0)));
            }
        }
    }

    private double meanHeight(ObjectId id, int now) {
        double sum = 0;
        int count = 0;
        for (Map.Entry<ObjectId, List<ObjectId>> from : next.entrySet()) {
            if (from.getValue().contains(id)) {
                int at = column.getOrDefault(from.getKey(), 0);
                sum += columns.get(at).indexOf(from.getKey());
                count++;
            }
        }
        return count == 0 ? now : sum / count;
    }
}
