package org.panscope.core.explain.graph;

import org.panscope.core.explain.Verdict;

/// A wait-for graph in the language of Graphviz. Cycles are red and bold, reclaim is dashed.
public final class GraphDot {
    private GraphDot() {}

    /// The whole file.
    public static String of(WaitForGraph graph) {
        StringBuilder text =
                new StringBuilder("digraph wait_for {\n")
                        .append("  rankdir=LR;\n")
                        .append("  node [shape=box, fontname=\"sans-serif\", fontsize=10];\n");
        for (WaitForGraph.Node node : graph.nodes()) {
            text.append("  ")
                    .append(quoted(node.id().toString()))
                    .append(" [tooltip=")
                    .append(quoted(node.text()));
            if (graph.isOnCycle(node.id())) {
                text.append(", color=red, penwidth=2");
            } else if (node.verdict() == Verdict.ROOT_CAUSE) {
                text.append(", penwidth=2");
            } else if (node.verdict() == Verdict.RUNNING || node.verdict() == Verdict.DONE) {
                text.append(", style=rounded");
            }
            text.append("];\n");
        }
        for (WaitForGraph.Edge edge : graph.edges()) {
            text.append("  ")
                    .append(quoted(edge.from().toString()))
                    .append(" -> ")
                    .append(quoted(edge.to().toString()));
            String style = edge.isReclaim() ? "style=dashed" : "style=solid";
            text.append(" [").append(style);
            if (graph.isOnCycle(edge)) {
                text.append(", color=red, penwidth=2");
            }
            text.append("];\n");
        }
        return text.append("}\n").toString();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
