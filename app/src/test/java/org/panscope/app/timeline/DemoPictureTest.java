package org.panscope.app.timeline;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.panscope.core.input.Recording;
import org.panscope.trace.io.PscopeReader;
import org.panscope.trace.io.PscopeWriter;
import org.panscope.trace.io.Trace;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import javax.imageio.ImageIO;

/// The picture in the README is that of `samples/demo.json`. `-Dpanscope.golden=accept` draws it
/// again.
class DemoPictureTest {
    private static final Path PICTURE = Path.of("..", "docs", "images", "demo.png");
    private static final long MOST_BYTES = 400_000;

    @TempDir private Path folder;

    @Test
    void documentedPictureIsThatOfTheSample() throws IOException {
        Path file = folder.resolve("demo.pscope");
        Recording.record(
                Path.of("..", "samples", "demo.json"),
                null,
                null,
                Map.of(),
                header -> PscopeWriter.create(file, header));
        try (Trace trace = PscopeReader.open(file)) {
            if ("accept".equals(System.getProperty("panscope.golden"))) {
                Files.createDirectories(PICTURE.getParent());
                Screenshot.render(trace, PICTURE, Screenshot.Options.DEFAULT);
            }
            Path drawn = folder.resolve("demo.png");
            Screenshot.render(trace, drawn, Screenshot.Options.DEFAULT);
            ImageComparison.assertLooksLike(PICTURE.toFile(), read(drawn));
        }
        assertTrue(Files.size(PICTURE) < MOST_BYTES, "small enough for a repository");
    }

    private static BufferedImage read(Path file) throws IOException {
        return ImageIO.read(file.toFile());
    }
}
