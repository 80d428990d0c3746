package org.panscope.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

/// `state`, `screenshot`, `demo`, `--version` and `--help`.
class PictureAndStateTest {
    @TempDir Path folder = Path.of("");

    @Test
    void stateNarrowsToOneObject() {
        String all = CommandRun.of("state", CommandRun.HELLO).fine();
        String queue = CommandRun.of("state", CommandRun.HELLO, "--object", "queue:1.0").fine();
        assertTrue(all.contains("queue:1.0"), all);
        assertTrue(queue.contains("queue:1.0"), queue);
        assertTrue(queue.length() < all.length());
    }

    @Test
    void stateMovesWithTheCursor() {
        String start = CommandRun.of("state", CommandRun.HELLO, "--at", "#0").fine();
        String end = CommandRun.of("state", CommandRun.HELLO).fine();
        String late = CommandRun.of("state", CommandRun.HELLO, "--at", "1000s").fine();
        assertTrue(start.contains("no objects yet"), start);
        assertNotEquals(start, end);
        assertEquals(end, late);
    }

    @Test
    void stateIsJsonOnDemand() {
        assertTrue(CommandRun.of("state", CommandRun.HELLO, "--json").json().isObject());
        assertTrue(CommandRun.of("state", CommandRun.CAPTURE, "--json").json().isObject());
    }

    @Test
    void picturesHaveTheSizeAskedFor() throws IOException {
        Path png = folder.resolve("a.png");
        Path svg = folder.resolve("A.SVG");
        CommandRun.of("screenshot", CommandRun.HELLO, "-o", png, "--width", 900, "--height", 500)
                .fine();
        CommandRun.of("screenshot", CommandRun.CAPTURE, "-o", svg, "--theme", "dark").fine();
        BufferedImage image = ImageIO.read(png.toFile());
        assertEquals(900, image.getWidth());
        assertEquals(500, image.getHeight());
        String document = Files.readString(svg);
        assertTrue(document.contains("width=\"1600\""), document.substring(0, 300));
    }

    @Test
    void demoWritesTracePictureAndReportAndChecks() throws IOException {
        String home = System.getProperty("panscope.home");
        System.setProperty("panscope.home", "..");
        try {
            Path results = folder.resolve("new").resolve("demo");
            String said = CommandRun.of("demo", "--no-window", "-o", results).fine();
            assertTrue(said.startsWith("Emulated demo.json with seed 0: "), said);
            assertTrue(Files.size(results.resolve("demo.pscope")) > 0);
            assertTrue(Files.size(results.resolve("demo.png")) > 0);
            assertTrue(Files.readString(results.resolve("demo-fences.md")).contains("V1"));
            assertTrue(said.contains("\ncheck    0 findings; 37 rules judged this trace\n"), said);
            try (Stream<Path> files = Files.list(results)) {
                assertEquals(3, files.count());
            }
        } finally {
            if (home == null) {
                System.clearProperty("panscope.home");
            } else {
                System.setProperty("panscope.home", home);
            }
        }
    }

    @Test
    void everyCommandHasHelpAndAVersion() {
        assertEquals("panscope 0.1.0\n", CommandRun.of("--version").fine());
        for (String command :
                new String[] {
                    "demo",
                    "open",
                    "record",
                    "import",
                    "info",
                    "dump",
                    "state",
                    "screenshot",
                    "bench"
                }) {
            assertEquals("panscope 0.1.0\n", CommandRun.of(command, "--version").fine());
            String help = CommandRun.of(command, "--help").fine();
            assertTrue(help.startsWith("Usage: panscope " + command + " "), help);
            assertTrue(help.lines().allMatch(line -> line.length() <= 80), help);
        }
    }
}
