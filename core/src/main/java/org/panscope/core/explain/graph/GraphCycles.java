package org.panscope.core.explain.graph;

import org.panscope.core.state.ObjectId;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds the strongly connected parts of a graph that have more than one object (Tarjan), without
/// recursion.
final class GraphCycles {
    private final Map<ObjectId, List<ObjectId>> next = new LinkedHashMap<>();
    private final Map<ObjectId, Integer> index = new LinkedHashMap<>();
    private final Map<ObjectId, Integer> low = new LinkedHashMap<>();
    private final Set<ObjectId> onStack = new LinkedHashSet<>();
    private final Deque<ObjectId> stack = new ArrayDeque<>();
    private final List<Set<ObjectId>> found = new ArrayList<>();

    private record Visit(ObjectId id, Iterator<ObjectId> left) {}

    private GraphCycles(WaitForGraph graph) {
        graph.nodes().forEach(node -> next.put(node.id(), new ArrayList<>()));
        for (WaitForGraph.Edge edge : graph.edges()) {
            next.computeIfAbsent(edge.from(), missing -> new ArrayList<>()).add(edge.to());
        }
    }

    static List<Set<ObjectId>> of(WaitForGraph graph) {
        GraphCycles cycles = new GraphCycles(graph);
        for (WaitForGraph.Node node : graph.nodes()) {
            if (!cycles.index.containsKey(node.id())) {
                cycles.visit(node.id());
            }
        }
        return cycles.found;
    }

    private void visit(ObjectId start) {
        Deque<Visit> visits = new ArrayDeque<>();
        visits.push(enter(start));
        while (!visits.isEmpty()) {
            Visit visit = visits.peek();
            if (visit.left().hasNext()) {
                ObjectId to = visit.left().next();
                if (!index.containsKey(to)) {
                    visits.push(enter(to));
                } else if (onStack.contains(to)) {
                    low.merge(visit.id(), index.getOrDefault(to, 0), Math::min);
                }
                continue;
            }
            visits.pop();
            Visit parent = visits.peek();
            if (parent != null) {
                low.merge(parent.id(), low.getOrDefault(visit.id(), 0), Math::min);
            }
            if (low.getOrDefault(visit.id(), 0).equals(index.get(visit.id()))) {
                leave(visit.id());
            }
        }
    }

    private Visit enter(ObjectId id) {
        index.put(id, index.size());
        low.put(id, index.size() - 1);
        stack.push(id);
        onStack.add(id);
        return new Visit(id, next.getOrDefault(id, List.of()).iterator());
    }

    private void leave(ObjectId root) {
        List<ObjectId> part = new ArrayList<>();
        ObjectId id;
        do {
            id = stack.pop();
            onStack.remove(id);
            part.add(id);
        } while (!id.equals(root));
        if (part.size() > 1) {
            Collections.reverse(part);
            found.add(new LinkedHashSet<>(part));
        }
    }
}
