package org.panscope.core.explain.graph;

import org.panscope.core.explain.Explainer;
import org.panscope.core.explain.Explanation;
import org.panscope.core.explain.Link;
import org.panscope.core.explain.Verdict;
import org.panscope.core.state.ObjectId;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who waits for whom at a moment: the links of explanations, laid together by their objects.
public final class WaitForGraph {
    private final Map<ObjectId, Node> nodes = new LinkedHashMap<>();
    private final Map<Edge, Boolean> edges = new LinkedHashMap<>();
    private List<Set<ObjectId>> cycles = List.of();

    /// Something that waits or is waited for.
    ///
    /// @param id the object
    /// @param verdict what its explanation came to
    /// @param text the sentence about it
    public record Node(ObjectId id, Verdict verdict, String text) {}

    /// One waits for another.
    ///
    /// @param from who waits
    /// @param to for what
    /// @param isReclaim whether only once memory is short
    public record Edge(ObjectId from, ObjectId to, boolean isReclaim) {}

    private WaitForGraph() {}

    /// The graph of some explanations.
    ///
    /// @param withReclaim whether to add what would wait once memory is short: who allocates on the
    ///   way to signalling a fence waits for buffer objects, these for the fences in their
    ///   reservations
    public static WaitForGraph of(
            Explainer.Moment moment, List<Explanation> explanations, boolean withReclaim) {
        WaitForGraph graph = new WaitForGraph();
        for (Explanation explanation : explanations) {
            graph.add(explanation.root(), null);
        }
        if (withReclaim) {
            graph.addReclaim(moment);
        }
        graph.cycles = GraphCycles.of(graph);
        return graph;
    }

    private void add(Link link, @org.jspecify.annotations.Nullable ObjectId from) {
        ObjectId id = link.object();
        if (id != null) {
            nodes.merge(
                    id,
                    new Node(id, link.verdict(), link.text()),
                    (old, now) ->
                            now.verdict() == Verdict.ROOT_CAUSE && !isBackReference(now.text())
                                    ? now
                                    : old);
            if (from != null && !from.equals(id)) {
                edges.put(new Edge(from, id, false), true);
            }
        }
        for (Link child : link.children()) {
            add(child, id == null ? from : id);
        }
    }

    private static boolean isBackReference(String text) {
        return text.startsWith("A cycle: ");
    }

    private void addReclaim(Explainer.Moment moment) {
        Set<ObjectId> wanted = new LinkedHashSet<>();
        for (Explainer.Reservation reservation : moment.reservations()) {
            wanted.add(reservation.owner());
            for (ObjectId fence : reservation.fences()) {
                node(
                        reservation.owner(),
                        "Its memory is given back when its fences have signalled.");
                node(fence, "In the reservation of " + reservation.owner() + ".");
                edges.put(new Edge(reservation.owner(), fence, true), true);
            }
        }
        for (ObjectId job : moment.allocatingJobs()) {
            node(job, "Allocates on the way to signalling its fence.");
            for (ObjectId owner : wanted) {
                edges.put(new Edge(job, owner, true), true);
            }
        }
    }

    private void node(ObjectId id, String text) {
        nodes.putIfAbsent(id, new Node(id, Verdict.WAITING, text));
    }

    /// Every node, in the order it was met.
    public List<Node> nodes() {
        return new ArrayList<>(nodes.values());
    }

    /// Every edge, in the order it was met.
    public List<Edge> edges() {
        return new ArrayList<>(edges.keySet());
    }

    /// Sets of objects each of which waits, over others of the set, for itself.
    public List<Set<ObjectId>> cycles() {
        return cycles;
    }

    /// Whether an edge lies on a cycle.
    public boolean isOnCycle(Edge edge) {
        return cycles.stream()
                .anyMatch(cycle -> cycle.contains(edge.from()) && cycle.contains(edge.to()));
    }

    /// Whether an object lies on a cycle.
    public boolean isOnCycle(ObjectId id) {
        return cycles.stream().anyMatch(cycle -> cycle.contains(id));
    }
}
