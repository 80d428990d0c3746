package org.panscope.core.explain.graph;

import org.panscope.core.explain.Verdict;
import org.panscope.core.state.ObjectId;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A wait-for graph as SVG. What lies on a cycle is red and thick, with double lines around nodes;
/// edges of reclaim are dashed; what runs has round corners. Colour is never the only sign.
public final class GraphSvg {
    private static final int BOX_WIDTH = 250;
    private static final int LINE_HEIGHT = 14;
    private static final int PADDING = 8;
    private static final int COLUMN_GAP = 70;
    private static final int ROW_GAP = 26;
    private static final int MARGIN = 24;
    private static final int CHARS_A_LINE = 38;
    private static final int MOST_LINES = 4;
    private static final String RED = "#b3261e";
    private static final String GREY = "#444444";

    private final WaitForGraph graph;
    private final LayeredLayout layout;
    private final Map<ObjectId, Box> boxes = new LinkedHashMap<>();
    private final StringBuilder text = new StringBuilder();
    private int backEdges;
    private int bottom;

    private record Box(int x, int y, int height, List<String> lines) {
        int middle() {
            return y + height / 2;
        }
    }

    private GraphSvg(WaitForGraph graph) {
        this.graph = graph;
        layout = new LayeredLayout(graph);
    }

    /// The whole file.
    public static String of(WaitForGraph graph) {
        return new GraphSvg(graph).draw();
    }

    private String draw() {
        place();
        long back = graph.edges().stream().filter(this::isBelow).count();
        int width = 2 * MARGIN + layout.columns().size() * (BOX_WIDTH + COLUMN_GAP) - COLUMN_GAP;
        int height = bottom + MARGIN + (int) back * 18 + 30;
        text.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"")
                .append(Math.max(width, 320))
                .append("\" height=\"")
                .append(height)
                .append("\" font-family=\"sans-serif\" font-size=\"11\">\n")
                .append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n<defs>\n");
        arrow("arrow", GREY);
        arrow("arrow-cycle", RED);
        text.append("</defs>\n");
        graph.edges().forEach(this::edge);
        graph.nodes().forEach(this::node);
        legend(height);
        return text.append("</svg>\n").toString();
    }

    private void arrow(String id, String colour) {
        text.append("<marker id=\"")
                .append(id)
                .append("\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"7\"")
                .append(" markerHeight=\"7\" markerUnits=\"userSpaceOnUse\" orient=\"auto\">")
                .append("<path d=\"M0 0L10 5L0 10z\" fill=\"")
                .append(colour)
                .append("\"/></marker>\n");
    }

    private void place() {
        Map<ObjectId, WaitForGraph.Node> nodes = new LinkedHashMap<>();
        graph.nodes().forEach(node -> nodes.put(node.id(), node));
        for (int i = 0; i < layout.columns().size(); i++) {
            int y = MARGIN;
            for (ObjectId id : layout.columns().get(i)) {
                WaitForGraph.Node node = nodes.get(id);
                List<String> lines = wrapped(node == null ? "" : node.text());
                int height = 2 * PADDING + (1 + lines.size()) * LINE_HEIGHT;
                boxes.put(id, new Box(MARGIN + i * (BOX_WIDTH + COLUMN_GAP), y, height, lines));
                y += height + ROW_GAP;
                bottom = Math.max(bottom, y);
            }
        }
    }

    private static List<String> wrapped(String sentence) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : sentence.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > CHARS_A_LINE) {
                if (lines.size() == MOST_LINES - 1) {
                    lines.add(line + " ...");
                    return lines;
                }
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private void node(WaitForGraph.Node node) {
        Box box = boxes.get(node.id());
        if (box == null) {
            return;
        }
        boolean onCycle = graph.isOnCycle(node.id());
        boolean isCause = node.verdict() == Verdict.ROOT_CAUSE;
        boolean isFine = node.verdict() == Verdict.RUNNING || node.verdict() == Verdict.DONE;
        rect(box, 0, onCycle ? RED : GREY, onCycle || isCause ? 2 : 1, isFine ? 10 : 2);
        if (onCycle) {
            rect(box, 3, RED, 1, 2);
        }
        int y = box.y() + PADDING + 10;
        line(box, y, (isCause ? "ROOT CAUSE  " : "") + node.id(), true);
        for (String each : box.lines()) {
            y += LINE_HEIGHT;
            line(box, y, each, false);
        }
    }

    private void rect(Box box, int inset, String colour, int thick, int corner) {
        text.append("<rect x=\"")
                .append(box.x() + inset)
                .append("\" y=\"")
                .append(box.y() + inset)
                .append("\" width=\"")
                .append(BOX_WIDTH - 2 * inset)
                .append("\" height=\"")
                .append(box.height() - 2 * inset)
                .append("\" rx=\"")
                .append(corner)
                .append("\" fill=\"")
                .append(inset == 0 ? "#f7f7f5" : "none")
                .append("\" stroke=\"")
                .append(colour)
                .append("\" stroke-width=\"")
                .append(thick)
                .append("\"/>\n");
    }

    private void line(Box box, int y, String words, boolean isBold) {
        text.append("<text x=\"")
                .append(box.x() + PADDING)
                .append("\" y=\"")
                .append(y)
                .append(isBold ? "\" font-weight=\"bold\">" : "\">")
                .append(escaped(words))
                .append("</text>\n");
    }

    private void edge(WaitForGraph.Edge edge) {
        Box from = boxes.get(edge.from());
        Box to = boxes.get(edge.to());
        if (from == null || to == null) {
            return;
        }
        boolean onCycle = graph.isOnCycle(edge);
        text.append("<path d=\"").append(path(edge, from, to)).append("\" fill=\"none\" stroke=\"");
        text.append(onCycle ? RED : GREY)
                .append("\" stroke-width=\"")
                .append(onCycle ? 2.5 : 1.2)
                .append('"');
        if (edge.isReclaim()) {
            text.append(" stroke-dasharray=\"6 4\"");
        }
        text.append(" marker-end=\"url(#")
                .append(onCycle ? "arrow-cycle" : "arrow")
                .append(")\"/>\n");
    }

    /// To the right as a curve; back to the left below all boxes, each at a height of its own.
    private String path(WaitForGraph.Edge edge, Box from, Box to) {
        int x1 = from.x() + BOX_WIDTH;
        int x2 = to.x();
        if (!isBelow(edge)) {
            int bend = Math.max(30, (x2 - x1) / 2);
            return "M"
                    + x1
                    + " "
                    + from.middle()
                    + "C"
                    + (x1 + bend)
                    + " "
                    + from.middle()
                    + " "
                    + (x2 - bend)
                    + " "
                    + to.middle()
                    + " "
                    + x2
                    + " "
                    + to.middle();
        }
        int below = bottom + 18 * backEdges++;
        int out = x1 + 22;
        int in = x2 - 16;
        return "M"
                + x1
                + " "
                + from.middle()
                + "H"
                + out
                + "V"
                + below
                + "H"
                + in
                + "V"
                + to.middle()
                + "H"
                + x2;
    }

    /// Edges back, and those of reclaim, which would run along others.
    private boolean isBelow(WaitForGraph.Edge edge) {
        return layout.isBackward(edge) || edge.isReclaim();
    }

    private void legend(int height) {
        text.append("<text x=\"")
                .append(MARGIN)
                .append("\" y=\"")
                .append(height - 10)
                .append("\" fill=\"")
                .append(GREY)
                .append(
                        "\">An arrow leads from who waits to what is waited for. Thick and doubled:"
                                + " on a")
                .append(" cycle (")
                .append(graph.cycles().size())
                .append("). Dashed: once memory is short. Round: runs or done.</text>\n");
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
