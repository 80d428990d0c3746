package org.panscope.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.xml.parsers.DocumentBuilderFactory;

/// `explain` and `fences`.
class ExplainCommandTest {
    private static final Path FENCE = Path.of("..", "samples", "indefinite-fence.json");
    private static final Path LOST = Path.of("..", "samples", "stale-doorbell-dummy.json");

    @TempDir Path folder = Path.of("");

    @Test
    void everyNameOfAnObjectMeansTheSame() {
        String byQueue = CommandRun.of("explain", LOST, "--queue", "1.0", "--at", "10ms").fine();
        String byObject =
                CommandRun.of("explain", LOST, "--object", "queue:1.0", "--at", "10ms").fine();
        assertEquals(byObject, byQueue);
        assertTrue(byQueue.contains("ROOT CAUSE: Lost ring"), byQueue);
        for (String[] named :
                new String[][] {
                    {"--fence", "9:1", "fence:9:1"},
                    {"--group", "1", "group:1"},
                    {"--sync", "2:0x100000", "sync:2@0x100000"},
                    {"--syncobj", "1.1", "syncobj:1.1"},
                    {"--vm", "2", "vm:2"},
                    {"--xgs-job", "1", "xgs-job:1"}
                }) {
            String text = CommandRun.of("explain", FENCE, named[0], named[1], "--at", "3s").fine();
            assertTrue(text.startsWith(named[2] + " at @3000000000ns#"), text);
        }
    }

    @Test
    void aPointThatNobodySubmittedIsNotMaterialised() {
        String text =
                CommandRun.of(
                                "explain",
                                Path.of("..", "samples", "xgs-bridge.json"),
                                "--syncobj",
                                "1.2@9",
                                "--at",
                                "500us")
                        .fine();
        assertTrue(text.contains("point 9 of syncobj:1.2 is not materialised"), text);
    }

    @Test
    void linksAreNestedInJson() {
        JsonNode json =
                CommandRun.of("explain", FENCE, "--fence", "9:1", "--at", "3s", "--json").json();
        assertEquals("root_cause", json.get("verdict").asString());
        JsonNode link = json.get("root");
        int depth = 1;
        while (link.has("links")) {
            link = link.get("links").get(0);
            depth++;
        }
        assertEquals(7, depth);
        assertTrue(link.get("text").asString().startsWith("A cycle: "), link.toString());
    }

    @Test
    void unknownObjectsAreAnsweredWithKnownOnes() {
        String line = CommandRun.of("explain", LOST, "--queue", "7.0").failure();
        assertTrue(line.contains("nothing is known of queue:7.0"), line);
        assertTrue(line.endsWith("there is queue:1.0"), line);
        assertTrue(
                CommandRun.of("explain", LOST, "--sync", "nonsense")
                        .failure()
                        .contains("is not VM:VA"));
    }

    @Test
    void somethingHasToBeNamed() {
        assertTrue(CommandRun.of("explain", LOST).wrongUsage().startsWith("name what to explain"));
        CommandRun.of("explain", LOST, "--queue", "1.0", "--group", "1").wrongUsage();
        CommandRun.of("explain", LOST, "--queue", "1.0", "--at", "soon").wrongUsage();
        CommandRun.of("explain", LOST, "--graph", folder.resolve("a.txt")).wrongUsage();
    }

    @Test
    void graphsAreSvgAndDot() throws Exception {
        Path svg = folder.resolve("a.svg");
        Path dot = folder.resolve("a.dot");
        CommandRun.of("explain", FENCE, "--at", "3s", "--graph", svg).fine();
        CommandRun.of("explain", FENCE, "--at", "3s", "--reclaim", "--graph", dot).fine();
        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(Files.readString(svg))));
        String text = Files.readString(svg);
        assertTrue(text.contains("on a cycle (1)"), text);
        assertTrue(text.contains("&gt; 0"), "text is escaped");
        String graph = Files.readString(dot);
        assertTrue(graph.contains("\"bo:2\" -> \"fence:9:1\" [style=solid, color=red"), graph);
        assertTrue(graph.contains("\"xgs-job:1\" -> \"bo:2\" [style=dashed"), graph);
    }

    @Test
    void fencesIsAPageOrJson() throws IOException {
        Path page = folder.resolve("fences.md");
        CommandRun.of("fences", FENCE, "-o", page).fine();
        assertTrue(Files.readString(page).startsWith("# Fences of indefinite-fence.json\n"));
        JsonNode json = CommandRun.of("fences", FENCE, "--json").json();
        assertEquals(17, json.get("answers").size());
        assertEquals("timeout", json.get("fences").get(0).get("by").asString());
        CommandRun.of("fences", CommandRun.CAPTURE).fine();
    }
}
