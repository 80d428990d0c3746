package org.panscope.app.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.panscope.app.theme.Theme;
import org.panscope.core.timeline.Timeline;
import org.panscope.core.timeline.TimelineBuilder;
import org.panscope.trace.io.MemoryTrace;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;

class ScreenshotTest {
    private static final Screenshot.Options SMALL = Screenshot.Options.DEFAULT.withSize(900, 0);

    private final Timeline demo = TimelineBuilder.build(DemoTrace.twoProcesses());
    private final Timeline faulty = TimelineBuilder.build(DemoTrace.faulty());

    @Test
    void lightPictureLooksAsStored() throws IOException {
        ImageComparison.assertLooksLike("two-processes-light", picture(demo, SMALL));
    }

    @Test
    void darkPictureLooksAsStored() throws IOException {
        ImageComparison.assertLooksLike(
                "two-processes-dark", picture(demo, SMALL.withTheme(Theme.DARK)));
    }

    @Test
    void pictureOfAFaultWithAHeightCollapsesGroupsInsteadOfCutting() throws IOException {
        Screenshot.Options options = SMALL.withSize(900, 420);
        ImageComparison.assertLooksLike("faulty-420", picture(faulty, options));
    }

    @Test
    void closeUpLooksAsStored() throws IOException {
        Screenshot.Options options =
                SMALL.withRange(1_300_000L, 1_700_000L).withCaption("One batch, close up");
        ImageComparison.assertLooksLike("close-up", picture(demo, options));
    }

    @Test
    void comparisonNoticesADifferentPicture() {
        Screenshot.Options shifted = SMALL.withRange(0L, 2_000_000L);
        assertTrue(
                ImageComparison.shareOfDifference(picture(demo, SMALL), picture(demo, shifted))
                        > ImageComparison.SHARE);
        assertEquals(
                0, ImageComparison.shareOfDifference(picture(demo, SMALL), picture(demo, SMALL)));
    }

    @Test
    void svgIsWellFormedAndTheSameEveryTime(@TempDir Path folder) throws Exception {
        Path first = folder.resolve("a.svg");
        Path second = folder.resolve("b.svg");
        Screenshot.render(DemoTrace.twoProcesses(), first, SMALL);
        Screenshot.render(DemoTrace.twoProcesses(), second, SMALL);
        assertEquals(Files.readString(first), Files.readString(second));
        assertTrue(
                DocumentBuilderFactory.newInstance()
                                .newDocumentBuilder()
                                .parse(first.toFile())
                                .getElementsByTagName("text")
                                .getLength()
                        > 50);
    }

    @Test
    void pngHasTheSizeAskedForTimesTheScale(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("x.png");
        Screenshot.render(
                faulty, file, new Screenshot.Options(600, 300, 2, Theme.LIGHT, null, null, null));
        assertEquals(1200, ImageIO.read(file.toFile()).getWidth());
        assertEquals(600, ImageIO.read(file.toFile()).getHeight());
    }

    @Test
    void themesDiffer() {
        assertNotEquals(
                Screenshot.svg(faulty, SMALL), Screenshot.svg(faulty, SMALL.withTheme(Theme.DARK)));
    }

    @Test
    void unknownEndingIsRefused(@TempDir Path folder) {
        assertThrows(
                IllegalArgumentException.class,
                () -> Screenshot.render(faulty, folder.resolve("x.jpg"), SMALL));
    }

    @Test
    void traceWithoutEventsGivesAPicture() {
        Timeline empty = TimelineBuilder.build(new MemoryTrace("empty"));
        assertTrue(Screenshot.svg(empty, SMALL).contains("empty"));
    }

    private static BufferedImage picture(Timeline timeline, Screenshot.Options o) {
        return Screenshot.image(timeline, o).image();
    }
}
